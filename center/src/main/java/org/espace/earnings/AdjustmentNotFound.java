package org.espace.earnings;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such adjustment. */
@ResponseStatus(NOT_FOUND)
public class AdjustmentNotFound extends RuntimeException {

    AdjustmentNotFound(int id) {
        super("There is no adjustment " + id + ".");
    }
}
