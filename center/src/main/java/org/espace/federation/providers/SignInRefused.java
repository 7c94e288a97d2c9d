package org.espace.federation.providers;

import org.springframework.security.core.AuthenticationException;

/** Why somebody who comes from their organization's provider is not let in. */
class SignInRefused extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final Why why;

    /** Worded by {@code provider.refused.…}. */
    enum Why {
        /** The provider does not answer. */
        DOWN,
        /** They gave up there, or were not let in. */
        CANCELLED,
        /** The answer belongs to no question of ours: another browser, an old page, or a forgery. */
        STRAY,
        OTHER_ISSUER,
        OTHER_AUDIENCE,
        /** Too old, or its clock and ours are more than a minute apart. */
        TIME,
        FORGED,
        ADDRESS_NOT_VERIFIED,
        OTHER_DOMAIN,
        OTHER_ORGANIZATION,
        /** The address is that of a user who is somebody else at the provider. */
        OTHER_SUBJECT,
        UNKNOWN,
        CLOSED,
        /** Asked whether it is still the one who is in, the provider has answered with another. */
        SOMEBODY_ELSE,
        /** The provider has not asked them again, or does not say that it has. */
        NOT_ASKED_AGAIN
    }

    SignInRefused(Why why, Throwable cause) {
        super(why.name(), cause);
        this.why = why;
    }

    SignInRefused(Why why) {
        super(why.name());
        this.why = why;
    }

    Why why() {
        return why;
    }
}
