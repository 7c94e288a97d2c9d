package org.espace.engine;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.espace.terms.Lever;

/** Days and months as small numbers: a day counts from 1970-01-01, a month from January 1950. */
final class Months {

    static final List<Lever.Span> SPANS = List.of(Lever.Span.values());

    private static final int FIRST_YEAR = 1950;
    private static final int FIRST_DAY = (int) LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
    private static final short[] BY_DAY = byDay();

    private Months() {}

    /** Throws {@link IndexOutOfBoundsException} for days before 1950 or after 2149. */
    static int of(int day) {
        return BY_DAY[day - FIRST_DAY];
    }

    static int firstDayOf(int month) {
        return (int) firstDay(month).toEpochDay();
    }

    static LocalDate firstDay(int month) {
        return LocalDate.of(FIRST_YEAR, 1, 1).plusMonths(month);
    }

    /** The number of the span that the month falls into, counted from the fiscal year's first month (0 to 11). */
    static int span(Lever.Span span, int month, int fiscalStart) {
        return switch (span) {
            case MONTH -> month;
            case QUARTER -> Math.floorDiv(month - fiscalStart, 3);
            case HALF_YEAR -> Math.floorDiv(month - fiscalStart, 6);
            case YEAR -> month / 12;
            case FISCAL_YEAR -> Math.floorDiv(month - fiscalStart, 12);
            case TERM -> 0;
        };
    }

    /** How many months such a span has. */
    static int in(Lever.Span span) {
        return switch (span) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case HALF_YEAR -> 6;
            case YEAR, FISCAL_YEAR -> 12;
            case TERM -> throw new IllegalArgumentException("the term has no fixed number of months");
        };
    }

    /** The first month of a span that {@link #span} has numbered; the term has none. */
    static int first(Lever.Span span, int number, int fiscalStart) {
        return switch (span) {
            case MONTH -> number;
            case QUARTER -> number * 3 + fiscalStart;
            case HALF_YEAR -> number * 6 + fiscalStart;
            case YEAR -> number * 12;
            case FISCAL_YEAR -> number * 12 + fiscalStart;
            case TERM -> throw new IllegalArgumentException("the term begins with no month");
        };
    }

    private static short[] byDay() {
        var months = new short[(int) LocalDate.of(2150, 1, 1).toEpochDay() - FIRST_DAY];
        for (var month = YearMonth.of(FIRST_YEAR, 1); month.getYear() < 2150; month = month.plusMonths(1)) {
            var number = (short) ((month.getYear() - FIRST_YEAR) * 12 + month.getMonthValue() - 1);
            var first = (int) month.atDay(1).toEpochDay() - FIRST_DAY;
            for (var day = 0; day < month.lengthOfMonth(); day++) {
                months[first + day] = number;
            }
        }
        return months;
    }
}
