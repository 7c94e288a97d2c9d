package org.espace.paper;

import java.util.Map;
import java.util.Set;

/** What is wrong with a cell or a file. The words for people are kept under {@code paper.<CODE>} in the message files. */
public enum Fault {
    FOLDER_MISSING,
    FILE_MISSING,
    UNKNOWN_FILE("known"),
    FILE_TOO_LARGE("limit"),
    TOO_MANY_ROWS("limit"),
    EMPTY_FILE,
    WRONG_ENCODING,
    UNCLOSED_QUOTE,
    WRONG_FIELD_COUNT("expected", "found"),
    MISSING_COLUMN("found"),
    UNKNOWN_COLUMN("known"),
    COLUMN_TWICE,

    MISSING,
    TOO_LONG("limit"),
    CONTROL_CHARACTER,
    /** Text that a spreadsheet would run. */
    FORMULA,
    NOT_A_NUMBER,
    TOO_PRECISE("decimals"),
    TOO_LARGE,
    NOT_ABOVE_ZERO,
    BAD_DATE,
    DATE_OUT_OF_RANGE("first", "last"),
    EMPTY_PERIOD,
    UNKNOWN_CURRENCY,
    UNKNOWN_COUNTRY,
    UNKNOWN_WORD("known"),
    UNKNOWN_PROGRAM("known"),
    /** There is a list of partners, and the location is not on it. */
    UNKNOWN_LOCATION,
    NOT_A_CODE;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> arguments;

    Fault(String... arguments) {
        this.arguments = Set.of(arguments);
    }

    /** What its words speak of. */
    public Set<String> arguments() {
        return arguments;
    }

    Map<String, String> checked(Map<String, String> values) {
        if (!values.keySet().equals(arguments)) {
            throw new IllegalArgumentException(this + " needs " + arguments + ", not " + values);
        }
        return Map.copyOf(values);
    }
}
