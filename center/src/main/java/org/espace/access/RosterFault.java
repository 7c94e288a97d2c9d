package org.espace.access;

/**
 * Why a row of a file cannot become a user.
 *
 * @param number the line of the file
 * @param field the column
 * @param value as the file has it, cut at 200 characters
 * @param code worded by {@code roster.fault.…}, with a hint
 */
public record RosterFault(int number, String field, String value, Code code) {

    private static final int LONGEST = 200;

    public RosterFault {
        value = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    public enum Code {
        NO_ADDRESS,
        LONG,
        MIXED_SCRIPTS,
        LOOKS_LIKE_ANOTHER,
        TWICE,
        TAKEN,
        NO_NAME,
        NO_ROLE,
        UNKNOWN_PARTNER,
        UNKNOWN_ROLE,
        ROLE_NOT_YOURS,
        NOT_BY_LOCATION,
        NOT_BY_PROGRAM,
        UNKNOWN_LOCATION,
        UNKNOWN_PROGRAM,
        UNKNOWN_LANGUAGE,
        WRONG_WIDTH
    }
}
