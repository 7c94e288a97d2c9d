package org.espace.agreements;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class AgreementNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    AgreementNotFound(String what) {
        super("there is no agreement " + what);
    }
}
