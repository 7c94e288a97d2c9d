package org.espace.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** A country of the demo: the language of its companies, its currency, and the list price there of one US dollar. */
enum Market {
    AT("de", "EUR", "0.93"),
    BE("fr", "EUR", "0.93"),
    CA("en", "CAD", "1.38"),
    CH("de", "CHF", "0.90"),
    DE("de", "EUR", "0.93"),
    DK("da", "DKK", "6.90"),
    ES("es", "EUR", "0.93"),
    FR("fr", "EUR", "0.93"),
    GB("en", "GBP", "0.81"),
    IE("en", "EUR", "0.93"),
    IT("it", "EUR", "0.93"),
    JP("ja", "JPY", "150"),
    NL("nl", "EUR", "0.93"),
    PL("pl", "PLN", "4.05"),
    PT("pt", "EUR", "0.93"),
    SE("sv", "SEK", "10.50"),
    US("en", "USD", "1"),
    ZA("en", "ZAR", "18.50");

    final String language;
    private final String currency;
    private final BigDecimal dollar;

    Market(String language, String currency, String dollar) {
        this.language = language;
        this.currency = currency;
        this.dollar = new BigDecimal(dollar);
    }

    Currency currency() {
        return Currency.getInstance(currency);
    }

    /** Minor units of this market's currency for so many cents of a US dollar, with so many percent left after discount. */
    long price(long cents, int percent) {
        return BigDecimal.valueOf(cents, 2)
                .multiply(dollar)
                .multiply(BigDecimal.valueOf(percent, 2))
                .movePointRight(currency().getDefaultFractionDigits())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
