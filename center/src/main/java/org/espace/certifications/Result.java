package org.espace.certifications;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has passed. Half-open: {@code expires} is the first day on which it counts no longer.
 *
 * @param share the open link to it; null where there is none
 */
public record Result(
        int id,
        int learner,
        Certification certification,
        LocalDate passed,
        @Nullable LocalDate expires,
        @Nullable LocalDate withdrawn,
        @Nullable String reason,
        @Nullable Share share) {

    public enum State {
        GOOD,
        EXPIRED,
        WITHDRAWN
    }

    /** @param named whether whoever has the link learns the holder's name */
    public record Share(String token, boolean named) {}

    public State on(LocalDate day) {
        if (withdrawn != null && !day.isBefore(withdrawn)) {
            return State.WITHDRAWN;
        }
        return expires != null && !day.isBefore(expires) ? State.EXPIRED : State.GOOD;
    }
}
