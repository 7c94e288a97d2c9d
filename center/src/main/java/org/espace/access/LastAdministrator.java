package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An organization keeps one global administrator who can sign in, and the vendor one operator. */
@ResponseStatus(HttpStatus.CONFLICT)
public class LastAdministrator extends RuntimeException {

    private static final long serialVersionUID = 1;

    LastAdministrator(Role role) {
        super("the last " + role.code());
    }
}
