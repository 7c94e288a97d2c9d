package org.espace.money;

import java.io.Serializable;
import java.math.BigDecimal;

/** A share of an amount, exact to one part in a million: 3.75% is 37,500. */
public record Rate(long partsPerMillion) implements Serializable {

    public static final Rate ZERO = new Rate(0);
    public static final Rate ALL = new Rate(1_000_000);

    public Rate {
        if (Math.abs(partsPerMillion) > 1_000_000_000L) {
            throw new IllegalArgumentException("a rate beyond 100,000%: " + partsPerMillion + " ppm");
        }
    }

    /** Reads "3.75%" or "3.75"; refuses more than four decimals of a percent with {@link ArithmeticException}. */
    public static Rate percent(String text) {
        var number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        return new Rate(new BigDecimal(number.strip()).movePointRight(4).longValueExact());
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(partsPerMillion, 4).stripTrailingZeros().toPlainString() + "%";
    }
}
