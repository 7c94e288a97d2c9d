package org.espace.eligibility;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.espace.certifications.Attained;
import org.espace.partners.Location;
import org.espace.sales.DaySum;

/**
 * All that is known of one location which a condition may ask for.
 *
 * @param holdings what feeds say that it holds, and what its company has signed or attained
 * @param designations of its company
 * @param points of its company by area, on the day that is asked about
 * @param sold by day
 * @param soldByPartner what all locations of its company have sold, by day
 * @param measures by day
 */
record Known(
        Location location,
        List<Holding> holdings,
        List<Attained> designations,
        Map<String, BigDecimal> points,
        List<DaySum> sold,
        List<DaySum> soldByPartner,
        List<Measure> measures,
        Rates rates) {}
