package org.espace.sales;

import java.util.List;
import org.espace.feed.Registered;

/** A feed came with how locations stand. Published in the load's transaction, so that it is kept with it or not at all. */
public record StandingRegistered(
        List<Registered.Listing> listings,
        List<Registered.Holding> holdings,
        List<Registered.Plan> plans,
        List<Registered.Measure> measures,
        String by) {}
