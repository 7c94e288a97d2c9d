package org.espace.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Terms;

/** How an earning line came to its amount: the same arithmetic as {@link Rating}, step by step. */
public final class Explanation {

    private Explanation() {}

    /**
     * An earning line's own numbers.
     *
     * @param fractionDigits how many digits finer than a minor unit {@code basis} and other revenue are
     * @param before as {@link EarningLines} keeps it for each kind of lever
     * @param level as {@link EarningLines} keeps it for each kind of lever
     * @param quantity of the sale, in millionths of a unit
     * @param elsewhere whether the line applies to another period than the sale's own
     */
    public record Figures(
            int fractionDigits,
            long basis,
            long before,
            long level,
            long quantity,
            long withheld,
            long amount,
            long rebate,
            boolean elsewhere) {}

    /** @param number of a lever from 1, and from the last lever on, of a ceiling */
    public static List<Step> of(Terms terms, int number, Figures figures) {
        var levers = terms.levers();
        var explained = number > levers.size()
                ? new Ceiled(terms, terms.ceilings().get(number - levers.size() - 1), figures).steps()
                : new Levered(terms, new Rule((short) number, terms, List.of(), figures.fractionDigits()), figures)
                        .steps();
        return List.copyOf(explained);
    }

    /** What a lever's line comes to. */
    private record Levered(Terms terms, Rule rule, Figures figures) {

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            var sums = sums(steps);
            pay(sums, steps);
            bound(steps);
            var split = rule.lever.split();
            steps.add(split(terms, split == null ? terms.split() : split, figures));
            return steps;
        }

        /** What the formula is applied to, with this sale and before it. */
        private record Sums(boolean alone, long before, long level, long after, long levelAfter) {}

        private Sums sums(List<Step> steps) {
            return switch (rule.lever.basis()) {
                case Lever.Added _ -> {
                    if (rule.keepsBoundsOnly()) {
                        yield new Sums(true, 0, 0, figures.basis, figures.quantity);
                    }
                    if (rule.kind == Rule.Kind.WITHOUT) {
                        yield counting(steps);
                    }
                    var reads = rule.curve.readsQuantity();
                    var after = figures.before + figures.basis;
                    var levelAfter = reads ? figures.level + figures.quantity : 0;
                    steps.add(addedUp(figures.before, figures.basis, after));
                    if (reads) {
                        steps.add(counted("COUNTED", figures.level, figures.quantity, levelAfter));
                    }
                    yield new Sums(false, figures.before, figures.level, after, levelAfter);
                }
                case Lever.Growth _ -> growth(steps);
                case Lever.HighWater _ -> {
                    steps.add(moved("HIGH_WATER", units(figures.before), units(figures.level)));
                    yield new Sums(false, 0, figures.before, 0, figures.level);
                }
                case Lever.CustomerAdd _ -> {
                    steps.add(moved("WORTH", fine(figures.before), fine(figures.level)));
                    yield new Sums(false, figures.before, 0, figures.level, 0);
                }
                case Lever.HigherOf _ -> {
                    if (rule.keepsBoundsOnly()) {
                        yield new Sums(true, 0, 0, 0, figures.quantity);
                    }
                    steps.add(moved("HIGHER_OF", units(figures.before), units(figures.level)));
                    yield new Sums(false, 0, figures.before, 0, figures.level);
                }
            };
        }

        private Sums counting(List<Step> steps) {
            if (rule.readsQuantity) {
                steps.add(moved("COUNTING_UNITS", units(figures.before), units(figures.level)));
                return new Sums(false, 0, figures.before, 0, figures.level);
            }
            steps.add(moved("COUNTING", fine(figures.before), fine(figures.level)));
            return new Sums(false, figures.before, 0, figures.level, 0);
        }

