package org.espace.federation.clients;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class ApiClientNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    ApiClientNotFound(int client) {
        super(Integer.toString(client));
    }
}
