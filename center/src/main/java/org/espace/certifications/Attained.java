package org.espace.certifications;

import java.time.LocalDate;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * What a company has attained. Half-open: {@code until} is the first day that no longer counts.
 *
 * @param kind competency, designation or specialization
 * @param level null where there are no levels
 */
public record Attained(
        PartnerId partner,
        String kind,
        String code,
        @Nullable String level,
        LocalDate since,
        @Nullable LocalDate until) {

    public boolean holdsOn(LocalDate day) {
        return !day.isBefore(since) && (until == null || day.isBefore(until));
    }
}
