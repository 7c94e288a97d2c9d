package org.espace.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Selection.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * What the next sales of a location would earn under a lever: how far the next tier is and what reaching it pays at once,
 * what is left under a cap, what is missing for a floor. Every figure is that of a sale that was tried on top of what the
 * location has sold, in the program's currency; where customers must be without something, of a sale that counts. What ceilings take back is taken into account as if this lever alone took
 * the sale.
 */
public final class WhatNext {

    private static final int MOST_QUADRUPLINGS = 22;
    private static final int UNIT = 1_000_000;
    private static final int HUNDRED = 100;

    private final Rulebook.Version version;
    private final Rule rule;
    private final Held held;
    private final Facts.Location here;
    private final int customer;
    private final int kind;
    private final LocalDate day;
    private final int month;
    private final long fraction;

    private WhatNext(
            Rulebook.Version version,
            Rule rule,
            Held held,
            Facts.Location here,
            int customer,
            int kind,
            LocalDate day,
            long fraction) {
        this.version = version;
        this.rule = rule;
        this.held = held;
        this.here = here;
        this.customer = customer;
        this.kind = kind;
        this.day = day;
        this.fraction = fraction;
        month = Months.of((int) day.toEpochDay());
    }

    /**
     * How a location stands with one lever on a day.
     *
     * @param lever counts from 1
     * @param customer of whose sales alone it speaks; 0 where the lever adds up those of all
     * @param period what is added up together: the whole version where each line stands by itself
     * @param nextHundred what 100 units of currency more would earn
     * @param nextUnit what one unit more would earn, without any revenue
     * @param nextTier null when there is none, or none can be reached
     * @param toEarn what is missing until anything more is earned; null when one unit, of currency or of what is
     *     counted, earns already, or nothing can
     */
    public record Prospect(
            int program,
            int terms,
            int lever,
            int customer,
            Period period,
            Money nextHundred,
            Money nextUnit,
            @Nullable Reach nextTier,
            @Nullable Reach toEarn,
            List<Balance> caps,
            List<Missing> floors,
            List<Shared> ceilings) {}

    /**
     * Something to be reached.
     *
     * @param distance minor units of revenue, or whole units
     * @param begins where the tier begins, in the same units; 0 when it is no tier
     * @param pays what a sale of just this distance, all of it on one day, earns: a cliff and the true-up of what was sold
     *     before included
     */
    public record Reach(Lever.Measure measure, long distance, long begins, Money pays) {}

    /**
     * What is left under a cap.
     *
     * @param target the revenue for which what is left is paid; null when revenue alone does not earn it
     */
    public record Balance(
            Lever.Scope scope,
            Period period,
            Money cap,
            Money earned,
            Money left,
            @Nullable Money target) {}

    /**
     * What the lever and others may still earn together.
     *
     * @param target the revenue for which this lever alone is paid what is left; null when revenue alone does not earn it,
     *     or when the ceiling grows with it
     */
    public record Shared(CeilingBalance balance, @Nullable Money target) {}

    /** What must still be earned in a period, or all of it is forfeited. */
    public record Missing(Lever.Scope scope, Period period, Money floor, Money earned, Money missing) {}

