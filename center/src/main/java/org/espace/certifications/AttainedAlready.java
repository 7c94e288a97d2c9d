package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** It is attained, and its end is not near enough for another term. */
@ResponseStatus(HttpStatus.CONFLICT)
public class AttainedAlready extends RuntimeException {

    private static final long serialVersionUID = 1;

    AttainedAlready(String what) {
        super(what);
    }
}
