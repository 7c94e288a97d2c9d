package org.espace.earnings;

import java.time.LocalDate;
import java.time.YearMonth;
import org.espace.customers.CustomerId;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Which of a partner's earnings to look at: a part that is null leaves that side open.
 *
 * @param asKnown the day at whose end they were known; null for now
 */
public record EarningsFilter(
        PartnerId partner,
        @Nullable LocationId location,
        @Nullable String program,
        @Nullable String lever,
        @Nullable YearMonth month,
        @Nullable CustomerId customer,
        @Nullable LocalDate asKnown) {

    /** As known now. */
    public EarningsFilter(
            PartnerId partner,
            @Nullable LocationId location,
            @Nullable String program,
            @Nullable String lever,
            @Nullable YearMonth month,
            @Nullable CustomerId customer) {
        this(partner, location, program, lever, month, customer, null);
    }

    public static EarningsFilter all(PartnerId partner) {
        return new EarningsFilter(partner, null, null, null, null, null);
    }

    /** The same, as it was known at the end of the day. */
    public EarningsFilter asKnownOn(LocalDate day) {
        return new EarningsFilter(partner, location, program, lever, month, customer, day);
    }
}
