package org.espace.batch;

import java.nio.file.Path;

/**
 * Accepted sale lines in the lake, sorted by location and posting sequence.
 *
 * @param load the load that brought them
 * @param fractionDigits how many digits finer than a minor unit the amounts are
 */
public record SalesFile(int load, Path path, long lines, int fractionDigits, int firstLocation, int lastLocation) {}
