package org.espace.earnings;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such adjustment. */
@ResponseStatus(NOT_FOUND)
public class AdjustmentNotFound extends Worded {

    AdjustmentNotFound(int id) {
        super("command.adjustment.none", "number", id);
    }
}
