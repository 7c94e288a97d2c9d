package org.espace.certifications;

/**
 * Why a row cannot be taken.
 *
 * @param number the line of the file, or the place in the list
 * @param field the column
 * @param value as it came, cut at 200 characters
 * @param code worded by {@code intake.fault.…}
 */
public record IntakeFault(int number, String field, String value, Code code) {

    private static final int LONGEST = 200;

    public IntakeFault {
        value = (value.length() > LONGEST ? value.substring(0, LONGEST) : value).replace("\0", "");
    }

    public enum Code {
        WRONG_WIDTH,
        UNKNOWN_PERSON,
        NO_OPEN_ACCOUNT,
        UNKNOWN_CERTIFICATION,
        UNKNOWN_OUTCOME,
        NOTHING_TO_WITHDRAW,
        NO_REASON,
        UNKNOWN_PARTNER,
        UNKNOWN_AREA,
        UNKNOWN_FIGURE,
        NO_DAY,
        FUTURE,
        NO_NUMBER,
        TWICE
    }
}
