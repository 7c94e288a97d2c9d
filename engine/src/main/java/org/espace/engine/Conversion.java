package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** Published reference rates, ready to convert sales into the currency of one version of a program. */
final class Conversion {

    /** A rate older than this is no rate: publication has stopped, or the file is missing. */
    private static final int OLDEST_DAYS = 14;

    private static final int SCALE = 1_000_000;
    private static final int ISO_NUMBERS = 1000;
    private static final Pair MISSING = new Pair(0, 0, 0);

    private final Terms terms;
    private final NavigableMap<LocalDate, Facts.RateSet> published = new TreeMap<>();
    private final Map<Short, Currency> currencies = new HashMap<>();
    private final int firstDay;
    private final Pair[][] found = new Pair[ISO_NUMBERS][];

    /** @param firstDay the first day on which sales may be looked at */
    Conversion(Terms terms, LocalDate firstDay, List<Facts.RateSet> rates) {
        this.terms = terms;
        this.firstDay = (int) firstDay.toEpochDay();
        for (var set : rates) {
            published.merge(set.day(), set, (one, other) -> one.id() > other.id() ? one : other);
            for (var currency : set.unitsPerEuro().keySet()) {
                currencies.put((short) currency.getNumericCode(), currency);
            }
        }
        var euro = Currency.getInstance("EUR");
        currencies.put((short) euro.getNumericCode(), euro);
    }

    /**
     * Exact: multiply by {@code numerator}, divide by {@code denominator}, round once.
     *
     * @param rates the id of the rate set that both numbers come from
     */
    record Pair(int rates, long numerator, long denominator) {

        long of(long amount, boolean toEven) {
            return Arithmetic.timesOver(amount, numerator, denominator, toEven);
        }
    }

    /** For a day that the terms look at. Null when no rate was published in time: the sale cannot be rated yet. */
    @Nullable
    Pair on(int day, short currency) {
        var at = day - firstDay;
        var days = found[currency];
        if (days == null || at >= days.length) {
            days = days == null ? new Pair[at + 32] : Arrays.copyOf(days, at + 32);
            found[currency] = days;
        }
        var pair = days[at];
        if (pair == null) {
            pair = look(day, currency);
            days[at] = pair;
        }
        return pair.denominator() == 0 ? null : pair;
    }

    private Pair look(int day, short currency) {
        var date = LocalDate.ofEpochDay(day);
        var last = wanted(terms, date);
        var from = currencies.get(currency);
        var entry = published.floorEntry(last);
        if (from == null || entry == null || ChronoUnit.DAYS.between(entry.getKey(), last) > OLDEST_DAYS) {
            return MISSING;
        }
        var set = entry.getValue();
        var sold = unitsPerEuro(set, from);
        var paid = unitsPerEuro(set, terms.currency());
        if (sold == null || paid == null) {
            return MISSING;
        }
        return new Pair(set.id(), scaled(paid, terms.currency()), scaled(sold, from));
    }

    /** The day whose rates, or the last ones before it, convert a sale. */
    static LocalDate wanted(Terms terms, LocalDate day) {
        return switch (terms.exchange()) {
            case DAILY -> day;
            case MONTHLY -> day.withDayOfMonth(1).minusDays(1);
        };
    }

    private static @Nullable BigDecimal unitsPerEuro(Facts.RateSet set, Currency currency) {
        return currency.getCurrencyCode().equals("EUR")
                ? BigDecimal.ONE
                : set.unitsPerEuro().get(currency);
    }

    /** Minor units of the currency for one euro, in millionths. */
    private static long scaled(BigDecimal unitsPerEuro, Currency currency) {
        return unitsPerEuro
                .movePointRight(currency.getDefaultFractionDigits())
                .multiply(BigDecimal.valueOf(SCALE))
                .longValueExact();
    }
}
