package org.espace.engine;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.espace.terms.Lever;

/**
 * What one sale changes where periods are compared: growth, high water, what a new customer is worth, and which sales of a
 * customer count. Besides its own period, a sale may change those that are measured against it. Every total is a function
 * of sums by period, so the order in which sales arrive makes no difference.
 *
 * <p>Sums of sales that earn are kept apart from sums of those that only count in what others are measured against:
 * sales of days before the terms, or on which the location was not in the program.
 */
final class LookBack {

    /** The part of a lever whose sums earn. */
    private static final int EARNING = 0;

    /** The part whose sums, by month of a customer, count as long as the customer is without. */
    private static final int ASKED = 0xfe;

    /** The part whose sums are only looked at. */
    private static final int WATCHED = 0xff;

    private static final int NO_MONTH = -1;

    private final Sums sums;

    /** How many periods the sale has changed: its own comes first, if it earns. */
    int size;

    int[] day = new int[4];
    long[] totalBefore = new long[4];
    long[] totalAfter = new long[4];
    long[] before = new long[4];
    long[] level = new long[4];
    Reason[] reason = new Reason[4];

    LookBack(Sums sums) {
        this.sums = sums;
    }

    /**
     * A sale as a rule sees it.
     *
     * @param span the number of the span of its scope that it lies in
     * @param earns false when it is only looked at
     */
    record Seen(int day, int month, int span, long owner, long revenue, long quantity, boolean earns) {}

    /** Adds the sale to the sums, and leaves what it has changed. */
    void take(Rulebook.Version version, Rule rule, Seen sale) {
        size = 0;
        switch (rule.kind) {
            case GROWTH -> growth(version, rule, sale);
            case HIGH_WATER -> highWater(version, rule, sale);
            case CUSTOMER_ADD -> customerAdd(version, rule, (Lever.CustomerAdd) rule.lever.basis(), sale);
            case ADDED, WITHOUT, HIGHER_OF -> throw new IllegalArgumentException("nothing to compare: " + rule.lever);
        }
    }

    private void growth(Rulebook.Version version, Rule rule, Seen sale) {
        var earning = version.slot(rule.number, EARNING);
        var watched = version.slot(rule.number, WATCHED);
        var span = sale.span;
        if (sale.earns) {
            var baseline = baseline(rule, earning, watched, span, sale.owner);
            var sum = sums.at(earning, span, sale.owner);
            var before = above(sum, baseline);
            sums.add(sum, sale.revenue, sale.quantity);
            grown(sale.day, rule, before, above(sum, baseline), baseline, Reason.EARNED);
        }
        if (rule.distance == 0) {
            return;
        }
        if (!sale.earns) {
            sums.add(sums.at(watched, span, sale.owner), sale.revenue, sale.quantity);
        }
        var later = span + rule.distance;
        var sum = sums.find(earning, later, sale.owner);
        if (sum >= 0) {
            var baseline = baseline(rule, earning, watched, later, sale.owner);
            var without = new Above(
                    Math.subtractExact(baseline.revenue, sale.revenue),
                    Math.subtractExact(baseline.quantity, sale.quantity));
            var first = Months.firstDayOf(Months.first(rule.scope.span(), later, version.fiscalStart));
            grown(
                    Math.max(first, version.from),
                    rule,
                    above(sum, without),
                    above(sum, baseline),
                    without,
                    Reason.BASELINE_MOVED);
        }
    }

    /** Revenue and quantity: of a baseline, or by which a period exceeds it. */
    private record Above(long revenue, long quantity) {}

    private Above baseline(Rule rule, int earning, int watched, int span, long owner) {
        if (rule.distance == 0) {
            return new Above(rule.threshold, 0);
        }
        var one = sums.find(earning, span - rule.distance, owner);
        var two = sums.find(watched, span - rule.distance, owner);
        return new Above(Math.addExact(first(one), first(two)), Math.addExact(second(one), second(two)));
    }

    /** A baseline below zero is none: a period without sales must not earn. */
    private Above above(int sum, Above baseline) {
        return new Above(
                Math.subtractExact(sums.first(sum), Math.max(0, baseline.revenue)),
                Math.subtractExact(sums.second(sum), Math.max(0, baseline.quantity)));
    }

    private void grown(int appliesTo, Rule rule, Above before, Above after, Above baseline, Reason because) {
        var grown = after.revenue > 0 || (rule.distance > 0 && after.quantity > 0);
        var units = rule.readsQuantity;
        changed(
                appliesTo,
                rule.ofGrowth(before.revenue, before.quantity),
                rule.ofGrowth(after.revenue, after.quantity),
                units ? before.quantity : before.revenue,
                units ? after.quantity : baseline.revenue,
                because == Reason.EARNED && !grown ? Reason.NO_GROWTH : because);
    }

