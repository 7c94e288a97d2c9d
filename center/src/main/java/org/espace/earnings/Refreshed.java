package org.espace.earnings;

import java.time.Instant;

/** How fresh the earnings are: when the last refresh ended, and when the next one begins. */
public record Refreshed(Instant asOf, Instant next) {}
