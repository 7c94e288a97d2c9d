package org.espace.earnings;

import java.time.Instant;
import org.espace.web.HowFar;
import org.jspecify.annotations.Nullable;

/**
 * A run that is at work, here or in another process, as it was heard of last.
 *
 * @param step what it is doing, as a message key such as {@code refresh.rating} or {@code simulation.rating}
 * @param done units of the step done so far
 * @param total units in all; 0 while unknown
 * @param cancelledBy who has asked it to stop; null when nobody has
 */
public record RunningRun(
        int run,
        Instant startedAt,
        String startedBy,
        String step,
        Instant stepBeganAt,
        long done,
        long total,
        Instant heardAt,
        @Nullable String cancelledBy) {

    static final String OF_A_SIMULATION = "simulation.";

    /** Whether it only tries something, and is no refresh. */
    public boolean isSimulation() {
        return step.startsWith(OF_A_SIMULATION);
    }

    /** Of the step. */
    public HowFar howFar() {
        return new HowFar(done, total, stepBeganAt, heardAt);
    }
}
