package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.espace.money.Money;
import org.espace.terms.Lever;
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

    /** A cap on all of the location's sales ends only with its period, and the later ones may have reached it, too. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everythingButPrecedenceAndACapOnEverythingAdmitsAChange(long seed) {
        var world = new Imagined(seed);
        var levers = Imagined.everyKind();
        var before = world.before();
        for (var verdict : WhyNot.of(world.facts, 0, before, world.last())) {
            var lever = levers.get(verdict.lever() - 1);
            if (!verdict.earned()
                    && verdict.changes().isEmpty()
                    && lever.yieldsTo().isEmpty()) {
                assertThat(isCappedForAll(lever)).as("%s", verdict).isTrue();
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
                        "CEILING",
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

    private static Change.World apply(List<Change> changes, Imagined world) {
        var changed = new Change.World(world.facts, world.last());
        for (var change : changes) {
            changed = change.apply(changed, 0);
        }
        return changed;
    }

    /** What the sale itself earns under the lever, on top of what was sold before. */
    private static long earned(Facts facts, Rating.Carried before, Sale sale, int lever) {
        var journal = Imagined.rate(facts, Held.of(before, 1), sale);
        for (var line = 0; line < journal.size; line++) {
            if (journal.lever[line] == lever) {
                return journal.amount[line];
            }
        }
        return 0;
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
