package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A file that is no list of people at all; the code says why, worded by {@code roster.refused.…}. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class RosterFileRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;
    private final String detail;

    /** What is the matter with the file. */
    public enum Code {
        EMPTY,
        TOO_LARGE,
        TOO_MANY_ROWS,
        NOT_UTF8,
        NOT_CSV,
        COLUMN_MISSING,
        COLUMN_UNKNOWN
    }

    /** @param detail such as the column; empty where there is none */
    public RosterFileRefused(Code code, String detail) {
        super(code + " " + detail);
        this.code = code;
        this.detail = detail;
    }

    public Code code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
