package org.espace.customers;

import org.jspecify.annotations.Nullable;

/**
 * Whom a partner works for.
 *
 * @param number what the vendor's feeds write
 * @param country ISO 3166, two letters
 * @param segment such as education, in the vendor's words
 */
public record Customer(
        CustomerId id,
        String number,
        String name,
        @Nullable String country,
        @Nullable String segment) {}
