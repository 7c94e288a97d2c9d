package org.espace.earnings;

import java.time.Instant;
import java.time.YearMonth;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/**
 * An amount that an operator adds to what a location has earned, or takes from it.
 *
 * @param program its code
 * @param month that it applies to
 * @param cause why, in the operator's words
 * @param line the earning line that it corrects; null when it is about the month as a whole
 * @param decision null while nobody has decided
 */
public record Adjustment(
        int id,
        LocationId location,
        String program,
        Type type,
        YearMonth month,
        Money amount,
        Reason reason,
        String cause,
        @Nullable String line,
        String proposedBy,
        Instant proposedAt,
        @Nullable Decision decision) {

    public enum Type {
        REBATE,
        COOP
    }

    public enum Reason {
        AR_COMPLIANCE,
        COOP_ROLLOVER,
        OPS_ADJUSTMENT,
        OPS_INCORRECT_CALCULATION,
        OPS_INCORRECT_ENROLLMENT,
        PARTNER_MAPPING,
        POLICY_EXCEPTION,
        PREVIOUS_PERIOD
    }

    /** @param booked the month in whose statement it stands; null when it was rejected */
    public record Decision(boolean approved, @Nullable YearMonth booked, String by, Instant at) {}

    /** What is proposed. */
    public record Proposal(
            LocationId location,
            String program,
            Type type,
            YearMonth month,
            Money amount,
            Reason reason,
            String cause,
            @Nullable String line) {

        public Proposal {
            if (amount.isZero()) {
                throw new IllegalArgumentException("an adjustment of nothing changes nothing");
            }
            if (cause.isBlank()) {
                throw new IllegalArgumentException("an adjustment needs its cause in words");
            }
        }
    }
}
