package org.espace.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espace.sales.DaySum;
import org.jspecify.annotations.Nullable;

/**
 * What was sold within the days before each day, in one currency, from the first sale on: what a day brings is taken away
 * again when it leaves the window.
 *
 * @param days those on which it changes, in turn
 * @param lastUnknown the last sale of the present window for whose currency there is no rate; null when all is known
 */
record Turnover(List<Day> days, @Nullable DaySum lastUnknown) {

    /** @param unknown how many sales of the window cannot be converted */
    record Day(LocalDate day, BigDecimal amount, int unknown) {}

    /** What comes on a day, or goes. */
    private record Step(LocalDate day, BigDecimal amount, int unknown) {}

    /** @param until what happens after that day is not looked at */
    static Turnover of(List<DaySum> sums, int window, String currency, Rates rates, LocalDate until) {
        var steps = new ArrayList<Step>(2 * sums.size());
        DaySum lastUnknown = null;
        for (var sum : sums) {
            if (sum.day().isAfter(until)) {
                continue;
            }
            var converted = rates.convert(sum.amount(), sum.currency(), currency, sum.day());
            var amount = converted.orElse(BigDecimal.ZERO);
            var unknown = converted.isEmpty() ? 1 : 0;
            var leaves = sum.day().plusDays(window);
            steps.add(new Step(sum.day(), amount, unknown));
            if (!leaves.isAfter(until)) {
                steps.add(new Step(leaves, amount.negate(), -unknown));
            } else if (converted.isEmpty()) {
                lastUnknown = sum;
            }
        }
        steps.sort(Comparator.comparing(Step::day));
        return new Turnover(summed(steps), lastUnknown);
    }

    private static List<Day> summed(List<Step> steps) {
        var days = new ArrayList<Day>();
        var amount = BigDecimal.ZERO;
        var unknown = 0;
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            amount = amount.add(step.amount());
            unknown += step.unknown();
            if (i + 1 == steps.size() || !steps.get(i + 1).day().equals(step.day())) {
                days.add(new Day(step.day(), amount, unknown));
            }
        }
        return days;
    }

    /** On the last day. */
    BigDecimal amount() {
        return days.isEmpty() ? BigDecimal.ZERO : days.getLast().amount();
    }
}
