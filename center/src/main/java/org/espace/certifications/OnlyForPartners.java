package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Certifications are for the people of partners; the vendor's own have no company that they could count for. */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class OnlyForPartners extends RuntimeException {

    private static final long serialVersionUID = 1;
}
