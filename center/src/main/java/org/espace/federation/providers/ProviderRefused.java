package org.espace.federation.providers;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What was typed about a provider cannot be; the form says why, beside the field. */
@ResponseStatus(HttpStatus.CONFLICT)
class ProviderRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Why why;

    /** Worded by {@code provider.fault.…}. */
    enum Why {
        NO_ISSUER("issuer"),
        NO_CLIENT("client"),
        NO_SECRET("secret"),
        NO_DOMAIN("domains"),
        /** Another organization signs in addresses of this domain, or has users with such addresses. */
        DOMAIN_OF_ANOTHER("domains"),
        NO_EMERGENCY("emergency");

        private final String field;

        Why(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    ProviderRefused(Why why, String about) {
        super(why + ": " + about);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
