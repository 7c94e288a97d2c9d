package org.espace.enrollment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What the vendor says of a program beside its terms.
 *
 * @param year the first day of the program's year that it is about
 * @param day the first day without the program, with it again, or after the longer year
 */
public record Word(String program, Kind kind, LocalDate year, LocalDate day, String reason, Instant at, String by) {

    public enum Kind {
        DISCONTINUED,
        REOPENED,
        EXTENDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
