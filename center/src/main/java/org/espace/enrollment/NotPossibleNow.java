package org.espace.enrollment;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The membership does not stand so that this can be done, or no longer does. */
@ResponseStatus(HttpStatus.CONFLICT)
public class NotPossibleNow extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotPossibleNow(Step.Kind kind, Candidate candidate) {
        super(kind.code() + " is not possible: location " + candidate.location().number() + " in "
                + candidate.offer().program() + " is "
                + candidate.position(true).status());
    }
}
