package org.espace.federation.providers;

import org.jspecify.annotations.Nullable;

/** A provider that we cannot ask, or would not; the page says why. */
class NotReachable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Why why;

    /** Worded by {@code provider.unreachable.…}. */
    enum Why {
        NO_ADDRESS,
        NOT_HTTPS,
        PRIVATE,
        /** No answer, or an error. */
        SILENT,
        /** What answers is no OpenID provider. */
        NO_PROVIDER,
        /** It says that it is another issuer. */
        OTHER_ISSUER
    }

    NotReachable(Why why, String about) {
        this(why, about, null);
    }

    NotReachable(Why why, String about, @Nullable Throwable cause) {
        super(why + ": " + about, cause);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
