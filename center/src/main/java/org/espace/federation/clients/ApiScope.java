package org.espace.federation.clients;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.espace.web.Right;

/** What a machine may be allowed to do; each scope is one right of a person. */
public enum ApiScope {
    EARNINGS_READ(Right.SEE_EARNINGS),
    USERS_READ(Right.SEE_USERS),
    USERS_WRITE(Right.MANAGE_USERS),
    ACTIVITY_READ(Right.SEE_ACTIVITY),
    /** Of the vendor's machines alone. */
    CERTIFICATIONS_WRITE(Right.MANAGE_CATALOGUE);

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
        return this != CERTIFICATIONS_WRITE;
    }

    Right right() {
        return right;
    }
}
