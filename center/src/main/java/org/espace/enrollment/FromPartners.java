package org.espace.enrollment;

import org.espace.partners.LocationClosed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A location that is closed leaves its programs, in the closing's own transaction. */
@Component
class FromPartners {

    private final Enrollments enrollments;

    FromPartners(Enrollments enrollments) {
        this.enrollments = enrollments;
    }

    @EventListener
    void on(LocationClosed closed) {
        enrollments.end(closed.location(), closed.on());
    }
}
