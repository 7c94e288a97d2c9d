package org.espace.batch;

import java.nio.file.Path;

/** Earning lines in the lake, sorted by location and posting sequence. */
public record EarningFile(Path path, long lines, int firstLocation, int lastLocation) {}
