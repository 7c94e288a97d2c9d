package org.espace.onboarding;

import org.espace.partners.PartnerId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The vendor has handed no list of this organization. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class SetUpNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    SetUpNotFound(PartnerId partner) {
        super("no list of " + partner);
    }
}
