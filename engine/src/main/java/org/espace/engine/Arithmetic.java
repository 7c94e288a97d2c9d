package org.espace.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Exact integer arithmetic with one rounding: to the nearest, and at the half away from zero, or to the even neighbour
 * where terms say so. Both are the same above and below zero, so that a return mirrors its sale.
 */
final class Arithmetic {

    private static final long MILLION = 1_000_000;

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
        return timesOver(a, b, MILLION, toEven);
    }

    /** A whole number of any size, most of which are a long. */
    record Whole(long small, @Nullable BigInteger large) {

        static final Whole ZERO = new Whole(0, null);

        static Whole of(BigInteger number) {
            return number.bitLength() < Long.SIZE ? new Whole(number.longValueExact(), null) : new Whole(0, number);
        }

        BigInteger number() {
            return large == null ? BigInteger.valueOf(small) : large;
        }
    }

    /** (a × b + c) ÷ divisor, rounded once. Throws {@link ArithmeticException} when the result is no long. */
    static long timesPlusOver(long a, long b, Whole c, long divisor, boolean toEven) {
        if (c.large == null) {
            var low = a * b;
            var sum = low + c.small;
            if (Math.multiplyHigh(a, b) == low >> 63 && ((low ^ sum) & (c.small ^ sum)) >= 0) {
                return over(sum, divisor, toEven);
            }
        }
        return over(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).add(c.number()), divisor, toEven);
    }

    /** Without a branch on the value, since which way it rounds cannot be foreseen. */
    static long over(long value, long divisor, boolean toEven) {
        var sign = value >> 63;
        var raised = value + (((divisor / 2) ^ sign) - sign); // by half, away from zero
        if ((value ^ raised) < 0) {
            return over(BigInteger.valueOf(value), divisor, toEven);
        }
        var quotient = divisor == MILLION ? raised / MILLION : raised / divisor; // a constant takes no division
        if (toEven && (quotient & 1) != 0 && (divisor & 1) == 0 && quotient * divisor == raised) {
            return quotient - Long.signum(value);
        }
        return quotient;
    }

    static long over(BigInteger value, long divisor, boolean toEven) {
        return new BigDecimal(value)
                .divide(BigDecimal.valueOf(divisor), 0, toEven ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP)
                .longValueExact();
    }
}
