package org.espace.certifications;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A definition is never changed once published: another text needs another version, effective from another day. */
@ResponseStatus(HttpStatus.CONFLICT)
public class DefinitionTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    DefinitionTaken(String what) {
        super(what);
    }
}
