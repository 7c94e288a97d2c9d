package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espace.engine.EarningLines;
import org.espace.engine.Facts;
import org.espace.engine.Rating;
import org.espace.engine.Reason;
import org.espace.engine.Rulebook;
import org.espace.engine.SaleLines;
import org.espace.engine.Sums;
import org.espace.engine.Totals;
import org.espace.enrollment.Enrollment;
import org.espace.partners.LocationId;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Requirement;
import org.espace.terms.TermsReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On random histories, rating what is new on the carried sums, and anew only whom a change concerns, comes to what a
 * replay of everything comes to: totals, carried sums, and every line.
 */
class IncrementalTest {

    private static final int STEPS = 12_000;
    private static final int STEPS_BETWEEN_CHECKS = 1_500;
    private static final int LOCATIONS = 7;
    private static final LocalDate START = LocalDate.of(2026, 1, 1);

    private static final List<String> VERSIONS = List.of(
            terms("plain", "V1", "2026-01-01/2026-07-01", "- {id: core, of: all, rate: 3.333%}"),
            terms(
                    "tiered",
                    "V1",
                    "2026-01-01/2027-01-01",
                    "- {id: tiers, of: all, per: partner, period: quarter, tiers: {kind: retroactive, steps: [{from: 0, rate: 1%},"
                            + " {from: 5000 USD, rate: 3%}]}}"),
            terms(
                    "capped",
                    "V1",
                    "2026-01-01/2027-01-01",
                    "- {id: cap, of: all, rate: 9%, cap: {per: customer, period: fiscal-year, amount: 300 USD}}"),
            terms("plain", "V2", "2026-08-01/2027-01-01", "- {id: core, of: all, rate: 4%}"),
            terms("plain", "V1B", "2026-07-01/2026-08-01", "- {id: core, of: {product-family: suite}, rate: 5%}"),
            terms("later", "V1", "2026-03-01/2026-09-01", "- {id: more, of: {customer-segment: public}, rate: 2%}"),
            terms("growing", "V1", "2026-04-01/2026-08-01", """
                    - {id: month, of: all, per: customer, period: month, growth: {over: previous-period}, rate: 7.5%,
                       cap: {per: customer, period: quarter, amount: 90 USD}}
                    - {id: quarter, of: {product-family: suite}, per: partner, period: quarter,
                       growth: {over: previous-period},
                       tiers: {kind: marginal, steps: [{from: 0, rate: 2%}, {from: 800 USD, rate: 4%}]}}
                    - {id: base, of: all, per: partner, period: term, growth: {over: fixed, baseline: 3000 USD}, rate: 1%}
                    """),
            terms("reaching", "V1", "2026-03-01/2026-07-01", """
                    - {id: seats, of: all, per: customer, period: month, high-water: {look-back: 2 months, at-least: 3},
                       per-unit: 1.25 USD, cap: {per: customer, period: term, amount: 60 USD}}
                    - {id: add, of: all, customer-add: {threshold: 250 USD, look-back: 1 month, annualized: 12}, rate: 3%}
                    - {id: bills, of: all, customer-add: {threshold: 90 USD, look-back: 2 months, months: 3 months},
                       rate: 5%, requires: [{competency: cloud}]}
                    """),
            terms("bounded", "V1", "2026-02-01/2026-09-01", """
                    - {id: core, of: all, rate: 5%}
                    - {id: more, of: {product-family: cloud}, rate: 4%, stacks-on: core}
                    - {id: growth, of: all, per: partner, period: month, growth: {over: previous-period}, rate: 6%}
                    - {id: units, of: all, per: partner, period: month, per-unit: 0.40 USD,
                       requires: [{competency: {any-of: cloud, level: gold}}]}
                    ceilings:
                    - {id: share, per: partner, period: term, rate: 8.5%}
                    - {id: month, levers: [core, more], per: customer, period: month, amount: 30 USD}
                    - {id: plan, levers: [growth, units], plan: true}
                    """),
            terms("growing", "V2", "2026-08-01/2027-01-01", """
                    - {id: month, of: all, per: customer, period: month, growth: {over: previous-period}, rate: 5%}
                    - {id: year, of: all, per: partner, period: quarter, growth: {over: same-period-last-year}, rate: 2%}
                    """),
            terms("without", "V1", "2026-03-01/2026-10-01", """
                    - {id: suite, of: all, per: partner, period: quarter, rate: 4%,
                       customers: {without: {product-family: cloud}, look-back: 1 month, asked-of: {product-family: suite}},
                       cap: {per: partner, period: term, amount: 400 USD}}
                    - {id: back, of: {customer-list: won}, per: customer, period: month, per-unit: 0.35 USD,
                       customers: {without: all, look-back: 1 month}}
                    """),
            terms("reaching", "V2", "2026-07-01/2026-10-01", """
                    - {id: seats, of: all, per: partner, period: quarter, high-water: {look-back: 6 months, at-least: 0},
                       per-unit: 0.75 USD}
                    """));

