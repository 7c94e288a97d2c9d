package org.espace.feed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what is received and what is refused, exactly. */
final class ControlTotals {

    private static final int NO_CURRENCY = 1000;

    private final int extraDecimals;
    private final Sum[] received = new Sum[NO_CURRENCY + 1];
    private final Sum[] refused = new Sum[NO_CURRENCY + 1];
    private final Map<Key, Sum> refusedTotals = new HashMap<>();
    private final Map<Code, Long> codes = new EnumMap<>(Code.class);

    private record Key(
            Code code, @Nullable Integer location, @Nullable LocalDate month, int currency) {}

    ControlTotals(int extraDecimals) {
        this.extraDecimals = extraDecimals;
    }

    void add(Lines line) {
        var currency = line.currency < 0 ? NO_CURRENCY : line.currency;
        sum(received, currency).add(line.amount);
        if (line.refusal != null) {
            var code = line.refusal.code();
            sum(refused, currency).add(line.amount);
            codes.merge(code, 1L, Long::sum);
            var month = line.day == Days.NO_DATE
                    ? null
                    : LocalDate.ofEpochDay(line.day).withDayOfMonth(1);
            var location = line.location < 0 ? null : line.location;
            refusedTotals
                    .computeIfAbsent(new Key(code, location, month, currency), key -> new Sum())
                    .add(line.amount);
        }
    }

    Map<Code, Long> refusedByCode() {
        return Map.copyOf(codes);
    }

    /** What is accepted is what is left of the received. */
    List<Intake.Total> totals(Map<Integer, Repeats.Found> duplicates, Map<Integer, Repeats.Found> corrections) {
        var totals = new ArrayList<Intake.Total>();
        for (int currency = 0; currency <= NO_CURRENCY; currency++) {
            if (received[currency] == null) {
                continue;
            }
            var all = received[currency];
            var bad = refused[currency] == null ? new Sum() : refused[currency];
            var again = duplicates.getOrDefault(currency, Repeats.Found.NONE);
            var corrected = corrections.getOrDefault(currency, Repeats.Found.NONE);
            var accepted =
                    all.total().subtract(bad.total()).subtract(again.amount()).subtract(corrected.amount());
            add(totals, Intake.Bucket.RECEIVED, currency, all.total(), all.rows);
            add(
                    totals,
                    Intake.Bucket.ACCEPTED,
                    currency,
                    accepted,
                    all.rows - bad.rows - again.rows() - corrected.rows());
            add(totals, Intake.Bucket.DUPLICATE, currency, again.amount(), again.rows());
            add(totals, Intake.Bucket.CORRECTED, currency, corrected.amount(), corrected.rows());
            add(totals, Intake.Bucket.REFUSED, currency, bad.total(), bad.rows);
        }
        return List.copyOf(totals);
    }

    List<Intake.RefusedTotal> refusedTotals() {
        return refusedTotals.entrySet().stream()
                .map(entry -> new Intake.RefusedTotal(
                        entry.getKey().code(),
                        entry.getKey().location(),
                        entry.getKey().month(),
                        name(entry.getKey().currency()),
                        decimal(entry.getKey().currency(), entry.getValue().total()),
                        entry.getValue().rows))
                .toList();
    }

    private void add(List<Intake.Total> totals, Intake.Bucket bucket, int currency, BigInteger amount, long rows) {
        if (rows > 0) {
            totals.add(new Intake.Total(bucket, name(currency), decimal(currency, amount), rows));
        }
    }

    private static @Nullable String name(int currency) {
        return currency == NO_CURRENCY ? null : Currencies.byNumber(currency).getCurrencyCode();
    }

    private BigDecimal decimal(int currency, BigInteger amount) {
        return currency == NO_CURRENCY
                ? BigDecimal.ZERO
                : new BigDecimal(amount, Currencies.byNumber(currency).getDefaultFractionDigits() + extraDecimals);
    }

    private static Sum sum(Sum[] sums, int currency) {
        var sum = sums[currency];
        if (sum == null) {
            sum = new Sum();
            sums[currency] = sum;
        }
        return sum;
    }

    private static final class Sum {

        private BigInteger carried = BigInteger.ZERO;
        private long current;
        private long rows;

        void add(long amount) {
            rows++;
            var next = current + amount;
            if (((current ^ next) & (amount ^ next)) < 0) {
                carried = carried.add(BigInteger.valueOf(current));
                next = amount;
            }
            current = next;
        }

        BigInteger total() {
            return carried.add(BigInteger.valueOf(current));
        }
    }
}
