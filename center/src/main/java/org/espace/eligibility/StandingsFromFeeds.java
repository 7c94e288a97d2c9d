package org.espace.eligibility;

import org.espace.partners.LocationId;
import org.espace.sales.StandingRegistered;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what a feed says of how locations stand, in the load's own transaction. */
@Component
class StandingsFromFeeds {

    private final Standings standings;

    StandingsFromFeeds(Standings standings) {
        this.standings = standings;
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
