package org.espace.feed;

import java.util.Currency;

/** ISO 4217: a currency's number and its decimals, by its code. */
final class Currencies {

    private static final Currency[] BY_NUMBER = new Currency[1000];

    private final Dictionary numbers = new Dictionary();

    static {
        for (var currency : Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0 && currency.getNumericCode() > 0) {
                BY_NUMBER[currency.getNumericCode()] = currency;
            }
        }
    }

    Currencies() {
        for (var currency : Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0 && currency.getNumericCode() > 0) {
                numbers.put(currency.getCurrencyCode(), currency.getNumericCode());
            }
        }
    }

    int find(Cut code) {
        return numbers.find(code);
    }

    static Currency byNumber(int number) {
        return BY_NUMBER[number];
    }
}
