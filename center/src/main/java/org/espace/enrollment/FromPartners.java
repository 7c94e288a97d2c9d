package org.espace.enrollment;

import org.espace.partners.LocationClosed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A location that is closed leaves its programs, in the closing's own transaction. */
@Component
class FromPartners {

    private final Memberships memberships;

    FromPartners(Memberships memberships) {
        this.memberships = memberships;
    }

    @EventListener
    void on(LocationClosed closed) {
        memberships.close(closed.location(), closed.on());
    }
}
