package org.espace.federation;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Two credentials are good at once and no third one: revoke the older one first. */
@ResponseStatus(HttpStatus.CONFLICT)
public class TwoAreGood extends RuntimeException {

    private static final long serialVersionUID = 1;
}
