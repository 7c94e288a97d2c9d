package org.espace.onboarding;

import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/** The first sign-in of an incentives administrator completes what the list began. */
@Component
class FirstSignIn {

    private final SetUps setUps;

    FirstSignIn(SetUps setUps) {
        this.setUps = setUps;
    }

    @EventListener
    void on(AuthenticationSuccessEvent signedIn) {
        if (signedIn.getAuthentication().getPrincipal() instanceof SignedIn user
                && user.grants().stream().anyMatch(grant -> grant.role() == Role.INCENTIVES_ADMINISTRATOR)) {
            user.partner().ifPresent(partner -> setUps.seen(partner, user.email()));
        }
    }
}
