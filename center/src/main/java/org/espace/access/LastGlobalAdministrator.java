package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An organization keeps at least one global administrator who can sign in. */
@ResponseStatus(HttpStatus.CONFLICT)
public class LastGlobalAdministrator extends RuntimeException {

    private static final long serialVersionUID = 1;

    LastGlobalAdministrator(String email) {
        super(email);
    }
}
