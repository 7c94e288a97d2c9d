package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What was given cannot be the address of a user; the code says why. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public class EmailAddressRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Code code;

    /** Worded by {@code address.…}. */
    public enum Code {
        NO_ADDRESS,
        LONG,
        MIXED_SCRIPTS,
        LOOKS_LIKE_ANOTHER
    }

    EmailAddressRefused(Code code, String given) {
        super(code + ": " + given);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
