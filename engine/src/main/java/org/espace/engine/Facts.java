package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** Everything besides sales that earnings rest on. Ids are the ones that sale lines carry. */
public record Facts(
        List<Published> terms,
        List<Location> locations,
        List<Product> products,
        List<Customer> customers,
        List<RateSet> rates) {

    /** Terms under the ids that earning lines carry; one program may have many, for days that do not overlap. */
    public record Published(int program, int id, Terms terms) {}

    /** A location of a partner, and the programs that it has joined. */
    public record Location(int id, String type, String country, List<Enrollment> enrollments) {}

    /** Half-open: {@code until} is the first day that no longer counts; null while there is no end. */
    public record Enrollment(
            int program, LocalDate since, @Nullable LocalDate until) {}

    public record Product(
            int id,
            String number,
            @Nullable String family,
            @Nullable String solutionArea) {}

    public record Customer(
            int id, @Nullable String country, @Nullable String segment) {}

    /** Reference rates published on one day: units of each currency for one euro. The higher id corrects the lower. */
    public record RateSet(int id, LocalDate day, Map<Currency, BigDecimal> unitsPerEuro) {}
}
