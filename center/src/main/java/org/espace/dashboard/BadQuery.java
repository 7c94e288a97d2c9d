package org.espace.dashboard;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An address asks for something that does not exist, such as a thirteenth month. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
class BadQuery extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadQuery(String part) {
        super(part);
    }
}
