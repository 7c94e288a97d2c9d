package org.espace.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.espace.engine.Facts;
import org.espace.money.Rate;
import org.espace.terms.Lever;
import org.espace.terms.Selection;
import org.espace.terms.Terms;

/**
 * The second opinion: earning lines by a fixed SQL text, from terms and master data laid out as tables. It shares no code
 * with the engine, only {@link Terms} and {@link Facts}; sales must be whole minor units, tiers have three steps at most,
 * and terms with growth are the only version of their program, in force on the days of all sales.
 */
final class Reference {

    private static final long NEVER = Long.MAX_VALUE;

    private final Facts facts;
    private final Map<String, Integer> classes = new LinkedHashMap<>();
    private final Map<String, Integer> segments = new LinkedHashMap<>();

    Reference(Facts facts) {
        this.facts = facts;
        for (var location : facts.locations()) {
            classes.putIfAbsent(location.type() + "/" + location.country(), classes.size());
        }
        for (var customer : facts.customers()) {
            segments.putIfAbsent(String.valueOf(customer.segment()), segments.size());
        }
    }

    /** A table: its columns as SQL, and its rows as lines of CSV. */
    record Table(String name, String columns, List<String> rows) {

        Path write(Path folder) throws IOException {
            return Files.write(folder.resolve(name + ".csv"), rows);
        }
    }

    /** What is written differently in another SQL. */
    record Dialect(String fence, String division, String integer, String running) {

        static final Dialect DUCKDB_EXACT = new Dialect("", "//", "HUGEINT", "sum($1)");

        /** Sums of integers are exact in floating point below 2^53, and several times faster there. */
        static final Dialect DUCKDB_FAST = new Dialect("", "//", "BIGINT", "sum($1::DOUBLE)");

        static final Dialect POSTGRES = new Dialect("OFFSET 0", "/", "bigint", "sum($1::float8)");

        /** Sums of BIGINT are BIGINT there, and refused when they overflow. */
        static final Dialect SPARK = new Dialect("", "div", "BIGINT", "sum($1)");
    }

