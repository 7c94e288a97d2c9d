package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What is not proved today cannot be attained. */
@ResponseStatus(HttpStatus.CONFLICT)
public class NotQualified extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotQualified(String what) {
        super(what);
    }
}
