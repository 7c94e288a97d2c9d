package org.espace.earnings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espace.customers.Customer;
import org.espace.customers.CustomerId;
import org.espace.customers.Customers;
import org.espace.eligibility.Holding;
import org.espace.eligibility.Listing;
import org.espace.eligibility.Plan;
import org.espace.eligibility.Standings;
import org.espace.engine.Facts;
import org.espace.enrollment.Enrollment;
import org.espace.enrollment.Enrollments;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.sales.RateSet;
import org.espace.sales.Sales;
import org.espace.terms.Lever;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What earnings rest on besides sales, and how to see that it has changed: hashes of the promises that hold for
 * everyone, and of each location's own enrolments and standing.
 */
@Component
class Footing {

    private final Programs programs;
    private final Enrollments enrollments;
    private final Standings standings;
    private final Partners partners;
    private final Customers customers;
    private final Sales sales;

    Footing(
            Programs programs,
            Enrollments enrollments,
            Standings standings,
            Partners partners,
            Customers customers,
            Sales sales) {
        this.programs = programs;
        this.enrollments = enrollments;
        this.standings = standings;
        this.partners = partners;
        this.customers = customers;
        this.sales = sales;
    }

    /** All of it, as it is now. */
    Now now() {
        return of(programs.all(), enrollments.all());
    }

    /** What one partner's sales to these customers rest on. */
    Facts of(PartnerId partner, Set<Integer> buyers) {
        var known = buyers.stream().map(CustomerId::new).toList();
        return of(programs.all(), enrollments.all(), partners.locations(partner), customers.some(known))
                .facts();
    }

    List<PublishedTerms> promised() {
        return programs.all();
    }

    List<Enrollment> joined() {
        return enrollments.all();
    }

    /** What it would be with other promises, or with other locations in the programs. */
    Now of(List<PublishedTerms> terms, List<Enrollment> all) {
        return of(terms, all, partners.locations(), customers.all());
    }

    private Now of(List<PublishedTerms> terms, List<Enrollment> all, List<Location> places, List<Customer> buyers) {
        var known = new HashMap<String, PublishedTerms>();
        terms.forEach(published -> known.put(published.terms().program(), published));
        var joined = all.stream().collect(groupingBy(Enrollment::location));
        var listed = standings.listings().stream().collect(groupingBy(Listing::location));
        var held = standings.holdings().stream().collect(groupingBy(Holding::location));
        var planned = standings.plans().stream().collect(groupingBy(Plan::location));
        var locations = places.stream()
                .map(location -> new Facts.Location(
                        location.id().value(),
                        location.type(),
                        location.country(),
                        lists(listed.getOrDefault(location.id(), List.of())),
                        enrolled(joined.getOrDefault(location.id(), List.of()), known),
                        holdings(held.getOrDefault(location.id(), List.of())),
                        plans(planned.getOrDefault(location.id(), List.of()), known)))
                .toList();
        var registered = new HashMap<Integer, List<Enrollment>>();
        joined.forEach((location, enrollments) -> registered.put(location.value(), enrollments));
        return new Now(
                terms,
                registered,
                new Facts(
                        terms.stream()
                                .map(published ->
                                        new Facts.Published(published.program(), published.id(), published.terms()))
                                .toList(),
                        locations,
                        sales.products().stream()
                                .map(product -> new Facts.Product(
                                        product.id(), product.number(), product.family(), product.solutionArea()))
                                .toList(),
                        buyers.stream().map(Footing::fact).toList(),
                        sales.lineKinds(),
                        sales.rates().stream().map(Footing::fact).toList()));
    }

