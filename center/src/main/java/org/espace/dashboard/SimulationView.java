package org.espace.dashboard;

import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espace.dashboard.DifferenceChart.Difference;
import org.espace.earnings.Simulation;
import org.espace.money.Money;
import org.espace.partners.PartnerId;

/**
 * What draft terms would change.
 *
 * @param name of the program, in the reader's language
 */
public record SimulationView(Simulation simulation, String name, List<Part> parts) {

    private static final int DRAWN = 8;

    /**
     * In one currency.
     *
     * @param partners those who would get most more first, those who would lose most last
     */
    public record Part(
            Simulation.Sum budget, List<Row> partners, Map<YearMonth, Simulation.Sum> months, List<DifferenceChart> charts) {

        public Currency currency() {
            return budget.before().currency();
        }

        public long winners() {
            return count(1);
        }

        public long losers() {
            return count(-1);
        }

        public long unchanged() {
            return count(0);
        }

        private long count(int sign) {
            return partners.stream()
                    .filter(row -> row.sum().difference().amount().signum() == sign)
                    .count();
        }
    }

    public record Row(PartnerId partner, String name, Simulation.Sum sum) {}

    static SimulationView of(Simulation simulation, String name, Map<PartnerId, String> names) {
        var parts = simulation.budget().stream()
                .map(budget -> part(simulation, budget, names))
                .toList();
        return new SimulationView(simulation, name, parts);
    }

    private static Part part(Simulation simulation, Simulation.Sum budget, Map<PartnerId, String> names) {
        var currency = budget.before().currency();
        var rows = simulation.partners().stream()
                .filter(one -> isIn(currency, one.sum()))
                .map(one -> new Row(
                        one.partner(),
                        names.getOrDefault(one.partner(), one.partner().toString()),
                        one.sum()))
                .toList();
        var months = new TreeMap<YearMonth, Simulation.Sum>();
        simulation.byMonth().forEach((month, sums) -> sums.stream()
                .filter(sum -> isIn(currency, sum))
                .forEach(sum -> months.put(month, sum)));
        var drawn = drawn(rows);
        return new Part(
                budget,
                rows,
                months,
                drawn.isEmpty() ? List.of() : List.of(DifferenceChart.wide(drawn), DifferenceChart.narrow(drawn)));
    }

    /** Those at both ends, in their order. */
    private static List<Difference> drawn(List<Row> rows) {
        var won = rows.stream().filter(row -> sign(row) > 0).limit(DRAWN);
        var lost = rows.reversed().stream()
                .filter(row -> sign(row) < 0)
                .limit(DRAWN)
                .toList()
                .reversed();
        return Stream.concat(won, lost.stream())
                .map(row -> new Difference(row.name(), row.sum().difference()))
                .toList();
    }

    private static int sign(Row row) {
        return row.sum().difference().amount().signum();
    }

    private static boolean isIn(Currency currency, Simulation.Sum sum) {
        return sum.before().currency().equals(currency);
    }

    /** What a rebate leaves. */
    public static Money coop(Money amount, Money rebate) {
        return amount.minus(rebate);
    }
}
