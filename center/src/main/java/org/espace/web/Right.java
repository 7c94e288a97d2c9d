package org.espace.web;

/** What a route may need. A route that names none is refused to everybody. */
public enum Right {
    /** Whoever comes, signed in or not. */
    ENTER,
    /** Whoever has signed in, even with a temporary password. */
    CHANGE_PASSWORD,
    /** Whoever has signed in with a password of their own. */
    GO_HOME,
    /** For the partner named in the path. */
    SEE_EARNINGS,
    /** The vendor's console. */
    OPERATE
}