    /** In an order of their own, so that the same lists always look the same. */
    private static Set<String> lists(List<Listing> listings) {
        return listings.stream().map(Listing::list).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Facts.Enrollment> enrolled(List<Enrollment> enrollments, Map<String, PublishedTerms> known) {
        return enrollments.stream()
                .filter(enrollment -> known.containsKey(enrollment.program()))
                .map(enrollment -> new Facts.Enrollment(
                        of(enrollment.program(), known).program(), enrollment.since(), enrollment.until()))
                .toList();
    }

    private static List<Facts.Holding> holdings(List<Holding> holdings) {
        return holdings.stream()
                .map(holding -> new Facts.Holding(
                        holding.kind(), holding.code(), holding.level(), holding.since(), holding.until()))
                .toList();
    }

    private static List<Facts.Plan> plans(List<Plan> plans, Map<String, PublishedTerms> known) {
        return plans.stream()
                .filter(plan -> known.containsKey(plan.program()))
                .map(plan -> new Facts.Plan(
                        of(plan.program(), known).program(),
                        plan.since(),
                        plan.until(),
                        minor(plan, of(plan.program(), known).terms().currency())))
                .toList();
    }

    private static PublishedTerms of(String program, Map<String, PublishedTerms> known) {
        return Objects.requireNonNull(known.get(program));
    }

    /** Earnings are whole minor units, so what is finer in the most that they may be allows nothing more. */
    private static long minor(Plan plan, Currency currency) {
        return plan.amount()
                .setScale(currency.getDefaultFractionDigits(), RoundingMode.DOWN)
                .unscaledValue()
                .longValueExact();
    }

    private static Facts.Customer fact(Customer customer) {
        return new Facts.Customer(
                customer.id().value(),
                customer.number(),
                customer.country(),
                customer.segment(),
                customer.since(),
                customer.lists());
    }

    /** Currencies that ISO 4217 does not know cannot be those of a sale, and are left out. */
    private static Facts.RateSet fact(RateSet set) {
        var rates = new HashMap<Currency, BigDecimal>();
        for (var currency : Currency.getAvailableCurrencies()) {
            var rate = set.rates().get(currency.getCurrencyCode());
            if (rate != null) {
                rates.put(currency, rate);
            }
        }
        return new Facts.RateSet(set.id(), set.day(), rates);
    }

    /** How far a run has read: what is added beyond changes nothing that it has rated. */
    record Reach(
            int lastProduct, int lastCustomer, @Nullable LocalDate lastDay) {}

    /**
     * A part of what earnings rest on.
     *
     * @param program whose members it concerns; 0 when it concerns everybody
     */
    record Promise(Cause cause, int program) {}

    /** What one location's earnings rest on, hashed part by part. */
    record OfLocation(String location, String enrollment, String standing, int fractionDigits) {

        /** What has changed since. */
        Set<Cause> since(OfLocation before) {
            var causes = EnumSet.noneOf(Cause.class);
            if (!location.equals(before.location)) {
                causes.add(Cause.LOCATION_CHANGED);
            }
            if (!enrollment.equals(before.enrollment)) {
                causes.add(Cause.ENROLLMENT_CHANGED);
            }
            if (!standing.equals(before.standing)) {
                causes.add(Cause.STANDING_CHANGED);
            }
            if (fractionDigits != before.fractionDigits) {
                causes.add(Cause.NEW_SALES);
            }
            return causes;
        }
    }

    /** @param registered the enrollments of each location, those in programs that are not published yet included */
    record Now(List<PublishedTerms> terms, Map<Integer, List<Enrollment>> registered, Facts facts) {

        /** The codes of the programs, by their numbers. */
        Map<Integer, String> codes() {
            return terms.stream()
                    .collect(Collectors.toMap(
                            PublishedTerms::program,
                            published -> published.terms().program(),
                            (one, _) -> one));
        }

        Reach reach(@Nullable LocalDate lastDay) {
            return new Reach(
                    facts.products().stream().mapToInt(Facts.Product::id).max().orElse(0),
                    facts.customers().stream()
                            .mapToInt(Facts.Customer::id)
                            .max()
                            .orElse(0),
                    lastDay);
        }

        /**
         * Hashes of all that could change how sales within the reach are rated. What is added beyond it (a new product, a
         * new customer, a rate or a version for later days) does not change them, nor does a new kind of line: known
         * kinds never change.
         */
        Map<Promise, String> promises(Reach reach) {
            var hashes = new HashMap<Promise, Hash>();
            for (var published : terms) {
                var promised =
                        hashes.computeIfAbsent(new Promise(Cause.TERMS_CHANGED, published.program()), _ -> new Hash());
                var rates =
                        hashes.computeIfAbsent(new Promise(Cause.RATES_CHANGED, published.program()), _ -> new Hash());
                var from = watchedFrom(published.terms());
                if (reach.lastDay() != null && !from.isAfter(reach.lastDay())) {
                    promised.add(published.id()).add(published.sha256());
                    ratesUsed(rates, published.terms(), from, reach.lastDay());
                }
            }
            var products = hashes.computeIfAbsent(new Promise(Cause.CATALOGUE_CHANGED, 0), _ -> new Hash());
            facts.products().stream()
                    .filter(product -> product.id() <= reach.lastProduct())
                    .forEach(products::add);
            var customers = hashes.computeIfAbsent(new Promise(Cause.CUSTOMERS_CHANGED, 0), _ -> new Hash());
            facts.customers().stream()
                    .filter(customer -> customer.id() <= reach.lastCustomer())
                    .forEach(customer -> customers.add(said(customer)));
            return hashes.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().text()));
        }

