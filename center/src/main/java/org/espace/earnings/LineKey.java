package org.espace.earnings;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What an earning line is about: one sale of a location, under one lever of a program, for the day that it applies to. */
record LineKey(int location, long seq, int program, int lever, LocalDate day) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,18})-(\\d{1,5})-(\\d{1,5})-(\\d{8})");

    /** Throws {@link LineNotFound} when the text is no key. */
    static LineKey of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new LineNotFound(text);
        }
        try {
            return new LineKey(
                    Integer.parseInt(parts.group(1)),
                    Long.parseLong(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    LocalDate.parse(parts.group(5), BASIC_ISO_DATE));
        } catch (DateTimeException e) {
            var refused = new LineNotFound(text);
            refused.initCause(e);
            throw refused;
        }
    }

    @Override
    public String toString() {
        return "%d-%d-%d-%d-%s".formatted(location, seq, program, lever, BASIC_ISO_DATE.format(day));
    }
}
