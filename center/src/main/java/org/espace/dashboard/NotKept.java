package org.espace.dashboard;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
class NotKept extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotKept(String what) {
        super(what);
    }
}
