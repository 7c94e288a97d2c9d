package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Two groups of an organization cannot have the same name, in capital or small letters. */
@ResponseStatus(HttpStatus.CONFLICT)
public class GroupExists extends RuntimeException {

    private static final long serialVersionUID = 1;

    GroupExists(String name) {
        super(name);
    }
}
