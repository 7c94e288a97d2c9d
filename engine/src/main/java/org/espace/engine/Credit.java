package org.espace.engine;

import java.util.Arrays;
import org.espace.terms.Ceiling;
import org.jspecify.annotations.Nullable;

/**
 * Credits sales, under one version of a program, with the difference that each makes: to the sums of a lever's scope, to
 * its bounds, and to the ceilings over several levers. Each difference is an earning line.
 */
final class Credit {

    static final int GROUP = 0;
    static final int FIRST_BOUND = 1;

    /** No month lies in it: spans are counted from 1950. */
    private static final int NO_SPAN = Integer.MIN_VALUE;

    private final Rulebook.Version version;
    private final Sums sums;
    private final Totals.ByKey earned;
    private final LookBack lookBack;
    private final Ceilings ceilings;

    /** What was looked up for the location at work, whose round this is. */
    private int round = -1;

    private final int[] totalMonth;
    private final int[] totalAt;
    private final int[] groupSpan;
    private final int[] groupAt;
    private final int parts;

    // The sale that is being credited.
    private SaleLines sales = new SaleLines(0);
    private EarningLines journal = new EarningLines();
    private Matrix.@Nullable Cell cell;
    private int i;
    private int customer;
    private long order;
    private int month = -1;
    private final int[] spans = new int[Months.SPANS.size()];
    private long revenue;
    private int rates;

    Credit(Rulebook.Version version, Sums sums, Totals.ByKey earned) {
        this.version = version;
        this.sums = sums;
        this.earned = earned;
        lookBack = new LookBack(sums);
        ceilings = new Ceilings();
        var numbers = version.rules.length + version.ceilings.length + 1;
        totalMonth = new int[numbers];
        totalAt = new int[numbers];
        parts = FIRST_BOUND
                + Arrays.stream(version.rules)
                        .mapToInt(rule -> rule.bounds.length)
                        .max()
                        .orElse(0);
        groupSpan = new int[numbers * parts];
        groupAt = new int[numbers * parts];
    }

    /** @param basis the sale's amount in the program's currency */
    void begin(SaleLines from, int at, int inMonth, long basis, int rateSet, EarningLines into) {
        sales = from;
        i = at;
        customer = from.customer[at];
        order = from.order[at];
        if (month != inMonth) {
            month = inMonth;
            number(spans, inMonth);
        }
        revenue = basis;
        rates = rateSet;
        journal = into;
        if (round != earned.round()) {
            round = earned.round();
            Arrays.fill(totalMonth, -1);
            Arrays.fill(groupSpan, NO_SPAN);
        }
    }

    /** What the sale earns by every rule of its cell. */
    void earn(Matrix.Cell of, Facts.Location location) {
        cell = of;
        for (var rule : of.paying) {
            earn(rule);
        }
        for (var rule : of.watching) {
            compared(rule, false);
        }
        for (var rule : of.bought) {
            bought(rule);
        }
        settle(location);
    }

    /** What the sale earns by one rule, ceilings aside. */
    void earn(Rule rule) {
        switch (rule.kind) {
            case ADDED -> added(rule);
            case WITHOUT -> without(rule);
            case HIGHER_OF -> higherOf(rule);
            case GROWTH, HIGH_WATER, CUSTOMER_ADD -> compared(rule, true);
        }
    }

    /** What the sale changes where it earns nothing itself, but is measured against. */
    void watch(Matrix.Cell of, Facts.Location location) {
        for (var rule : of.paying) {
            if (rule.comparesPeriods()) {
                compared(rule, false);
            }
        }
        for (var rule : of.watching) {
            compared(rule, false);
        }
        for (var rule : of.bought) {
            bought(rule);
        }
        settle(location);
    }

    private void added(Rule rule) {
        var quantity = sales.quantity[i];
        if (rule.sums.isAlone(order)) {
            alone(rule, revenue, quantity);
            return;
        }
        var group = group(rule.number, GROUP, rule.sums, spans[rule.sums.span()]);
        var before = sums.first(group);
        var level = sums.second(group);
        sums.add(group, revenue, quantity);
        grouped(rule, before, level, sums.first(group), sums.second(group), before, rule.readsQuantity ? level : 0);
    }

    private void higherOf(Rule rule) {
        var quantity = sales.quantity[i];
        if (rule.sums.isAlone(order)) {
            alone(rule, 0, quantity);
            return;
        }
        var group = group(rule.number, GROUP, rule.sums, spans[rule.sums.span()]);
        var before = Math.max(sums.first(group), sums.second(group));
        if (rule.isOther(sales.kind[i])) {
            sums.add(group, 0, quantity);
        } else {
            sums.add(group, quantity, 0);
        }
        var after = Math.max(sums.first(group), sums.second(group));
        grouped(rule, 0, before, 0, after, before, after);
    }