    private void highWater(Rulebook.Version version, Rule rule, Seen sale) {
        var earning = version.slot(rule.number, EARNING);
        var watched = version.slot(rule.number, WATCHED);
        sums.add(sums.at(sale.earns ? earning : watched, sale.month, sale.owner), 0, sale.quantity);
        var last = Months.of(version.until - 1);
        var mark = 0L;
        var markBefore = 0L;
        var month = Months.of(rule.watchFrom);
        while (month <= last) {
            var span = version.span(rule.scope.span(), month);
            var first = month;
            var highest = 0L;
            var highestBefore = 0L;
            var highestSeen = 0L;
            var highestSeenBefore = 0L;
            for (; month <= last && version.span(rule.scope.span(), month) == span; month++) {
                var earned = second(sums.find(earning, month, sale.owner));
                var seen = Math.addExact(earned, second(sums.find(watched, month, sale.owner)));
                var here = month == sale.month ? sale.quantity : 0;
                highest = Math.max(highest, earned);
                highestBefore = Math.max(highestBefore, sale.earns ? earned - here : earned);
                highestSeen = Math.max(highestSeen, seen);
                highestSeenBefore = Math.max(highestSeenBefore, seen - here);
            }
            var own = sale.earns && sale.span == span;
            var above = Math.max(0, highestBefore - markBefore);
            var aboveAfter = Math.max(0, highest - mark);
            if (own || above != aboveAfter) {
                changed(
                        own ? sale.day : Math.max(Months.firstDayOf(first), version.from),
                        rule.ofHighWater(above),
                        rule.ofHighWater(aboveAfter),
                        above,
                        aboveAfter,
                        own ? atHighWater(rule, above, aboveAfter) : Reason.BASELINE_MOVED);
            }
            mark = Math.max(mark, highestSeen);
            markBefore = Math.max(markBefore, highestSeenBefore);
        }
    }

    private static Reason atHighWater(Rule rule, long before, long above) {
        if (above == before) {
            return Reason.PAULWPHWM;
        }
        return above > 0 && above <= rule.atLeast ? Reason.MINTHNTMT : Reason.EARNED;
    }

    private void customerAdd(Rulebook.Version version, Rule rule, Lever.CustomerAdd add, Seen sale) {
        var earning = version.slot(rule.number, EARNING);
        var watched = version.slot(rule.number, WATCHED);
        var worthBefore = worth(version, rule, add, sale.owner);
        sums.add(sums.at(sale.earns ? earning : watched, sale.month, sale.owner), sale.revenue, 0);
        var worth = worth(version, rule, add, sale.owner);
        if (!sale.earns && worth == worthBefore) {
            return;
        }
        var because = Reason.EARNED;
        if (!sale.earns) {
            because = Reason.BASELINE_MOVED;
        } else if (worth == 0) {
            because = wasCustomer(version, rule, sale.owner) ? Reason.IVDCUST : Reason.BELOW_THRESHOLD;
        } else if (worth == worthBefore) {
            because = Reason.NO_GROWTH;
        }
        changed(
                Math.max(sale.day, version.from),
                rule.ofCustomer(worthBefore),
                rule.ofCustomer(worth),
                worthBefore,
                worth,
                because);
    }

    private long worth(Rulebook.Version version, Rule rule, Lever.CustomerAdd add, long owner) {
        if (wasCustomer(version, rule, owner)) {
            return 0;
        }
        var slot = version.slot(rule.number, EARNING);
        var last = Months.of(version.until - 1);
        var month = Months.of(version.from);
        while (month <= last && !reaches(rule, slot, month, owner)) {
            month++;
        }
        if (month > last) {
            return 0;
        }
        var first = first(sums.find(slot, month, owner));
        if (add.months() > 0) {
            var bills = first;
            for (var next = month + 1; next <= last && next < month + add.months(); next++) {
                bills = Math.addExact(bills, first(sums.find(slot, next, owner)));
            }
            return bills;
        }
        var highest = first;
        for (var next = month + 1; next <= last; next++) {
            highest = Math.max(highest, first(sums.find(slot, next, owner)));
        }
        return Math.addExact(Math.multiplyExact(first, (long) add.annualized()), highest - first);
    }

    private boolean wasCustomer(Rulebook.Version version, Rule rule, long owner) {
        var watched = version.slot(rule.number, WATCHED);
        var last = Months.of(version.until - 1);
        for (var month = Months.of(rule.watchFrom); month <= last; month++) {
            if (reaches(rule, watched, month, owner)) {
                return true;
            }
        }
        return false;
    }

    private boolean reaches(Rule rule, int slot, int month, long owner) {
        var index = sums.find(slot, month, owner);
        return index >= 0 && sums.first(index) >= rule.threshold;
    }

