package org.espace.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.espace.terms.Ceiling;
import org.espace.terms.Terms;

/**
 * Collects what one sale changes under each ceiling of a version: on its own day, and on days of later periods. Of two
 * ceilings over the same levers the inner one comes first, and the outer one counts what that has left: so nothing is
 * taken back twice.
 */
final class Ceilings {

    private final List<Counted> counted = new ArrayList<>();
    private int size;

    /** What levers under one ceiling have earned by one sale, for one day. */
    static final class Counted {
        int ceiling;
        int day;
        int month;
        long earned;

        /** Whether it is the sale's own day, so that the sale's revenue counts, too. */
        boolean own;
    }

    /** @param ceiling counts from 0 */
    void count(int ceiling, int day, int month, boolean own, long earned) {
        for (var i = 0; i < size; i++) {
            var known = counted.get(i);
            if (known.ceiling == ceiling && known.day == day) {
                known.earned = Math.addExact(known.earned, earned);
                known.own |= own;
                return;
            }
        }
        if (size == counted.size()) {
            counted.add(new Counted());
        }
        var next = counted.get(size++);
        next.ceiling = ceiling;
        next.day = day;
        next.month = month;
        next.earned = earned;
        next.own = own;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    Counted get(int at) {
        return counted.get(at);
    }

    void clear() {
        size = 0;
    }

    /** Inner ones before outer ones: places from 0. Throws when two overlap without one being within the other. */
    static int[] order(Terms terms) {
        var all = terms.ceilings();
        for (var one : all) {
            for (var other : all) {
                if (one.overlaps(other, terms.levers())
                        && !one.isWithin(other, terms.levers())
                        && !other.isWithin(one, terms.levers())) {
                    throw new IllegalArgumentException("ceilings %s and %s overlap".formatted(one.id(), other.id()));
                }
            }
        }
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> -outer(terms, place).length))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The ceilings that count what this one has left: places from 0. */
    static int[] outer(Terms terms, int place) {
        var all = terms.ceilings();
        return IntStream.range(0, all.size())
                .filter(other -> other != place && comesBefore(terms, place, other))
                .toArray();
    }

    private static boolean comesBefore(Terms terms, int place, int other) {
        var all = terms.ceilings();
        var within = all.get(place).isWithin(all.get(other), terms.levers());
        var around = all.get(other).isWithin(all.get(place), terms.levers());
        if (!within || !around) {
            return within;
        }
        var plan = all.get(place).most() instanceof Ceiling.OfPlan;
        var otherPlan = all.get(other).most() instanceof Ceiling.OfPlan;
        return plan == otherPlan ? place < other : plan;
    }

    /**
     * The most that may be earned.
     *
     * @param revenue what the levers' sales come to, in fine units
     * @param plan minor units of the location's plan
     * @param fraction fine units in a minor unit
     */
    static long most(Ceiling.Most most, long revenue, long plan, long fraction, boolean toEven) {
        return switch (most) {
            case Ceiling.Amount(var amount) -> amount.minor();
            case Ceiling.OfRevenue(var rate) ->
                Arithmetic.timesOver(revenue, rate.partsPerMillion(), Curve.MILLION * fraction, toEven);
            case Ceiling.OfPlan _ -> plan;
        };
    }

    /** What was earned beyond the most. */
    static long excess(long earned, long most) {
        return Math.max(0, Math.subtractExact(earned, most));
    }
}
