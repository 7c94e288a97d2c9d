package org.espace.federation.clients;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.espace.web.Right;

/** What a machine may be allowed to do; each scope is one right of a person. */
public enum ApiScope {
    EARNINGS_READ(Right.SEE_EARNINGS),
    USERS_READ(Right.SEE_USERS),
    USERS_WRITE(Right.MANAGE_USERS),
    ACTIVITY_READ(Right.SEE_ACTIVITY),
    CERTIFICATIONS_WRITE(Right.MANAGE_CATALOGUE),
    MEASURES_WRITE(Right.DECIDE_ENROLLMENTS);

    private static final Set<ApiScope> OF_THE_VENDOR = EnumSet.of(CERTIFICATIONS_WRITE, MEASURES_WRITE);

    private final Right right;

    ApiScope(Right right) {
        this.right = right;
    }

    /** As a token request writes it: {@code earnings.read}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static Optional<ApiScope> find(String code) {
        return Arrays.stream(values())
                .filter(scope -> scope.code().equals(code))
                .findFirst();
    }

    /** Whether a partner's machine may have it. */
    boolean isForPartners() {
        return !OF_THE_VENDOR.contains(this);
    }

    Right right() {
        return right;
    }
}
