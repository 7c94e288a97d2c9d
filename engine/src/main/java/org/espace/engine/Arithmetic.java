package org.espace.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Exact integer arithmetic with one rounding, half up: away from zero at the half, so that a return mirrors its sale. */
final class Arithmetic {

    private Arithmetic() {}

    /** a × b ÷ divisor, rounded once. Throws {@link ArithmeticException} when the result is no long. */
    static long timesOver(long a, long b, long divisor) {
        var high = Math.multiplyHigh(a, b);
        var low = a * b;
        if (high == low >> 63) {
            return over(low, divisor);
        }
        return over(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)), divisor);
    }

    static long over(long value, long divisor) {
        var quotient = value / divisor;
        var rest = Math.abs(value % divisor);
        return rest >= divisor - rest ? quotient + Long.signum(value) : quotient;
    }

    static long over(BigInteger value, long divisor) {
        return new BigDecimal(value)
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
