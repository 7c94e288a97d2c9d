package org.espace.audit;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Days that cannot be read, or an organization that nobody knows. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
class NothingToExport extends RuntimeException {

    private static final long serialVersionUID = 1;

    NothingToExport(String organization) {
        super("nothing to export for " + organization);
    }
}
