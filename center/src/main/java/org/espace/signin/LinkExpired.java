package org.espace.signin;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A link to choose a new password has expired, has been used, or never was one. */
@ResponseStatus(HttpStatus.GONE)
public class LinkExpired extends RuntimeException {

    private static final long serialVersionUID = 1;
}
