package org.espace.enrollment;

import org.espace.partners.LocationId;
import org.espace.sales.EnrollmentsRegistered;
import org.espace.sales.StandingRegistered;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what comes with a feed about locations, in the load's own transaction. */
@Component
class FromFeeds {

    private final Enrollments enrollments;
    private final Standings standings;

    FromFeeds(Enrollments enrollments, Standings standings) {
        this.enrollments = enrollments;
        this.standings = standings;
    }

    @EventListener
    void on(EnrollmentsRegistered registered) {
        enrollments.register(registered.rows().stream()
                .map(row -> new Enrollment(row.location(), row.program(), row.since(), row.until()))
                .toList());
    }

    @EventListener
    void on(StandingRegistered registered) {
        standings.register(
                registered.listings().stream()
                        .map(row -> new Listing(new LocationId(row.location()), row.list(), row.listed()))
                        .toList(),
                registered.holdings().stream()
                        .map(row -> new Holding(
                                new LocationId(row.location()),
                                row.kind(),
                                row.code(),
                                row.level(),
                                row.since(),
                                row.until()))
                        .toList(),
                registered.plans().stream()
                        .map(row -> new Plan(
                                new LocationId(row.location()), row.program(), row.since(), row.until(), row.amount()))
                        .toList());
    }
}
