package org.espace.earnings;

/** Why a location was rated: what has become known since it was rated before. */
public enum Cause {
    NEW_SALES,
    LOCATION_CHANGED,
    ENROLLMENT_CHANGED,
    STANDING_CHANGED,
    TERMS_CHANGED,
    RATES_CHANGED,
    CATALOGUE_CHANGED,
    CUSTOMERS_CHANGED,
    /** A full replay was asked for. */
    ASKED
}
