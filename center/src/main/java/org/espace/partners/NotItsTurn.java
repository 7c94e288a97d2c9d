package org.espace.partners;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A verdict where none is awaited, or an appeal where nothing is rejected: somebody was faster. */
@ResponseStatus(HttpStatus.CONFLICT)
public class NotItsTurn extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotItsTurn(Verification verification) {
        super("verification " + verification.id() + " is "
                + verification.state().code());
    }
}