    /**
     * @param most how many customers, at most, for a lever that adds up each one's sales: those with the highest sums
     * @return for each lever of the versions in force on the day that can pay for this location's sales
     */
    public static List<Prospect> of(
            Facts facts, int fractionDigits, Rating.Carried carried, int location, LocalDate day, int most) {
        var here = facts.locations().stream()
                .filter(one -> one.id() == location)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("location %d is not known".formatted(location)));
        var all = Held.of(carried, location);
        var prospects = new ArrayList<Prospect>();
        for (var published : facts.terms()) {
            if (rates(published, here, day)) {
                var kinds = kinds(published);
                var book = new Rulebook(
                        new Facts(List.of(published), List.of(here), List.of(), List.of(), kinds, List.of()),
                        fractionDigits);
                var version = book.versions.values().iterator().next().getFirst();
                for (var rule : version.rules) {
                    if (isFor(rule.lever, here, day, published.terms().wholeMonths())) {
                        for (var customer : customers(version, rule, all, most)) {
                            prospects.add(new WhatNext(
                                            version,
                                            rule,
                                            all.about(version.id, customer),
                                            here,
                                            customer,
                                            kind(version, rule, all, customer, day, kinds),
                                            day,
                                            Math.powExact(10L, fractionDigits))
                                    .prospect());
                        }
                    }
                }
            }
        }
        return prospects;
    }

    private static boolean rates(Facts.Published published, Facts.Location here, LocalDate day) {
        var terms = published.terms();
        return terms.effective().contains(day)
                && (terms.partnerTypes().isEmpty() || terms.partnerTypes().contains(here.type()))
                && (terms.countries().isEmpty() || terms.countries().contains(here.country()))
                && here.enrollments().stream()
                        .anyMatch(one -> one.program() == published.program()
                                && Standing.contains(one.since(), one.until(), day, terms.wholeMonths()))
                && terms.requires().stream().allMatch(one -> Standing.holds(here, one, day, terms.wholeMonths()));
    }

    private static boolean isFor(Lever lever, Facts.Location here, LocalDate day, boolean wholeMonths) {
        return lever.requires().stream().allMatch(one -> Standing.holds(here, one, day, wholeMonths))
                && isAmong(lever, Attribute.PARTNER_TYPE, Set.of(here.type()))
                && isAmong(lever, Attribute.PARTNER_COUNTRY, Set.of(here.country()))
                && isAmong(lever, Attribute.PARTNER_LIST, here.lists());
    }

    private static boolean isAmong(Lever lever, Attribute attribute, Set<String> values) {
        var asked = lever.of().only().get(attribute);
        return asked == null || values.stream().anyMatch(asked::contains);
    }

    /** A kind of line for each unit that is compared with another one. */
    private static List<Facts.LineKind> kinds(Facts.Published published) {
        var kinds = new ArrayList<Facts.LineKind>();
        for (var lever : published.terms().levers()) {
            if (lever.basis() instanceof Lever.HigherOf compared) {
                Map<Attribute, String> unit = new EnumMap<>(Map.of(Attribute.UNIT, compared.other()));
                kinds.add(new Facts.LineKind(kinds.size() + 1, lever.trigger(), unit));
            }
        }
        return kinds;
    }

    /** Of two units the one that is ahead: more of it makes a difference at once. */
    private static int kind(
            Rulebook.Version version, Rule rule, Held all, int customer, LocalDate day, List<Facts.LineKind> kinds) {
        if (!(rule.lever.basis() instanceof Lever.HigherOf compared)) {
            return 0;
        }
        var sums = new Sums();
        all.about(version.id, customer).load(0, sums);
        var span = version.span(rule.scope.span(), Months.of((int) day.toEpochDay()));
        var group = sums.at(version.slot(rule.number, Credit.GROUP), span, owner(rule.scope, customer));
        return sums.second(group) <= sums.first(group)
                ? 0
                : kinds.stream()
                        .filter(kind ->
                                compared.other().equals(kind.attributes().get(Attribute.UNIT)))
                        .findFirst()
                        .map(Facts.LineKind::id)
                        .orElse(0);
    }

    private static List<Integer> customers(Rulebook.Version version, Rule rule, Held all, int most) {
        var pers = Stream.of(
                        Stream.of(rule.scope.per()),
                        Stream.of(rule.bounds).map(bound -> bound.scope().per()),
                        Arrays.stream(rule.ceilings)
                                .mapToObj(
                                        place -> version.ceilings[place].scope().per()))
                .flatMap(some -> some);
        if (pers.noneMatch(per -> per == Lever.Per.CUSTOMER)) {
            return List.of(0);
        }
        var numbers = IntStream.concat(
                        IntStream.of(rule.number), Arrays.stream(rule.ceilings).map(version::number))
                .map(number -> version.slot(number, 0) >>> 8)
                .boxed()
                .toList();
        var sums = new TreeMap<Integer, Long>();
        all.forEach((slot, owner, one) -> {
            if (numbers.contains(slot >>> 8) && owner > 0 && owner <= Integer.MAX_VALUE) {
                sums.merge((int) owner, Math.max(0, one), Math::max);
            }
        });
        return sums.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Integer, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long owner(Lever.Scope scope, int customer) {
        return scope.per() == Lever.Per.CUSTOMER ? customer : 0;
    }

    private Prospect prospect() {
        var now = tried(0, 0);
        return new Prospect(
                version.program,
                version.id,
                rule.number,
                customer,
                version.period(rule.scope, month),
                money(tried(minor(HUNDRED), 0).amount),
                money(tried(0, 1).amount),
                nextTier(now),
                toEarn(),
                caps(now),
                floors(now),
                ceilings());
    }

    // --- trying ------------------------------------------------------------------------------------------------------

    /**
     * @param amount what the sale comes to, ceilings included
     * @param beforeCeilings what it would come to without them
     * @param revenue that the steps are measured by, with the sale: in fine units
     * @param quantity the same of quantity, in millionths
     * @param sums of the bounds
     */
    private record Tried(long amount, long beforeCeilings, long revenue, long quantity, List<Long> sums) {}

    /** What a sale of so many minor units and so many whole units comes to. */
    private Tried tried(long minor, long units) {
        var lines = new Sale(0, day, customer, 0, units * UNIT, minor * fraction, version.terms.currency(), 0, kind, 0)
                .asLines();
        var sums = new Sums();
        held.load(0, sums);
        var journal = new EarningLines();
        var credit = new Credit(version, sums, new Totals.ByKey());
        credit.begin(lines, 0, month, lines.amount[0], 0, journal);
        credit.earn(rule);
        var gross = journal.amount[0];
        credit.settle(here);
        var amount = gross;
        for (var line = 1; line < journal.size; line++) {
            if (journal.lever[line] > version.rules.length && journal.day[line] == lines.day[0]) {
                amount = Math.addExact(amount, journal.amount[line]);
            }
        }
        var bounds = new ArrayList<Long>();
        for (var b = 0; b < rule.bounds.length; b++) {
            var scope = scope(b);
            bounds.add(sums.first(sums.at(
                    version.slot(rule.number, Credit.FIRST_BOUND + b),
                    version.span(scope.span(), month),
                    owner(scope, customer))));
        }
        var quantity = lines.quantity[0];
        var before = journal.before[0];
        var level = journal.level[0];
        return switch (rule.lever.basis()) {
            case Lever.Added _ ->
                rule.keepsBoundsOnly()
                        ? new Tried(amount, gross, lines.amount[0], quantity, bounds)
                        : rule.kind == Rule.Kind.WITHOUT
                                ? new Tried(
                                        amount,
                                        gross,
                                        rule.readsQuantity ? 0 : level,
                                        rule.readsQuantity ? level : 0,
                                        bounds)
                                : new Tried(amount, gross, before + lines.amount[0], level + quantity, bounds);
            case Lever.Growth _ ->
                new Tried(
                        amount,
                        gross,
                        before + lines.amount[0],
                        rule.curve.readsQuantity() ? level + quantity : 0,
                        bounds);
            case Lever.CustomerAdd _ -> new Tried(amount, gross, level, 0, bounds);
            case Lever.HighWater _ -> new Tried(amount, gross, 0, level, bounds);
            case Lever.HigherOf _ -> new Tried(amount, gross, 0, rule.keepsBoundsOnly() ? quantity : level, bounds);
        };
    }

    private Lever.Scope scope(int bound) {
        return rule.lever.limits().get(bound).scope();
    }

    private @Nullable Reach nextTier(Tried now) {
        for (var measure : Lever.Measure.values()) {
            ToLongFunction<Tried> reached = measure == Lever.Measure.REVENUE ? Tried::revenue : Tried::quantity;
            var next = steps(rule.lever.formula())
                    .filter(step -> step.measure == measure)
                    .mapToLong(step -> measure == Lever.Measure.REVENUE ? step.from * fraction : step.from)
                    .filter(from -> from > reached.applyAsLong(now))
                    .min();
            if (next.isPresent()) {
                var from = next.getAsLong();
                var distance = least(more -> reached.applyAsLong(tried(measure, more)) >= from);
                if (distance > 0) {
                    return reach(measure, distance, from / (measure == Lever.Measure.REVENUE ? fraction : UNIT));
                }
            }
        }
        return null;
    }

    private record Begins(Lever.Measure measure, long from) {}

    private static Stream<Begins> steps(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ -> Stream.of();
            case Lever.Marginal(var measure, var steps) -> steps.stream().map(step -> new Begins(measure, step.from()));
            case Lever.Retroactive(var measure, var steps) ->
                steps.stream().map(step -> new Begins(measure, step.from()));
            case Lever.Smallest(var parts) -> parts.stream().flatMap(WhatNext::steps);
            case Lever.Largest(var parts) -> parts.stream().flatMap(WhatNext::steps);
        };
    }

    /** Of the measure with which anything more is earned at all: revenue, if it does. */
    private @Nullable Reach toEarn() {
        for (var measure : Lever.Measure.values()) {
            var distance = least(more -> tried(measure, more).amount > 0);
            if (distance > 0) {
                var least = measure == Lever.Measure.REVENUE ? minor(1) : 1;
                return distance <= least ? null : reach(measure, distance, 0);
            }
        }
        return null;
    }

    private Reach reach(Lever.Measure measure, long distance, long begins) {
        return new Reach(measure, distance, begins, money(tried(measure, distance).amount));
    }

    private Tried tried(Lever.Measure measure, long more) {
        return switch (measure) {
            case REVENUE -> tried(more, 0);
            case QUANTITY -> tried(0, more);
        };
    }

    private List<Balance> caps(Tried now) {
        var caps = new ArrayList<Balance>();
        for (var b = 0; b < rule.bounds.length; b++) {
            var bound = rule.bounds[b];
            if (!bound.floor() && adds(scope(b))) {
                var at = b;
                var earned = Math.min(now.sums.get(b), bound.amount());
                var target = target(
                        bound.amount() - earned, more -> tried(more, 0).sums.get(at) >= bound.amount());
                caps.add(new Balance(
                        scope(b),
                        version.period(scope(b), month),
                        money(bound.amount()),
                        money(earned),
                        money(bound.amount() - earned),
                        target == 0 && earned < bound.amount() ? null : money(target)));
            }
        }
        return List.copyOf(caps);
    }

    private List<Missing> floors(Tried now) {
        var floors = new ArrayList<Missing>();
        for (var b = 0; b < rule.bounds.length; b++) {
            var bound = rule.bounds[b];
            if (bound.floor() && adds(scope(b))) {
                floors.add(new Missing(
                        scope(b),
                        version.period(scope(b), month),
                        money(bound.amount()),
                        money(now.sums.get(b)),
                        money(Math.max(0, bound.amount() - now.sums.get(b)))));
            }
        }
        return List.copyOf(floors);
    }

    private List<Shared> ceilings() {
        var shared = new ArrayList<Shared>();
        var sums = new Sums();
        held.load(0, sums);
        for (var place : rule.ceilings) {
            var ceiling = version.ceilings[place];
            if (CeilingBalance.addsUp(ceiling)) {
                var balance = CeilingBalance.of(version, place, here, sums, customer, 0, (int) day.toEpochDay());
                var left = balance.left().minor();
                var target = ceiling.most() instanceof Ceiling.OfRevenue
                        ? 0
                        : target(left, more -> tried(more, 0).beforeCeilings >= left);
                shared.add(new Shared(balance, target == 0 && left > 0 ? null : money(target)));
            }
        }
        return List.copyOf(shared);
    }

    /** Where a rate pays, what is left divided by it, whatever the rounding of each line may add. */
    private long target(long left, LongPredicate fills) {
        if (left == 0) {
            return 0;
        }
        return rule.lever.formula() instanceof Lever.Flat(var rate) && rate.partsPerMillion() > 0
                ? Math.ceilDiv(Math.multiplyExact(left, Rate.ALL.partsPerMillion()), rate.partsPerMillion())
                : least(fills);
    }

    /** Whether the scope has a sum that sales are added to. */
    private static boolean adds(Lever.Scope scope) {
        return scope.per() == Lever.Per.CUSTOMER || scope.per() == Lever.Per.PARTNER;
    }

    private Money money(long minor) {
        return Money.ofMinor(minor, version.terms.currency());
    }

    /** So many units of currency, in its minor units. */
    private long minor(int units) {
        return units * Math.powExact(10L, version.terms.currency().getDefaultFractionDigits());
    }

    /** The least number for which it holds, given that it then holds for every larger one; 0 when for none. */
    static long least(LongPredicate holds) {
        var enough = 1L;
        for (var i = 0; i < MOST_QUADRUPLINGS && !holds.test(enough); i++) {
            enough *= 4;
        }
        if (!holds.test(enough)) {
            return 0;
        }
        var tooLittle = enough / 4;
        while (enough - tooLittle > 1) {
            var middle = tooLittle + (enough - tooLittle) / 2;
            if (holds.test(middle)) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return enough;
    }
}
