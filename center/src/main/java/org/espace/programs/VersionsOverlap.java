package org.espace.programs;

import org.espace.web.Worded;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Two versions of a program would hold for the same day. */
@ResponseStatus(HttpStatus.CONFLICT)
public class VersionsOverlap extends Worded {

    private static final long serialVersionUID = 1;

    VersionsOverlap(String program, String version, String standing) {
        super("command.versions-overlap", "program", program, "version", version, "other", standing);
    }
}
