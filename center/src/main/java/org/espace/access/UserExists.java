package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.CONFLICT)
public class UserExists extends RuntimeException {

    private static final long serialVersionUID = 1;

    UserExists(String email) {
        super(email);
    }
}
