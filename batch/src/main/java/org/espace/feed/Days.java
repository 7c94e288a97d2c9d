package org.espace.feed;

import java.time.LocalDate;
import java.util.List;

/** Reads dates of one written form, digit by digit, into days since 1970-01-01. */
final class Days {

    static final int NO_DATE = Integer.MIN_VALUE;

    private static final List<String> PARTS = List.of("yyyy", "MM", "M", "dd", "d");

    private final String format;
    private final boolean timeIgnored;
    private int lastKey = -1;
    private int lastDay;

    Days(String format, boolean timeIgnored) {
        this.format = format;
        this.timeIgnored = timeIgnored;
    }

    static boolean understands(String format) {
        var rest = format;
        int seen = 0;
        while (!rest.isEmpty()) {
            var start = rest;
            var part = PARTS.stream().filter(start::startsWith).findFirst().orElse("");
            var c = rest.charAt(0);
            if (part.isEmpty() && !"-/. ".contains(String.valueOf(c))) {
                return false;
            }
            var bit = part.isEmpty() ? 0 : part.charAt(0) == 'y' ? 1 : part.charAt(0) == 'M' ? 2 : 4;
            if ((seen & bit) != 0) {
                return false;
            }
            seen |= bit;
            rest = rest.substring(Math.max(1, part.length()));
        }
        return seen == 7;
    }

    /** The day, or {@link #NO_DATE}. */
    int read(byte[] bytes, int from, int to) {
        int at = from;
        int year = 0;
        int month = 0;
        int day = 0;
        for (int i = 0; i < format.length(); ) {
            var c = format.charAt(i);
            if (c != 'y' && c != 'M' && c != 'd') {
                if (at >= to || bytes[at++] != c) {
                    return NO_DATE;
                }
                i++;
                continue;
            }
            int width = 1;
            while (i + width < format.length() && format.charAt(i + width) == c) {
                width++;
            }
            int most = width == 1 ? 2 : width;
            int digits = 0;
            int value = 0;
            while (digits < most && at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                value = value * 10 + bytes[at++] - '0';
                digits++;
            }
            if (digits < width) {
                return NO_DATE;
            }
            if (c == 'y') {
                year = value;
            } else if (c == 'M') {
                month = value;
            } else {
                day = value;
            }
            i += width;
        }
        if (at < to && !(timeIgnored && (bytes[at] == ' ' || bytes[at] == 'T'))) {
            return NO_DATE;
        }
        return day(year, month, day);
    }

    private int day(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return NO_DATE;
        }
        var key = (year << 9) | (month << 5) | day;
        if (key == lastKey) {
            return lastDay;
        }
        if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) {
            return NO_DATE;
        }
        lastKey = key;
        lastDay = (int) LocalDate.of(year, month, day).toEpochDay();
        return lastDay;
    }
}
