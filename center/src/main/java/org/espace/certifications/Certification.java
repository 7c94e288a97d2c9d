package org.espace.certifications;

import java.time.LocalDate;
import java.util.List;
import org.espace.terms.Names;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can be certified in.
 *
 * @param months for how long a result is good; null for ever
 * @param steps the way there, in its order
 */
public record Certification(
        String code,
        Names name,
        String level,
        String provider,
        @Nullable Integer months,
        List<Names> steps) {

    public Certification {
        steps = List.copyOf(steps);
    }

    @Nullable
    LocalDate expiryOf(LocalDate passedOn) {
        return months == null ? null : passedOn.plusMonths(months);
    }
}
