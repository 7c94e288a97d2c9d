package org.espace.certifications;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of results or of measures.
 *
 * @param good how many rows can be taken
 * @param refused how many cannot
 * @param added how many said something new; null while it is only looked at, as the next ones
 * @param known how many said what we knew
 */
public record Intake(
        int id,
        Kind kind,
        String name,
        int good,
        int refused,
        Instant checkedAt,
        String checkedBy,
        @Nullable Integer added,
        @Nullable Integer known,
        @Nullable Instant savedAt,
        @Nullable String savedBy) {

    public enum Kind {
        RESULTS,
        MEASURES;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
