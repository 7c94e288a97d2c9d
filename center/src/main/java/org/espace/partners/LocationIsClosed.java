package org.espace.partners;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Nothing begins at a location that is closed, and it is closed once. */
@ResponseStatus(HttpStatus.CONFLICT)
public class LocationIsClosed extends RuntimeException {

    private static final long serialVersionUID = 1;

    LocationIsClosed(LocationId location) {
        super("location " + location + " is closed");
    }
}
