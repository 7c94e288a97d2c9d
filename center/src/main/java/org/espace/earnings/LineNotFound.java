package org.espace.earnings;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class LineNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    LineNotFound(String line) {
        super("no earning line " + line);
    }
}
