package org.espace.documents;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class DocumentRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Worded by {@code fault.document-…}. */
    public enum Why {
        EMPTY,
        TOO_LARGE,
        UNKNOWN_TYPE
    }

    private final Why why;

    DocumentRefused(Why why) {
        super(why.name());
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
