package org.espace.earnings;

/** What earnings can be totalled by. */
public enum Dimension {
    MONTH,
    PROGRAM,
    LEVER,
    LOCATION,
    CUSTOMER
}
