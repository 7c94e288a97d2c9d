package org.espace.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Nothing that could be sent as one mail to one address. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class MailRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    MailRefused(String reason) {
        super(reason);
    }
}
