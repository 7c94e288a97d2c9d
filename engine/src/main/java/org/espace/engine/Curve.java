package org.espace.engine;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.espace.money.Rate;
import org.espace.terms.Lever;

/**
 * What a group earns in all, as a function of its revenue and its quantity, before limits. Nothing sold earns nothing.
 * Revenue comes in the sales' fine units, quantity in millionths; earnings are minor units. Each leaf rounds once.
 */
sealed interface Curve {

    int MILLION = 1_000_000;

    /** Throws {@link ArithmeticException} when it is no long. */
    long total(long revenue, long quantity);

    /** The step reached; -1 below the first, and always 0 where there are none. */
    default int step(long revenue, long quantity) {
        return 0;
    }

    /** Whether more may reach another step. */
    default boolean hasSteps() {
        return false;
    }

    /** Whether the revenue makes any difference. */
    boolean readsRevenue();

    /** Whether the quantity makes any difference. */
    boolean readsQuantity();

    /** Why a sale that is counted makes no difference. */
    default Reason ofNothing() {
        return Reason.ROUNDS_TO_ZERO;
    }

    /** @param fractionDigits how many digits finer than a minor unit the revenue is */
    static Curve of(Lever.Formula formula, int fractionDigits, boolean toEven) {
        var fraction = Math.powExact(10L, fractionDigits);
        return switch (formula) {
            case Lever.Flat(var rate) -> new Share(rate.partsPerMillion(), MILLION * fraction, toEven);
            case Lever.PerUnit(var amount) -> new Each(amount.minor(), toEven);
            case Lever.Fixed(var amount) -> new Once(amount.minor());
            case Lever.Marginal(var measure, var steps) -> Parts.of(measure, steps, fraction, toEven);
            case Lever.Retroactive(var measure, var steps) ->
                new Whole(
                        measure == Lever.Measure.QUANTITY,
                        from(measure, steps, fraction),
                        steps.stream()
                                .map(step -> of(step.pays(), fractionDigits, toEven))
                                .toArray(Curve[]::new));
            case Lever.Smallest(var parts) -> new Chosen(of(parts, fractionDigits, toEven), Math::min);
            case Lever.Largest(var parts) -> new Chosen(of(parts, fractionDigits, toEven), Math::max);
        };
    }

    private static Curve[] of(List<Lever.Formula> parts, int fractionDigits, boolean toEven) {
        return parts.stream().map(part -> of(part, fractionDigits, toEven)).toArray(Curve[]::new);
    }

    private static long[] from(Lever.Measure measure, List<Lever.Step> steps, long fraction) {
        var unit = measure == Lever.Measure.QUANTITY ? 1 : fraction;
        return steps.stream()
                .mapToLong(step -> Math.multiplyExact(step.from(), unit))
                .toArray();
    }

    /** What is below zero counts as the first step, if that begins at zero. */
    private static int step(long[] from, long measure) {
        var step = from.length - 1;
        while (step >= 0 && from[step] > measure) {
            step--;
        }
        return step < 0 && from[0] == 0 ? 0 : step;
    }

    /** A share of the revenue. */
    record Share(long partsPerMillion, long divisor, boolean toEven) implements Curve {

        @Override
        public long total(long revenue, long quantity) {
            return divisor == MILLION
                    ? Arithmetic.millionths(revenue, partsPerMillion, toEven)
                    : Arithmetic.timesOver(revenue, partsPerMillion, divisor, toEven);
        }

        @Override
        public boolean readsRevenue() {
            return true;
        }

        @Override
        public boolean readsQuantity() {
            return false;
        }
    }

    /** An amount for each unit. */
    record Each(long amount, boolean toEven) implements Curve {

        @Override
        public long total(long revenue, long quantity) {
            return Arithmetic.millionths(quantity, amount, toEven);
        }

        @Override
        public boolean readsRevenue() {
            return false;
        }

        @Override
        public boolean readsQuantity() {
            return true;
        }
    }

    /** One amount, as soon as there is anything. */
    record Once(long amount) implements Curve {

        @Override
        public long total(long revenue, long quantity) {
            return quantity > 0 ? amount : 0;
        }

        @Override
        public Reason ofNothing() {
            return Reason.PAID_ONCE;
        }

        @Override
        public boolean readsRevenue() {
            return false;
        }

        @Override
        public boolean readsQuantity() {
            return true;
        }
    }

    /** Marginal steps: in all, a step pays the measure at its own rate, plus what the steps below it pay more or less. */
    final class Parts implements Curve {

