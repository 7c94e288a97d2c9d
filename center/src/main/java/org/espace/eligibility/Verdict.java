package org.espace.eligibility;

import java.util.Locale;

/** Whether a location may join a program. */
public enum Verdict {
    ELIGIBLE,
    NOT_ELIGIBLE,
    /** No condition fails, and of one it is not known whether it is met. */
    NOT_YET_KNOWN;

    /** As tables and addresses write it: not-eligible. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Verdict of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
