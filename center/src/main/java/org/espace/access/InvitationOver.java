package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The link has been used, withdrawn or replaced, is too old, or never was one: the answer is the same. */
@ResponseStatus(HttpStatus.GONE)
public class InvitationOver extends RuntimeException {

    private static final long serialVersionUID = 1;
}
