package org.espace.eligibility;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.espace.sales.RateSet;

/**
 * Converts what was sold on a day with the last rates published on or before it. Where rates are published by the month,
 * those of its beginning count for all of it.
 */
final class Rates {

    /** Before the sale's month, as for earnings: an older rate is no rate. */
    private static final int OLDEST_DAYS = 14;

    private static final int DIGITS = 10;

    private final NavigableMap<LocalDate, Map<String, BigDecimal>> unitsPerEuro = new TreeMap<>();

    Rates(List<RateSet> published) {
        published.forEach(set -> unitsPerEuro.put(set.day(), set.rates()));
    }

    /** Empty when no rate was published in time. An amount that is in the currency already stays exact. */
    Optional<BigDecimal> convert(BigDecimal amount, String from, String into, LocalDate day) {
        if (from.equals(into)) {
            return Optional.of(amount);
        }
        var last = unitsPerEuro.floorEntry(day);
        if (last == null || last.getKey().isBefore(day.withDayOfMonth(1).minusDays(OLDEST_DAYS))) {
            return Optional.empty();
        }
        return unit(last.getValue(), from)
                .flatMap(sold -> unit(last.getValue(), into)
                        .map(asked -> amount.multiply(asked).divide(sold, DIGITS, RoundingMode.HALF_UP)));
    }

    private static Optional<BigDecimal> unit(Map<String, BigDecimal> rates, String currency) {
        return currency.equals("EUR") ? Optional.of(BigDecimal.ONE) : Optional.ofNullable(rates.get(currency));
    }
}
