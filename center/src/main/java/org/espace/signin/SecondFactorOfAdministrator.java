package org.espace.signin;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A global administrator's second factor is reset by another global administrator only, and nobody resets their own. */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class SecondFactorOfAdministrator extends RuntimeException {

    private static final long serialVersionUID = 1;
}
