package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Who is asking. */
public final class Access {

    private Access() {}

    /** Somebody or a machine. */
    public static Optional<Caller> caller(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    public static Optional<SignedIn> user(HttpServletRequest request) {
        return caller(request).filter(SignedIn.class::isInstance).map(SignedIn.class::cast);
    }
}
