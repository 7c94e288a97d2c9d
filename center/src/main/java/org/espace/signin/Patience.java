package org.espace.signin;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a source has to wait before it may try an account again.
 *
 * <p>Each source waits for its own failures. Where an account fails from many sources at once, what is tightened is how
 * often one source may be wrong before it waits; the first attempt from a source is never refused for what others did.
 * So whoever knows the password gets in, however hard somebody else tries to keep them out.
 *
 * @param free how many failures cost nothing
 * @param freeUnderPressure the same while the account fails from everywhere
 * @param pressure how many failures from unknown devices within an hour are pressure
 */
record Patience(int free, int freeUnderPressure, int pressure) {

    static final Patience WITH_PASSWORDS = new Patience(5, 1, 50);

    /**
     * Whoever tries codes knows the password already, so the account has to bear less: six digits would be found
     * otherwise. Under pressure codes count from known devices only.
     */
    static final Patience WITH_CODES = new Patience(5, 0, 30);

    static final Duration PRESSURE_LASTS = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    /** Zero when the attempt may be made now. */
    Duration toWait(int failures, Instant last, boolean knownDevice, int failuresOfAll, Instant now) {
        var counted = isForgotten(last, now) ? 0 : failures;
        var allowed = !knownDevice && failuresOfAll >= pressure ? freeUnderPressure : free;
        if (allowed == 0) {
            return PRESSURE_LASTS;
        }
        if (counted < allowed) {
            return Duration.ZERO;
        }
        var doublings = Math.min(counted - allowed, 10);
        var wait = FIRST.multipliedBy(1L << doublings);
        var until = last.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    boolean isForgotten(Instant last, Instant now) {
        return last.plus(FORGOTTEN_AFTER).isBefore(now);
    }
}
