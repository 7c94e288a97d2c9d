package org.espace.feed;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Master data that came with a feed, to be written in the load's transaction. Known numbers keep their ids. */
public record Registered(
        List<Partner> partners,
        List<Location> locations,
        List<Customer> customers,
        List<Product> products,
        List<Enrollment> enrollments,
        List<Disposition> dispositions) {

    public record Partner(int id, String number, String name, String country) {}

    public record Location(int id, int partner, String number, String name, String country, String type) {}

    public record Customer(
            int id,
            String number,
            String name,
            @Nullable String country,
            @Nullable String segment) {}

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

    public record Disposition(int id, Mapping.Outcome outcome, String code) {}
}
