package org.espace.earnings;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Draft terms to be tried on what was really sold.
 *
 * @param text the draft, as it would be published
 * @param from the first day that it counts for; null for its own first day
 * @param until the first day that it no longer counts for; null for the end of its own days
 * @param like the code of a program whose members are taken for members of the draft's; only when these are imagined so
 */
public record SimulationOrder(
        String text,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Membership membership,
        @Nullable String like) {

    /** Whose sales are looked at. */
    public enum Membership {
        /** Those who have joined the program. */
        ENROLLED,
        /** Everybody whom the draft is open to. */
        EVERYBODY,
        /** Those who have joined another program, for as long. */
        LIKE
    }

    public SimulationOrder {
        if ((membership == Membership.LIKE) != (like != null)) {
            throw new IllegalArgumentException("another program is named when its members are meant, and only then");
        }
    }
}
