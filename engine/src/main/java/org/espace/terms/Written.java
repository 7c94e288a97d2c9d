package org.espace.terms;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;

/** The forms that values of terms are written in. What cannot be read is refused with what to write instead. */
final class Written {

    private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,9})?";
    private static final int MOST_MONTHS = 600;
    private static final int MILLIONTHS = 6;

    private Written() {}

    static Period period(String text) {
        var days = text.split("/", -1);
        if (days.length != 2) {
            throw new IllegalArgumentException("write two days as 2021-10-01/2022-10-01");
        }
        return new Period(LocalDate.parse(days[0]), LocalDate.parse(days[1]));
    }

    static Currency currency(String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " is no ISO 4217 currency", e);
        }
    }

    static Money money(String text, Currency currency) {
        var parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("write an amount as \"10000 " + currency + "\"");
        }
        if (!parts[1].equals(currency.getCurrencyCode())) {
            throw new IllegalArgumentException(parts[1] + " is not the program's currency, " + currency);
        }
        var money = new Money(number(parts[0]), currency);
        if (money.amount().signum() < 0) {
            throw new IllegalArgumentException("an amount must not be below zero");
        }
        return money;
    }

    static Money moneyAboveZero(String text, Currency currency) {
        var money = money(text, currency);
        if (money.isZero()) {
            throw new IllegalArgumentException("an amount must be above zero");
        }
        return money;
    }

    static Rate rate(String text) {
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException("write a share as 3.75%");
        }
        number(text.substring(0, text.length() - 1));
        var rate = Rate.percent(text);
        if (rate.partsPerMillion() < 0) {
            throw new IllegalArgumentException("a rate must not be below zero");
        }
        return rate;
    }

    static Rate share(String text) {
        var rate = rate(text);
        if (rate.partsPerMillion() > Rate.ALL.partsPerMillion()) {
            throw new IllegalArgumentException(text + " is not between 0% and 100%");
        }
        return rate;
    }

    /** In millionths of a unit. */
    static long quantity(String text) {
        var quantity = number(text);
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("a quantity must not be below zero");
        }
        return quantity.movePointRight(MILLIONTHS).longValueExact();
    }

    static int months(String text) {
        var found = text.matches("[0-9]{1,3} months?") ? Integer.parseInt(text.substring(0, text.indexOf(' '))) : 0;
        if (found < 1 || found > MOST_MONTHS) {
            throw new IllegalArgumentException("write a number of months, 1 to " + MOST_MONTHS + ", as \"12 months\"");
        }
        return found;
    }

    static String code(String text) {
        if (!text.matches("[a-z][a-z0-9-]{1,59}")) {
            throw new IllegalArgumentException("write 2 to 60 small letters, digits and hyphens");
        }
        return text;
    }

    static <E extends Enum<E>> E oneOf(Class<E> kind, String text) {
        for (var value : kind.getEnumConstants()) {
            if (word(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(text + " is not known; known are " + words(kind));
    }

    static <E extends Enum<E>> List<String> words(Class<E> kind) {
        return Stream.of(kind.getEnumConstants()).map(Written::word).toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static BigDecimal number(String text) {
        if (!text.matches(NUMBER)) {
            throw new IllegalArgumentException(text + " is no number such as 93750 or 2.5");
        }
        return new BigDecimal(text);
    }
}
