package org.espace.earnings;

import java.time.YearMonth;
import org.espace.customers.CustomerId;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/** Which of a partner's earnings to look at: a part that is null leaves that side open. */
public record EarningsFilter(
        PartnerId partner,
        @Nullable LocationId location,
        @Nullable String program,
        @Nullable String lever,
        @Nullable YearMonth month,
        @Nullable CustomerId customer) {

    public static EarningsFilter all(PartnerId partner) {
        return new EarningsFilter(partner, null, null, null, null, null);
    }
}
