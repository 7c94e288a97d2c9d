package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class InvitationNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvitationNotFound(int invitation) {
        super("no invitation " + invitation);
    }
}
