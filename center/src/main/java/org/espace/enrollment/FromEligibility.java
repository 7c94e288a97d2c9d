package org.espace.enrollment;

import org.espace.eligibility.EligibilityChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever has become eligible is invited, in the transaction that has found it out. */
@Component
class FromEligibility {

    private final Memberships memberships;

    FromEligibility(Memberships memberships) {
        this.memberships = memberships;
    }

    @EventListener
    void on(EligibilityChanged changed) {
        memberships.follow(changed.changes());
    }
}
