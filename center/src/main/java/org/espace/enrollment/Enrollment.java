package org.espace.enrollment;

import java.time.LocalDate;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/** A location has joined a program. Half-open: {@code until} is the first day that no longer counts. */
public record Enrollment(
        LocationId location,
        String program,
        LocalDate since,
        @Nullable LocalDate until) {

    boolean overlaps(Enrollment other) {
        return (until == null || other.since.isBefore(until)) && (other.until == null || since.isBefore(other.until));
    }

    public boolean counts(LocalDate day) {
        return !day.isBefore(since) && (until == null || day.isBefore(until));
    }
}
