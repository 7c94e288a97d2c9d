package org.espace.earnings;

import org.jspecify.annotations.Nullable;

/**
 * The simulation that was begun last from a page of this process.
 *
 * @param simulation its report, once it is done; null before, and when it has none
 */
public record SimulationAtWork(
        String by, State state, @Nullable Integer simulation) {

    public enum State {
        /** It waits for its turn, or is at work. */
        AT_WORK,
        DONE,
        CANCELLED,
        /** It stopped for a reason that only the log says. */
        FAILED
    }
}
