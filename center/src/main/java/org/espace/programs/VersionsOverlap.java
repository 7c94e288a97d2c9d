package org.espace.programs;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Two versions of a program would hold for the same day. */
@ResponseStatus(HttpStatus.CONFLICT)
public class VersionsOverlap extends RuntimeException {

    private static final long serialVersionUID = 1;

    VersionsOverlap(String program, String version, String standing) {
        super("%s %s would hold for days that %s holds for".formatted(program, version, standing));
    }
}
