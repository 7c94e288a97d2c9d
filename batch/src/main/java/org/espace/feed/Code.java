package org.espace.feed;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a row or a file was refused. The words for people are kept under {@code refusal.<CODE>} in the message files. */
public enum Code {
    /** A field that the mapping needs is empty. */
    MISSING,
    TOO_LONG("limit"),
    WRONG_ENCODING,
    CONTROL_CHARACTER,
    /** Text that a spreadsheet would run, where a number, a date or an identifier belongs. */
    FORMULA,
    NOT_A_NUMBER,
    WRONG_DECIMAL_SEPARATOR("separator"),
    TOO_PRECISE("decimals"),
    TOO_LARGE,
    NEGATIVE,
    ZERO,
    /** A period that ends before it begins. */
    EMPTY_PERIOD,
    BAD_DATE("format"),
    DATE_OUT_OF_RANGE("first", "last"),
    UNKNOWN_CURRENCY,
    UNKNOWN_LOCATION,
    UNKNOWN_CUSTOMER,
    UNKNOWN_PRODUCT,
    UNKNOWN_COUNTRY,
    UNKNOWN_STATUS,
    UNKNOWN_TYPE,
    /** What happened to a sale is one of a few words. */
    UNKNOWN_EVENT,
    UNKNOWN_HOLDING,
    UNKNOWN_LEVEL("levels"),
    NOT_TRUE_OR_FALSE,
    /** What terms could not name. */
    NOT_A_CODE,
    /** What lines say of themselves differs so often that it cannot be what many have in common. */
    TOO_MANY_KINDS("limit"),
    /** The row's key is not in the file beside the feed that should complete it. */
    NOT_BESIDE("file"),
    WRONG_FIELD_COUNT("expected", "found"),
    UNCLOSED_QUOTE,
    LINE_TOO_LONG("limit"),

    EMPTY_FILE,
    BINARY_FILE,
    TRUNCATED_FILE,
    DAMAGED_FILE,
    DECOMPRESSES_TOO_FAR("factor"),
    MISSING_COLUMN("column", "found"),
    AMBIGUOUS_COLUMN("column"),
    TOO_MANY_COLUMNS("limit"),
    TOO_MANY_ROWS("limit"),
    FILE_BESIDE_MISSING("file"),
    FILE_BESIDE_TOO_LARGE("file", "limit"),
    NOT_RATES("line");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<String> arguments;

    Code(String... arguments) {
        this.arguments = Set.of(arguments);
    }

    /** What its words speak of. */
    public Set<String> arguments() {
        return arguments;
    }

    /** Of these values, those that its words speak of. */
    Map<String, String> pick(Map<String, String> values) {
        if (!values.keySet().containsAll(arguments)) {
            throw new IllegalArgumentException(this + " needs " + arguments + ", not " + values);
        }
        return values.entrySet().stream()
                .filter(value -> arguments.contains(value.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
