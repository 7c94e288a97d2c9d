package org.espace.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.espace.terms.Lever;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** One lever, laid out for speed: what all of a group's sales earn together. Amounts are minor units of the currency. */
final class Rule {

    private static final int MONTHS_IN_A_YEAR = 12;

    /** How sales become what the formula is applied to. */
    enum Kind {
        ADDED,
        /** Added, as long as the customer is without what it must be without. */
        WITHOUT,
        HIGHER_OF,
        /** Measured against another period, or a fixed baseline. */
        GROWTH,
        HIGH_WATER,
        CUSTOMER_ADD
    }

    final short number;
    final Lever lever;
    final Kind kind;
    final Lever.Scope scope;
    final Part sums;
    final Curve curve;

    /** What the curve says of itself, since which one it is differs from line to line. */
    final boolean hasSteps;

    final boolean readsQuantity;
    final Bound[] bounds;
    final long rebateShare;
    final boolean toEven;

    /** Rules that must take the sale, too, and rules that take it away; they count from 0. */
    final int[] stacksOn;

    final int[] yieldsTo;

    /** How many periods ago the one lies that a period is measured against; 0 when that is none. */
    final int distance;

    /** The fixed baseline of growth, or the threshold of a new customer, in fine units. */
    final long threshold;

    /** Millionths of a unit that a high water must be exceeded by. */
    final long atLeast;

    /** The first day whose sales make a difference: earlier than the terms are in force, if periods are compared. */
    final int watchFrom;

    /** For each kind of line whether its quantity is the other one of two; null when quantities are not compared. */
    final boolean @Nullable [] other;

    /** The ceilings that count what it earns, from 0. */
    final int[] ceilings;

