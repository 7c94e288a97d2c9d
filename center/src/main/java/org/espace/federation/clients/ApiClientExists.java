package org.espace.federation.clients;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Two machines of one organization cannot have the same name, in capital or small letters. */
@ResponseStatus(HttpStatus.CONFLICT)
public class ApiClientExists extends RuntimeException {

    private static final long serialVersionUID = 1;

    ApiClientExists(String name) {
        super(name);
    }
}
