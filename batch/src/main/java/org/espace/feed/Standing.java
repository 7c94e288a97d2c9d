package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Reads how known locations stand: programs joined, campaign lists, agreements and proofs, approved plans,
 * measures; and on which campaign lists known customers do.
 */
final class Standing {

    final List<Registered.Enrollment> enrollments = new ArrayList<>();
    final List<Registered.Listing> listings = new ArrayList<>();
    final List<Registered.CustomerListing> customerListings = new ArrayList<>();
    final List<Registered.Holding> holdings = new ArrayList<>();
    final List<Registered.Plan> plans = new ArrayList<>();
    final List<Registered.Measure> measures = new ArrayList<>();

    private static final Map<String, Requirement.Kind> KINDS =
            Arrays.stream(Requirement.Kind.values()).collect(toMap(Requirement.Kind::key, kind -> kind));
    private static final Map<String, String> LEVELS = Map.of("levels", String.join(", ", Requirement.LEVELS));
    private static final int LONGEST_PROGRAM = 60;

    /** As terms write it. */
    private static final String CODE = "[a-z][a-z0-9-]{1,59}";

    private static final int MEASURE_DIGITS = 15;
    private static final int MEASURE_DECIMALS = 9;

    private final Dictionary locations;
    private final Dictionary customers;

    Standing(Dictionary locations, Dictionary customers) {
        this.locations = locations;
        this.customers = customers;
    }

    void enrollment(Entry entry) {
        var location = location(entry);
        var program = entry.needed("program", LONGEST_PROGRAM);
        var since = entry.neededDay("since");
        var until = entry.day("until");
        if (since != null && until != null && !since.isBefore(until)) {
            entry.refuse("until", Code.EMPTY_PERIOD);
        }
        if (!entry.refused && program != null && since != null) {
            enrollments.add(new Registered.Enrollment(location, program, since, until));
        }
    }

    /** A location stands on a list from when it is named with it until it is said not to be listed any more. */
    void listing(Entry entry) {
        var location = location(entry);
        var list = entry.needed("list", Checks.LONGEST_NUMBER);
        var listed = listed(entry);
        if (!entry.refused && list != null) {
            listings.add(new Registered.Listing(location, list, listed));
        }
    }

    void customerListing(Entry entry) {
        var customer = find(entry, "customer", customers, Code.UNKNOWN_CUSTOMER);
        var list = entry.needed("list", Checks.LONGEST_NUMBER);
        var listed = listed(entry);
        if (!entry.refused && list != null) {
            customerListings.add(new Registered.CustomerListing(customer, list, listed));
        }
    }

    private static boolean listed(Entry entry) {
        return !"false".equals(entry.oneOf("listed", Set.of("true", "false"), Code.NOT_TRUE_OR_FALSE, Map.of()));
    }

    void holding(Entry entry) {
        var location = location(entry);
        var kind = entry.oneOf("kind", KINDS.keySet(), Code.UNKNOWN_HOLDING, Map.of());
        if (kind == null) {
            entry.refuse("kind", Code.MISSING);
        }
        var code = entry.needed("code", Checks.LONGEST_NUMBER);
        var level = entry.oneOf("level", Requirement.LEVELS, Code.UNKNOWN_LEVEL, LEVELS);
        var since = entry.neededDay("since");
        var until = entry.day("until");
        refuseBackwards(entry, since, until);
        if (!entry.refused && kind != null && code != null && since != null) {
            var held = Objects.requireNonNull(KINDS.get(kind));
            holdings.add(new Registered.Holding(location, held, code, level, since, until));
        }
    }

    void plan(Entry entry) {
        var location = location(entry);
        var program = entry.needed("program", LONGEST_PROGRAM);
        var since = entry.neededDay("since");
        var until = entry.neededDay("until");
        refuseBackwards(entry, since, until);
        var amount = entry.amount("amount");
        if (!entry.refused && program != null && since != null && until != null && amount.isPresent()) {
            plans.add(new Registered.Plan(location, program, since, until, amount.get()));
        }
    }

    void measure(Entry entry) {
        var location = location(entry);
        var code = entry.needed("code", Checks.LONGEST_NUMBER);
        if (code != null && !code.matches(CODE)) {
            entry.refuse("code", Code.NOT_A_CODE);
        }
        var day = entry.neededDay("day");
        var value = entry.number("value", MEASURE_DIGITS, MEASURE_DECIMALS);
        if (!entry.refused && code != null && day != null && value.isPresent()) {
            measures.add(new Registered.Measure(location, code, day, value.get()));
        }
    }

    /** A period that ends on the day on which it begins has no day: so what was said by mistake is withdrawn. */
    private static void refuseBackwards(Entry entry, @Nullable LocalDate since, @Nullable LocalDate until) {
        if (since != null && until != null && until.isBefore(since)) {
            entry.refuse("until", Code.EMPTY_PERIOD);
        }
    }

    private int location(Entry entry) {
        return find(entry, "location", locations, Code.UNKNOWN_LOCATION);
    }

    private static int find(Entry entry, String field, Dictionary among, Code unknown) {
        var number = entry.needed(field, Checks.LONGEST_NUMBER);
        if (number == null || entry.refused) {
            return Dictionary.UNKNOWN;
        }
        var bytes = number.getBytes(UTF_8);
        var found = among.find(bytes, 0, bytes.length);
        if (found == Dictionary.UNKNOWN) {
            entry.refuse(field, unknown);
        }
        return found;
    }
}
