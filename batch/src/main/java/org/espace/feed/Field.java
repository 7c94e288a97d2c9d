package org.espace.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a sales line is made of. */
public enum Field {
    LINE_ID,
    LOCATION,
    DAY,
    CUSTOMER,
    CUSTOMER_NAME,
    CUSTOMER_COUNTRY,
    CUSTOMER_SEGMENT,
    PRODUCT,
    QUANTITY,
    AMOUNT,
    CURRENCY,
    STATUS,
    ORDER,
    EVENT,
    UNIT,
    PARTNER_ROLE,
    BILLING,
    ORDER_TYPE,
    TRIAL;

    static final List<Field> NEEDED = List.of(LOCATION, DAY, PRODUCT, AMOUNT, CURRENCY);

    /** What many lines have in common: together they are a line's kind. */
    static final List<Field> OF_KIND = List.of(EVENT, UNIT, PARTNER_ROLE, BILLING, ORDER_TYPE, TRIAL);

    /** Whether a file may be without its column: a line is known by its id, and its status decides what it earns. */
    boolean mayBeMissing() {
        return !NEEDED.contains(this) && this != LINE_ID && this != STATUS;
    }

    /** As mappings write it: customer-name. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Field> find(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }
}
