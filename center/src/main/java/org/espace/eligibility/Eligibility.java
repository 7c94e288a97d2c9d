package org.espace.eligibility;

import java.time.LocalDate;
import org.espace.partners.LocationId;

/**
 * Whether a location may join a program, under the terms that hold today, or the next ones where none do.
 *
 * @param since not before the first day of those terms
 * @param mayStay whether a location that has joined stays: false only when the terms ask for revenue that is enough once
 *     met, and it was never met
 */
public record Eligibility(LocationId location, String program, Verdict verdict, LocalDate since, boolean mayStay) {}