    private void alone(Rule rule, long ofRevenue, long ofQuantity) {
        var earns = rule.alone(ofRevenue, ofQuantity);
        var below = rule.hasSteps && rule.curve.step(Math.abs(ofRevenue), Math.abs(ofQuantity)) < 0;
        line(rule, sales.day[i], month, true, 0, earns, 0, 0, below ? Reason.BELOW_FIRST_TIER : Reason.EARNED);
    }

    private void grouped(
            Rule rule, long before, long level, long after, long levelAfter, long keptBefore, long keptLevel) {
        var curve = rule.curve;
        var step = curve.step(before, level);
        var stepAfter = curve.step(after, levelAfter);
        var reason = Rule.reached(step, stepAfter);
        var totalBefore = curve.total(step, before, level);
        var difference = Math.subtractExact(curve.total(stepAfter, after, levelAfter), totalBefore);
        line(rule, sales.day[i], month, true, totalBefore, difference, keptBefore, keptLevel, reason);
    }

    private void compared(Rule rule, boolean earns) {
        if (sales.day[i] < rule.watchFrom) {
            return;
        }
        lookBack.take(version, rule, seen(rule, earns));
        changed(rule, earns);
    }

    /** A sale of a lever that customers must be without something for. */
    private void without(Rule rule) {
        var asked = cell == null ? rule.asksAll() : cell.asks(rule);
        lookBack.count(version, rule, seen(rule, true), customer, asked);
        changed(rule, true);
    }

    /** A sale of what customers must be without. */
    private void bought(Rule rule) {
        if (sales.day[i] < rule.watchFrom) {
            return;
        }
        lookBack.buy(version, rule, seen(rule, false), customer);
        changed(rule, false);
    }

    private LookBack.Seen seen(Rule rule, boolean earns) {
        return new LookBack.Seen(
                sales.day[i],
                month,
                spans[rule.sums.span()],
                rule.sums.owner(customer, order),
                revenue,
                sales.quantity[i],
                earns);
    }

    /** The lines of what the sale has changed; its own comes first, if it earns. */
    private void changed(Rule rule, boolean earns) {
        for (var change = 0; change < lookBack.size; change++) {
            var before = lookBack.totalBefore[change];
            var difference = Math.subtractExact(lookBack.totalAfter[change], before);
            var own = earns && change == 0;
            if (own || difference != 0) {
                var day = lookBack.day[change];
                line(
                        rule,
                        day,
                        own ? month : Months.of(day),
                        own,
                        before,
                        difference,
                        lookBack.before[change],
                        lookBack.level[change],
                        lookBack.reason[change]);
            }
        }
    }

    /**
     * Bounds, split, and the line.
     *
     * @param own whether it is what the sale itself earns, and not what it changes elsewhere
     * @param totalBefore what the group had earned before, without bounds
     * @param uncapped what this sale makes more
     */
    private void line(
            Rule rule,
            int day,
            int inMonth,
            boolean own,
            long totalBefore,
            long uncapped,
            long keptBefore,
            long keptLevel,
            Reason because) {
        var reason = because;
        var amount = uncapped;
        var earnedBefore = totalBefore;
        for (var b = 0; b < rule.bounds.length; b++) {
            var bound = rule.bounds[b];
            var more = amount;
            var sum = 0L;
            if (bound.sums().isAlone(order)) {
                earnedBefore = 0;
                amount = bound.ofAlone(more);
            } else {
                var group = group(
                        rule.number,
                        FIRST_BOUND + b,
                        bound.sums(),
                        spans(inMonth)[bound.sums().span()]);
                sum = sums.first(group);
                sums.add(group, more, 0);
                earnedBefore = bound.of(sum);
                amount = Math.subtractExact(bound.of(sums.first(group)), earnedBefore);
            }
            if (own) {
                reason = bound.reason(reason, sum, more, amount);
            }
        }
        if (amount == 0 && reason == Reason.EARNED) {
            reason = rule.curve.ofNothing();
        }
        var share = rule.rebateShare;
        var rebateBefore = earnedBefore == 0 ? 0 : share(earnedBefore, share, rule.toEven);
        var rebate = share(Math.addExact(earnedBefore, amount), share, rule.toEven) - rebateBefore;
        var line = journal.add(sales, i, day, version.program, version.id);
        journal.lever[line] = rule.number;
        journal.reason[line] = reason.number();
        journal.rates[line] = rates;
        journal.basis[line] = revenue;
        journal.before[line] = rule.keepsBoundsOnly() ? earnedBefore : keptBefore;
        journal.level[line] = keptLevel;
        journal.withheld[line] = Math.subtractExact(uncapped, amount);
        journal.amount[line] = amount;
        journal.rebate[line] = rebate;
        total(rule.number, inMonth, amount, rebate);
        for (var ceiling : rule.ceilings) {
            ceilings.count(ceiling, day, inMonth, own, amount);
        }
    }

