package org.espace.earnings;

import static org.springframework.http.HttpStatus.NOT_FOUND;

import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such simulation. */
@ResponseStatus(NOT_FOUND)
public class SimulationNotFound extends RuntimeException {

    SimulationNotFound(int id) {
        super("There is no simulation " + id + ".");
    }
}
