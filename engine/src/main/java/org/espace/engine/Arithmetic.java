package org.espace.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.espace.terms.Terms;

/**
 * Exact integer arithmetic with one rounding: to the nearest, and at the half away from zero, or to the even neighbour
 * where terms say so. Both are the same above and below zero, so that a return mirrors its sale.
 */
final class Arithmetic {

    private static final long MILLION = 1_000_000;
    private static final long HALF = MILLION / 2;

    private Arithmetic() {}

    static boolean toEven(Terms.Rounding rounding) {
        return switch (rounding) {
            case HALF_UP -> false;
            case HALF_EVEN -> true;
        };
    }

    /** a × b ÷ divisor, rounded once. Throws {@link ArithmeticException} when the result is no long. */
    static long timesOver(long a, long b, long divisor, boolean toEven) {
        var low = a * b;
        if (Math.multiplyHigh(a, b) == low >> 63) {
            return over(low, divisor, toEven);
        }
        return over(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)), divisor, toEven);
    }

    /** a × b millionths, rounded once. Throws {@link ArithmeticException} when the result is no long. */
    static long millionths(long a, long b, boolean toEven) {
        var low = a * b;
        if (Math.multiplyHigh(a, b) != low >> 63) {
            return over(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)), MILLION, toEven);
        }
        var quotient = low / MILLION; // by a constant, which takes no division
        var rest = Math.abs(low - quotient * MILLION);
        var up = toEven ? rest > HALF || (rest == HALF && (quotient & 1) != 0) : rest >= HALF;
        return up ? quotient + Long.signum(low) : quotient;
    }

    /** (a × b + c) ÷ divisor, rounded once. Throws {@link ArithmeticException} when the result is no long. */
    static long timesPlusOver(long a, long b, BigInteger c, long divisor, boolean toEven) {
        if (c.bitLength() < Long.SIZE) {
            var small = c.longValue();
            var low = a * b;
            var sum = low + small;
            if (Math.multiplyHigh(a, b) == low >> 63 && ((low ^ sum) & (small ^ sum)) >= 0) {
                return over(sum, divisor, toEven);
            }
        }
        return over(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).add(c), divisor, toEven);
    }

    static long over(long value, long divisor, boolean toEven) {
        var quotient = value / divisor;
        var rest = Math.abs(value - quotient * divisor);
        var toNext = divisor - rest;
        var up = rest > toNext || (rest == toNext && (!toEven || (quotient & 1) != 0));
        return up ? quotient + Long.signum(value) : quotient;
    }

    static long over(BigInteger value, long divisor, boolean toEven) {
        return new BigDecimal(value)
                .divide(BigDecimal.valueOf(divisor), 0, toEven ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP)
                .longValueExact();
    }
}
