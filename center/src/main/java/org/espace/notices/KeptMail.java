package org.espace.notices;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in the outbox, without its secret.
 *
 * @param sealed the secret, as it is kept until the mail is sent
 * @param failures how many attempts have failed
 * @param lastFailure what the last of them said
 */
public record KeptMail(
        long id,
        Mail mail,
        @Nullable String sealed,
        Instant at,
        State state,
        int failures,
        @Nullable String lastFailure) {

    public enum State {
        WAITING,
        SENT,
        /** Refused for good by the mail server, or too old. */
        GIVEN_UP
    }

    /** How the state looks. */
    public String tone() {
        return switch (state) {
            case WAITING -> "caution";
            case SENT -> "good";
            case GIVEN_UP -> "bad";
        };
    }
}
