package org.espace.signin;

import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The passwords that people choose; links to choose one by mail end with them. */
@Service
class Passwords {

    private final Users users;
    private final ResetStore resets;
    private final ApplicationEventPublisher events;

    Passwords(Users users, ResetStore resets, ApplicationEventPublisher events) {
        this.users = users;
        this.resets = resets;
        this.events = events;
    }

    /** Every session of theirs ends. */
    @Transactional
    SignedIn choose(SignedIn user, String password, String action) {
        resets.deleteUnused(user.id());
        var changed = users.choosePassword(user.email(), password);
        events.publishEvent(Act.of(action, user.email(), user.organization(), user.email()));
        return changed;
    }
}
