package org.espace.payees;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class ProfileNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProfileNotFound(String what) {
        super("there is no " + what);
    }
}
