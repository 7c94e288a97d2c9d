package org.espace.notices;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
class MailNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    MailNotFound(long mail) {
        super("no mail " + mail);
    }
}
