package org.espace.eligibility;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.espace.terms.Condition;
import org.jspecify.annotations.Nullable;

/**
 * How a location stands to a condition on a day.
 *
 * @param reason the words are the message {@code eligibility.reason.<reason>}
 * @param evidence what it follows from, as the words name it: days as 2026-03-31, amounts as 24999.00 USD
 * @param since when it has been so; null when it has never been otherwise
 * @param onceMet the first day on which revenue that is enough once met was met
 */
public record Answer(
        Condition condition,
        State state,
        String reason,
        Map<String, String> evidence,
        @Nullable LocalDate since,
        @Nullable LocalDate onceMet) {

    public enum State {
        MET,
        NOT_MET,
        NOT_YET_KNOWN;

        /** As tables write it: not-met. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    Answer(Condition condition, State state, String reason, Map<String, String> evidence, @Nullable LocalDate since) {
        this(condition, state, reason, evidence, since, null);
    }

    /** Whether a location that has joined stays, as far as this condition goes. */
    boolean letsStay() {
        return !(condition instanceof Condition.TrailingRevenue revenue && revenue.onceMetStays())
                || state != State.NOT_MET
                || onceMet != null;
    }

    /** What makes it another answer; evidence may be newer, and the answer is the same. */
    record Gist(
            State state,
            String reason,
            @Nullable LocalDate since,
            @Nullable LocalDate onceMet) {}

    Gist gist() {
        return new Gist(state, reason, since, onceMet);
    }
}
