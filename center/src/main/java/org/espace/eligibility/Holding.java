package org.espace.eligibility;

import java.time.LocalDate;
import org.espace.partners.LocationId;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;

/** What a location has proved or signed. Half-open: {@code until} is the first day that no longer counts. */
public record Holding(
        LocationId location,
        Requirement.Kind kind,
        String code,
        @Nullable String level,
        LocalDate since,
        @Nullable LocalDate until) {

    /** What is said of the same thing from the same day on takes the other's place. */
    Holding key() {
        return new Holding(location, kind, code, null, since, null);
    }

    boolean hasDays() {
        return until == null || since.isBefore(until);
    }
}
