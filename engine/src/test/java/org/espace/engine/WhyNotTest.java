package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.espace.money.Money;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Names;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why sales earned nothing, and what would have helped, in random worlds with levers of every kind. */
class WhyNotTest {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withTheChangeTheSaleEarns(long seed) {
        var world = new Imagined(seed);
        var before = world.before();
        for (var verdict : WhyNot.of(world.facts, 0, before, world.last())) {
            assertThat(earned(world.facts, before, world.last(), verdict.lever()) > 0)
                    .as("%s", verdict)
                    .isEqualTo(verdict.earned());
            if (!verdict.changes().isEmpty()) {
                var changed = apply(verdict.changes(), world);
                assertThat(earned(changed.facts(), before, changed.sale(), verdict.lever()))
                        .as("%s", verdict)
                        .isPositive();
            }
        }
    }

    /**
     * A cap or a ceiling on all of the location's sales ends only with its period, and the later ones may have reached it,
     * too.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void everythingButPrecedenceAndABoundOnEverythingAdmitsAChange(long seed) {
        var world = new Imagined(seed);
        var levers = Imagined.everyKind();
        var before = world.before();
        for (var verdict : WhyNot.of(world.facts, 0, before, world.last())) {
            var lever = levers.get(verdict.lever() - 1);
            if (!verdict.earned()
                    && verdict.changes().isEmpty()
                    && lever.yieldsTo().isEmpty()) {
                assertThat(isCappedForAll(lever) || isUnderACeilingForAll(world, lever))
                        .as("%s", verdict)
                        .isTrue();
                for (var day = world.last().day(); day.getYear() < 2027; day = day.plusMonths(1)) {
                    assertThat(earned(world.facts, before, world.last().on(day), verdict.lever()))
                            .isNotPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCentOrAUnitLessWouldNotHaveBeenEnough(long seed) {
        var world = new Imagined(seed);
        var before = world.before();
        for (var verdict : WhyNot.of(world.facts, 0, before, world.last())) {
            if (verdict.changes().size() == 1) {
                var less = switch (verdict.changes().getFirst()) {
                    case Change.SellMore(var more) ->
                        new Change.SellMore(Money.ofMinor(more.minor() - 1, more.currency()));
                    case Change.LargerAmount(var least) ->
                        new Change.LargerAmount(Money.ofMinor(least.minor() - 1, least.currency()));
                    case Change.SellUnits(var more) -> new Change.SellUnits(more.subtract(BigDecimal.ONE));
                    case Change.ApprovePlan(var program, var days, var least) ->
                        new Change.ApprovePlan(program, days, Money.ofMinor(least.minor() - 1, least.currency()));
                    case Change.EnrollBy _,
                            Change.Hold _,
                            Change.Have _,
                            Change.CustomerSince _,
                            Change.Happen _,
                            Change.LoadRates _,
                            Change.Clear _,
                            Change.SellOn _,
                            Change.OtherCustomer _ -> null;
                };
                if (less != null) {
                    var changed = less.apply(new Change.World(world.facts, world.last()), 0);
                    assertThat(earned(changed.facts(), before, changed.sale(), verdict.lever()))
                            .as("%s", verdict)
                            .isNotPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sumsWithoutASaleAreThoseBeforeIt(long seed) {
        var world = new Imagined(seed);
        assertThat(state(WhyNot.without(world.facts, 0, world.after(), world.last())))
                .isEqualTo(state(world.before()));
    }

    @Test
    void whatHasEndedSaysSinceWhen() {
        var world = new Ledgerless(Levers.withCeilings(
                Levers.requiring(
                        Levers.terms(Levers.lever("core", Levers.flat("10%")).forCustomers(true, 6)),
                        false,
                        new Requirement(Requirement.Kind.COMPETENCY, Set.of("cloud"), null)),
                planned()));
        var facts = Ledgerless.with(
                world.facts,
                new Facts.Location(
                        Ledgerless.REIMS,
                        "indirect-reseller",
                        "FR",
                        Set.of(),
                        List.of(
                                new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 1)),
                                new Facts.Enrollment(1, LocalDate.of(2026, 11, 1), null)),
                        List.of(
                                holding("2025-01-01", "2026-05-01"),
                                holding("2026-06-01", "2026-06-15"),
                                holding("2026-12-01", null)),
                        List.of()));
        var verdict = WhyNot.of(facts, 0, Rating.Carried.NOTHING, sale("2026-08-31", 2))
                .getFirst();
        assertThat(verdict.failed())
                .extracting(WhyNot.Failed::code, WhyNot.Failed::since)
                .containsExactly(
                        tuple("NOT_ENROLLED_THEN", LocalDate.of(2026, 3, 1)),
                        tuple("IVDCOMP", LocalDate.of(2026, 6, 15)),
                        tuple("CUSNOTNEW", LocalDate.of(2026, 8, 10)));
        assertThat(verdict.changes())
                .contains(new Change.ApprovePlan(
                        1, new Period(LocalDate.of(2026, 8, 31), LocalDate.of(2026, 9, 1)), Levers.usd("0.01")));
    }

    @Test
    void aPlanThatIsUsedUpIsItselfTheReasonAndShowsItsBalance() {
        var world =
                new Ledgerless(Levers.withCeilings(Levers.terms(Levers.lever("core", Levers.flat("10%"))), planned()));
        var facts = Ledgerless.with(
                world.facts,
                new Facts.Location(
                        Ledgerless.REIMS,
                        "indirect-reseller",
                        "FR",
                        Set.of(),
                        List.of(new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), null)),
                        List.of(),
                        List.of(new Facts.Plan(1, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 5, 1), 90_00))));
        var held = Held.of(Rating.Carried.NOTHING, Ledgerless.REIMS);
        Imagined.rate(facts, held, sale("2026-02-03", 1).with(1_000_000, 2_000_00));
        var verdict = WhyNot.of(facts, 0, held, sale("2026-04-03", 1)).getFirst();
        var failed = verdict.failed().getFirst();
        assertThat(failed.code()).isEqualTo("CEILING");
        var balance = Objects.requireNonNull(failed.ceiling());
        assertThat(balance.most()).isEqualTo(Levers.usd("90"));
        assertThat(balance.isUsedUp()).isTrue();
        assertThat(verdict.changes())
                .containsExactly(new Change.ApprovePlan(
                        1, new Period(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 5, 1)), Levers.usd("200.01")));
        var late = WhyNot.of(facts, 0, held, sale("2026-06-03", 1)).getFirst();
        assertThat(late.failed())
                .extracting(WhyNot.Failed::about, WhyNot.Failed::since)
                .containsExactly(tuple("plan", LocalDate.of(2026, 5, 1)));
    }

    private static Ceiling planned() {
        return new Ceiling(
                "plan",
                new Names("Plan", "Plan"),
                Set.of(),
                new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM),
                new Ceiling.OfPlan());
    }

    private static Facts.Holding holding(String since, @Nullable String until) {
        return new Facts.Holding(
                Requirement.Kind.COMPETENCY,
                "cloud",
                null,
                LocalDate.parse(since),
                until == null ? null : LocalDate.parse(until));
    }

    private static Sale sale(String day, int customer) {
        return new Sale(
                Ledgerless.REIMS,
                LocalDate.parse(day),
                customer,
                Ledgerless.SUITE,
                1_000_000,
                100_00,
                Imagined.USD,
                0,
                0,
                0);
    }

    @Test
    void theWorldsBringUpEveryReasonForWhichThereIsAChange() {
        var codes = new TreeSet<String>();
        var kinds = new TreeMap<String, Integer>();
        seeds().forEach(seed -> {
            var world = new Imagined(seed);
            for (var verdict : WhyNot.of(world.facts, 0, world.before(), world.last())) {
                verdict.failed().forEach(failed -> codes.add(failed.code()));
                verdict.changes()
                        .forEach(change -> kinds.merge(change.getClass().getSimpleName(), 1, Integer::sum));
            }
        });
        var never = new TreeSet<String>(List.of("DISPOSITION"));
        for (var reason : Reason.values()) {
            never.add(reason.name());
        }
        never.removeAll(codes);
        assertThat(never)
                .containsExactlyInAnyOrder(
                        "ELIGIBLE",
                        "EARNED",
                        "TIER_REACHED",
                        "CAP_LIMITED",
                        "FLOOR_REACHED",
                        "BASELINE_MOVED",
                        "OTHERS_COUNT",
                        "NOT_STACKED");
        assertThat(kinds)
                .containsOnlyKeys(List.of(Change.class.getPermittedSubclasses()).stream()
                        .map(Class::getSimpleName)
                        .toList());
    }

    private static boolean isCappedForAll(Lever lever) {
        return lever.limits().stream()
                .anyMatch(limit -> limit instanceof Lever.Cap && limit.scope().per() == Lever.Per.PARTNER);
    }

    private static boolean isUnderACeilingForAll(Imagined world, Lever lever) {
        return world.facts.terms().getFirst().terms().ceilings().stream()
                .anyMatch(ceiling -> ceiling.counts(lever.id())
                        && ceiling.most() instanceof Ceiling.Amount
                        && ceiling.scope().per() == Lever.Per.PARTNER);
    }

    private static Change.World apply(List<Change> changes, Imagined world) {
        var changed = new Change.World(world.facts, world.last());
        for (var change : changes) {
            changed = change.apply(changed, 0);
        }
        return changed;
    }

    /**
     * What the sale itself earns under the lever, on top of what was sold before: nothing if a ceiling takes back all that
     * the sale earns under it.
     */
    private static long earned(Facts facts, Rating.Carried before, Sale sale, int lever) {
        var journal = Imagined.rate(facts, Held.of(before, 1), sale);
        var terms = facts.terms().getFirst().terms();
        for (var line = 0; line < journal.size; line++) {
            if (journal.lever[line] == lever) {
                var id = terms.levers().get(lever - 1).id();
                var takenBack = journal.amount[line] > 0
                        && terms.ceilings().stream()
                                .anyMatch(
                                        ceiling -> ceiling.counts(id) && leavesNothing(terms, ceiling, journal, sale));
                return takenBack ? 0 : journal.amount[line];
            }
        }
        return 0;
    }

    private static boolean leavesNothing(Terms terms, Ceiling ceiling, EarningLines journal, Sale sale) {
        var own = 0L;
        var left = 0L;
        for (var line = 0; line < journal.size; line++) {
            if (journal.lever[line] > 0 && journal.day[line] == sale.day().toEpochDay()) {
                var place = journal.lever[line] - terms.levers().size() - 1;
                if (place < 0
                        ? ceiling.counts(
                                terms.levers().get(journal.lever[line] - 1).id())
                        : terms.ceilings().get(place).isWithin(ceiling, terms.levers())) {
                    left += journal.amount[line];
                    own += place >= 0 && terms.ceilings().get(place).equals(ceiling) ? journal.amount[line] : 0;
                }
            }
        }
        return own < 0 && left <= 0;
    }

    private static Map<String, List<Long>> state(Rating.Carried carried) {
        var sums = new Sums();
        carried.load(1, sums);
        var state = new TreeMap<String, List<Long>>();
        sums.forEach((slot, span, owner, one, two) -> {
            if (one != 0 || two != 0) {
                state.put(slot + "/" + span + "/" + owner, new ArrayList<>(List.of(one, two)));
            }
        });
        return state;
    }
}
