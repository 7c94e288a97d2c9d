package org.espace.money;

import java.util.Comparator;
import java.util.Currency;

/** Currencies by their ISO 4217 number, as stored lines carry them. */
public final class Currencies {

    private static final Currency[] BY_NUMBER = byNumber();

    private Currencies() {}

    /** Throws {@link IllegalArgumentException} when no currency has the number. */
    public static Currency numbered(int number) {
        if (number <= 0 || number >= BY_NUMBER.length || BY_NUMBER[number] == null) {
            throw new IllegalArgumentException("no currency has the number " + number);
        }
        return BY_NUMBER[number];
    }

    private static Currency[] byNumber() {
        var byNumber = new Currency[1000];
        Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() >= 0 && currency.getNumericCode() > 0)
                .sorted(Comparator.comparing(Currency::getCurrencyCode).reversed())
                .forEach(currency -> byNumber[currency.getNumericCode()] = currency);
        return byNumber;
    }
}
