package org.espace.eligibility;

import java.util.Locale;

/**
 * Why a row of numbers cannot be taken: the first fault in it.
 *
 * @param number the line of the file, or the place in the list
 * @param value as much of it as tells what is meant
 */
public record MeasureFault(int number, Code code, String value) {

    private static final int LONGEST = 100;

    public MeasureFault {
        value = (value.length() > LONGEST ? value.substring(0, LONGEST) : value).replace("\0", "");
    }

    /** Worded by {@code measures.fault.…}. */
    public enum Code {
        UNKNOWN_LOCATION("location"),
        NO_CODE("code"),
        NO_DAY("day"),
        NO_NUMBER("value"),
        WRONG_WIDTH(""),
        NOT_CSV(""),
        TOO_MANY(""),
        NOTHING("");

        private final String column;

        Code(String column) {
            this.column = column;
        }

        /** The column at fault; empty when it is the row or the list as a whole. */
        public String column() {
            return column;
        }
    }

    /** As messages have it: unknown-location. */
    public String word() {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
