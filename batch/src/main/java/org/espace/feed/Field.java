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
    STATUS;

    static final List<Field> NEEDED = List.of(LOCATION, DAY, PRODUCT, AMOUNT, CURRENCY);

    /** As mappings write it: customer-name. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Field> find(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }
}
