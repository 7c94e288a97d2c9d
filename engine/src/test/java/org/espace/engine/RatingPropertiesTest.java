package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.engine.Ledgerless.CLOUD;
import static org.espace.engine.Ledgerless.OSLO;
import static org.espace.engine.Ledgerless.REIMS;
import static org.espace.engine.Ledgerless.SUITE;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.espace.engine.Ledgerless.Sale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for any sales, tried on random ones under levers of every kind. */
class RatingPropertiesTest {

    private static final String EVERY_KIND = """
            - {id: core, of: {solution-area: modern-work}, rate: 3.75%, cap: {per: customer, period: fiscal-year, amount: 90 USD}}
            - {id: units, of: {product: CLOUD-1}, per-unit: 1.25 USD, cap: {per: partner, period: half-year, amount: 60 USD}}
            - {id: marginal, of: all, per: partner, period: quarter, tiers: {kind: marginal, steps: [{from: 0, rate: 1%}, {from: 500 USD, rate: 2.5%}, {from: 2000 USD, rate: 4%}]}}
            - {id: retro, of: all, per: customer, period: month, tiers: {kind: retroactive, steps: [{from: 300 USD, rate: 2%}, {from: 900 USD, rate: 3.3333%}]}, cap: [{per: customer, period: quarter, amount: 70 USD}, {per: partner, period: fiscal-year, amount: 200 USD}]}
            - {id: seats, of: all, per: partner, period: year, tiers: {kind: retroactive, measure: quantity, steps: [{from: 0, rate: 0.7%}, {from: 40, rate: 1.1%}]}}
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void totalsAndSumsDoNotDependOnTheOrderOfArrival(int seed) {
        var sales = sales(new Random(seed), 400);
        var straight = new Ledgerless(EVERY_KIND);
        straight.rate(1, sales);
        var shuffled = new ArrayList<>(sales);
        Collections.shuffle(shuffled, new Random(seed + 1000));
        var other = new Ledgerless(EVERY_KIND);
        other.rate(1, shuffled);
        assertThat(byGroup(other.totals)).isEqualTo(byGroup(straight.totals));
        assertThat(other.state()).isEqualTo(straight.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void ratedDayByDayOrAtOnceEveryLineIsTheSame(int seed) {
        var random = new Random(seed);
        var sales = sales(random, 400);
        var atOnce = new Ledgerless(EVERY_KIND);
        var expected = atOnce.rate(1, sales);
        var daily = new Ledgerless(EVERY_KIND);
        var lines = new ArrayList<Ledgerless.Line>();
        for (var from = 0; from < sales.size(); ) {
            var until = Math.min(sales.size(), from + 1 + random.nextInt(60));
            lines.addAll(daily.rate(1 + from, sales.subList(from, until)));
            from = until;
        }
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(daily.state()).isEqualTo(atOnce.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void salesAndTheirReturnsComeToNothing(int seed) {
        var random = new Random(seed);
        var sales = sales(random, 200);
        var returns = new ArrayList<>(sales.stream().map(Sale::returned).toList());
        Collections.shuffle(returns, random);
        var all = new ArrayList<>(sales);
        all.addAll(returns);
        var world = new Ledgerless(EVERY_KIND);
        world.rate(1, all);
        assertThat(byGroup(world.totals).values()).allMatch(total -> total.equals(List.of(0L, 0L)));
        assertThat(world.state()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void linesSumToTheTotalsAndWhatWasSoldIsCountedOnce(int seed) {
        var sales = sales(new Random(seed), 300);
        var world = new Ledgerless(EVERY_KIND);
        var lines = world.rate(1, sales);
        var earned = world.totals.earned;
        var sum = 0L;
        for (var i = 0; i < earned.size; i++) {
            sum += earned.amount[i];
        }
        assertThat(lines.stream().mapToLong(Ledgerless.Line::amount).sum()).isEqualTo(sum);
        var sold = world.totals.sold;
        var count = 0;
        for (var i = 0; i < sold.size; i++) {
            count += sold.lines[i];
        }
        assertThat(count).isEqualTo(sales.size());
    }

    /** Per location, lever and month: the group totals that must not depend on order are coarser, so sum the months. */
    private static Map<String, List<Long>> byGroup(Totals totals) {
        var earned = totals.earned;
        var rows = new ArrayList<Map.Entry<String, long[]>>();
        for (var i = 0; i < earned.size; i++) {
            rows.add(Map.entry(
                    earned.location[i] + "/" + earned.reason[i], new long[] {earned.amount[i], earned.rebate[i]}));
        }
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.teeing(
                                Collectors.summingLong(row -> row.getValue()[0]),
                                Collectors.summingLong(row -> row.getValue()[1]),
                                List::of)));
    }

    private static List<Sale> sales(Random random, int count) {
        var sales = new ArrayList<Sale>();
        for (var i = 0; i < count; i++) {
            var cents = random.nextInt(30_000) - 3_000;
            sales.add(new Sale(
                    random.nextInt(3) == 0 ? OSLO : REIMS,
                    LocalDate.of(2026, 2, 1).plusDays(random.nextInt(20)),
                    random.nextInt(4),
                    random.nextBoolean() ? SUITE : CLOUD,
                    random.nextInt(6) - 1,
                    BigDecimal.valueOf(cents, 2).toPlainString(),
                    random.nextInt(4) == 0 ? "EUR" : "USD"));
        }
        return sales;
    }
}