    private static final List<String> PROGRAMS =
            List.of("plain", "tiered", "capped", "later", "growing", "reaching", "bounded", "without");

    private final Map<Integer, List<Sale>> sales = new TreeMap<>();
    private final List<PublishedTerms> published = new ArrayList<>();
    private final Map<Integer, List<Enrollment>> registered = new HashMap<>();
    private final Map<Integer, Set<String>> lists = new HashMap<>();
    private final Map<Integer, List<Facts.Holding>> holdings = new HashMap<>();
    private final Map<Integer, List<Plan>> plans = new HashMap<>();
    private final List<Facts.Product> products = new ArrayList<>();
    private final List<Facts.Customer> customers = new ArrayList<>();
    private final List<Facts.RateSet> rates = new ArrayList<>();
    private long lastSeq;

    private record Sale(
            long seq, LocalDate day, int customer, int product, int units, long amount, Currency currency) {}

    /** Under the code of a program, which may not be published yet. */
    private record Plan(String program, LocalDate from, LocalDate until, long minor) {}

    /** What stands: everything that a refresh carries on. */
    private static final class State implements Rating.Carried {

        final Map<Integer, Map<List<Long>, List<Long>>> sums = new TreeMap<>();
        final Map<Integer, Map<List<Object>, List<Long>>> totals = new TreeMap<>();
        final Map<Integer, Map<List<Object>, List<Long>>> lines = new TreeMap<>();
        Map<Footing.Promise, String> promises = Map.of();
        Map<Integer, Footing.OfLocation> footings = new TreeMap<>();
        Footing.Reach reach = new Footing.Reach(0, 0, null);
        long readUntil;

        @Override
        public void load(int location, Sums into) {
            sums.getOrDefault(location, Map.of())
                    .forEach((group, values) -> into.put(
                            group.get(0).intValue(),
                            group.get(1).intValue(),
                            group.get(2),
                            values.get(0),
                            values.get(1)));
        }

        @Override
        public void save(int location, Sums from) {
            var groups = new HashMap<List<Long>, List<Long>>();
            from.forEach((slot, span, owner, one, two) -> {
                if (one != 0 || two != 0) {
                    groups.put(List.of((long) slot, (long) span, owner), List.of(one, two));
                }
            });
            sums.put(location, groups);
        }

