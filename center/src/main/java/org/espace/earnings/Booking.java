package org.espace.earnings;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Set;

/**
 * When and why a line was written.
 *
 * @param run that wrote it
 * @param month in whose statement it stands: that of its day, or the first that was open when the run began
 * @param causes what had become known; several when the run has learned several things about the location
 */
public record Booking(int run, Instant at, YearMonth month, Set<Cause> causes) {}
