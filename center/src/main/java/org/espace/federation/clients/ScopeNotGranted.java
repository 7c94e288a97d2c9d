package org.espace.federation.clients;

/** A machine asked for a token with a scope that it does not have: {@code invalid_scope} of RFC 6749. */
class ScopeNotGranted extends RuntimeException {

    private static final long serialVersionUID = 1;
}
