package org.espace.enrollment;

import org.espace.payees.PayeesChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Bank and tax that are approved complete what has waited for them, in the transaction that approves them. */
@Component
class FromPayees {

    private final Memberships memberships;

    FromPayees(Memberships memberships) {
        this.memberships = memberships;
    }

    @EventListener
    void on(PayeesChanged changed) {
        memberships.complete(changed.locations());
    }
}
