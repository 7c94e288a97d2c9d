package org.espace.programs;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A published version never changes: other words need another version. */
@ResponseStatus(HttpStatus.CONFLICT)
public class AlreadyPublished extends RuntimeException {

    private static final long serialVersionUID = 1;

    AlreadyPublished(String program, String version) {
        super("%s %s is already published with another text: publish it as another version"
                .formatted(program, version));
    }
}
