package org.espace.engine;

import java.math.BigInteger;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.espace.terms.Lever;

/**
 * What a group earns in all, as a function of its revenue and its quantity, before limits. Nothing sold earns nothing.
 * Revenue comes in the sales' fine units, quantity in millionths; earnings are minor units. Each leaf rounds once.
 */
sealed interface Curve {

    int MILLION = 1_000_000;

    /** Throws {@link ArithmeticException} when it is no long. */
    default long total(long revenue, long quantity) {
        return total(step(revenue, quantity), revenue, quantity);
    }

    /**
     * Throws {@link ArithmeticException} when it is no long.
     *
     * @param step the one reached
     */
    long total(int step, long revenue, long quantity);

    /**
     * The step reached; -1 below the first, and always 0 where there are none. What is below zero counts as the first step,
     * if that begins at zero.
     */
    int step(long revenue, long quantity);

    /** Whether more may reach another step. */
    boolean hasSteps();

    /** Whether the revenue makes any difference. */
    boolean readsRevenue();

    /** Whether the quantity makes any difference. */
    boolean readsQuantity();

    /** Why a sale that is counted makes no difference. */
    Reason ofNothing();

    /** @param fractionDigits how many digits finer than a minor unit the revenue is */
    static Curve of(Lever.Formula formula, int fractionDigits, boolean toEven) {
        var unit = Math.powExact(10L, fractionDigits);
        return switch (formula) {
            case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ -> Steps.always(formula, unit, toEven);
            case Lever.Marginal(var measure, var steps) -> Steps.marginal(measure, steps, unit, toEven);
            case Lever.Retroactive(var measure, var steps) -> Steps.retroactive(measure, steps, unit, toEven);
            case Lever.Smallest(var parts) -> new Chosen(of(parts, fractionDigits, toEven), Math::min);
            case Lever.Largest(var parts) -> new Chosen(of(parts, fractionDigits, toEven), Math::max);
        };
    }

    private static Curve[] of(List<Lever.Formula> parts, int fractionDigits, boolean toEven) {
        return parts.stream().map(part -> of(part, fractionDigits, toEven)).toArray(Curve[]::new);
    }

    /**
     * A straight line: a share of the revenue or an amount for each unit, and an amount besides.
     *
     * @param ofQuantity whether the quantity is multiplied, and not the revenue
     * @param rate parts of the divisor for each unit of it
     * @param more what is added before it is divided and rounded
     * @param fixed minor units that are paid as soon as there is anything
     */
    record Line(boolean ofQuantity, long rate, Arithmetic.Whole more, long divisor, long fixed, boolean toEven) {

        /** @param unit fine units in a minor unit */
        static Line of(Lever.Formula formula, long unit, boolean toEven) {
            return switch (formula) {
                case Lever.Flat(var rate) ->
                    new Line(false, rate.partsPerMillion(), Arithmetic.Whole.ZERO, MILLION * unit, 0, toEven);
                case Lever.PerUnit(var amount) ->
                    new Line(true, amount.minor(), Arithmetic.Whole.ZERO, MILLION, 0, toEven);
                case Lever.Fixed(var amount) ->
                    new Line(true, 0, Arithmetic.Whole.ZERO, MILLION, amount.minor(), toEven);
                case Lever.Marginal _, Lever.Retroactive _, Lever.Smallest _, Lever.Largest _ ->
                    throw new IllegalArgumentException(
                            "a step pays a share of revenue, an amount for each unit, or one amount: " + formula);
            };
        }

        long at(long revenue, long quantity, boolean anything) {
            var share = Arithmetic.timesPlusOver(ofQuantity ? quantity : revenue, rate, more, divisor, toEven);
            return anything ? Math.addExact(share, fixed) : share;
        }
    }

    /** The line of the step reached. */
    final class Steps implements Curve {

        private static final long[] FROM_ANYWHERE = {Long.MIN_VALUE};

        private final boolean byQuantity;
        private final long[] from;
        private final Line[] lines;
        private final boolean readsRevenue;
        private final boolean readsQuantity;
        private final boolean paysOnce;

        /** @param byQuantity whether the quantity says how far one is, and whether there is anything at all */
        private Steps(boolean byQuantity, long[] from, Line[] lines, List<Lever.Formula> pays, boolean paysOnce) {
            this.byQuantity = byQuantity;
            this.from = from;
            this.lines = lines;
            this.paysOnce = paysOnce;
            readsRevenue = !byQuantity || pays.stream().anyMatch(Lever.Flat.class::isInstance);
            readsQuantity = byQuantity || pays.stream().anyMatch(Lever.PerUnit.class::isInstance);
        }

