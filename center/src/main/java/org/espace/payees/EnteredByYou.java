package org.espace.payees;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Whoever has handed a profile in does not validate it. */
@ResponseStatus(HttpStatus.CONFLICT)
public class EnteredByYou extends RuntimeException {

    private static final long serialVersionUID = 1;

    EnteredByYou(int version) {
        super("version " + version + " was handed in by whoever decides");
    }
}
