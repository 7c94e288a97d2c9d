package org.espace.earnings;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espace.engine.Reason;
import org.jspecify.annotations.Nullable;

/** Adds up totals from where they are kept into one row for each location, program, month and currency. */
final class TotalsTable {

    private static final Comparator<Key> ORDER = comparing(Key::location, nullsLast(naturalOrder()))
            .thenComparing(Key::program, nullsLast(naturalOrder()))
            .thenComparing(Key::month, nullsLast(naturalOrder()))
            .thenComparing(Key::currency, nullsLast(naturalOrder()));

    private final Map<Key, Sums> rows = new TreeMap<>(ORDER);

    private record Key(
            @Nullable String location,
            @Nullable String program,
            @Nullable YearMonth month,
            @Nullable String currency) {}

    private static final class Sums {
        final Map<Reason.Bucket, BigDecimal> sold = new EnumMap<>(Reason.Bucket.class);
        BigDecimal refused = BigDecimal.ZERO;
        BigDecimal earned = BigDecimal.ZERO;
        BigDecimal rebate = BigDecimal.ZERO;
        BigDecimal adjusted = BigDecimal.ZERO;
    }

    void sold(
            @Nullable String location,
            @Nullable String program,
            @Nullable YearMonth month,
            String currency,
            Reason.Bucket bucket,
            BigDecimal amount) {
        at(location, program, month, currency).sold.merge(bucket, amount, BigDecimal::add);
    }

    void earned(
            @Nullable String location,
            @Nullable String program,
            @Nullable YearMonth month,
            String currency,
            BigDecimal amount,
            BigDecimal rebate) {
        var sums = at(location, program, month, currency);
        sums.earned = sums.earned.add(amount);
        sums.rebate = sums.rebate.add(rebate);
    }

    void adjusted(@Nullable String location, String program, YearMonth month, String currency, BigDecimal amount) {
        var sums = at(location, program, month, currency);
        sums.adjusted = sums.adjusted.add(amount);
    }

    void refused(@Nullable String location, @Nullable YearMonth month, @Nullable String currency, BigDecimal amount) {
        var sums = at(location, null, month, currency);
        sums.refused = sums.refused.add(amount);
    }

    List<TotalsRow> rows() {
        return rows.entrySet().stream()
                .map(entry -> {
                    var key = entry.getKey();
                    var sums = entry.getValue();
                    return new TotalsRow(
                            key.location(),
                            key.program(),
                            key.month(),
                            key.currency(),
                            written(sums.sold.getOrDefault(Reason.Bucket.ELIGIBLE, BigDecimal.ZERO), key),
                            written(sums.sold.getOrDefault(Reason.Bucket.INELIGIBLE, BigDecimal.ZERO), key),
                            written(sums.sold.getOrDefault(Reason.Bucket.PENDING, BigDecimal.ZERO), key),
                            written(sums.refused, key),
                            written(sums.earned, key),
                            written(sums.rebate, key),
                            written(sums.adjusted, key));
                })
                .toList();
    }

    /** With the decimals of its currency, or with more where it has more. */
    private static BigDecimal written(BigDecimal amount, Key key) {
        var digits = key.currency() == null
                ? 0
                : Currency.getInstance(key.currency()).getDefaultFractionDigits();
        var exact = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        return exact.setScale(Math.max(exact.scale(), digits));
    }

    private Sums at(
            @Nullable String location, @Nullable String program, @Nullable YearMonth month, @Nullable String currency) {
        return rows.computeIfAbsent(new Key(location, program, month, currency), _ -> new Sums());
    }
}
