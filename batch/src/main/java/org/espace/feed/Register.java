package org.espace.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Master data that may come with a feed, in the order in which it is read: what a register names is known by then. */
public enum Register {
    PARTNERS(
            List.of("partner", "partner-country", "type"),
            List.of("partner-name", "location", "location-name", "location-country")),
    PRODUCTS(List.of("product"), List.of("name", "family", "solution-area")),
    CUSTOMERS(List.of("customer"), List.of("name", "country", "segment", "since")),
    CUSTOMER_LISTS(List.of("customer", "list"), List.of("listed")),
    ENROLLMENTS(List.of("program", "since"), List.of("location", "until")),
    LISTS(List.of("location", "list"), List.of("listed")),
    HOLDINGS(List.of("location", "kind", "code", "since"), List.of("level", "until")),
    PLANS(List.of("location", "program", "since", "until", "amount"), List.of()),
    MEASURES(List.of("location", "code", "day", "value"), List.of());

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> needed;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> optional;

    Register(List<String> needed, List<String> optional) {
        this.needed = needed;
        this.optional = optional;
    }

    /** As mappings write it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<String> needed() {
        return needed;
    }

    List<String> optional() {
        return optional;
    }

    /** Whether a line of the feed can say it of what it names; then that is not said again. */
    boolean mayComeFromFeed() {
        return this == PARTNERS || this == PRODUCTS;
    }

    static String[] keys() {
        return Arrays.stream(values()).map(Register::key).toArray(String[]::new);
    }
}
