package org.espace.enrollment;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class DecisionNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    DecisionNotFound(int decision) {
        super("no decision " + decision);
    }
}