        void forget(int location) {
            sums.remove(location);
            totals.remove(location);
            lines.remove(location);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsRatedByAndByComesToWhatAFullReplayComesTo(long seed) {
        var chance = new SplittableRandom(seed);
        begin();
        var state = new State();
        var waiting = new ArrayList<Integer>();
        var replays = 0;
        for (var step = 1; step <= STEPS; step++) {
            var changed = happen(chance, waiting);
            if (changed || chance.nextInt(4) == 0) {
                replays += refresh(state, waiting);
                waiting.clear();
            }
            if (step % STEPS_BETWEEN_CHECKS == 0) {
                refresh(state, waiting);
                waiting.clear();
                var whole = new State();
                replay(whole, now(), new ArrayList<>(sales.keySet()));
                assertThat(state.totals).as("totals after %d steps", step).isEqualTo(whole.totals);
                assertThat(state.sums).as("sums after %d steps", step).isEqualTo(whole.sums);
                assertThat(state.lines).as("lines after %d steps", step).isEqualTo(whole.lines);
            }
        }
        assertThat(published).hasSameSizeAs(VERSIONS);
        assertThat(replays).as("locations that were rated anew").isPositive();
        assertThat(state.lines.values().stream()
                        .flatMap(lines -> lines.keySet().stream())
                        .map(line -> Reason.of((short) line.get(4)))
                        .collect(Collectors.toSet()))
                .contains(
                        Reason.BASELINE_MOVED,
                        Reason.BOUGHT_BEFORE,
                        Reason.OTHERS_COUNT,
                        Reason.CEILING,
                        Reason.CAP_LIMITED,
                        Reason.PAULWPHWM,
                        Reason.MINTHNTMT,
                        Reason.IVDCUST,
                        Reason.NO_GROWTH);
    }

    private void begin() {
        for (var i = 1; i <= 4; i++) {
            products.add(new Facts.Product(i, "P" + i, i % 2 == 0 ? "suite" : "cloud", "azure"));
            customers.add(new Facts.Customer(i, "C" + i, "FR", i % 2 == 0 ? "public" : null, null));
        }
        publish();
        publish();
        publish();
    }

    /** @return whether something other than a sale has happened */
    private boolean happen(SplittableRandom chance, List<Integer> waiting) {
        switch (chance.nextInt(400)) {
            case 0 -> {
                if (published.size() < VERSIONS.size()) {
                    publish();
                }
            }
            case 1, 2, 3 -> enroll(chance);
            case 4 -> lists.put(1 + chance.nextInt(LOCATIONS), Set.of("list-" + chance.nextInt(3)));
            case 5 ->
                rates.add(new Facts.RateSet(
                        rates.size() + 1,
                        START.plusDays(chance.nextInt(300)),
                        Map.of(
                                Currency.getInstance("USD"),
                                new BigDecimal("1.0").add(BigDecimal.valueOf(chance.nextInt(3000), 4)))));
            case 6 -> {
                var product = products.get(chance.nextInt(products.size()));
                products.set(
                        product.id() - 1,
                        new Facts.Product(
                                product.id(), product.number(), chance.nextBoolean() ? "suite" : "cloud", "azure"));
            }
            case 7 -> products.add(new Facts.Product(products.size() + 1, "P" + products.size(), "suite", "azure"));
            case 8 ->
                customers.add(new Facts.Customer(customers.size() + 1, "C" + customers.size(), "FR", "public", null));
            case 9 -> plan(chance);
            case 10 -> hold(chance);
            case 11 -> list(customers.get(chance.nextInt(customers.size())));
            default -> {
                sell(chance, waiting);
                return false;
            }
        }
        return true;
    }

    private void list(Facts.Customer customer) {
        customers.set(
                customer.id() - 1,
                new Facts.Customer(
                        customer.id(),
                        customer.number(),
                        customer.country(),
                        customer.segment(),
                        customer.since(),
                        customer.lists().isEmpty() ? Set.of("won") : Set.of()));
    }

    private void publish() {
        var text = VERSIONS.get(published.size());
        var terms = TermsReader.read(text);
        var program = published.stream()
                .filter(each -> each.terms().program().equals(terms.program()))
                .mapToInt(PublishedTerms::program)
                .findFirst()
                .orElse(1
                        + published.stream()
                                .mapToInt(PublishedTerms::program)
                                .max()
                                .orElse(0));
        published.add(new PublishedTerms(
                program, published.size() + 1, terms, text, "sha-" + published.size(), Instant.EPOCH, "test"));
    }

    private void enroll(SplittableRandom chance) {
        var location = 1 + chance.nextInt(LOCATIONS);
        var program = PROGRAMS.get(chance.nextInt(PROGRAMS.size()));
        var since = START.plusDays(chance.nextInt(250));
        var enrollments = new ArrayList<>(registered.getOrDefault(location, List.of()));
        enrollments.removeIf(enrollment -> enrollment.program().equals(program));
        enrollments.add(new Enrollment(
                new LocationId(location),
                program,
                since,
                chance.nextBoolean() ? null : since.plusDays(1 + chance.nextInt(200))));
        registered.put(location, List.copyOf(enrollments));
    }

    /** From the first of a month to that of another, as plans are approved. */
    private void plan(SplittableRandom chance) {
        var from = START.plusMonths(chance.nextInt(8));
        var until = from.plusMonths(1 + chance.nextInt(4));
        plans.put(
                1 + chance.nextInt(LOCATIONS),
                List.of(
                        new Plan("bounded", from, until, chance.nextInt(90_00)),
                        new Plan("bounded", until, until.plusMonths(2), chance.nextInt(400_00))));
    }

    private void hold(SplittableRandom chance) {
        var since = START.plusDays(chance.nextInt(250));
        holdings.put(
                1 + chance.nextInt(LOCATIONS),
                List.of(new Facts.Holding(
                        Requirement.Kind.COMPETENCY,
                        "cloud",
                        chance.nextBoolean() ? "gold" : "silver",
                        since,
                        chance.nextBoolean() ? null : since.plusDays(1 + chance.nextInt(120)))));
    }

    /** Also what is returned, and what arrives late. */
    private void sell(SplittableRandom chance, List<Integer> waiting) {
        var location = 1 + chance.nextInt(LOCATIONS);
        waiting.add(location);
        sales.computeIfAbsent(location, _ -> new ArrayList<>())
                .add(new Sale(
                        ++lastSeq,
                        START.plusDays(chance.nextInt(300)),
                        1 + chance.nextInt(customers.size()),
                        1 + chance.nextInt(products.size()),
                        chance.nextInt(8) - 1,
                        chance.nextInt(60_000) - 10_000,
                        Currency.getInstance(chance.nextInt(5) == 0 ? "EUR" : "USD")));
    }

    private Footing.Now now() {
        var numbers = new HashMap<String, Integer>();
        published.forEach(each -> numbers.put(each.terms().program(), each.program()));
        var locations = new ArrayList<Facts.Location>();
        for (var id = 1; id <= LOCATIONS; id++) {
            locations.add(new Facts.Location(
                    id,
                    "direct-reseller",
                    "FR",
                    lists.getOrDefault(id, Set.of()),
                    registered.getOrDefault(id, List.of()).stream()
                            .filter(enrollment -> numbers.containsKey(enrollment.program()))
                            .map(enrollment -> new Facts.Enrollment(
                                    numbers.getOrDefault(enrollment.program(), 0),
                                    enrollment.since(),
                                    enrollment.until()))
                            .toList(),
                    holdings.getOrDefault(id, List.of()),
                    plans.getOrDefault(id, List.of()).stream()
                            .filter(plan -> numbers.containsKey(plan.program()))
                            .map(plan -> new Facts.Plan(
                                    numbers.getOrDefault(plan.program(), 0), plan.from(), plan.until(), plan.minor()))
                            .toList()));
        }
        return new Footing.Now(
                List.copyOf(published),
                Map.copyOf(registered),
                new Facts(
                        published.stream()
                                .map(each -> new Facts.Published(each.program(), each.id(), each.terms()))
                                .toList(),
                        locations,
                        List.copyOf(products),
                        List.copyOf(customers),
                        List.of(),
                        List.copyOf(rates)));
    }

    /** As a refresh does it. */
    private int refresh(State state, List<Integer> waiting) {
        var now = now();
        var here = now.ofLocations(Map.of());
        var again = Replays.causes(state.promises, state.reach, state.footings, now, here)
                .keySet();
        again.forEach(state::forget);
        replay(state, now, List.copyOf(again));
        var fresh = waiting.stream()
                .filter(location -> !again.contains(location))
                .distinct()
                .sorted()
                .toList();
        rate(state, now, fresh, state.readUntil);
        state.readUntil = lastSeq;
        sales.keySet().forEach(location -> state.footings.put(location, here.get(location)));
        state.reach = now.reach(sales.values().stream()
                .flatMap(List::stream)
                .map(Sale::day)
                .max(LocalDate::compareTo)
                .orElse(null));
        state.promises = now.promises(state.reach);
        return again.size();
    }

    private void replay(State state, Footing.Now now, List<Integer> locations) {
        rate(state, now, locations, 0);
    }

    private void rate(State state, Footing.Now now, List<Integer> locations, long afterSeq) {
        var totals = new Totals();
        var rating = new Rating(new Rulebook(now.facts(), 0), state, totals);
        for (var location : locations) {
            var fresh = sales.getOrDefault(location, List.of()).stream()
                    .filter(sale -> sale.seq() > afterSeq)
                    .toList();
            if (fresh.isEmpty()) {
                continue;
            }
            var journal = new EarningLines();
            rating.rate(lines(location, fresh), journal);
            for (var i = 0; i < journal.size; i++) {
                state.lines
                        .computeIfAbsent(location, _ -> new HashMap<>())
                        .merge(
                                List.of(
                                        journal.seq[i],
                                        journal.program[i],
                                        journal.terms[i],
                                        journal.lever[i],
                                        journal.reason[i],
                                        journal.day[i]),
                                List.of(journal.amount[i], journal.rebate[i], journal.basis[i]),
                                (_, same) -> {
                                    throw new IllegalStateException("two lines under one key: " + same);
                                });
            }
        }
        rating.finish();
        add(state, totals.sold, "sold");
        add(state, totals.earned, "earned");
    }

    private static SaleLines lines(int location, List<Sale> sold) {
        var lines = new SaleLines(sold.size());
        for (var sale : sold) {
            var i = lines.size++;
            lines.location[i] = location;
            lines.seq[i] = sale.seq();
            lines.day[i] = (int) sale.day().toEpochDay();
            lines.customer[i] = sale.customer();
            lines.product[i] = sale.product();
            lines.quantity[i] = sale.units() * 1_000_000L;
            lines.amount[i] = sale.amount();
            lines.currency[i] = (short) sale.currency().getNumericCode();
        }
        return lines;
    }

    private static void add(State state, Totals.Columns columns, String kind) {
        for (var i = 0; i < columns.size; i++) {
            state.totals
                    .computeIfAbsent(columns.location[i], _ -> new HashMap<>())
                    .merge(
                            List.of(
                                    kind,
                                    columns.program[i],
                                    columns.terms[i],
                                    columns.month[i],
                                    columns.currency[i],
                                    columns.reason[i]),
                            List.of(columns.amount[i], columns.rebate[i], (long) columns.lines[i]),
                            (one, other) -> List.of(
                                    one.get(0) + other.get(0), one.get(1) + other.get(1), one.get(2) + other.get(2)));
        }
    }

    /** @param levers and whatever stands after them */
    private static String terms(String program, String version, String effective, String levers) {
        return """
                program: %s
                version: %s
                effective: %s
                currency: USD
                exchange: daily
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                %s
                """.formatted(program, version, effective, levers);
    }
}
