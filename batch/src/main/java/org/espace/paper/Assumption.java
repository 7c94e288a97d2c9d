package org.espace.paper;

import java.util.Map;
import java.util.Set;

/** What was taken for granted because no file says otherwise; worded under {@code paper.assumed.<CODE>}. */
public record Assumption(Code code, Map<String, String> arguments) {

    public Assumption {
        if (!arguments.keySet().equals(code.arguments)) {
            throw new IllegalArgumentException(code + " needs " + code.arguments + ", not " + arguments);
        }
        arguments = Map.copyOf(arguments);
    }

    /** What may be assumed. */
    public enum Code {
        ENROLLED_ALWAYS,
        PARTNERS_FIT("type", "country"),
        PRODUCTS_WITHOUT_FAMILY,
        CUSTOMERS_WITHOUT_SEGMENT,
        NOTHING_HELD,
        NO_PLANS,
        NO_RATES,
        CURRENCY_OF_TERMS("currency");

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
        private final Set<String> arguments;

        Code(String... arguments) {
            this.arguments = Set.of(arguments);
        }

        /** What its words speak of. */
        public Set<String> arguments() {
            return arguments;
        }
    }
}
