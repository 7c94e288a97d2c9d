package org.espace.access;

import java.util.Locale;

/** How the temporary passwords of a list reach the people on it. */
public enum Handing {
    /** On a page, once. */
    SHOWN,
    /** In a CSV file, once. */
    FILE,
    /** To each of them by mail. */
    MAIL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Handing of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
