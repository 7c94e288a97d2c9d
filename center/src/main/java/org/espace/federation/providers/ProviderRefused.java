package org.espace.federation.providers;

import org.jspecify.annotations.Nullable;
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
        /** Another organization has proved that this domain is its own, or has users with such addresses. */
        DOMAIN_OF_ANOTHER("domains"),
        /** The domain does not say that it is theirs. */
        DOMAIN_NOT_PROVED("domains"),
        /** No name server answers for it. */
        DOMAIN_SILENT("domains"),
        /** Whoever confirms a domain by hand says why. */
        NO_REASON("reason"),
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
        this(why, about, null);
    }

    ProviderRefused(Why why, String about, @Nullable Throwable cause) {
        super(why + ": " + about, cause);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
