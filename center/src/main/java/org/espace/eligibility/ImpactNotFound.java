package org.espace.eligibility;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such impact, or it has no report. */
@ResponseStatus(NOT_FOUND)
public class ImpactNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImpactNotFound(int impact) {
        super("There is no impact " + impact + ", or it was not worked out.");
    }
}