        /** Who is on no list is said as before there were lists: nobody is rated anew since there are. */
        private static String said(Facts.Customer customer) {
            var text = customer.toString();
            return customer.lists().isEmpty() ? text.replace(", lists=[]]", "]") : text;
        }

        /** @param fractionDigits of the locations whose sales are finer than a minor unit */
        Map<Integer, OfLocation> ofLocations(Map<Integer, Integer> fractionDigits) {
            var hashes = new HashMap<Integer, OfLocation>();
            for (var location : facts.locations()) {
                hashes.put(
                        location.id(),
                        new OfLocation(
                                new Hash()
                                        .add(location.type())
                                        .add(location.country())
                                        .text(),
                                new Hash()
                                        .add(registered.getOrDefault(location.id(), List.of()))
                                        .text(),
                                new Hash()
                                        .add(location.lists())
                                        .add(location.holdings())
                                        .add(location.plans())
                                        .text(),
                                fractionDigits.getOrDefault(location.id(), 0)));
            }
            return hashes;
        }

        /** The locations that have joined each program. */
        Map<Integer, Set<Integer>> members() {
            var members = new HashMap<Integer, Set<Integer>>();
            for (var location : facts.locations()) {
                location.enrollments()
                        .forEach(enrollment -> members.computeIfAbsent(enrollment.program(), _ -> new TreeSet<>())
                                .add(location.id()));
            }
            return members;
        }

        /** Not after the first day whose sales the terms look at, to compare later ones with them. */
        private static LocalDate watchedFrom(Terms terms) {
            var from = terms.effective().from();
            return terms.levers().stream()
                    .map(lever -> switch (lever.basis()) {
                        case Lever.Growth _ -> from.minusYears(2);
                        case Lever.HighWater water -> from.withDayOfMonth(1).minusMonths(water.lookBack());
                        case Lever.CustomerAdd add -> from.withDayOfMonth(1).minusMonths(add.lookBack());
                        case Lever.Added _, Lever.HigherOf _ -> {
                            var without = lever.without();
                            yield without == null
                                    ? from
                                    : from.withDayOfMonth(1).minusMonths(without.months());
                        }
                    })
                    .reduce(from, (one, other) -> one.isBefore(other) ? one : other);
        }

        private void ratesUsed(Hash hash, Terms terms, LocalDate from, LocalDate lastDay) {
            var published = new TreeMap<LocalDate, Integer>();
            facts.rates().forEach(set -> published.merge(set.day(), set.id(), Math::max));
            var day = from;
            while (!day.isAfter(lastDay) && day.isBefore(terms.effective().until())) {
                var used = switch (terms.exchange()) {
                    case DAILY -> published.floorEntry(day);
                    case MONTHLY -> published.lowerEntry(day.withDayOfMonth(1));
                };
                hash.add(used == null ? 0 : used.getValue());
                day = switch (terms.exchange()) {
                    case DAILY -> day.plusDays(1);
                    case MONTHLY -> day.withDayOfMonth(1).plusMonths(1);
                };
            }
        }
    }

    private static final class Hash {

        private final MessageDigest digest;

        Hash() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        Hash add(Object part) {
            digest.update(part.toString().getBytes(UTF_8));
            digest.update((byte) 0);
            return this;
        }

        String text() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