    /**
     * A sale that counts, or that counts as long as its customer is without.
     *
     * @param asked whether it is asked of the sale
     */
    void count(Rulebook.Version version, Rule rule, Seen sale, int customer, boolean asked) {
        size = 0;
        if (asked) {
            sums.add(sums.at(version.slot(rule.number, ASKED), sale.month, customer), sale.revenue, sale.quantity);
        }
        if (asked && hasBought(version, rule, sale.month, customer, NO_MONTH)) {
            count(version, rule, sale.day, sale.month, sale.owner, new Above(0, 0), Reason.BOUGHT_BEFORE);
        } else {
            var counted = new Above(sale.revenue, sale.quantity);
            count(version, rule, sale.day, sale.month, sale.owner, counted, Reason.EARNED);
        }
    }

    /** A sale of what the customer must be without: it decides about those of the months after its own. */
    void buy(Rulebook.Version version, Rule rule, Seen sale, int customer) {
        size = 0;
        var bought = sums.at(version.slot(rule.number, WATCHED), sale.month, customer);
        var before = isAnything(bought);
        sums.add(bought, sale.revenue, sale.quantity);
        if (isAnything(bought) == before) {
            return;
        }
        var asked = version.slot(rule.number, ASKED);
        var last = Math.min(sale.month + rule.without().months(), Months.of(version.until - 1));
        var month = Math.max(sale.month + 1, Months.of(version.from));
        while (month <= last) {
            var span = version.span(rule.scope.span(), month);
            var first = -1;
            var revenue = 0L;
            var quantity = 0L;
            for (; month <= last && version.span(rule.scope.span(), month) == span; month++) {
                var sold = sums.find(asked, month, customer);
                if (sold >= 0 && isAnyAmount(sold) && !hasBought(version, rule, month, customer, sale.month)) {
                    first = first < 0 ? month : first;
                    revenue = Math.addExact(revenue, sums.first(sold));
                    quantity = Math.addExact(quantity, sums.second(sold));
                }
            }
            if (first >= 0) {
                var day = Math.max(Months.firstDayOf(first), version.from);
                var moved = before ? new Above(revenue, quantity) : new Above(-revenue, -quantity);
                count(version, rule, day, first, sale.owner, moved, Reason.OTHERS_COUNT);
            }
        }
    }

    /** Adds to what counts. */
    private void count(
            Rulebook.Version version, Rule rule, int day, int month, long owner, Above moved, Reason because) {
        var sum = sums.at(version.slot(rule.number, EARNING), version.span(rule.scope.span(), month), owner);
        var revenue = sums.first(sum);
        var quantity = sums.second(sum);
        sums.add(sum, moved.revenue, moved.quantity);
        changed(
                day,
                rule.curve.total(revenue, quantity),
                rule.curve.total(sums.first(sum), sums.second(sum)),
                rule.readsQuantity ? quantity : revenue,
                rule.readsQuantity ? sums.second(sum) : sums.first(sum),
                because == Reason.EARNED
                        ? rule.reached(revenue, quantity, sums.first(sum), sums.second(sum))
                        : because);
    }

    /** Whether the customer has bought, in the months before one, what it must be without; another month aside. */
    private boolean hasBought(Rulebook.Version version, Rule rule, int month, int customer, int aside) {
        var watched = version.slot(rule.number, WATCHED);
        for (var before = month - rule.without().months(); before < month; before++) {
            var bought = before == aside ? -1 : sums.find(watched, before, customer);
            if (bought >= 0 && isAnything(bought)) {
                return true;
            }
        }
        return false;
    }

    /** The first day of the last month in which a sale's customer bought, before it, what it must be without. */
    static Optional<LocalDate> lastBought(Sums sums, Rulebook.Version version, Rule rule, Sale sale) {
        var lookBack = new LookBack(sums);
        var watched = version.slot(rule.number, WATCHED);
        var own = Months.of((int) sale.day().toEpochDay());
        for (var month = own - 1; month >= own - rule.without().months(); month--) {
            var bought = sums.find(watched, month, sale.customer());
            if (bought >= 0 && lookBack.isAnything(bought)) {
                return Optional.of(Months.firstDay(month));
            }
        }
        return Optional.empty();
    }

    private boolean isAnything(int index) {
        return sums.first(index) > 0 || sums.second(index) > 0;
    }

    private boolean isAnyAmount(int index) {
        return sums.first(index) != 0 || sums.second(index) != 0;
    }

    private long first(int index) {
        return index < 0 ? 0 : sums.first(index);
    }

    private long second(int index) {
        return index < 0 ? 0 : sums.second(index);
    }

    private void changed(int appliesTo, long from, long to, long keptBefore, long keptLevel, Reason because) {
        if (size == day.length) {
            day = Arrays.copyOf(day, size * 2);
            totalBefore = Arrays.copyOf(totalBefore, size * 2);
            totalAfter = Arrays.copyOf(totalAfter, size * 2);
            before = Arrays.copyOf(before, size * 2);
            level = Arrays.copyOf(level, size * 2);
            reason = Arrays.copyOf(reason, size * 2);
        }
        day[size] = appliesTo;
        totalBefore[size] = from;
        totalAfter[size] = to;
        before[size] = keptBefore;
        level[size] = keptLevel;
        reason[size++] = because;
    }
}
