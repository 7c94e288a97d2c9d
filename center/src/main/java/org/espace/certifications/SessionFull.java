package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.CONFLICT)
public class SessionFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    SessionFull(int session) {
        super("every seat of session " + session + " is taken");
    }
}
