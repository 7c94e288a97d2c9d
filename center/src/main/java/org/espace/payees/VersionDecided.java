package org.espace.payees;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Somebody was faster: with the verdict, or with a newer version. */
@ResponseStatus(HttpStatus.CONFLICT)
public class VersionDecided extends RuntimeException {

    private static final long serialVersionUID = 1;

    VersionDecided(int version) {
        super("version " + version + " has a verdict or has been replaced");
    }
}
