package org.espace.eligibility;

import org.espace.partners.LocationId;
import org.espace.sales.StandingRegistered;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps what a feed says of how locations stand and what was measured of them, in the load's own transaction. */
@Component
class StandingsFromFeeds {

    private final Standings standings;
    private final Measures measures;

    StandingsFromFeeds(Standings standings, Measures measures) {
        this.standings = standings;
        this.measures = measures;
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
        measures.register(
                registered.measures().stream()
                        .map(row -> new Measure(new LocationId(row.location()), row.code(), row.day(), row.value()))
                        .toList(),
                registered.by());
    }
}
