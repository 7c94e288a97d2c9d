package org.espace.web;

import com.ibm.icu.text.DecimalFormatSymbols;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Names;

/** Amounts, numbers and dates as a reader of one language writes them. */
public final class Formats {

    private static final Map<Locale, Formats> LANGUAGES = new ConcurrentHashMap<>();
    private static final String NARROW_NO_BREAK_SPACE = "\u202f";
    private static final String NO_BREAK_SPACE = "\u00a0";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final char MINUS = '−';
    private static final int GROUP = 3;

    private final Locale locale;
    private final boolean french;
    private final String groupSeparator;
    private final String decimalSeparator;

    /** Asked for a hundred times a page, and slow to find. */
    private final List<String> shortMonths;

    private final Map<ZoneId, String> zones = new ConcurrentHashMap<>();

    private Formats(Locale locale) {
        this.locale = Messages.regional(locale);
        this.french = locale.equals(Locale.FRENCH);
        this.groupSeparator = french ? NARROW_NO_BREAK_SPACE : ",";
        this.decimalSeparator = new DecimalFormatSymbols(this.locale).getDecimalSeparatorString();
        // Java writes the fourth letter of an English September.
        var language = french ? this.locale : Locale.ENGLISH;
        this.shortMonths = Stream.of(Month.values())
                .map(month -> month.getDisplayName(TextStyle.SHORT, language))
                .toList();
    }

    public static Formats in(Locale locale) {
        return LANGUAGES.computeIfAbsent(Messages.in(locale).locale(), Formats::new);
    }

    /** The figure alone, with its currency's decimals: the unit stands in the column head. */
    public String amount(Money money) {
        return decimal(money.amount(), money.currency().getDefaultFractionDigits());
    }

