package org.espace.batch;

import java.nio.file.Path;

/**
 * Earning lines in the lake, sorted by location and posting sequence.
 *
 * @param fractionDigits how many digits finer than a minor unit {@code basis} and {@code before} are
 */
public record EarningFile(Path path, long lines, int fractionDigits, int firstLocation, int lastLocation) {}
