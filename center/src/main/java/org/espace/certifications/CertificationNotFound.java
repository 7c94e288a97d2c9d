package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no certification, competency, session, result or person of that name. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class CertificationNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    CertificationNotFound(String what) {
        super(what);
    }
}
