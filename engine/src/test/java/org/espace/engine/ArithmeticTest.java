package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What integers come to is what decimals of any length come to. */
class ArithmeticTest {

    private static final int TRIES = 200_000;
    private static final List<Long> DIVISORS =
            List.of(1L, 2L, 3L, 7L, 100L, 999_999L, 1_000_000L, 1_000_001L, 157_500_000L, 1_000_000_000_000L);

    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void divisionsRoundAsDecimalsDo(boolean toEven) {
        for (var i = 0; i < TRIES; i++) {
            var value = anySize();
            var divisor = divisor();
            assertThat(Arithmetic.over(value, divisor, toEven))
                    .as("%d / %d", value, divisor)
                    .isEqualTo(exact(BigInteger.valueOf(value), divisor, toEven).longValueExact());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void halvesAndTheirNeighboursRoundAsDecimalsDo(boolean toEven) {
        for (var i = 0; i < TRIES; i++) {
            var divisor = divisor();
            var half = random.nextLong(-1_000_000, 1_000_000) * divisor + divisor / 2;
            for (var value = half - 1; value <= half + 1; value++) {
                assertThat(Arithmetic.over(value, divisor, toEven))
                        .as("%d / %d", value, divisor)
                        .isEqualTo(exact(BigInteger.valueOf(value), divisor, toEven)
                                .longValueExact());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void productsAndSumsThatAreNoLongAreExactAllTheSame(boolean toEven) {
        for (var i = 0; i < TRIES; i++) {
            var a = anySize();
            var b = anySize();
            var c = BigInteger.valueOf(anySize()).multiply(BigInteger.valueOf(anySize()));
            var divisor = divisor();
            var product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
            same(
                    exact(product, divisor, toEven),
                    () -> Arithmetic.timesOver(a, b, divisor, toEven),
                    "%d × %d / %d".formatted(a, b, divisor));
            same(
                    exact(product.add(c), divisor, toEven),
                    () -> Arithmetic.timesPlusOver(a, b, Arithmetic.Whole.of(c), divisor, toEven),
                    "(%d × %d + %d) / %d".formatted(a, b, c, divisor));
        }
    }

    @Test
    void theLargestNumbersAreNotRaisedBeyondThemselves() {
        for (var divisor : DIVISORS) {
            for (var value : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - divisor / 2}) {
                assertThat(Arithmetic.over(value, divisor, false))
                        .isEqualTo(
                                exact(BigInteger.valueOf(value), divisor, false).longValueExact());
            }
        }
    }

    private static void same(BigDecimal wanted, LongSupplier got, String what) {
        if (wanted.toBigInteger().bitLength() < Long.SIZE) {
            assertThat(got.getAsLong()).as(what).isEqualTo(wanted.longValueExact());
        } else {
            assertThatThrownBy(got::getAsLong).as(what).isInstanceOf(ArithmeticException.class);
        }
    }

    private static BigDecimal exact(BigInteger value, long divisor, boolean toEven) {
        return new BigDecimal(value)
                .divide(BigDecimal.valueOf(divisor), 0, toEven ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP);
    }

    private long divisor() {
        return DIVISORS.get(random.nextInt(DIVISORS.size()));
    }

    /** As often small as large. */
    private long anySize() {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }
}
