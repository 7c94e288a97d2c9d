package org.espace.signin;

import org.espace.access.NextStep;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.springframework.stereotype.Component;

/** What still stands between somebody and the pages: the second factor, then an own password, then a second factor of one's own. */
@Component
class Steps {

    private final SecondFactors factors;
    private final Rules rules;
    private final Users users;

    Steps(SecondFactors factors, Rules rules, Users users) {
        this.factors = factors;
        this.rules = rules;
        this.users = users;
    }

    /** After the password alone. */
    SignedIn afterPassword(SignedIn user) {
        return factors.has(user.id()) ? user.owing(NextStep.GIVE_SECOND_FACTOR) : afterSecondFactor(user);
    }

    /** After their organization's provider, which has asked for no second factor; our passwords mean nothing there. */
    SignedIn afterProvider(SignedIn user) {
        if (!mayNotDoWithout(user)) {
            return user;
        }
        return user.owing(factors.has(user.id()) ? NextStep.GIVE_SECOND_FACTOR : NextStep.SET_UP_SECOND_FACTOR);
    }

    /** @param user as the account stands now, so that it owes a password while that is a temporary one */
    SignedIn afterSecondFactor(SignedIn user) {
        if (user.owes() == NextStep.CHOOSE_PASSWORD) {
            return user;
        }
        var lacks = mayNotDoWithout(user) && !factors.has(user.id());
        return user.owing(lacks ? NextStep.SET_UP_SECOND_FACTOR : null);
    }

    /** As the account stands now: what a session keeps was true when it began. */
    SignedIn fresh(SignedIn user) {
        return users.signedIn(user.id()).orElseThrow(() -> new RightMissing(Right.GIVE_SECOND_FACTOR));
    }

    boolean mayNotDoWithout(SignedIn user) {
        return rules.of(user.organization()).requiresSecondFactor(user);
    }
}