        private final boolean byQuantity;
        private final long[] from;
        private final long[] rates;
        private final BigInteger[] constants;
        private final long[] fixed;
        private final long divisor;
        private final boolean toEven;

        private Parts(boolean byQuantity, long[] from, long[] rates, long[] fixed, long divisor, boolean toEven) {
            this.byQuantity = byQuantity;
            this.from = from;
            this.rates = rates;
            this.fixed = fixed;
            this.divisor = divisor;
            this.toEven = toEven;
            constants = new BigInteger[from.length];
            var constant = BigInteger.ZERO;
            var rateBelow = 0L;
            for (var step = 0; step < from.length; step++) {
                var less = BigInteger.valueOf(rateBelow - rates[step]);
                constant = constant.add(BigInteger.valueOf(from[step]).multiply(less));
                constants[step] = constant;
                rateBelow = rates[step];
            }
        }

        static Parts of(Lever.Measure measure, List<Lever.Step> steps, long fraction, boolean toEven) {
            var byQuantity = measure == Lever.Measure.QUANTITY;
            var rates = new long[steps.size()];
            var fixed = new long[steps.size()];
            var sum = 0L;
            for (var i = 0; i < rates.length; i++) {
                switch (steps.get(i).pays()) {
                    case Lever.Flat(var rate) when !byQuantity -> rates[i] = rate.partsPerMillion();
                    case Lever.PerUnit(var amount) when byQuantity -> rates[i] = amount.minor();
                    case Lever.Fixed(var amount) -> sum = Math.addExact(sum, amount.minor());
                    case Lever.Flat _,
                            Lever.PerUnit _,
                            Lever.Marginal _,
                            Lever.Retroactive _,
                            Lever.Smallest _,
                            Lever.Largest _ ->
                        throw new IllegalArgumentException(
                                "a marginal step pays a share of revenue, an amount for each unit, or one amount: "
                                        + steps.get(i));
                }
                fixed[i] = sum;
            }
            return new Parts(
                    byQuantity,
                    Curve.from(measure, steps, fraction),
                    rates,
                    fixed,
                    byQuantity ? MILLION : Rate.ALL.partsPerMillion() * fraction,
                    toEven);
        }

        @Override
        public long total(long revenue, long quantity) {
            var measure = byQuantity ? quantity : revenue;
            var step = Curve.step(from, measure);
            if (step < 0) {
                return 0;
            }
            var shares = Arithmetic.timesPlusOver(measure, rates[step], constants[step], divisor, toEven);
            return measure > 0 ? Math.addExact(shares, fixed[step]) : shares;
        }

        @Override
        public int step(long revenue, long quantity) {
            return Curve.step(from, byQuantity ? quantity : revenue);
        }

        @Override
        public boolean hasSteps() {
            return true;
        }

        @Override
        public boolean readsRevenue() {
            return !byQuantity;
        }

        @Override
        public boolean readsQuantity() {
            return byQuantity;
        }

        @Override
        public Reason ofNothing() {
            return fixed[fixed.length - 1] == 0 ? Reason.ROUNDS_TO_ZERO : Reason.PAID_ONCE;
        }
    }

    /** Retroactive steps: the one reached pays for everything. */
    final class Whole implements Curve {

        private final boolean byQuantity;
        private final long[] from;
        private final Curve[] pays;
        private final boolean readsRevenue;
        private final boolean readsQuantity;

        Whole(boolean byQuantity, long[] from, Curve[] pays) {
            this.byQuantity = byQuantity;
            this.from = from;
            this.pays = pays;
            readsRevenue = !byQuantity || Arrays.stream(pays).anyMatch(step -> step instanceof Share);
            readsQuantity = byQuantity || Arrays.stream(pays).anyMatch(step -> step instanceof Each);
        }

        @Override
        public long total(long revenue, long quantity) {
            var measure = byQuantity ? quantity : revenue;
            var step = Curve.step(from, measure);
            if (step < 0) {
                return 0;
            }
            return pays[step] instanceof Once(var amount)
                    ? measure > 0 ? amount : 0
                    : pays[step].total(revenue, quantity);
        }

        @Override
        public int step(long revenue, long quantity) {
            return Curve.step(from, byQuantity ? quantity : revenue);
        }

        @Override
        public boolean hasSteps() {
            return true;
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
            return pays[0].ofNothing();
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
        public long total(long revenue, long quantity) {
            var chosen = parts[0].total(revenue, quantity);
            for (var i = 1; i < parts.length; i++) {
                chosen = choice.applyAsLong(chosen, parts[i].total(revenue, quantity));
            }
            return chosen;
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
