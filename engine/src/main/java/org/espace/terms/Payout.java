package org.espace.terms;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a formula comes to, exact and not rounded: for whoever reads terms, not for rating. Amounts are minor units. */
final class Payout {

    /** Where quantity and revenue must be seen together, a unit sells for so many minor units. */
    private static final BigDecimal PRICE = BigDecimal.valueOf(10_000);

    private static final int MILLIONTHS = 6;
    private static final MathContext PRECISE = new MathContext(60, RoundingMode.HALF_EVEN);

    private Payout() {}

    /** A step of tiers, and what the whole formula comes to just below it and at it. */
    record AtStep(Lever.Formula tiers, int number, BigDecimal below, BigDecimal reached) {

        boolean falls() {
            return reached.compareTo(below) < 0;
        }

        BigDecimal jump() {
            return reached.subtract(below);
        }
    }

    /** All steps above zero, of all tiers within the formula. */
    static List<AtStep> steps(Lever.Formula formula) {
        var found = new ArrayList<AtStep>();
        collect(formula, formula, found);
        return found;
    }

    private static void collect(Lever.Formula whole, Lever.Formula part, List<AtStep> found) {
        switch (part) {
            case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ -> {}
            case Lever.Marginal(var measure, var steps) -> atSteps(whole, part, measure, steps, found);
            case Lever.Retroactive(var measure, var steps) -> atSteps(whole, part, measure, steps, found);
            case Lever.Smallest(var parts) -> parts.forEach(inner -> collect(whole, inner, found));
            case Lever.Largest(var parts) -> parts.forEach(inner -> collect(whole, inner, found));
        }
    }

    private static void atSteps(
            Lever.Formula whole,
            Lever.Formula tiers,
            Lever.Measure measure,
            List<Lever.Step> steps,
            List<AtStep> found) {
        for (var number = 0; number < steps.size(); number++) {
            var from = steps.get(number).from();
            if (from > 0) {
                found.add(new AtStep(tiers, number, at(whole, measure, from - 1), at(whole, measure, from)));
            }
        }
    }

    private static BigDecimal at(Lever.Formula formula, Lever.Measure measure, long value) {
        return switch (measure) {
            case REVENUE -> {
                var revenue = BigDecimal.valueOf(value);
                yield total(formula, revenue, revenue.divide(PRICE, PRECISE));
            }
            case QUANTITY -> {
                var quantity = BigDecimal.valueOf(value, MILLIONTHS);
                yield total(formula, quantity.multiply(PRICE), quantity);
            }
        };
    }

    private static BigDecimal total(Lever.Formula formula, BigDecimal revenue, BigDecimal quantity) {
        return switch (formula) {
            case Lever.Flat(var rate) -> revenue.multiply(BigDecimal.valueOf(rate.partsPerMillion(), MILLIONTHS));
            case Lever.PerUnit(var amount) -> quantity.multiply(BigDecimal.valueOf(amount.minor()));
            case Lever.Fixed(var amount) ->
                quantity.signum() > 0 ? BigDecimal.valueOf(amount.minor()) : BigDecimal.ZERO;
            case Lever.Marginal(var measure, var steps) -> marginal(measure, steps, revenue, quantity);
            case Lever.Retroactive(var measure, var steps) ->
                steps.reversed().stream()
                        .filter(step -> from(measure, step).compareTo(measured(measure, revenue, quantity)) <= 0)
                        .findFirst()
                        .map(step -> total(step.pays(), revenue, quantity))
                        .orElse(BigDecimal.ZERO);
            case Lever.Smallest(var parts) ->
                parts.stream()
                        .map(part -> total(part, revenue, quantity))
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
            case Lever.Largest(var parts) ->
                parts.stream()
                        .map(part -> total(part, revenue, quantity))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        };
    }

    private static BigDecimal marginal(
            Lever.Measure measure, List<Lever.Step> steps, BigDecimal revenue, BigDecimal quantity) {
        var all = measured(measure, revenue, quantity);
        var sum = BigDecimal.ZERO;
        for (var i = 0; i < steps.size(); i++) {
            var from = from(measure, steps.get(i));
            if (all.compareTo(from) < 0) {
                break;
            }
            var until = i + 1 < steps.size() ? from(measure, steps.get(i + 1)).min(all) : all;
            var part = until.subtract(from);
            sum = sum.add(
                    steps.get(i).pays() instanceof Lever.Fixed fixed
                            ? BigDecimal.valueOf(fixed.amount().minor())
                            : total(steps.get(i).pays(), part, part));
        }
        return sum;
    }

    private static BigDecimal measured(Lever.Measure measure, BigDecimal revenue, BigDecimal quantity) {
        return switch (measure) {
            case REVENUE -> revenue;
            case QUANTITY -> quantity;
        };
    }

    private static BigDecimal from(Lever.Measure measure, Lever.Step step) {
        return switch (measure) {
            case REVENUE -> BigDecimal.valueOf(step.from());
            case QUANTITY -> BigDecimal.valueOf(step.from(), MILLIONTHS);
        };
    }

    /** The most that the formula can come to, however much is sold; empty when there is no such amount. */
    static Optional<Long> most(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat(var rate) -> rate.partsPerMillion() == 0 ? Optional.of(0L) : Optional.empty();
            case Lever.PerUnit(var amount) -> amount.isZero() ? Optional.of(0L) : Optional.empty();
            case Lever.Fixed(var amount) -> Optional.of(amount.minor());
            case Lever.Marginal tiers ->
                ofAll(tiers.steps()).map(all -> all.stream().reduce(0L, Math::addExact));
            case Lever.Retroactive tiers ->
                ofAll(tiers.steps()).map(all -> all.stream().reduce(0L, Math::max));
            case Lever.Smallest(var parts) ->
                parts.stream().map(Payout::most).flatMap(Optional::stream).min(Comparator.naturalOrder());
            case Lever.Largest(var parts) -> {
                var known = parts.stream()
                        .map(Payout::most)
                        .flatMap(Optional::stream)
                        .toList();
                yield known.size() < parts.size()
                        ? Optional.empty()
                        : known.stream().max(Comparator.naturalOrder());
            }
        };
    }

    private static Optional<List<Long>> ofAll(List<Lever.Step> steps) {
        var known = steps.stream()
                .map(step -> most(step.pays()))
                .flatMap(Optional::stream)
                .toList();
        return known.size() < steps.size() ? Optional.empty() : Optional.of(known);
    }

    /** The highest share of revenue that is paid anywhere, in parts per million. */
    static long highestRate(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat(var rate) -> rate.partsPerMillion();
            case Lever.PerUnit _, Lever.Fixed _ -> 0;
            case Lever.Marginal tiers ->
                highest(tiers.steps().stream().map(Lever.Step::pays).toList());
            case Lever.Retroactive tiers ->
                highest(tiers.steps().stream().map(Lever.Step::pays).toList());
            case Lever.Smallest(var parts) -> highest(parts);
            case Lever.Largest(var parts) -> highest(parts);
        };
    }

    private static long highest(List<Lever.Formula> parts) {
        return parts.stream().mapToLong(Payout::highestRate).max().orElse(0);
    }
}
