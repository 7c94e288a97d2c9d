package org.espace.access;

import java.util.Locale;
import org.espace.web.Right;

/** What somebody is, for one partner or at the vendor. */
public enum Role {
    INCENTIVES_ADMINISTRATOR,
    INCENTIVES_USER,
    VENDOR_OPERATOR;

    /** A role at the vendor holds for every partner. */
    public boolean atVendor() {
        return this == VENDOR_OPERATOR;
    }

    boolean gives(Right right) {
        return switch (right) {
            case ENTER, CHANGE_PASSWORD, GO_HOME, SEE_EARNINGS -> true;
            case OPERATE -> atVendor();
        };
    }

    /** As tables and messages write it: incentives-user. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
