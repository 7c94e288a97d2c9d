package org.espace.customers;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a partner works for.
 *
 * @param number what the vendor's feeds write
 * @param country ISO 3166, two letters
 * @param segment such as education, in the vendor's words
 * @param since since when it is a customer of the vendor, if anyone has said
 * @param lists the campaign lists that it stands on, in an order of their own
 */
public record Customer(
        CustomerId id,
        String number,
        String name,
        @Nullable String country,
        @Nullable String segment,
        @Nullable LocalDate since,
        Set<String> lists) {}
