package org.espace.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Lever;
import org.espace.terms.Terms;

/** How an earning line came to its amount: the same arithmetic as {@link Rating}, step by step. */
public final class Explanation {

    private Explanation() {}

    /**
     * An earning line's own numbers.
     *
     * @param fractionDigits how many digits finer than a minor unit {@code basis} and {@code before} are
     * @param quantity in millionths of a unit
     */
    public record Figures(
            int fractionDigits,
            long basis,
            long before,
            long level,
            long quantity,
            long withheld,
            long amount,
            long rebate) {}

    public static List<Step> of(Terms terms, int leverNumber, Figures figures) {
        var lever = terms.levers().get(leverNumber - 1);
        var rule = new Rule((short) leverNumber, terms, List.of(), figures.fractionDigits());
        var currency = terms.currency();
        var steps = new ArrayList<Step>();
        var uncapped = Money.ofMinor(figures.amount() + figures.withheld(), currency);
        var basis = fine(figures.basis(), figures, currency);
        switch (lever.formula()) {
            case Lever.Flat flat -> steps.add(Step.of("RATE", "basis", basis, "rate", flat.rate(), "result", uncapped));
            case Lever.PerUnit unit ->
                steps.add(Step.of(
                        "PER_UNIT", "quantity", units(figures.quantity()), "each", unit.amount(), "result", uncapped));
            case Lever.Marginal tiers ->
                steps.addAll(tiers("MARGINAL", rule, lever.scope(), tiers.steps(), figures, currency));
            case Lever.Retroactive tiers ->
                steps.addAll(tiers("RETROACTIVE", rule, lever.scope(), tiers.steps(), figures, currency));
            case Lever.Fixed _, Lever.Smallest _, Lever.Largest _ ->
                throw new IllegalArgumentException("this formula is not rated: " + lever.formula());
        }
        if (!lever.limits().isEmpty()) {
            steps.add(cap(lever, figures, currency));
        }
        var total = Money.ofMinor(figures.amount(), currency);
        var rebate = Money.ofMinor(figures.rebate(), currency);
        steps.add(Step.of(
                "SPLIT",
                "amount",
                total,
                "rebateShare",
                terms.split().rebate(),
                "coopShare",
                terms.split().coop(),
                "rebate",
                rebate,
                "coop",
                total.minus(rebate)));
        return List.copyOf(steps);
    }

    private static List<Step> tiers(
            String code, Rule rule, Lever.Scope scope, List<Lever.Step> steps, Figures figures, Currency currency) {
        var after = figures.before() + figures.basis();
        var levelAfter = figures.level() + figures.quantity();
        var stepBefore = rule.curve.step(figures.before(), figures.level());
        var stepAfter = rule.curve.step(after, levelAfter);
        var found = new ArrayList<Step>();
        found.add(Step.of(
                "ADDED_UP",
                "per",
                word(scope.per()),
                "period",
                word(scope.span()),
                "before",
                fine(figures.before(), figures, currency),
                "basis",
                fine(figures.basis(), figures, currency),
                "after",
                fine(after, figures, currency)));
        if (rule.curve.readsQuantity()) {
            found.add(Step.of(
                    "COUNTED",
                    "before",
                    units(figures.level()),
                    "quantity",
                    units(figures.quantity()),
                    "after",
                    units(levelAfter)));
        }
        found.add(Step.of(
                code,
                "rateBefore",
                rate(steps, stepBefore),
                "rateAfter",
                rate(steps, stepAfter),
                "after",
                Money.ofMinor(rule.curve.total(after, levelAfter), currency),
                "before",
                Money.ofMinor(rule.curve.total(figures.before(), figures.level()), currency),
                "result",
                Money.ofMinor(figures.amount() + figures.withheld(), currency)));
        return found;
    }

    private static Step cap(Lever lever, Figures figures, Currency currency) {
        var cap = lever.limits().getLast();
        return Step.of(
                "CAP",
                "per",
                word(cap.scope().per()),
                "period",
                word(cap.scope().span()),
                "cap",
                cap.amount(),
                "withheld",
                Money.ofMinor(figures.withheld(), currency),
                "result",
                Money.ofMinor(figures.amount(), currency));
    }

    private static Rate rate(List<Lever.Step> steps, int step) {
        return step < 0 ? Rate.ZERO : ((Lever.Flat) steps.get(step).pays()).rate();
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
