package org.espace.feed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.espace.engine.Facts;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;

/** Master data that came with a feed, to be written in the load's transaction. Known numbers keep their ids. */
public record Registered(
        List<Partner> partners,
        List<Location> locations,
        List<Customer> customers,
        List<CustomerListing> customerListings,
        List<Product> products,
        List<Enrollment> enrollments,
        List<Listing> listings,
        List<Holding> holdings,
        List<Plan> plans,
        List<Measure> measures,
        List<Disposition> dispositions,
        List<Facts.LineKind> lineKinds) {

    public record Partner(int id, String number, String name, String country) {}

    public record Location(int id, int partner, String number, String name, String country, String type) {}

    /** @param name the number where nothing else is said */
    public record Customer(
            int id,
            String number,
            String name,
            @Nullable String country,
            @Nullable String segment,
            @Nullable LocalDate since) {}

    /** @param listed whether the customer stands on the campaign list, or no longer does */
    public record CustomerListing(int customer, String list, boolean listed) {}

    public record Product(
            int id,
            String number,
            String name,
            @Nullable String family,
            @Nullable String solutionArea) {}

    public record Enrollment(
            int location,
            String program,
            LocalDate since,
            @Nullable LocalDate until) {}

    /** @param listed whether the location stands on the campaign list, or no longer does */
    public record Listing(int location, String list, boolean listed) {}

    public record Holding(
            int location,
            Requirement.Kind kind,
            String code,
            @Nullable String level,
            LocalDate since,
            @Nullable LocalDate until) {}

    /** @param amount in the program's currency */
    public record Plan(int location, String program, LocalDate since, LocalDate until, BigDecimal amount) {}

    /** A number that is counted elsewhere; it holds from its day on, until a later day has another. */
    public record Measure(int location, String code, LocalDate day, BigDecimal value) {}

    public record Disposition(int id, Mapping.Outcome outcome, String code) {}
}
