package org.espace.engine;

import java.util.ArrayList;
import java.util.List;
import org.espace.terms.Ceiling;

/** Collects what one sale changes under each ceiling of a version: on its own day, and on days of later periods. */
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

    /** What was counted since the last time. */
    List<Counted> take() {
        var taken = counted.subList(0, size);
        size = 0;
        return taken;
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