    static String query(Dialect dialect) {
        try (var text = Reference.class.getResourceAsStream("reference.sql")) {
            return new String(java.util.Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{fence}", dialect.fence())
                    .replace("{div}", dialect.division())
                    .replace("{int}", dialect.integer())
                    .replaceAll("running\\(([a-z0-9_.]+)\\)", dialect.running());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<Table> tables() {
        return List.of(customers(), standings(), cells(), rates(), months(), rules());
    }

    private Table customers() {
        return new Table(
                "customer",
                "id int, segment int",
                facts.customers().stream()
                        .map(customer -> customer.id() + "," + segments.get(String.valueOf(customer.segment())))
                        .toList());
    }

    /** For each location, program and span of days: the terms in force, or why there is nothing to earn. */
    private Table standings() {
        var rows = new ArrayList<String>();
        for (var location : facts.locations()) {
            var programs = new TreeSet<Integer>();
            location.enrollments().forEach(enrollment -> programs.add(enrollment.program()));
            if (programs.isEmpty()) {
                rows.add("%d,-1,0,0,10,false,1900-01-01,2999-01-01".formatted(location.id()));
            }
            for (var program : programs) {
                var cuts = new TreeSet<>(Set.of(LocalDate.of(1900, 1, 1), LocalDate.of(2999, 1, 1)));
                for (var enrollment : location.enrollments()) {
                    cuts.add(enrollment.since());
                    if (enrollment.until() != null) {
                        cuts.add(enrollment.until());
                    }
                }
                for (var published : facts.terms()) {
                    cuts.add(published.terms().effective().from());
                    cuts.add(published.terms().effective().until());
                }
                for (var since : cuts.headSet(cuts.last())) {
                    rows.add(standing(location, program, since) + "," + since + "," + cuts.higher(since));
                }
            }
        }
        return new Table(
                "standing",
                "location int, class int, program int, terms int, reason int, watched boolean, since date, until date",
                rows);
    }

    private String standing(Facts.Location location, int program, LocalDate day) {
        var enrolled = location.enrollments().stream()
                .anyMatch(enrollment -> enrollment.program() == program
                        && !day.isBefore(enrollment.since())
                        && (enrollment.until() == null || day.isBefore(enrollment.until())));
        var published = facts.terms().stream()
                .filter(candidate -> candidate.program() == program
                        && candidate.terms().effective().contains(day))
                .findFirst();
        var open = published
                .map(Facts.Published::terms)
                .filter(terms ->
                        allows(terms.partnerTypes(), location.type()) && allows(terms.countries(), location.country()));
        var reason = 0;
        if (!enrolled) {
            reason = 11;
        } else if (published.isEmpty()) {
            reason = 12;
        } else if (open.isEmpty()) {
            reason = 13;
        }
        return "%d,%d,%d,%d,%d,%b"
                .formatted(
                        location.id(),
                        classes.get(location.type() + "/" + location.country()),
                        program,
                        published.map(Facts.Published::id).orElse(0),
                        reason,
                        reason != 0
                                && open.stream()
                                        .flatMap(terms -> terms.levers().stream())
                                        .anyMatch(lever -> lever.basis() instanceof Lever.Growth));
    }

    private static boolean allows(Set<String> values, String value) {
        return values.isEmpty() || values.contains(value);
    }

    /** Which levers select which kind of sale, one by one. */
    private Table cells() {
        var rows = new ArrayList<String>();
        for (var published : facts.terms()) {
            var levers = published.terms().levers();
            for (var lever = 0; lever < levers.size(); lever++) {
                var of = levers.get(lever).of();
                for (var place : classes.entrySet()) {
                    var typeAndCountry = place.getKey().split("/", -1);
                    for (var product : facts.products()) {
                        for (var segment : segments.entrySet()) {
                            var sale = new Sale(product, segment.getKey(), typeAndCountry[0], typeAndCountry[1]);
                            if (sale.matches(of.only()) && of.except().stream().noneMatch(sale::matches)) {
                                rows.add("%d,%d,%d,%d,%d"
                                        .formatted(
                                                published.id(),
                                                lever + 1,
                                                place.getValue(),
                                                product.id(),
                                                segment.getValue()));
                            }
                        }
                    }
                }
            }
        }
        return new Table("cell", "terms int, lever int, class int, product int, segment int", rows);
    }

    private record Sale(Facts.Product product, String segment, String type, String country) {

        boolean matches(Map<Selection.Attribute, Set<String>> conditions) {
            for (var condition : conditions.entrySet()) {
                var value = switch (condition.getKey()) {
                    case PARTNER_TYPE -> type;
                    case PARTNER_COUNTRY -> country;
                    case PRODUCT_FAMILY -> String.valueOf(product.family());
                    case PRODUCT -> product.number();
                    case SOLUTION_AREA -> String.valueOf(product.solutionArea());
                    case CUSTOMER_SEGMENT -> segment;
                    case CUSTOMER,
                            CUSTOMER_COUNTRY,
                            CUSTOMER_LIST,
                            PARTNER_LIST,
                            PARTNER_ROLE,
                            BILLING,
                            ORDER_TYPE,
                            TRIAL,
                            UNIT ->
                        throw new IllegalArgumentException("the reference does not look at " + condition.getKey());
                };
                if (!condition.getValue().contains(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The fraction that converts a sale, by terms, currency and day. */
    private Table rates() {
        var rows = new ArrayList<String>();
        var currencies = new TreeSet<>(Comparator.comparing(Currency::getCurrencyCode));
        currencies.add(Currency.getInstance("EUR"));
        facts.rates().forEach(set -> currencies.addAll(set.unitsPerEuro().keySet()));
        for (var published : facts.terms()) {
            var terms = published.terms();
            for (var day = terms.effective().from();
                    day.isBefore(terms.effective().until());
                    day = day.plusDays(1)) {
                var last = terms.exchange() == Terms.Exchange.DAILY
                        ? day
                        : day.withDayOfMonth(1).minusDays(1);
                var set = facts.rates().stream()
                        .filter(candidate -> !candidate.day().isAfter(last))
                        .max(Comparator.comparing(Facts.RateSet::day))
                        .orElseThrow();
                for (var currency : currencies) {
                    var own = currency.equals(terms.currency());
                    rows.add("%d,%d,%s,%d,%d,%d,%d"
                            .formatted(
                                    published.id(),
                                    currency.getNumericCode(),
                                    day,
                                    day.getYear() * 12 + day.getMonthValue() - 1,
                                    own ? 0 : set.id(),
                                    own ? 1 : minorUnitsPerEuro(set, terms.currency()),
                                    own ? 1 : minorUnitsPerEuro(set, currency)));
                }
            }
        }
        return new Table(
                "fx",
                "terms int, currency int, day date, month int, rates int, numerator bigint, denominator bigint",
                rows);
    }

    /** In hundredths of a hundredth, so that it is whole. */
    private static long minorUnitsPerEuro(Facts.RateSet set, Currency currency) {
        return set.unitsPerEuro()
                .getOrDefault(currency, BigDecimal.ONE)
                .movePointRight(currency.getDefaultFractionDigits() + 4)
                .longValueExact();
    }

    /** The first day of every month in which terms are in force, and of the one after. */
    private Table months() {
        var rows = new TreeSet<String>();
        for (var published : facts.terms()) {
            var effective = published.terms().effective();
            for (var first = effective.from().withDayOfMonth(1);
                    !first.isAfter(effective.until());
                    first = first.plusMonths(1)) {
                rows.add("%d,%s".formatted(first.getYear() * 12 + first.getMonthValue() - 1, first));
            }
        }
        return new Table("month", "month int, first date", List.copyOf(rows));
    }

    private Table rules() {
        var rows = new ArrayList<String>();
        for (var published : facts.terms()) {
            var levers = published.terms().levers();
            for (var i = 0; i < levers.size(); i++) {
                rows.add("%d,%d,%d,%d,%s,%s"
                        .formatted(
                                published.id(),
                                i + 1,
                                published.terms().split().rebate().partsPerMillion(),
                                growth(levers.get(i)),
                                formula(levers.get(i), published.terms()),
                                caps(levers.get(i).limits(), published.terms())));
            }
        }
        return new Table(
                "rule",
                "terms int, lever int, rebate bigint, growth int, tiers boolean, by_quantity boolean, from1 bigint, from2 bigint,"
                        + " from3 bigint, rate1 bigint, rate2 bigint, rate3 bigint, const1 bigint, const2 bigint,"
                        + " const3 bigint, tier_by_customer int, tier_shift int, tier_months int, caps int, cap1 bigint,"
                        + " cap1_by_customer int, cap1_shift int, cap1_months int, cap2 bigint, cap2_by_customer int,"
                        + " cap2_shift int, cap2_months int",
                rows);
    }

    /** How many spans ago the one lies that a span is measured against; 0 for none. */
    private static int growth(Lever lever) {
        return switch (lever.basis()) {
            case Lever.Added _ -> 0;
            case Lever.Growth growth when growth.over() == Lever.Over.PREVIOUS_PERIOD -> 1;
            case Lever.Growth _, Lever.HighWater _, Lever.CustomerAdd _, Lever.HigherOf _ ->
                throw new IllegalArgumentException("the reference has no such basis: " + lever);
        };
    }

    private static String formula(Lever lever, Terms terms) {
        return switch (lever.formula()) {
            case Lever.Flat flat
            when growth(lever) > 0 ->
                "true,false,%s,%s"
                        .formatted(steps(List.of(new Lever.Step(0, flat)), true), scope(lever.scope(), terms));
            case Lever.Flat(var rate) -> "false,false,0,0,0,%d,0,0,0,0,0,0,0,1".formatted(rate.partsPerMillion());
            case Lever.PerUnit(var amount) -> "false,true,0,0,0,%d,0,0,0,0,0,0,0,1".formatted(amount.minor());
            case Lever.Marginal tiers ->
                "true,false,%s,%s".formatted(steps(tiers.steps(), true), scope(lever.scope(), terms));
            case Lever.Retroactive(var measure, var steps) ->
                "true,%s,%s,%s"
                        .formatted(measure == Lever.Measure.QUANTITY, steps(steps, false), scope(lever.scope(), terms));
            case Lever.Fixed _, Lever.Smallest _, Lever.Largest _ ->
                throw new IllegalArgumentException("the reference has no such formula: " + lever);
        };
    }

    /** In all, a step pays revenue × rate + a constant: what the steps below pay less, or more. */
    private static String steps(List<Lever.Step> steps, boolean marginal) {
        var from = new ArrayList<Long>();
        var rates = new ArrayList<Long>();
        var constants = new ArrayList<Long>();
        var constant = 0L;
        var below = Rate.ZERO;
        for (var step : steps) {
            constant -= step.from() * (rate(step).partsPerMillion() - below.partsPerMillion());
            below = rate(step);
            from.add(from.isEmpty() && step.from() == 0 ? -NEVER : step.from());
            rates.add(rate(step).partsPerMillion());
            constants.add(marginal ? constant : 0);
        }
        while (from.size() < 3) {
            from.add(NEVER);
            rates.add(0L);
            constants.add(0L);
        }
        return joined(from) + "," + joined(rates) + "," + joined(constants);
    }

    private static Rate rate(Lever.Step step) {
        return ((Lever.Flat) step.pays()).rate();
    }

    private static String joined(List<Long> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }

    private static String caps(List<Lever.Limit> caps, Terms terms) {
        var text = new StringBuilder().append(caps.size());
        for (var i = 0; i < 2; i++) {
            text.append(',');
            if (i < caps.size()) {
                var cap = caps.get(i);
                text.append(cap.amount().minor()).append(',').append(scope(cap.scope(), terms));
            } else {
                text.append("0,0,0,1");
            }
        }
        return text.toString();
    }

    private static String scope(Lever.Scope scope, Terms terms) {
        var fiscal = terms.fiscalYearStarts().getMonthValue() - 1;
        var span = switch (scope.span()) {
            case MONTH -> "0,1";
            case QUARTER -> fiscal + ",3";
            case HALF_YEAR -> fiscal + ",6";
            case YEAR -> "0,12";
            case FISCAL_YEAR -> fiscal + ",12";
            case TERM -> "0,1000000";
        };
        return (scope.per() == Lever.Per.CUSTOMER ? 1 : 0) + "," + span;
    }
}
