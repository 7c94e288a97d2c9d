package org.espace.engine;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.terms.Lever;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** Everything besides sales that earnings rest on. Ids are the ones that sale lines carry. */
public record Facts(
        List<Published> terms,
        List<Location> locations,
        List<Product> products,
        List<Customer> customers,
        List<LineKind> lineKinds,
        List<RateSet> rates)
        implements Serializable {

    /** Terms under the ids that earning lines carry; one program may have many, for days that do not overlap. */
    public record Published(int program, int id, Terms terms) implements Serializable {}

    /**
     * A location of a partner, and the programs that it has joined.
     *
     * @param lists the campaign lists that it stands on
     */
    public record Location(
            int id,
            String type,
            String country,
            Set<String> lists,
            List<Enrollment> enrollments,
            List<Holding> holdings,
            List<Plan> plans)
            implements Serializable {}

    /** Half-open: {@code until} is the first day that no longer counts; null while there is no end. */
    public record Enrollment(
            int program, LocalDate since, @Nullable LocalDate until) implements Serializable {}

    /** What a location has proved or signed, from when to when (half-open, as enrollments are). */
    public record Holding(
            Requirement.Kind kind,
            String code,
            @Nullable String level,
            LocalDate since,
            @Nullable LocalDate until) implements Serializable {}

    /**
     * An approved plan: the most that a ceiling by plan lets a location earn for days from {@code from} to before {@code
     * until}.
     *
     * @param minor in minor units of the program's currency
     */
    public record Plan(int program, LocalDate from, LocalDate until, long minor) implements Serializable {}

    public record Product(
            int id,
            String number,
            @Nullable String family,
            @Nullable String solutionArea) implements Serializable {}

    /**
     * @param since since when it is a customer of the vendor; null when nobody has said
     * @param lists the campaign lists that it stands on
     */
    public record Customer(
            int id,
            String number,
            @Nullable String country,
            @Nullable String segment,
            @Nullable LocalDate since,
            Set<String> lists) implements Serializable {

        /** On no list. */
        public Customer(
                int id,
                String number,
                @Nullable String country,
                @Nullable String segment,
                @Nullable LocalDate since) {
            this(id, number, country, segment, since, Set.of());
        }
    }

    /**
     * What many sale lines have in common besides product, customer and location. Id 0 is known without being listed: a
     * line that was invoiced, of which nothing else is said.
     *
     * @param happened INVOICED, PAID (which implies that it was invoiced) or CONSUMED
     * @param attributes of {@link Selection.Side#LINE} only
     */
    public record LineKind(int id, Lever.Trigger happened, Map<Selection.Attribute, String> attributes)
            implements Serializable {}

    /** Reference rates published on one day: units of each currency for one euro. The higher id corrects the lower. */
    public record RateSet(int id, LocalDate day, Map<Currency, BigDecimal> unitsPerEuro) implements Serializable {}
}
