package org.espace.partners;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class VerificationNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    VerificationNotFound(int verification) {
        super("there is no verification " + verification);
    }
}
