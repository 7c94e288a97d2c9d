package org.espace.programs;

import org.espace.web.Worded;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A published version never changes: other words need another version. */
@ResponseStatus(HttpStatus.CONFLICT)
public class AlreadyPublished extends Worded {

    private static final long serialVersionUID = 1;

    AlreadyPublished(String program, String version) {
        super("command.already-published", "program", program, "version", version);
    }
}