        private Sums growth(List<Step> steps) {
            if (rule.curve.readsQuantity()) {
                steps.add(moved("MORE", units(figures.before), units(figures.level)));
                var fixed = rule.distance == 0;
                return new Sums(
                        false, fixed ? figures.before : 0, figures.before, fixed ? figures.level : 0, figures.level);
            }
            var baseline = figures.level;
            var sold = figures.before + Math.max(0, baseline);
            if (figures.elsewhere) {
                var moved = baseline + figures.basis;
                steps.add(Step.of(
                        "BASELINE", "before", fine(baseline), "basis", fine(figures.basis), "after", fine(moved)));
                steps.add(grown(sold, Math.max(0, moved)));
                return new Sums(false, figures.before, 0, sold - Math.max(0, moved), 0);
            }
            var after = sold + figures.basis;
            steps.add(addedUp(sold, figures.basis, after));
            steps.add(grown(after, Math.max(0, baseline)));
            return new Sums(false, figures.before, 0, figures.before + figures.basis, 0);
        }

        private Step grown(long sold, long baseline) {
            return Step.of("GROWTH", "sold", fine(sold), "baseline", fine(baseline), "above", fine(sold - baseline));
        }

        private void pay(Sums sums, List<Step> steps) {
            var result = minor(figures.amount + figures.withheld);
            var after = total(rule.curve, sums.alone, sums.after, sums.levelAfter);
            var before = total(rule.curve, sums.alone, sums.before, sums.level);
            switch (rule.lever.formula()) {
                case Lever.Flat flat
                when sums.alone ->
                    steps.add(Step.of("RATE", "basis", fine(figures.basis), "rate", flat.rate(), "result", result));
                case Lever.PerUnit unit
                when sums.alone ->
                    steps.add(Step.of(
                            "PER_UNIT", "quantity", units(figures.quantity), "each", unit.amount(), "result", result));
                case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ ->
                    steps.add(Step.of(
                            "IN_ALL",
                            "pays",
                            pays(rule.lever.formula()),
                            "after",
                            minor(after),
                            "before",
                            minor(before),
                            "result",
                            result));
                case Lever.Marginal marginal ->
                    steps.add(tiers("MARGINAL", marginal.steps(), sums, after, before, result));
                case Lever.Retroactive retroactive ->
                    steps.add(tiers("RETROACTIVE", retroactive.steps(), sums, after, before, result));
                case Lever.Smallest(var parts) -> chosen("SMALLEST", parts, sums, after, before, steps);
                case Lever.Largest(var parts) -> chosen("LARGEST", parts, sums, after, before, steps);
            }
        }

        private Step tiers(String code, List<Lever.Step> tiers, Sums sums, long after, long before, Money result) {
            return Step.of(
                    code,
                    "rateBefore",
                    sums.alone ? Rate.ZERO : pays(tiers, rule.curve.step(sums.before, sums.level)),
                    "rateAfter",
                    pays(tiers, rule.curve.step(sums.after, sums.levelAfter)),
                    "after",
                    minor(after),
                    "before",
                    minor(before),
                    "result",
                    result);
        }

        private void chosen(
                String code, List<Lever.Formula> parts, Sums sums, long after, long before, List<Step> steps) {
            for (var part : parts) {
                var curve = Curve.of(part, figures.fractionDigits, rule.toEven);
                steps.add(Step.of(
                        "PART",
                        "pays",
                        pays(part),
                        "after",
                        minor(total(curve, sums.alone, sums.after, sums.levelAfter))));
            }
            steps.add(Step.of(
                    code,
                    "after",
                    minor(after),
                    "before",
                    minor(before),
                    "result",
                    minor(figures.amount + figures.withheld)));
        }

        private long total(Curve curve, boolean alone, long revenue, long quantity) {
            if (alone) {
                return Rule.alone(curve, revenue, quantity);
            }
            return switch (rule.lever.basis()) {
                case Lever.Growth _ -> rule.ofGrowth(curve, revenue, quantity);
                case Lever.HighWater _ -> rule.ofHighWater(curve, quantity);
                case Lever.CustomerAdd _ -> rule.ofCustomer(curve, revenue);
                case Lever.Added _, Lever.HigherOf _ -> curve.total(revenue, quantity);
            };
        }

        /** What was taken away, or given back, stands beside the last bound. */
        private void bound(List<Step> steps) {
            var limits = rule.lever.limits();
            for (var i = 0; i < limits.size(); i++) {
                var last = i == limits.size() - 1;
                var limit = limits.get(i);
                var withheld = minor(last ? figures.withheld : 0);
                steps.add(Step.of(
                        limit instanceof Lever.Cap ? "CAP" : "FLOOR",
                        "per",
                        word(limit.scope().per()),
                        "period",
                        word(limit.scope().span()),
                        limit instanceof Lever.Cap ? "cap" : "floor",
                        limit.amount(),
                        "withheld",
                        withheld,
                        "released",
                        withheld.negated(),
                        "result",
                        minor(figures.amount)));
            }
        }

