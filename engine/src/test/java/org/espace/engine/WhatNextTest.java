package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Scope;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How far it is to what comes next, and what it pays. */
class WhatNextTest {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 20);
    private static final int MANY = 100;

    /** A rate of 2% from 10,000 on, 3% from 20,000 on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
             sold | kind        | distance | pays at once | next hundred
             0.00 | marginal    | 10000.00 |         0.00 |         0.00
             0.00 | retroactive | 10000.00 |       200.00 |         0.00
          9950.00 | marginal    |    50.00 |         0.00 |         1.00
          9950.00 | retroactive |    50.00 |       200.00 |       201.00
         10000.00 | marginal    | 10000.00 |       200.00 |         2.00
         10000.00 | retroactive | 10000.00 |       400.00 |         2.00
         19999.99 | retroactive |     0.01 |       200.00 |       203.00
         25000.00 | retroactive |          |              |         3.00
        """)
    void aTierIsSoFarAndPaysSoMuch(String sold, String kind, String distance, String pays, String hundred) {
        var steps = List.of(
                new Lever.Step(10_000_00, new Lever.Flat(Rate.percent("2%"))),
                new Lever.Step(20_000_00, new Lever.Flat(Rate.percent("3%"))));
        var formula = kind.equals("marginal")
                ? new Lever.Marginal(Lever.Measure.REVENUE, steps)
                : new Lever.Retroactive(Lever.Measure.REVENUE, steps);
        var prospect = prospect(
                Imagined.of("tiers", Selection.ALL, new Lever.Added(), new Scope(Per.PARTNER, Span.QUARTER), formula)
                        .done(),
                sale("2026-04-02", sold));
        assertThat(prospect.nextHundred()).isEqualTo(Imagined.usd(hundred));
        assertThat(Optional.ofNullable(prospect.nextTier()))
                .isEqualTo(Optional.ofNullable(distance)
                        .map(far -> new WhatNext.Reach(
                                Lever.Measure.REVENUE,
                                Imagined.usd(far).minor(),
                                Imagined.usd(sold).plus(Imagined.usd(far)).minor(),
                                Imagined.usd(pays))));
        assertThat(prospect.period().until()).isEqualTo("2026-07-01");
    }

    /** 7.5% up to 187,500 a customer and fiscal year: the balance divided by the rate is the revenue that still earns. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
               sold |    earned |      left |     target
         1000000.00 |  75000.00 | 112500.00 | 1500000.00
         2499999.87 | 187499.99 |      0.01 |       0.14
         2500000.00 | 187500.00 |      0.00 |       0.00
         9000000.00 | 187500.00 |      0.00 |       0.00
        """)
    void aCapHasABalance(String sold, String earned, String left, String target) {
        var prospect = prospect(
                Imagined.of(
                                "growth",
                                Selection.ALL,
                                new Lever.Added(),
                                Scope.LINE,
                                new Lever.Flat(Rate.percent("7.5%")))
                        .limits(new Lever.Cap(new Scope(Per.CUSTOMER, Span.FISCAL_YEAR), Imagined.usd("187500")))
                        .done(),
                sale("2026-03-31", sold));
        var balance = prospect.caps().getFirst();
        assertThat(balance.earned()).isEqualTo(Imagined.usd(earned));
        assertThat(balance.left()).isEqualTo(Imagined.usd(left));
        assertThat(balance.target()).isEqualTo(Imagined.usd(target));
        assertThat(balance.period().until()).isEqualTo("2026-07-01");
        assertThat(prospect.customer()).isEqualTo(1);
    }

    /** 10% up to 50 for all levers together in the half-year: what is left is 500 of revenue for the one that asks. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            sold |  left | target | next hundred
            0.00 | 50.00 | 500.00 |        10.00
          440.00 |  6.00 |  60.00 |         6.00
          500.00 |  0.00 |   0.00 |         0.00
          700.00 |  0.00 |   0.00 |         0.00
        """)
    void aCeilingHasABalanceAndTakesBackWhatIsBeyondIt(String sold, String left, String target, String hundred) {
        var prospect = prospect(
                tenPercent(),
                List.of(new Ceiling(
                        "together",
                        new Names("Together", "Ensemble"),
                        Set.of(),
                        new Scope(Per.PARTNER, Span.HALF_YEAR),
                        new Ceiling.Amount(Imagined.usd("50")))),
                List.of(),
                sale("2026-04-02", sold));
        var shared = prospect.ceilings().getFirst();
        assertThat(shared.balance().left()).isEqualTo(Imagined.usd(left));
        assertThat(shared.balance().isUsedUp()).isEqualTo(left.equals("0.00"));
        assertThat(shared.balance().period()).hasToString("2026-01-01/2026-07-01");
        assertThat(shared.target()).isEqualTo(Imagined.usd(target));
        assertThat(prospect.nextHundred()).isEqualTo(Imagined.usd(hundred));
    }

    @Test
    void aPlanIsForItsOwnDaysAndNothingIsEarnedWithoutOne() {
        var planned = List.of(new Ceiling(
                "plan", new Names("Plan", "Plan"), Set.of(), new Scope(Per.PARTNER, Span.TERM), new Ceiling.OfPlan()));
        var plan = new Facts.Plan(1, LocalDate.of(2026, 5, 1), LocalDate.of(2026, 8, 1), 30_00);
        var before = sale("2026-04-02", "900.00");
        var with = prospect(tenPercent(), planned, List.of(plan), before, sale("2026-05-02", "100.00"));
        assertThat(with.ceilings().getFirst().balance().left()).isEqualTo(Imagined.usd("20"));
        assertThat(with.ceilings().getFirst().balance().period()).hasToString("2026-05-01/2026-08-01");
        assertThat(with.nextHundred()).isEqualTo(Imagined.usd("10"));
        var without = prospect(tenPercent(), planned, List.of(), before);
        assertThat(without.ceilings().getFirst().balance().most()).isEqualTo(Imagined.usd("0"));
        assertThat(without.nextHundred()).isEqualTo(Imagined.usd("0"));
    }

    private static Lever tenPercent() {
        return Imagined.of("ten", Selection.ALL, new Lever.Added(), Scope.LINE, new Lever.Flat(Rate.percent("10%")))
                .done();
    }

    /** 2.5%, at least 200 or nothing, at most 12,000. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            sold | missing | to earn |   pays
            0.00 |  200.00 | 7999.80 | 200.00
         7000.00 |   25.00 |  999.80 | 200.00
         8000.00 |    0.00 |         |
        """)
    void aFloorIsSoFar(String sold, String missing, String toEarn, String pays) {
        var quarter = new Scope(Per.PARTNER, Span.QUARTER);
        var prospect = prospect(
                Imagined.of(
                                "campaign",
                                Selection.ALL,
                                new Lever.Added(),
                                Scope.LINE,
                                new Lever.Flat(Rate.percent("2.5%")))
                        .limits(
                                new Lever.Floor(quarter, Imagined.usd("200")),
                                new Lever.Cap(quarter, Imagined.usd("12000")))
                        .done(),
                sale("2026-04-02", sold));
        assertThat(prospect.floors().getFirst().missing()).isEqualTo(Imagined.usd(missing));
        assertThat(Optional.ofNullable(prospect.toEarn()))
                .isEqualTo(Optional.ofNullable(toEarn)
                        .map(far -> new WhatNext.Reach(
                                Lever.Measure.REVENUE, Imagined.usd(far).minor(), 0, Imagined.usd(pays))));
    }

    @Test
    void growthSaysHowFarTheBaselineIs() {
        var prospect = prospect(
                Imagined.of(
                                "growth",
                                Selection.ALL,
                                new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null),
                                new Scope(Per.PARTNER, Span.QUARTER),
                                new Lever.Flat(Rate.percent("10%")))
                        .done(),
                sale("2026-02-02", "1000.00"),
                sale("2026-04-02", "400.00"));
        assertThat(prospect.toEarn())
                .isEqualTo(new WhatNext.Reach(Lever.Measure.REVENUE, 600_05, 0, Imagined.usd("0.01")));
        assertThat(prospect.nextHundred()).isEqualTo(Imagined.usd("0"));
    }

    @Test
    void theHigherOfTwoUnitsIsTheOneThatCounts() {
        var bands = new Lever.Marginal(
                Lever.Measure.QUANTITY,
                List.of(
                        new Lever.Step(0, new Lever.Fixed(Imagined.usd("10"))),
                        new Lever.Step(2_400_000_000L, new Lever.Fixed(Imagined.usd("50")))));
        var kinds = List.of(
                new Facts.LineKind(1, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.UNIT, "desktops")),
                new Facts.LineKind(2, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.UNIT, "users")));
        var lever = Imagined.of(
                        "band",
                        Selection.ALL,
                        new Lever.HigherOf("desktops", "users"),
                        new Scope(Per.PARTNER, Span.YEAR),
                        bands)
                .done();
        var facts = facts(lever, kinds);
        var held = Held.of(Rating.Carried.NOTHING, 1);
        Imagined.rate(facts, held, units(1000, 1));
        Imagined.rate(facts, held, units(2399, 2));
        var next = WhatNext.of(facts, 0, held, 1, DAY, MANY).getFirst();
        assertThat(next.nextTier()).isEqualTo(new WhatNext.Reach(Lever.Measure.QUANTITY, 1, 2400, Imagined.usd("50")));
    }

    @Test
    void nothingIsSaidOfProgramsThatTheLocationIsNotIn() {
        var lever = Imagined.of("all", Selection.ALL, new Lever.Added(), Scope.LINE, new Lever.Flat(Rate.percent("1%")))
                .done();
        assertThat(WhatNext.of(facts(lever, List.of()), 0, Rating.Carried.NOTHING, 1, DAY.plusYears(2), MANY))
                .isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    /** Whoever sells just the distance reaches the tier, and is paid what was said. */
    @ParameterizedTest
    @MethodSource("seeds")
    void sellingTheDistancePaysWhatWasSaid(long seed) {
        var world = new Imagined(seed);
        var before = world.before();
        for (var next : WhatNext.of(world.facts, 0, before, 1, DAY, MANY)) {
            var tier = next.nextTier();
            if (tier != null) {
                pays(world, before, next, tier.measure(), tier.distance()).ifPresent(earned -> {
                    assertThat(earned).as("%s", next).isEqualTo(tier.pays().minor());
                });
            }
            var toEarn = next.toEarn();
            if (toEarn != null) {
                pays(world, before, next, toEarn.measure(), toEarn.distance()).ifPresent(earned -> {
                    assertThat(earned)
                            .as("%s", next)
                            .isEqualTo(toEarn.pays().minor())
                            .isPositive();
                });
                pays(world, before, next, toEarn.measure(), toEarn.distance() - 1)
                        .ifPresent(earned -> {
                            assertThat(earned).as("%s", next).isNotPositive();
                        });
            }
            pays(world, before, next, Lever.Measure.REVENUE, 100_00)
                    .ifPresent(earned ->
                            assertThat(earned).isEqualTo(next.nextHundred().minor()));
            pays(world, before, next, Lever.Measure.QUANTITY, 1)
                    .ifPresent(earned ->
                            assertThat(earned).isEqualTo(next.nextUnit().minor()));
        }
    }

    @Test
    void theWorldsHaveDistancesOfManyKinds() {
        var levers = Imagined.everyKind();
        assertThat(seeds().mapToObj(Imagined::new)
                        .flatMap(world -> WhatNext.of(world.facts, 0, world.before(), 1, DAY, MANY).stream())
                        .filter(next -> next.nextTier() != null || next.toEarn() != null)
                        .map(next -> levers.get(next.lever() - 1).id()))
                .contains("marginal", "retroactive", "high-water", "customer-add", "floored", "fixed-base", "band");
    }

    /**
     * What such a sale earns under the lever, if there is any product, customer and kind of line that it takes: of all
     * customers one that is without what it must be without.
     */
    private static Optional<Long> pays(
            Imagined world, Rating.Carried before, WhatNext.Prospect next, Lever.Measure measure, long distance) {
        var levers = Imagined.everyKind();
        for (var product = 1; product <= 3; product++) {
            for (var kind = 0; kind <= world.facts.lineKinds().size(); kind++) {
                for (var customer = 0; customer <= 4; customer++) {
                    if (next.customer() != 0 && customer != next.customer()) {
                        continue;
                    }
                    if (levers.get(next.lever() - 1).basis() instanceof Lever.HigherOf) {
                        continue;
                    }
                    var sale = new Sale(
                            1,
                            DAY,
                            customer,
                            product,
                            measure == Lever.Measure.QUANTITY ? distance * 1_000_000 : 0,
                            measure == Lever.Measure.REVENUE ? distance : 0,
                            Imagined.USD,
                            0,
                            kind,
                            0);
                    var journal = Imagined.rate(world.facts, Held.of(before, 1), sale);
                    for (var line = 0; line < journal.size; line++) {
                        var isWithout = next.customer() != 0
                                || journal.reason[line] != Reason.BOUGHT_BEFORE.number();
                        if (journal.lever[line] == next.lever() && isWithout) {
                            return Optional.of(left(world, before, next.lever(), sale, journal.amount[line]));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What ceilings leave of what the lever earns, as if no other lever took the sale. */
    private static long left(Imagined world, Rating.Carried before, int lever, Sale sale, long earned) {
        var version =
                new Rulebook(world.facts, 0).versions.values().iterator().next().getFirst();
        var sums = new Sums();
        before.load(1, sums);
        var left = earned;
        for (var place : version.ceilingOrder) {
            var ceiling = version.ceilings[place];
            if (ceiling.counts(version.rules[lever - 1].lever.id()) && CeilingBalance.addsUp(ceiling)) {
                var plan = ceiling.most() instanceof Ceiling.OfPlan
                        ? version.plan(world.facts.locations().getFirst(), (int) DAY.toEpochDay())
                        : null;
                var group = sums.at(
                        version.slot(version.rules.length + 1 + place, 0),
                        version.span(ceiling, plan, Months.of((int) DAY.toEpochDay())),
                        ceiling.scope().per() == Per.CUSTOMER ? sale.customer() : 0);
                var most = most(version.terms, ceiling, sums.second(group), plan);
                var mostAfter = most(version.terms, ceiling, sums.second(group) + sale.amount(), plan);
                left = Math.min(sums.first(group) + left, mostAfter) - Math.min(sums.first(group), most);
            } else if (ceiling.counts(version.rules[lever - 1].lever.id())) {
                left = Math.min(left, ((Ceiling.Amount) ceiling.most()).amount().minor());
            }
        }
        return left;
    }

    private static long most(Terms terms, Ceiling ceiling, long revenue, Facts.@Nullable Plan plan) {
        return switch (ceiling.most()) {
            case Ceiling.Amount(var amount) -> amount.minor();
            case Ceiling.OfRevenue(var rate) ->
                BigDecimal.valueOf(revenue)
                        .multiply(BigDecimal.valueOf(rate.partsPerMillion(), 6))
                        .setScale(0, RoundingMode.valueOf(terms.rounding().name()))
                        .longValueExact();
            case Ceiling.OfPlan _ -> plan == null ? 0 : plan.minor();
        };
    }

    private static WhatNext.Prospect prospect(Lever lever, Sale... sales) {
        return prospect(lever, List.of(), List.of(), sales);
    }

    private static WhatNext.Prospect prospect(
            Lever lever, List<Ceiling> ceilings, List<Facts.Plan> plans, Sale... sales) {
        var facts = facts(lever, ceilings, plans, List.of());
        var held = Held.of(Rating.Carried.NOTHING, 1);
        for (var sale : sales) {
            Imagined.rate(facts, held, sale);
        }
        return WhatNext.of(facts, 0, held, 1, DAY, MANY).getFirst();
    }

    private static Facts facts(Lever lever, List<Facts.LineKind> kinds) {
        return facts(lever, List.of(), List.of(), kinds);
    }

    private static Facts facts(
            Lever lever, List<Ceiling> ceilings, List<Facts.Plan> plans, List<Facts.LineKind> kinds) {
        var terms = Objects.requireNonNull(
                new Imagined(1, List.of(lever)).facts.terms().getFirst().terms());
        var open = new Terms(
                terms.program(),
                terms.name(),
                terms.version(),
                terms.effective(),
                terms.currency(),
                terms.fiscalYearStarts(),
                terms.exchange(),
                Terms.Rounding.HALF_UP,
                Set.of(),
                Set.of(),
                List.of(),
                false,
                terms.split(),
                "",
                terms.levers(),
                ceilings);
        return new Facts(
                List.of(new Facts.Published(1, 1, open)),
                List.of(new Facts.Location(
                        1,
                        "indirect-reseller",
                        "FR",
                        Set.of(),
                        List.of(new Facts.Enrollment(1, LocalDate.of(2025, 1, 1), null)),
                        List.of(),
                        plans)),
                List.of(new Facts.Product(1, "P1", "suite", "modern-work")),
                List.of(new Facts.Customer(1, "C1", "FR", null, null)),
                kinds,
                List.of());
    }

    private static Sale sale(String day, String amount) {
        return new Sale(
                1,
                LocalDate.parse(day),
                1,
                1,
                1_000_000,
                Money.of(amount, "USD").minor(),
                Imagined.USD,
                0,
                0,
                0);
    }

    private static Sale units(long units, int kind) {
        return new Sale(1, LocalDate.of(2026, 4, 2), 1, 1, units * 1_000_000, 0, Imagined.USD, 0, kind, 0);
    }
}
