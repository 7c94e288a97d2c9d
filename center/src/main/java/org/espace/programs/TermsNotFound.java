package org.espace.programs;

import org.espace.web.Worded;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

@ResponseStatus(HttpStatus.NOT_FOUND)
public class TermsNotFound extends Worded {

    private static final long serialVersionUID = 1;

    public TermsNotFound(String what) {
        super("command.no-published-terms", "what", what);
    }
}
