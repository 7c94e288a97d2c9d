package org.espace.access;

import java.io.Serializable;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;

/** Whoever this session belongs to. Kept in the session, which ends when a role or the password changes. */
public record SignedIn(
        String email, String name, @Nullable String language, boolean temporaryPassword, List<Grant> grants)
        implements Principal, Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
        return email;
    }

    /** Whether some role of theirs gives the right, for whichever partner. */
    public boolean may(Right right) {
        return switch (right) {
            case ENTER, CHANGE_PASSWORD -> true;
            case GO_HOME -> !temporaryPassword;
            case SEE_EARNINGS, OPERATE ->
                !temporaryPassword
                        && grants.stream().anyMatch(grant -> grant.role().gives(right));
        };
    }

    public boolean may(Right right, PartnerId partner) {
        return may(right) && grants.stream().anyMatch(grant -> grant.role().gives(right) && grant.reaches(partner));
    }

    /** The partner that they belong to; empty at the vendor. */
    public Optional<PartnerId> partner() {
        return grants.stream()
                .flatMap(grant -> Optional.ofNullable(grant.partner()).stream())
                .map(PartnerId::new)
                .findFirst();
    }
}
