package org.espace.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.espace.web.HowFar;
import org.jspecify.annotations.Nullable;

/**
 * The impact of a draft that somebody has asked for; {@link Eligibilities#impact} is its report, once it is done.
 *
 * @param text the draft
 * @param day who may join is looked at as of this day
 * @param howFar in partners
 * @param endedAt null while it is at work
 * @param endedBy who has cancelled it; null when nobody has
 */
public record ImpactAsked(
        int id,
        String program,
        String version,
        String text,
        LocalDate day,
        Instant askedAt,
        String askedBy,
        HowFar howFar,
        State state,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {

    public enum State {
        AT_WORK,
        DONE,
        CANCELLED,
        /** It stopped for a reason that only the log says. */
        FAILED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @param outcome null while there is none */
        static State of(@Nullable String outcome) {
            return outcome == null
                    ? AT_WORK
                    : Arrays.stream(values())
                            .filter(state -> state.code().equals(outcome))
                            .findFirst()
                            .orElseThrow();
        }
    }
}
