package org.espace.signin;

import java.util.Map;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells who came and went, for the book of who did what. */
@Service
class SignInNews {

    private final Users users;
    private final Attempts attempts;
    private final ApplicationEventPublisher events;

    SignInNews(Users users, Attempts attempts, ApplicationEventPublisher events) {
        this.users = users;
        this.attempts = attempts;
        this.events = events;
    }

    /** @param with what they proved who they are with: password, code, passkey */
    @Transactional
    void signedIn(SignedIn user, String with) {
        events.publishEvent(act("sign-in.succeeded", user).changing(Map.of(), Map.of("with", with)));
    }

    @Transactional
    void signedOut(SignedIn user) {
        events.publishEvent(act("sign-in.ended", user));
    }

    /** Once a minute for each account that exists; what somebody typed in place of an address is kept nowhere. */
    @Transactional
    void refused(String email) {
        var user = users.find(email);
        if (attempts.isNews(email)) {
            user.ifPresent(known -> events.publishEvent(act("sign-in.refused", known)));
        }
    }

    private static Act act(String action, SignedIn user) {
        return Act.of(action, user.email(), user.organization(), user.email());
    }
}
