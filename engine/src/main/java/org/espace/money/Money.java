package org.espace.money;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** An exact amount at its currency's own scale (ISO 4217: EUR 2, JPY 0, KWD 3). */
public record Money(BigDecimal amount, Currency currency) implements Serializable, Comparable<Money> {

    /** Refuses with {@link ArithmeticException} an amount that is finer than the currency. */
    public Money {
        amount = amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY);
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    public static Money ofMinor(long minor, Currency currency) {
        return new Money(BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()), currency);
    }

    public static Money zero(Currency currency) {
        return ofMinor(0, currency);
    }

    /** In minor units: cents for EUR, yen for JPY. */
    public long minor() {
        return amount.unscaledValue().longValueExact();
    }

    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** Rounds once, half up (away from zero), to the currency's minor unit. */
    public Money times(Rate rate) {
        var exact = amount.multiply(BigDecimal.valueOf(rate.partsPerMillion(), 6));
        return new Money(exact.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(same(other).amount);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + " and " + other.currency);
        }
        return other;
    }
}
