package org.espace.onboarding;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The list has been confirmed: from then on users are changed one by one. */
@ResponseStatus(HttpStatus.CONFLICT)
public class SetUpOver extends RuntimeException {

    private static final long serialVersionUID = 1;
}
