package org.espace.earnings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;

/**
 * Draft terms tried on real history: what everyone had earned under the program, and what they would have.
 *
 * @param text the draft
 * @param from the first day that it counted for
 * @param until the first day that it no longer counted for
 */
public record Simulation(
        int id,
        String program,
        String version,
        String text,
        LocalDate from,
        LocalDate until,
        SimulationOrder.Membership membership,
        Instant madeAt,
        String madeBy,
        List<Row> rows) {

    /** One location in one month, in one currency. */
    public record Row(
            LocationId location,
            PartnerId partner,
            YearMonth month,
            Money before,
            Money after,
            Money rebateBefore,
            Money rebateAfter) {

        public Money difference() {
            return after.minus(before);
        }
    }

    /** What something comes to before and after, in one currency. */
    public record Sum(Money before, Money after, Money rebateBefore, Money rebateAfter) {

        public Money difference() {
            return after.minus(before);
        }

        private Sum plus(Sum other) {
            return new Sum(
                    before.plus(other.before),
                    after.plus(other.after),
                    rebateBefore.plus(other.rebateBefore),
                    rebateAfter.plus(other.rebateAfter));
        }
    }

    /** One partner in one currency. */
    public record OfPartner(PartnerId partner, Sum sum) {}

    /** What the program costs the vendor, per currency. */
    public List<Sum> budget() {
        return List.copyOf(summed(row -> "").values());
    }

    /** Month by month, and per currency. */
    public Map<YearMonth, List<Sum>> byMonth() {
        var months = new TreeMap<YearMonth, List<Sum>>();
        summed(Row::month)
                .forEach((key, sum) -> months.computeIfAbsent((YearMonth) key.part(), _ -> new ArrayList<>())
                        .add(sum));
        return months;
    }

    /** Those who would get most more first, those who would lose most last. */
    public List<OfPartner> partners() {
        return summed(Row::partner).entrySet().stream()
                .map(entry -> new OfPartner((PartnerId) entry.getKey().part(), entry.getValue()))
                .sorted(Comparator.comparing(
                                (OfPartner one) -> one.sum().difference().amount())
                        .reversed())
                .toList();
    }

    public List<OfPartner> winners() {
        return partners().stream()
                .filter(one -> one.sum().difference().amount().signum() > 0)
                .toList();
    }

    public List<OfPartner> losers() {
        return partners().stream()
                .filter(one -> one.sum().difference().amount().signum() < 0)
                .sorted(Comparator.comparing(
                        (OfPartner one) -> one.sum().difference().amount()))
                .toList();
    }

    private record Key(Object part, String currency) {}

    private Map<Key, Sum> summed(Function<Row, Object> by) {
        var sums = new LinkedHashMap<Key, Sum>();
        for (var row : rows) {
            sums.merge(
                    new Key(by.apply(row), row.before().currency().getCurrencyCode()),
                    new Sum(row.before(), row.after(), row.rebateBefore(), row.rebateAfter()),
                    Sum::plus);
        }
        return sums;
    }
}
