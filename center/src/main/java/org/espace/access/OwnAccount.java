package org.espace.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Nobody gives themselves a role, closes their own account, or resets their own password in this way. */
@ResponseStatus(HttpStatus.CONFLICT)
public class OwnAccount extends RuntimeException {

    private static final long serialVersionUID = 1;

    OwnAccount() {
        super("your own account");
    }
}