    /** To the currency's minor unit, for a figure that may be finer. */
    public String amount(BigDecimal amount, String currency) {
        return decimal(amount, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** With every digit that it has. */
    public String exact(BigDecimal amount, String currency) {
        var least = Currency.getInstance(currency).getDefaultFractionDigits();
        return withUnit(
                decimal(amount, Math.max(least, amount.stripTrailingZeros().scale())), currency);
    }

    /** As {@link #amount}, with a plus before what is more than nothing. */
    public String difference(Money money) {
        return (money.amount().signum() > 0 ? "+" : "") + amount(money);
    }

    /** For running text: USD 1,234.50 and 1 234,50 USD. */
    public String money(Money money) {
        return withUnit(amount(money), money.currency().getCurrencyCode());
    }

    /** Under a bar or on an axis: 1.2M, 350k. */
    public String rough(BigDecimal amount) {
        var size = amount.abs();
        if (size.compareTo(BigDecimal.valueOf(1_000_000)) >= 0) {
            return shortened(amount.movePointLeft(6), "M");
        }
        return size.compareTo(BigDecimal.valueOf(1_000)) >= 0
                ? shortened(amount.movePointLeft(3), "k")
                : shortened(amount, "");
    }

    public String number(long number) {
        return decimal(BigDecimal.valueOf(number), 0);
    }

    /** As exact as it is, without the zeros at its end. */
    public String number(BigDecimal number) {
        return decimal(number, Math.max(0, number.stripTrailingZeros().scale()));
    }

    public String percent(Rate rate) {
        return number(BigDecimal.valueOf(rate.partsPerMillion(), 4)) + (french ? NO_BREAK_SPACE : "") + "%";
    }

    public String date(LocalDate day) {
        return dayOfMonth(day) + NO_BREAK_SPACE + shortMonth(day) + NO_BREAK_SPACE + day.getYear();
    }

    public String month(YearMonth month) {
        return shortMonth(month.atDay(1)) + NO_BREAK_SPACE + month.getYear();
    }

    /** The month's name alone, for a column or a bar. */
    public String monthName(YearMonth month) {
        return shortMonth(month.atDay(1));
    }

    public String time(Instant instant, ZoneId zone) {
        var there = instant.atZone(zone);
        return date(there.toLocalDate()) + ", " + clock(there);
    }

    /** Seconds with a tenth below a minute, then minutes and seconds, then hours and minutes. */
    public String duration(Duration time) {
        if (time.toMinutes() == 0) {
            return decimal(BigDecimal.valueOf(time.toMillis(), 3), 1) + NO_BREAK_SPACE + "s";
        }
        return time.toHours() == 0
                ? parts(time.toMinutes(), "min", time.toSecondsPart(), "s")
                : parts(time.toHours(), "h", time.toMinutesPart(), "min");
    }

    private String parts(long large, String largeUnit, int small, String smallUnit) {
        return number(large) + NO_BREAK_SPACE + largeUnit + NO_BREAK_SPACE + small + NO_BREAK_SPACE + smallUnit;
    }

    public String currencyName(Currency currency) {
        return currency.getDisplayName(locale);
    }

    public String country(String code) {
        return Locale.of("", code).getDisplayCountry(locale);
    }

    /** What an explanation's argument looks like: money, dates and rates in the reader's way, anything else as it is. */
    public Object argument(Object value) {
        return switch (value) {
            case Money money -> money(money);
            case Rate rate -> percent(rate);
            case LocalDate day -> date(day);
            case YearMonth month -> month(month);
            case Names names -> names.in(locale);
            case BigDecimal number -> number(number);
            case Integer number -> number;
            case Long number -> number;
            case Collection<?> all ->
                all.stream().map(one -> argument(one).toString()).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    /** The figure of a calculation, without its unit. */
    public String figure(Object value) {
        return switch (value) {
            case Money money -> amount(money);
            case Rate rate -> number(BigDecimal.valueOf(rate.partsPerMillion(), 4));
            default -> argument(value).toString();
        };
    }

    public String unit(Object value) {
        return switch (value) {
            case Money money -> money.currency().getCurrencyCode();
            case Rate _ -> "%";
            default -> "";
        };
    }

    private String decimal(BigDecimal number, int digits) {
        var plain = number.setScale(digits, RoundingMode.HALF_UP).toPlainString();
        var first = plain.charAt(0) == '-' ? 1 : 0;
        var point = digits == 0 ? plain.length() : plain.length() - digits - 1;
        var text = new StringBuilder(plain.length() + 8);
        if (first == 1) {
            text.append(MINUS);
        }
        for (var i = first; i < point; i++) {
            if (i > first && (point - i) % GROUP == 0) {
                text.append(groupSeparator);
            }
            text.append(plain.charAt(i));
        }
        if (digits > 0) {
            text.append(decimalSeparator).append(plain, point + 1, plain.length());
        }
        return text.toString();
    }

    private String shortened(BigDecimal number, String unit) {
        var rounded = number.round(new MathContext(3, RoundingMode.HALF_UP)).stripTrailingZeros();
        var space = french && !unit.isEmpty() ? NARROW_NO_BREAK_SPACE : "";
        return decimal(rounded, Math.max(0, rounded.scale())) + space + unit;
    }

    private String withUnit(String figure, String unit) {
        return french ? figure + NO_BREAK_SPACE + unit : unit + NO_BREAK_SPACE + figure;
    }

    private String dayOfMonth(LocalDate day) {
        return french && day.getDayOfMonth() == 1 ? "1er" : Integer.toString(day.getDayOfMonth());
    }

    private String shortMonth(LocalDate day) {
        return shortMonths.get(day.getMonthValue() - 1);
    }

    private String clock(ZonedDateTime time) {
        return CLOCK.format(time) + " " + zone(time.getZone());
    }

    public String zone(ZoneId zone) {
        return zones.computeIfAbsent(zone, this::name);
    }

    private String name(ZoneId zone) {
        var name = zone.getDisplayName(TextStyle.SHORT, locale);
        return "Z".equals(name) ? "UTC" : name;
    }
}
