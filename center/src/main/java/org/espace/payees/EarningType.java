package org.espace.payees;

import java.util.Locale;

/** What a program pays: each may go to another account. */
public enum EarningType {
    REBATE,
    CO_OP;

    /** As tables and words of the terms write it: co-op. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EarningType of(String code) {
        return valueOf(code.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
