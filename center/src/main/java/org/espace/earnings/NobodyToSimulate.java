package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import org.springframework.web.bind.annotation.ResponseStatus;

/** Draft terms cannot be tried when no location counts as a member of their program, or on none of its days. */
@ResponseStatus(CONFLICT)
public class NobodyToSimulate extends RuntimeException {

    NobodyToSimulate(String message) {
        super(message);
    }
}
