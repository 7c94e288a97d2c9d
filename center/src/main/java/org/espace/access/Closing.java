package org.espace.access;

import java.util.Locale;

/** How an account is closed; none of them can sign in. */
public enum Closing {
    /** For a time: roles and groups stay. */
    DEACTIVATED,
    /** Roles and groups go; the person stays listed. */
    REMOVED_FROM_CENTER,
    /** The person goes, too, and the address is free again. */
    REMOVED_FROM_ORGANIZATION;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