    /**
     * @param number the lever's place in its terms, from 1
     * @param fractionDigits how many digits finer than a minor unit the sales' amounts are
     */
    Rule(short number, Terms terms, List<Facts.LineKind> kinds, int fractionDigits) {
        this.number = number;
        lever = terms.levers().get(number - 1);
        scope = lever.basis() instanceof Lever.CustomerAdd
                ? new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.TERM)
                : lever.scope();
        sums = new Part(scope);
        kind = switch (lever.basis()) {
            case Lever.Added _ -> lever.without() == null ? Kind.ADDED : Kind.WITHOUT;
            case Lever.HigherOf _ -> Kind.HIGHER_OF;
            case Lever.Growth _ -> Kind.GROWTH;
            case Lever.HighWater _ -> Kind.HIGH_WATER;
            case Lever.CustomerAdd _ -> Kind.CUSTOMER_ADD;
        };
        toEven = Arithmetic.toEven(terms.rounding());
        curve = Curve.of(lever.formula(), fractionDigits, toEven);
        hasSteps = curve.hasSteps();
        readsQuantity = curve.readsQuantity();
        if (lever.basis() instanceof Lever.Growth && curve.readsRevenue() && curve.readsQuantity()) {
            throw new IllegalArgumentException("growth is in revenue or in quantity, not in both: " + lever.id());
        }
        bounds = lever.limits().stream().map(Bound::new).toArray(Bound[]::new);
        var split = lever.split();
        rebateShare = (split == null ? terms.split() : split).rebate().partsPerMillion();
        stacksOn = places(lever.stacksOn(), terms);
        yieldsTo = places(lever.yieldsTo(), terms);
        var fraction = Math.powExact(10L, fractionDigits);
        distance = distance(lever.basis(), scope);
        threshold = switch (lever.basis()) {
            case Lever.Growth growth -> Math.multiplyExact(fixed(growth), fraction);
            case Lever.CustomerAdd add -> Math.multiplyExact(add.threshold().minor(), fraction);
            case Lever.Added _, Lever.HighWater _, Lever.HigherOf _ -> 0;
        };
        atLeast = lever.basis() instanceof Lever.HighWater highWater ? highWater.atLeast() : 0;
        watchFrom = (int) watchFrom(terms).toEpochDay();
        other = lever.basis() instanceof Lever.HigherOf higher ? other(higher.other(), kinds) : null;
        ceilings = IntStream.range(0, terms.ceilings().size())
                .filter(i -> {
                    var counted = terms.ceilings().get(i).levers();
                    return counted.isEmpty() || counted.contains(lever.id());
                })
                .toArray();
    }

    /**
     * A scope, as plain numbers.
     *
     * @param byLine whether each line is by itself
     * @param byOrder whether each order is, and a line without one
     * @param span the place of the span in {@link Months#SPANS}
     */
    record Part(boolean byLine, boolean byOrder, boolean byCustomer, int span) {

        Part(Lever.Scope scope) {
            this(
                    scope.per() == Lever.Per.LINE,
                    scope.per() == Lever.Per.ORDER,
                    scope.per() == Lever.Per.CUSTOMER,
                    Months.SPANS.indexOf(scope.span()));
        }

        /** A line without an order is an order of its own. */
        boolean isAlone(long order) {
            return byLine || (byOrder && order == 0);
        }

        long owner(int customer, long order) {
            return byCustomer ? customer : byOrder ? order : 0;
        }
    }

    /** What keeps the sum of a scope within bounds. */
    record Bound(Lever.Scope scope, Part sums, boolean floor, long amount) {

        Bound(Lever.Limit limit) {
            this(
                    limit.scope(),
                    new Part(limit.scope()),
                    switch (limit) {
                        case Lever.Cap _ -> false;
                        case Lever.Floor _ -> true;
                    },
                    limit.amount().minor());
        }

        /** What is left of all that was earned in the scope. */
        long of(long sum) {
            if (floor) {
                return sum >= amount ? sum : 0;
            }
            return Math.min(sum, amount);
        }

        /**
         * Why this is all that is left.
         *
         * @param because why the bound was given what it was given
         * @param before what had been earned in the scope before this bound
         */
        Reason reason(Reason because, long before, long given, long left) {
            if (floor) {
                var met = before + given >= amount;
                if (met) {
                    return before >= amount ? because : Reason.FLOOR_REACHED;
                }
                return given == 0 && left == 0 ? because : Reason.BELOW_FLOOR;
            }
            if (left == given) {
                return because;
            }
            return left == 0 ? Reason.CAP_REACHED : Reason.CAP_LIMITED;
        }

        /** What is left of a line by itself: a return is the mirror of its sale. */
        long ofAlone(long sum) {
            return sum < 0 ? -of(-sum) : of(sum);
        }
    }

    /** Whether its lines keep what the last bound had let through, since there is no sum besides those of the bounds. */
    boolean keepsBoundsOnly() {
        return sums.byLine();
    }

    /** What customers must be without; it is there for rules of that kind. */
    Lever.Without without() {
        return Objects.requireNonNull(lever.without());
    }

    /** Whether customers must be without for every sale. */
    boolean asksAll() {
        return without().askedOf().isEmpty();
    }

    /** Whether a line of this kind counts the other of two units. */
    boolean isOther(int kind) {
        return other != null && other[kind];
    }

    /** Whether sales of days before the terms, or on which the location was not in the program, make a difference. */
    boolean looksBack() {
        return kind == Kind.WITHOUT || comparesPeriods();
    }

    /** Why a group whose sums have moved has earned. */
    Reason reached(long before, long level, long after, long levelAfter) {
        if (!hasSteps) {
            return Reason.EARNED;
        }
        return reached(curve.step(before, level), curve.step(after, levelAfter));
    }

    /** Why a group that has moved from one step to another, or has stayed, has earned. */
    static Reason reached(int before, int after) {
        if (after < 0) {
            return Reason.BELOW_FIRST_TIER;
        }
        return after == before ? Reason.EARNED : Reason.TIER_REACHED;
    }

    /** Whether sales of one period change what another has earned. */
    boolean comparesPeriods() {
        return switch (kind) {
            case GROWTH -> distance > 0;
            case HIGH_WATER, CUSTOMER_ADD -> true;
            case ADDED, WITHOUT, HIGHER_OF -> false;
        };
    }

    /** What a line by itself earns: a return is the mirror of its sale. */
    long alone(long revenue, long quantity) {
        return alone(curve, revenue, quantity);
    }

    static long alone(Curve curve, long revenue, long quantity) {
        return revenue < 0 || (revenue == 0 && quantity < 0)
                ? Math.negateExact(curve.total(Math.negateExact(revenue), Math.negateExact(quantity)))
                : curve.total(revenue, quantity);
    }

    /** @param above what a period has more than its baseline, and less when below zero */
    long ofGrowth(long above, long more) {
        return ofGrowth(curve, above, more);
    }

    long ofGrowth(Curve curve, long above, long more) {
        var revenue = Math.max(0, above);
        return curve.total(revenue, distance == 0 && revenue == 0 ? 0 : Math.max(0, more));
    }

    /** @param above what the period's highest month has more than the highest before it */
    long ofHighWater(long above) {
        return ofHighWater(curve, above);
    }

    long ofHighWater(Curve curve, long above) {
        return above > atLeast ? curve.total(0, above) : 0;
    }

    /** @param worth of one customer, who counts as one unit if it is worth anything */
    long ofCustomer(long worth) {
        return ofCustomer(curve, worth);
    }

    long ofCustomer(Curve curve, long worth) {
        return curve.total(worth, worth > 0 ? Curve.MILLION : 0);
    }

    private LocalDate watchFrom(Terms terms) {
        var first = terms.effective().from();
        return switch (lever.basis()) {
            case Lever.Growth _
            when distance > 0 -> {
                var fiscalStart = terms.fiscalYearStarts().getMonthValue() - 1;
                var own = Months.span(scope.span(), Months.of((int) first.toEpochDay()), fiscalStart);
                yield Months.firstDay(Months.first(scope.span(), own - distance, fiscalStart));
            }
            case Lever.HighWater water -> first.withDayOfMonth(1).minusMonths(water.lookBack());
            case Lever.CustomerAdd add -> first.withDayOfMonth(1).minusMonths(add.lookBack());
            case Lever.Added _, Lever.Growth _, Lever.HigherOf _ -> {
                var without = lever.without();
                yield without == null ? first : first.withDayOfMonth(1).minusMonths(without.months());
            }
        };
    }

    private static boolean[] other(String unit, List<Facts.LineKind> kinds) {
        var other = new boolean
                [1 + kinds.stream().mapToInt(Facts.LineKind::id).max().orElse(0)];
        for (var kind : kinds) {
            other[kind.id()] = unit.equals(kind.attributes().get(Selection.Attribute.UNIT));
        }
        return other;
    }

    private static int distance(Lever.Basis basis, Lever.Scope scope) {
        if (!(basis instanceof Lever.Growth growth)) {
            return 0;
        }
        return switch (growth.over()) {
            case FIXED -> 0;
            case PREVIOUS_PERIOD -> 1;
            case SAME_PERIOD_LAST_YEAR -> MONTHS_IN_A_YEAR / Months.in(scope.span());
        };
    }

    private static long fixed(Lever.Growth growth) {
        var baseline = growth.fixed();
        return baseline == null ? 0 : baseline.minor();
    }

    private static int[] places(Set<String> ids, Terms terms) {
        var all = terms.levers().stream().map(Lever::id).toList();
        return ids.stream().mapToInt(id -> place(id, all)).sorted().toArray();
    }

    private static int place(String id, List<String> all) {
        var place = all.indexOf(id);
        if (place < 0) {
            throw new IllegalArgumentException("there is no lever " + id);
        }
        return place;
    }
}
