package org.espace.partners;

import java.time.LocalDate;

/**
 * A location was closed for good. Published in the transaction, so that what is tied to the location ends with it or not
 * at all.
 *
 * @param on the first day that no longer counts
 */
public record LocationClosed(PartnerId partner, LocationId location, LocalDate on) {}
