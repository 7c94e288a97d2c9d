package org.espace.sales;

import java.time.LocalDate;

/**
 * The accepted lines of one load, sorted by location and posting sequence.
 *
 * @param path relative to the lake
 * @param fractionDigits how many digits finer than a minor unit the amounts are
 */
public record SalesFile(
        int load,
        String path,
        long lines,
        int fractionDigits,
        int firstLocation,
        int lastLocation,
        LocalDate firstDay,
        LocalDate lastDay) {}
