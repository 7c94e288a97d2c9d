package org.espace.enrollment;

import org.espace.sales.EnrollmentsRegistered;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps which locations a feed says have joined, in the load's own transaction. */
@Component
class FromFeeds {

    private final Enrollments enrollments;

    FromFeeds(Enrollments enrollments) {
        this.enrollments = enrollments;
    }

    @EventListener
    void on(EnrollmentsRegistered registered) {
        enrollments.register(registered.rows().stream()
                .map(row -> new Enrollment(row.location(), row.program(), row.since(), row.until()))
                .toList());
    }
}
