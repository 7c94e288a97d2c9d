package org.espace.sales;

import java.math.BigDecimal;
import java.time.YearMonth;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/** Refused rows, by what could be read of them. */
public record RefusedTotal(
        String code,
        @Nullable LocationId location,
        @Nullable YearMonth month,
        @Nullable String currency,
        BigDecimal amount,
        long rows) {}
