package org.espace.partners;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A location was closed for good.
 *
 * @param on the first day on which nothing that was tied to it holds any more
 * @param statement what the partner has declared in writing: that it knows the location cannot be restored
 */
public record Closure(LocationId location, LocalDate on, String statement, Instant at, String by) {}
