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
public final class Written {

    private static final String NUMBER = "-?[0-9]{1,15}(\\.[0-9]{1,9})?";
    private static final int MOST_MONTHS = 600;
    private static final int MOST_DAYS = 1_830;
    private static final int MILLIONTHS = 6;

    private Written() {}

    static Period period(String text) {
        var days = text.split("/", -1);
        if (days.length != 2) {
            throw new Unwritten(Wrong.WRITE_TWO_DAYS);
        }
        var from = LocalDate.parse(days[0]);
        var until = LocalDate.parse(days[1]);
        if (!from.isBefore(until)) {
            throw new Unwritten(Wrong.ENDS_BEFORE_IT_BEGINS);
        }
        return new Period(from, until);
    }

    static Currency currency(String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException _) {
            throw new Unwritten(Wrong.NO_CURRENCY, "value", text);
        }
    }

    static Money money(String text, Currency currency) {
        var parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new Unwritten(Wrong.WRITE_AMOUNT, "currency", currency.getCurrencyCode());
        }
        if (!parts[1].equals(currency.getCurrencyCode())) {
            throw new Unwritten(Wrong.OTHER_CURRENCY, "value", parts[1], "currency", currency.getCurrencyCode());
        }
        var money = new Money(number(parts[0]), currency);
        if (money.amount().signum() < 0) {
            throw new Unwritten(Wrong.AMOUNT_BELOW_ZERO);
        }
        return money;
    }

    static Money moneyAboveZero(String text, Currency currency) {
        var money = money(text, currency);
        if (money.isZero()) {
            throw new Unwritten(Wrong.AMOUNT_NOT_ABOVE_ZERO);
        }
        return money;
    }

    /** In whatever currency the text names. */
    static Money moneyOfAnyCurrency(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new Unwritten(Wrong.WRITE_AMOUNT, "currency", "USD");
        }
        return moneyAboveZero(text, currency(parts[1]));
    }

    static Rate rate(String text) {
        if (!text.endsWith("%")) {
            throw new Unwritten(Wrong.WRITE_SHARE);
        }
        number(text.substring(0, text.length() - 1));
        var rate = Rate.percent(text);
        if (rate.partsPerMillion() < 0) {
            throw new Unwritten(Wrong.RATE_BELOW_ZERO);
        }
        return rate;
    }

    static Rate share(String text) {
        var rate = rate(text);
        if (rate.partsPerMillion() > Rate.ALL.partsPerMillion()) {
            throw new Unwritten(Wrong.SHARE_TOO_LARGE, "value", text);
        }
        return rate;
    }

    /** In millionths of a unit. */
    static long quantity(String text) {
        var quantity = number(text);
        if (quantity.signum() < 0) {
            throw new Unwritten(Wrong.QUANTITY_BELOW_ZERO);
        }
        return quantity.movePointRight(MILLIONTHS).longValueExact();
    }

    static BigDecimal numberAboveZero(String text) {
        var number = number(text);
        if (number.signum() <= 0) {
            throw new Unwritten(Wrong.NUMBER_NOT_ABOVE_ZERO);
        }
        return number;
    }

    static int days(String text) {
        var found = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (found < 1 || found > MOST_DAYS) {
            throw new Unwritten(Wrong.WRITE_DAYS, "most", MOST_DAYS);
        }
        return found;
    }

    public static int months(String text) {
        var found = text.matches("[0-9]{1,3} months?") ? Integer.parseInt(text.substring(0, text.indexOf(' '))) : 0;
        if (found < 1 || found > MOST_MONTHS) {
            throw new Unwritten(Wrong.WRITE_MONTHS, "most", MOST_MONTHS);
        }
        return found;
    }

    public static String code(String text) {
        if (!text.matches("[a-z][a-z0-9-]{1,59}")) {
            throw new Unwritten(Wrong.WRITE_CODE);
        }
        return text;
    }

    public static <E extends Enum<E>> E oneOf(Class<E> kind, String text) {
        for (var value : kind.getEnumConstants()) {
            if (word(value).equals(text)) {
                return value;
            }
        }
        throw new Unwritten(Wrong.UNKNOWN_WORD, "value", text, "known", words(kind));
    }

    static <E extends Enum<E>> List<String> words(Class<E> kind) {
        return Stream.of(kind.getEnumConstants()).map(Written::word).toList();
    }

    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Exact, and below zero too. */
    public static BigDecimal number(String text) {
        if (!text.matches(NUMBER)) {
            throw new Unwritten(Wrong.NO_NUMBER, "value", text);
        }
        return new BigDecimal(text);
    }
}