    /** The ceilings' own lines: what the levers have earned beyond them is taken back. */
    void settle(Facts.Location location) {
        if (ceilings.isEmpty()) {
            return;
        }
        for (var ceiling : version.ceilingOrder) {
            for (var at = 0; at < ceilings.size(); at++) {
                var counted = ceilings.get(at);
                if (counted.ceiling == ceiling) {
                    settle(location, counted);
                }
            }
        }
        ceilings.clear();
    }

    private void settle(Facts.Location location, Ceilings.Counted counted) {
        var ceiling = version.ceilings[counted.ceiling];
        var scope = new Rule.Part(ceiling.scope());
        var number = version.number(counted.ceiling);
        var plan = ceiling.most() instanceof Ceiling.OfPlan ? version.plan(location, counted.day) : null;
        var more = counted.own ? revenue : 0;
        var sumBefore = 0L;
        var revenueBefore = 0L;
        var excessBefore = 0L;
        long excess;
        if (scope.isAlone(order)) {
            excess = excessAlone(ceiling, counted.earned, more, plan);
        } else {
            var group = sums.at(
                    version.slot(number, GROUP),
                    plan == null ? spans(counted.month)[scope.span()] : version.span(ceiling, plan, counted.month),
                    scope.owner(customer, order));
            sumBefore = sums.first(group);
            revenueBefore = sums.second(group);
            excessBefore = excess(ceiling, sumBefore, revenueBefore, plan);
            sums.add(group, counted.earned, more);
            excess = excess(ceiling, sums.first(group), sums.second(group), plan);
        }
        if (excess != excessBefore) {
            var level = plan == null ? revenueBefore : plan.minor();
            take(number, counted, sumBefore, level, excessBefore, excess);
            for (var outer : version.outerCeilings[counted.ceiling]) {
                ceilings.count(
                        outer, counted.day, counted.month, counted.own, Math.subtractExact(excessBefore, excess));
            }
        }
    }

    private void take(
            int number, Ceilings.Counted counted, long sumBefore, long level, long excessBefore, long excess) {
        var amount = Math.subtractExact(excessBefore, excess);
        var share = version.rebateShare;
        var rebate = share(excessBefore, share, version.toEven) - share(excess, share, version.toEven);
        var line = journal.add(sales, i, counted.day, version.program, version.id);
        journal.lever[line] = (short) number;
        journal.reason[line] = Reason.CEILING.number();
        journal.rates[line] = rates;
        journal.basis[line] = revenue;
        journal.before[line] = sumBefore;
        journal.level[line] = level;
        journal.withheld[line] = -amount;
        journal.amount[line] = amount;
        journal.rebate[line] = rebate;
        total(number, counted.month, amount, rebate);
    }

    private long excess(Ceiling ceiling, long earned, long revenue, Facts.@Nullable Plan plan) {
        var most = Ceilings.most(
                ceiling.most(), revenue, plan == null ? 0 : plan.minor(), version.fraction, version.toEven);
        return Ceilings.excess(earned, most);
    }

    /** Of a line by itself: a return is the mirror of its sale. */
    private long excessAlone(Ceiling ceiling, long earned, long revenue, Facts.@Nullable Plan plan) {
        return earned < 0 ? -excess(ceiling, -earned, -revenue, plan) : excess(ceiling, earned, revenue, plan);
    }

    /** Sums that are neither a customer's nor an order's are looked up once, as long as the span stays the same. */
    private int group(int number, int part, Rule.Part scope, int span) {
        if (scope.byCustomer() || scope.byOrder()) {
            return sums.at(version.slot(number, part), span, scope.owner(customer, order));
        }
        var known = number * parts + part;
        if (groupSpan[known] != span) {
            groupSpan[known] = span;
            groupAt[known] = sums.at(version.slot(number, part), span, 0);
        }
        return groupAt[known];
    }

    /** The number of each span that the month lies in. */
    private int[] spans(int inMonth) {
        if (inMonth == month) {
            return spans;
        }
        var others = new int[Months.SPANS.size()];
        number(others, inMonth);
        return others;
    }

    private void number(int[] numbers, int inMonth) {
        for (var span = 0; span < Months.SPANS.size(); span++) {
            numbers[span] = version.span(Months.SPANS.get(span), inMonth);
        }
    }

    static long share(long amount, long partsPerMillion, boolean toEven) {
        return Arithmetic.millionths(amount, partsPerMillion, toEven);
    }

    /** Where the total of a lever and a month is kept is looked up once, as long as the month stays the same. */
    private void total(int number, int inMonth, long amount, long rebate) {
        if (totalMonth[number] != inMonth) {
            totalMonth[number] = inMonth;
            totalAt[number] = earned.at(
                    ((long) version.program << 48) | ((long) version.id << 32) | ((long) inMonth << 16) | number);
        }
        earned.add(totalAt[number], amount, rebate);
    }
}