        static Steps always(Lever.Formula pays, long unit, boolean toEven) {
            return new Steps(
                    !(pays instanceof Lever.Flat),
                    FROM_ANYWHERE,
                    new Line[] {Line.of(pays, unit, toEven)},
                    List.of(pays),
                    pays instanceof Lever.Fixed);
        }

        /** Retroactive: the step reached pays for everything. */
        static Steps retroactive(Lever.Measure measure, List<Lever.Step> steps, long unit, boolean toEven) {
            var pays = steps.stream().map(Lever.Step::pays).toList();
            return new Steps(
                    measure == Lever.Measure.QUANTITY,
                    from(measure, steps, unit),
                    pays.stream().map(step -> Line.of(step, unit, toEven)).toArray(Line[]::new),
                    pays,
                    pays.getFirst() instanceof Lever.Fixed);
        }

        /** Marginal: in all, a step pays at its own rate, plus what the steps below it pay more or less. */
        static Steps marginal(Lever.Measure measure, List<Lever.Step> steps, long unit, boolean toEven) {
            var byQuantity = measure == Lever.Measure.QUANTITY;
            var from = from(measure, steps, unit);
            var lines = new Line[from.length];
            var more = BigInteger.ZERO;
            var fixed = 0L;
            var rateBelow = 0L;
            for (var i = 0; i < lines.length; i++) {
                var pays = steps.get(i).pays();
                var line = Line.of(pays, unit, toEven);
                if (!(pays instanceof Lever.Fixed) && line.ofQuantity() != byQuantity) {
                    throw new IllegalArgumentException(
                            "a marginal step pays for what it is measured by: " + steps.get(i));
                }
                fixed = Math.addExact(fixed, line.fixed());
                more = more.add(BigInteger.valueOf(from[i]).multiply(BigInteger.valueOf(rateBelow - line.rate())));
                lines[i] = new Line(
                        byQuantity,
                        line.rate(),
                        Arithmetic.Whole.of(more),
                        byQuantity ? MILLION : MILLION * unit,
                        fixed,
                        toEven);
                rateBelow = line.rate();
            }
            return new Steps(byQuantity, from, lines, List.of(), fixed != 0);
        }

        private static long[] from(Lever.Measure measure, List<Lever.Step> steps, long unit) {
            return steps.stream()
                    .mapToLong(step ->
                            measure == Lever.Measure.QUANTITY ? step.from() : Math.multiplyExact(step.from(), unit))
                    .toArray();
        }

        @Override
        public long total(int step, long revenue, long quantity) {
            return step < 0 ? 0 : lines[step].at(revenue, quantity, (byQuantity ? quantity : revenue) > 0);
        }

        @Override
        public int step(long revenue, long quantity) {
            var measure = byQuantity ? quantity : revenue;
            var step = -1;
            for (var begins : from) {
                step += begins <= measure ? 1 : 0;
            }
            return step < 0 && from[0] == 0 ? 0 : step;
        }

        @Override
        public boolean hasSteps() {
            return from[0] > Long.MIN_VALUE;
        }

        @Override
        public boolean readsRevenue() {
            return readsRevenue;
        }

        @Override
        public boolean readsQuantity() {
            return readsQuantity;
        }

        @Override
        public Reason ofNothing() {
            return paysOnce ? Reason.PAID_ONCE : Reason.ROUNDS_TO_ZERO;
        }
    }

    /** The least or the most of several. */
    final class Chosen implements Curve {

        private final Curve[] parts;
        private final LongBinaryOperator choice;

        Chosen(Curve[] parts, LongBinaryOperator choice) {
            this.parts = parts;
            this.choice = choice;
        }

        @Override
        public long total(int step, long revenue, long quantity) {
            var chosen = parts[0].total(revenue, quantity);
            for (var i = 1; i < parts.length; i++) {
                chosen = choice.applyAsLong(chosen, parts[i].total(revenue, quantity));
            }
            return chosen;
        }

        @Override
        public int step(long revenue, long quantity) {
            return 0;
        }

        @Override
        public boolean hasSteps() {
            return false;
        }

        @Override
        public boolean readsRevenue() {
            for (var part : parts) {
                if (part.readsRevenue()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean readsQuantity() {
            for (var part : parts) {
                if (part.readsQuantity()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Reason ofNothing() {
            return Reason.NOT_DECISIVE;
        }
    }
}
