package org.espace.terms;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a location must hold on the day of a sale.
 *
 * @param anyOf one of these codes is enough
 * @param level the least level, of those in {@link #LEVELS}; null when any will do
 */
public record Requirement(
        Kind kind, Set<String> anyOf, @Nullable String level) implements Condition {

    /** From the lowest to the highest. */
    public static final List<String> LEVELS = List.of("silver", "gold");

    public enum Kind {
        AGREEMENT("agreement"),
        COMPETENCY("competency"),
        SPECIALIZATION("specialization"),
        CO_SELL("co-sell");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** As it is written in terms. */
        public String key() {
            return key;
        }
    }
}
