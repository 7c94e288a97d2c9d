package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.engine.Ledgerless.CLOUD;
import static org.espace.engine.Ledgerless.OSLO;
import static org.espace.engine.Ledgerless.REIMS;
import static org.espace.engine.Ledgerless.SUITE;
import static org.espace.engine.Levers.fixed;
import static org.espace.engine.Levers.flat;
import static org.espace.engine.Levers.lever;
import static org.espace.engine.Levers.marginal;
import static org.espace.engine.Levers.perUnit;
import static org.espace.engine.Levers.retroactive;
import static org.espace.engine.Levers.step;
import static org.espace.engine.Levers.usd;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.engine.Ledgerless.Sale;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Measure;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for any sales, tried on random ones under levers of every kind. */
class RatingPropertiesTest {

    /** Two versions of one program that have every kind of lever in them, and ceilings over them. */
    private static Ledgerless world(Terms.Rounding rounding, int fractionDigits) {
        var versions = Stream.of("2026-01-01/2026-07-01", "2026-07-01/2027-01-01")
                .map(effective -> Levers.rounding(
                        Levers.withCeilings(
                                Levers.requiring(
                                        Levers.terms(effective.substring(0, 7), effective, levers()),
                                        true,
                                        new Requirement(Requirement.Kind.AGREEMENT, Set.of("mpa"), null)),
                                ceiling("on-all", Span.TERM, new Ceiling.OfRevenue(Rate.percent("19.5%"))),
                                ceiling("on-two", Span.YEAR, new Ceiling.Amount(usd("400")), "core", "growth-month"),
                                ceiling("planned", Span.TERM, new Ceiling.OfPlan(), "used", "high-water")),
                        rounding))
                .toList();
        var facts = Ledgerless.facts(versions);
        var reims = new Facts.Location(
                REIMS,
                "indirect-reseller",
                "FR",
                Set.of("LC1"),
                List.of(
                        new Facts.Enrollment(1, LocalDate.of(2026, 1, 15), LocalDate.of(2026, 5, 20)),
                        new Facts.Enrollment(1, LocalDate.of(2026, 6, 10), null)),
                List.of(
                        new Facts.Holding(Requirement.Kind.AGREEMENT, "mpa", null, LocalDate.of(2025, 1, 1), null),
                        new Facts.Holding(
                                Requirement.Kind.COMPETENCY,
                                "cloud",
                                "gold",
                                LocalDate.of(2026, 3, 10),
                                LocalDate.of(2026, 9, 1))),
                List.of(
                        new Facts.Plan(1, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 5, 1), 90_00),
                        new Facts.Plan(1, LocalDate.of(2026, 7, 1), LocalDate.of(2027, 1, 1), 50_00)));
        return new Ledgerless(Ledgerless.with(facts, reims), fractionDigits);
    }

    private static Levers[] levers() {
        var tiers = retroactive(
                Measure.REVENUE,
                step(Measure.REVENUE, "300", flat("2%")),
                step(Measure.REVENUE, "900", flat("3.3333%")));
        return new Levers[] {
            lever("core", flat("3.75%"))
                    .of(Attribute.SOLUTION_AREA, "modern-work")
                    .cap(Per.CUSTOMER, Span.FISCAL_YEAR, "90"),
            lever("units", perUnit("1.25")).of(Attribute.PRODUCT, "CLOUD-1").cap(Per.PARTNER, Span.HALF_YEAR, "60"),
            lever(
                            "marginal",
                            marginal(
                                    Measure.REVENUE,
                                    step(Measure.REVENUE, "0", flat("1%")),
                                    step(Measure.REVENUE, "500", flat("2.5%")),
                                    step(Measure.REVENUE, "2000", fixed("25"))))
                    .per(Per.PARTNER, Span.QUARTER),
            lever("retro", tiers)
                    .per(Per.CUSTOMER, Span.MONTH)
                    .cap(Per.CUSTOMER, Span.QUARTER, "70")
                    .cap(Per.PARTNER, Span.FISCAL_YEAR, "200"),
            lever(
                            "seats",
                            retroactive(
                                    Measure.QUANTITY,
                                    step(Measure.QUANTITY, "0", flat("0.7%")),
                                    step(Measure.QUANTITY, "40", perUnit("0.10"))))
                    .per(Per.PARTNER, Span.YEAR),
            lever("order", tiers)
                    .per(Per.ORDER, Span.TERM)
                    .cap(Per.ORDER, Span.TERM, "30")
                    .split("33.3333%"),
            lever("line", tiers).cap(Per.LINE, Span.TERM, "5").floor(Per.LINE, Span.TERM, "1"),
            lever("fixed", fixed("10")).per(Per.CUSTOMER, Span.HALF_YEAR).forCustomers(false, 4),
            lever("smallest", new Lever.Smallest(List.of(flat("7.5%"), perUnit("3"), fixed("120"))))
                    .per(Per.CUSTOMER, Span.QUARTER),
            lever("largest", new Lever.Largest(List.of(flat("1.5%"), perUnit("0.50"))))
                    .per(Per.PARTNER, Span.MONTH)
                    .yieldsTo("new"),
            lever("new", flat("9%"))
                    .per(Per.CUSTOMER, Span.TERM)
                    .forCustomers(true, 6)
                    .of(Attribute.PARTNER_LIST, "LC1"),
            lever("strategic", flat("2%")).stacksOn("core").requires(Requirement.Kind.COMPETENCY, "cloud", "gold"),
            lever("floor", flat("5%"))
                    .floor(Per.CUSTOMER, Span.QUARTER, "20")
                    .cap(Per.PARTNER, Span.FISCAL_YEAR, "300"),
            lever("paid", flat("1%")).when(Lever.Trigger.PAID),
            lever("used", perUnit("0.75")).when(Lever.Trigger.CONSUMED).per(Per.CUSTOMER, Span.MONTH),
            lever(
                            "higher",
                            retroactive(
                                    Measure.QUANTITY,
                                    step(Measure.QUANTITY, "0", fixed("5")),
                                    step(Measure.QUANTITY, "20", fixed("9"))))
                    .on(new Lever.HigherOf("desktops", "users"))
                    .per(Per.CUSTOMER, Span.FISCAL_YEAR),
            lever("growth-month", flat("7.5%"))
                    .per(Per.CUSTOMER, Span.MONTH)
                    .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))
                    .cap(Per.CUSTOMER, Span.QUARTER, "40"),
            lever(
                            "growth-year",
                            marginal(
                                    Measure.REVENUE,
                                    step(Measure.REVENUE, "0", flat("4%")),
                                    step(Measure.REVENUE, "600", flat("6%"))))
                    .per(Per.PARTNER, Span.QUARTER)
                    .on(new Lever.Growth(Lever.Over.SAME_PERIOD_LAST_YEAR, null)),
            lever("growth-units", perUnit("2"))
                    .per(Per.PARTNER, Span.QUARTER)
                    .requires(Requirement.Kind.COMPETENCY, "cloud", null)
                    .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null)),
            lever("growth-fixed", flat("3%"))
                    .per(Per.PARTNER, Span.TERM)
                    .on(new Lever.Growth(Lever.Over.FIXED, usd("800"))),
            lever("high-water", perUnit("2")).per(Per.CUSTOMER, Span.MONTH).on(new Lever.HighWater(2, 0)),
            lever("high-water-year", perUnit("2.5"))
                    .per(Per.PARTNER, Span.QUARTER)
                    .on(new Lever.HighWater(3, 4_000_000))
                    .cap(Per.PARTNER, Span.FISCAL_YEAR, "55"),
            lever("add", flat("20%"))
                    .on(new Lever.CustomerAdd(usd("150"), 3, 12, 0))
                    .cap(Per.CUSTOMER, Span.TERM, "700"),
            lever("add-monthly", flat("5%")).on(new Lever.CustomerAdd(usd("150"), 1, 0, 3)),
            lever("annual", flat("2.5%"))
                    .per(Per.PARTNER, Span.TERM)
                    .without(Attribute.TRIAL, "true", 3, Map.of(Attribute.PRODUCT, Set.of("CLOUD-1")))
                    .floor(Per.PARTNER, Span.TERM, "10")
                    .cap(Per.PARTNER, Span.TERM, "60"),
            lever(
                            "back",
                            retroactive(
                                    Measure.QUANTITY,
                                    step(Measure.QUANTITY, "2", perUnit("1")),
                                    step(Measure.QUANTITY, "5", perUnit("1.25"))))
                    .per(Per.CUSTOMER, Span.QUARTER)
                    .without(Attribute.SOLUTION_AREA, "azure", 2),
        };
    }

    private static Ceiling ceiling(String id, Span span, Ceiling.Most most, String... levers) {
        return new Ceiling(id, new Names(id, id), Set.of(levers), new Lever.Scope(Per.PARTNER, span), most);
    }

    private static Ledgerless world(int seed) {
        return world(seed % 2 == 0 ? Terms.Rounding.HALF_UP : Terms.Rounding.HALF_EVEN, seed % 4 == 3 ? 3 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void totalsAndSumsDoNotDependOnTheOrderOfArrival(int seed) {
        var sales = sales(new Random(seed), 400);
        var straight = world(seed);
        straight.rate(1, sales);
        var shuffled = new ArrayList<>(sales);
        Collections.shuffle(shuffled, new Random(seed + 1000));
        var other = world(seed);
        other.rate(1, shuffled);
        assertThat(byGroup(other).entrySet())
                .containsExactlyInAnyOrderElementsOf(byGroup(straight).entrySet());
        assertThat(other.state()).isEqualTo(straight.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void ratedDayByDayOrAtOnceEveryLineIsTheSame(int seed) {
        var random = new Random(seed);
        var sales = sales(random, 400);
        var atOnce = world(seed);
        var expected = atOnce.rate(1, sales);
        var daily = world(seed);
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
        var world = world(seed);
        world.rate(1, all);
        assertThat(byGroup(world)).isEmpty();
        assertThat(world.state()).isEmpty();
    }

    /** Floors, and the unit that is missing to the larger remainder: to the rebate where both are a half. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void rebateAndCoopAreThePartsOfTheLargestRemainder(int seed) {
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++) {
            var amount = (long) random.nextInt(i % 2 == 0 ? 100 : 1_000_000_000);
            var share = random.nextInt(4) == 0 ? random.nextInt(11) * 100_000 : random.nextInt(1_000_001);
            var floor = amount * share / 1_000_000;
            var coopFloor = amount * (1_000_000 - share) / 1_000_000;
            var remainder = amount * share % 1_000_000;
            var coopRemainder = amount * (1_000_000 - share) % 1_000_000;
            var missing = amount - floor - coopFloor;
            var rebate = floor + (remainder >= coopRemainder ? missing : 0);
            assertThat(Credit.share(amount, share, false))
                    .as("%d × %d", amount, share)
                    .isEqualTo(rebate);
            assertThat(Credit.share(-amount, share, false)).isEqualTo(-rebate);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void linesSumToTheTotalsAndWhatWasSoldIsCountedOnce(int seed) {
        var sales = sales(new Random(seed), 300);
        var world = world(seed);
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyLineIsExplainedByTheArithmeticThatRatedIt(int seed) {
        var sales = sales(new Random(seed), 300);
        var world = world(seed);
        var explained = 0;
        for (var line : world.rate(1, sales)) {
            if (line.lever() == 0) {
                continue;
            }
            var sale = sales.get((int) line.seq() - 1);
            var steps = Explanation.of(
                    world.facts.terms().get(line.terms() - 1).terms(),
                    line.lever(),
                    new Explanation.Figures(
                            world.fractionDigits(),
                            line.basis(),
                            line.before(),
                            line.level(),
                            sale.quantity() * 1_000_000,
                            line.withheld(),
                            line.amount(),
                            line.rebate(),
                            line.day() != sale.day().toEpochDay()));
            for (var step : steps) {
                var arguments = step.arguments();
                if (arguments.get("result") instanceof Money result
                        && arguments.get("after") instanceof Money after
                        && arguments.get("before") instanceof Money before) {
                    var expected = step.code().equals("CEILING") ? before.minus(after) : after.minus(before);
                    assertThat(expected).as("%s of %s", step, line).isEqualTo(result);
                    explained++;
                }
            }
            assertThat(steps.getLast().code()).isEqualTo("SPLIT");
        }
        assertThat(explained).isGreaterThan(sales.size());
    }

    /**
     * Per location, lever and the longest period that the lever, its bounds or the ceiling adds up: within one, the
     * months that are credited depend on the order. What comes to nothing is left out: a ceiling need not have a line.
     */
    private static Map<String, List<Long>> byGroup(Ledgerless world) {
        var earned = world.totals.earned;
        var rows = new ArrayList<Map.Entry<String, long[]>>();
        for (var i = 0; i < earned.size; i++) {
            var terms = world.facts.terms().get(earned.terms[i] - 1).terms();
            var span = Months.span(longest(terms, earned.reason[i]), earned.month[i], 6);
            rows.add(Map.entry(
                    earned.location[i] + "/" + earned.terms[i] + "/" + earned.reason[i] + "/" + span,
                    new long[] {earned.amount[i], earned.rebate[i]}));
        }
        var totals = rows.stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.teeing(
                                Collectors.summingLong(row -> row.getValue()[0]),
                                Collectors.summingLong(row -> row.getValue()[1]),
                                List::of)));
        totals.values().removeIf(total -> total.equals(List.of(0L, 0L)));
        return totals;
    }

    private static Span longest(Terms terms, int number) {
        if (number > terms.levers().size()) {
            var ceiling = terms.ceilings().get(number - terms.levers().size() - 1);
            return ceiling.most() instanceof Ceiling.OfPlan
                    ? Span.TERM
                    : ceiling.scope().span();
        }
        var lever = terms.levers().get(number - 1);
        return lever.basis() instanceof Lever.CustomerAdd
                ? Span.TERM
                : lever.limits().isEmpty()
                        ? lever.scope().span()
                        : lever.limits().getLast().scope().span();
    }

    private static List<Sale> sales(Random random, int count) {
        var sales = new ArrayList<Sale>();
        for (var i = 0; i < count; i++) {
            var cents = random.nextInt(30_000) - 3_000;
            sales.add(new Sale(
                    random.nextInt(3) == 0 ? OSLO : REIMS,
                    LocalDate.of(2025, 8, 1).plusDays(random.nextInt(515)),
                    random.nextInt(4),
                    random.nextBoolean() ? SUITE : CLOUD,
                    random.nextInt(6) - 1,
                    BigDecimal.valueOf(cents, 2).toPlainString(),
                    random.nextInt(4) == 0 ? "EUR" : "USD",
                    random.nextInt(30),
                    random.nextInt(6)));
        }
        return sales;
    }
}
