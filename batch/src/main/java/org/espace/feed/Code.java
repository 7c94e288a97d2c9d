package org.espace.feed;

/** Why a row or a file was refused. The words for people are kept under {@code refusal.<CODE>} in the message files. */
public enum Code {
    /** A field that the mapping needs is empty. */
    MISSING,
    TOO_LONG,
    WRONG_ENCODING,
    CONTROL_CHARACTER,
    /** Text that a spreadsheet would run, where a number, a date or an identifier belongs. */
    FORMULA,
    NOT_A_NUMBER,
    WRONG_DECIMAL_SEPARATOR,
    TOO_PRECISE,
    TOO_LARGE,
    NEGATIVE,
    ZERO,
    BAD_DATE,
    DATE_OUT_OF_RANGE,
    UNKNOWN_CURRENCY,
    UNKNOWN_LOCATION,
    UNKNOWN_PRODUCT,
    UNKNOWN_COUNTRY,
    UNKNOWN_STATUS,
    UNKNOWN_TYPE,
    /** The row's key is not in the file beside the feed that should complete it. */
    NOT_BESIDE,
    WRONG_FIELD_COUNT,
    UNCLOSED_QUOTE,
    LINE_TOO_LONG,

    EMPTY_FILE,
    BINARY_FILE,
    TRUNCATED_FILE,
    DAMAGED_FILE,
    DECOMPRESSES_TOO_FAR,
    MISSING_COLUMN,
    AMBIGUOUS_COLUMN,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    FILE_BESIDE_MISSING,
    FILE_BESIDE_TOO_LARGE,
    NOT_RATES
}