        private Step addedUp(long before, long sale, long after) {
            return Step.of(
                    "ADDED_UP",
                    "per",
                    word(rule.scope.per()),
                    "period",
                    word(rule.scope.span()),
                    "before",
                    fine(before),
                    "basis",
                    fine(sale),
                    "after",
                    fine(after));
        }

        private static Step counted(String code, long before, long quantity, long after) {
            return Step.of(code, "before", units(before), "quantity", units(quantity), "after", units(after));
        }

        private Step moved(String code, Object before, Object after) {
            return Step.of(
                    code,
                    "per",
                    word(rule.scope.per()),
                    "period",
                    word(rule.scope.span()),
                    "before",
                    before,
                    "after",
                    after);
        }

        private static Object pays(List<Lever.Step> tiers, int step) {
            return step < 0 ? Rate.ZERO : pays(tiers.get(step).pays());
        }

        private static Object pays(Lever.Formula formula) {
            return switch (formula) {
                case Lever.Flat(var rate) -> rate;
                case Lever.PerUnit(var amount) -> amount;
                case Lever.Fixed(var amount) -> amount;
                case Lever.Marginal _, Lever.Retroactive _ -> "tiers";
                case Lever.Smallest _ -> "smallest";
                case Lever.Largest _ -> "largest";
            };
        }

        private Money minor(long amount) {
            return Money.ofMinor(amount, terms.currency());
        }

        private Object fine(long amount) {
            return Explanation.fine(amount, figures, terms.currency());
        }
    }

    /** What a ceiling takes back from the levers under it, or gives back. */
    private record Ceiled(Terms terms, Ceiling ceiling, Figures figures) {

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            var scope = ceiling.scope();
            var excess = Ceilings.excess(figures.before, most(figures.level));
            var most = switch (ceiling.most()) {
                case Ceiling.Amount _, Ceiling.OfPlan _ -> most(figures.level);
                case Ceiling.OfRevenue(var rate) -> {
                    var sold = figures.elsewhere ? figures.level : figures.level + figures.basis;
                    steps.add(Step.of(
                            "CEILING_SHARE",
                            "revenue",
                            fine(sold, figures, terms.currency()),
                            "rate",
                            rate,
                            "result",
                            minor(most(sold))));
                    yield most(sold);
                }
            };
            steps.add(Step.of(
                    "CEILING",
                    "per",
                    word(scope.per()),
                    "period",
                    word(scope.span()),
                    "ceiling",
                    minor(most),
                    "before",
                    minor(excess),
                    "after",
                    minor(excess - figures.amount),
                    "result",
                    minor(figures.amount)));
            steps.add(split(terms, terms.split(), figures));
            return steps;
        }

        private long most(long level) {
            return Ceilings.most(
                    ceiling.most(),
                    level,
                    level,
                    Math.powExact(10L, figures.fractionDigits),
                    Arithmetic.toEven(terms.rounding()));
        }

        private Money minor(long amount) {
            return Money.ofMinor(amount, terms.currency());
        }
    }

    private static Step split(Terms terms, Terms.Split split, Figures figures) {
        var total = Money.ofMinor(figures.amount, terms.currency());
        var rebate = Money.ofMinor(figures.rebate, terms.currency());
        return Step.of(
                "SPLIT",
                "amount",
                total,
                "rebateShare",
                split.rebate(),
                "coopShare",
                split.coop(),
                "rebate",
                rebate,
                "coop",
                total.minus(rebate));
    }

    private static Object fine(long amount, Figures figures, Currency currency) {
        return figures.fractionDigits() == 0
                ? Money.ofMinor(amount, currency)
                : BigDecimal.valueOf(amount, currency.getDefaultFractionDigits() + figures.fractionDigits());
    }

    private static BigDecimal units(long millionths) {
        var units = BigDecimal.valueOf(millionths, 6).stripTrailingZeros();
        return units.scale() < 0 ? units.setScale(0) : units;
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
