package org.espace.programs;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class TermsNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TermsNotFound(String what) {
        super("no published terms: " + what);
    }
}
