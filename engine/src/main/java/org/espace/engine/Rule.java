package org.espace.engine;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.espace.money.Rate;
import org.espace.terms.Lever;

/** One lever, laid out for speed: its formula and caps as plain numbers. Amounts are minor units of the currency. */
final class Rule {

    enum Kind {
        FLAT,
        PER_UNIT,
        MARGINAL,
        RETROACTIVE
    }

    private static final long TOO_LARGE = Long.MIN_VALUE;

    final short number;
    final Kind kind;
    final boolean byQuantity;
    final Lever.Scope[] scopes;
    final long[] caps;
    private final long[] from;
    private final long[] rates;
    private final BigInteger[] constants;
    private final long[] smallConstants;
    private final long divisor;

    /**
     * @param number the lever's place in its terms, from 1
     * @param fractionDigits how many digits finer than a minor unit the sales' amounts are
     */
    Rule(short number, Lever lever, int fractionDigits) {
        this.number = number;
        var fraction = Math.powExact(10L, fractionDigits);
        divisor = Rate.ALL.partsPerMillion() * fraction;
        var limits = lever.limits();
        caps = limits.stream().mapToLong(limit -> limit.amount().minor()).toArray();
        var capScopes = limits.stream().map(Lever.Limit::scope);
        switch (lever.formula()) {
            case Lever.Flat flat -> {
                kind = Kind.FLAT;
                byQuantity = false;
                scopes = capScopes.toArray(Lever.Scope[]::new);
                from = new long[] {Long.MIN_VALUE};
                rates = new long[] {flat.rate().partsPerMillion()};
            }
            case Lever.PerUnit unit -> {
                kind = Kind.PER_UNIT;
                byQuantity = true;
                scopes = capScopes.toArray(Lever.Scope[]::new);
                from = new long[] {Long.MIN_VALUE};
                rates = new long[] {unit.amount().minor()};
            }
            case Lever.Marginal tiers -> {
                kind = Kind.MARGINAL;
                byQuantity = false;
                scopes = withTier(lever.scope(), limits);
                from = begins(tiers.steps(), fraction);
                rates = rates(tiers.steps());
            }
            case Lever.Retroactive tiers -> {
                kind = Kind.RETROACTIVE;
                byQuantity = tiers.measure() == Lever.Measure.QUANTITY;
                scopes = withTier(lever.scope(), limits);
                from = begins(tiers.steps(), byQuantity ? 1 : fraction);
                rates = rates(tiers.steps());
            }
            case Lever.Fixed _, Lever.Smallest _, Lever.Largest _ ->
                throw new IllegalArgumentException("this formula is not rated: " + lever.formula());
        }
        constants = kind == Kind.MARGINAL ? constants(from, rates) : zeros(from.length);
        smallConstants = Arrays.stream(constants)
                .mapToLong(constant -> constant.bitLength() < Long.SIZE ? constant.longValue() : TOO_LARGE)
                .toArray();
    }

    boolean hasTier() {
        return scopes.length > caps.length;
    }

    /** Of a basis, in the sales' fine units. */
    long flat(long basis) {
        return Arithmetic.timesOver(basis, rates[0], divisor);
    }

    /** Of a quantity in millionths. */
    long perUnit(long quantity) {
        return Arithmetic.timesOver(quantity, rates[0], 1_000_000);
    }

    /** The step that a measure has reached; -1 below the first. What is negative counts as the first, if that begins at 0. */
    int step(long measure) {
        var step = from.length - 1;
        while (step >= 0 && from[step] > measure) {
            step--;
        }
        return step < 0 && from[0] == 0 ? 0 : step;
    }

    /** What a scope earns in all when it has added up this revenue, and its measure has reached this step. */
    long inAll(long revenue, int step) {
        if (step < 0) {
            return 0;
        }
        var constant = smallConstants[step];
        if (constant == 0) {
            return Arithmetic.timesOver(revenue, rates[step], divisor);
        }
        var product = revenue * rates[step];
        var sum = product + constant;
        var exact = constant != TOO_LARGE
                && Math.multiplyHigh(revenue, rates[step]) == product >> (Long.SIZE - 1)
                && ((product ^ sum) & (constant ^ sum)) >= 0;
        return exact
                ? Arithmetic.over(sum, divisor)
                : Arithmetic.over(
                        BigInteger.valueOf(revenue)
                                .multiply(BigInteger.valueOf(rates[step]))
                                .add(constants[step]),
                        divisor);
    }

    private static BigInteger[] zeros(int steps) {
        var zeros = new BigInteger[steps];
        Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }

    /** In all, a marginal step pays the revenue at its own rate, plus what the steps below it pay more or less than that. */
    private static BigInteger[] constants(long[] from, long[] rates) {
        var constants = new BigInteger[from.length];
        var constant = BigInteger.ZERO;
        var rateBelow = 0L;
        for (var step = 0; step < from.length; step++) {
            var less = BigInteger.valueOf(rateBelow - rates[step]);
            constant = constant.add(BigInteger.valueOf(from[step]).multiply(less));
            constants[step] = constant;
            rateBelow = rates[step];
        }
        return constants;
    }

    private static Lever.Scope[] withTier(Lever.Scope tier, List<Lever.Limit> limits) {
        var scopes = new Lever.Scope[limits.size() + 1];
        scopes[0] = tier;
        for (var i = 0; i < limits.size(); i++) {
            scopes[i + 1] = limits.get(i).scope();
        }
        return scopes;
    }

    private static long[] begins(List<Lever.Step> steps, long fraction) {
        return steps.stream()
                .mapToLong(step -> Math.multiplyExact(step.from(), fraction))
                .toArray();
    }

    private static long[] rates(List<Lever.Step> steps) {
        return steps.stream()
                .mapToLong(step -> ((Lever.Flat) step.pays()).rate().partsPerMillion())
                .toArray();
    }
}
