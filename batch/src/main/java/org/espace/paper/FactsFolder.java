package org.espace.paper;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.espace.engine.Facts;
import org.espace.engine.Reason;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** Reads the facts about a program from a folder of CSV files. {@code docs/rate.md} describes them. */
public final class FactsFolder {

    private static final String SALES = "sales.csv";
    private static final String USAGE = "usage.csv";
    private static final String PARTNERS = "partners.csv";
    private static final String ENROLLMENTS = "enrollments.csv";
    private static final String CUSTOMERS = "customers.csv";
    private static final String PRODUCTS = "products.csv";
    private static final String RATES = "rates.csv";
    private static final String HOLDINGS = "holdings.csv";
    private static final String PLANS = "plans.csv";
    private static final Set<String> FILES =
            new TreeSet<>(List.of(SALES, USAGE, PARTNERS, ENROLLMENTS, CUSTOMERS, PRODUCTS, RATES, HOLDINGS, PLANS));

    private static final String KNOWN = "known";
    private static final List<String> TYPES = List.of("direct-reseller", "indirect-provider", "indirect-reseller");
    private static final List<String> OUTCOMES = List.of("eligible", "ineligible", "pending");
    private static final List<String> KINDS =
            Arrays.stream(Requirement.Kind.values()).map(Requirement.Kind::key).toList();
    private static final List<Selection.Attribute> LINE_ATTRIBUTES = Arrays.stream(Selection.Attribute.values())
            .filter(attribute -> attribute.side() == Selection.Side.LINE)
            .toList();
    private static final List<String> HAPPENED = List.of("invoiced", "paid", "consumed");
    private static final int RATE_DECIMALS = 6;
    private static final int QUANTITY_DECIMALS = 6;

    /** How many decimals an amount may have beyond its currency's own. */
    private static final int FINER = 6;

    private final Path folder;
    private final List<Terms> terms;
    private final @Nullable LocalDate asKnown;
    private final List<BadCell> faults = new ArrayList<>();
    private final List<Assumption> assumed = new ArrayList<>();
    private final Numbering<String> programs = new Numbering<>();
    private final Numbering<String> locations = new Numbering<>();
    private final Numbering<String> customers = new Numbering<>();
    private final Numbering<String> products = new Numbering<>();
    private final Numbering<List<?>> orders = new Numbering<>();
    private final Numbering<Kind> kinds = new Numbering<>();
    private final Numbering<PaperSale.Disposition> dispositions = new Numbering<>();
    private int leftOut;

    private FactsFolder(Path folder, List<Terms> terms, @Nullable LocalDate asKnown) {
        this.folder = folder;
        this.terms = terms;
        this.asKnown = asKnown;
    }

    /**
     * Throws {@link FactsInvalid} with everything that is wrong.
     *
     * @param asKnown leaves out what was learned after this day; null when everything counts
     */
    public static PaperFacts read(Path folder, List<Terms> terms, @Nullable LocalDate asKnown) {
        var reader = new FactsFolder(folder, terms, asKnown);
        var facts = reader.read();
        if (!reader.faults.isEmpty()) {
            throw new FactsInvalid(reader.faults);
        }
        return facts;
    }

    private record Kind(Lever.Trigger happened, Map<Selection.Attribute, String> attributes) {}

    private record Partner(String type, String country, Set<String> lists) {}

    private record Item(Optional<String> family, Optional<String> area) {}

    private record Buyer(
            Optional<String> country, Optional<String> segment, Optional<LocalDate> since, Set<String> lists) {}

    private PaperFacts read() {
        refuseMissingOrUnknownFiles();
        terms.forEach(each -> programs.of(each.program()));
        var partners = partners();
        var items = products();
        var buyers = customers();
        var sales = new ArrayList<PaperSale>();
        sales(SALES, partners, sales);
        sales(USAGE, partners, sales);
        var enrollments = enrollments(partners);
        var holdings = holdings(partners);
        var plans = plans(partners);
        var rates = rates(sales);
        var facts = new Facts(
                published(),
                locations(partners, enrollments, holdings, plans),
                products(items),
                customers(buyers),
                lineKinds(),
                rates);
        return new PaperFacts(facts, locations.values(), dispositions.values(), sales, assumed, leftOut);
    }

    private void refuseMissingOrUnknownFiles() {
        if (!Files.isDirectory(folder)) {
            throw new FactsInvalid(List.of(new BadCell(folder.toString(), 0, "", "", Fault.FOLDER_MISSING, Map.of())));
        }
        try (var files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv") && !FILES.contains(name))
                    .sorted()
                    .forEach(name -> faults.add(new BadCell(
                            name, 0, "", "", Fault.UNKNOWN_FILE, Map.of("known", String.join(", ", FILES)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(folder.resolve(SALES)) && !Files.exists(folder.resolve(USAGE))) {
            faults.add(new BadCell(SALES, 0, "", "", Fault.FILE_MISSING, Map.of()));
        }
    }

    private List<Facts.Published> published() {
        var published = new ArrayList<Facts.Published>();
        for (var each : terms) {
            published.add(new Facts.Published(programs.of(each.program()), published.size() + 1, each));
        }
        return published;
    }

    // --- who and what ------------------------------------------------------------------------------------------------

    /** By number; empty when there is no list, so that every location that is named anywhere is one. */
    private Optional<Map<String, Partner>> partners() {
        var sheet = sheet(PARTNERS, List.of("location"), List.of("type", "country", "lists"));
        if (!sheet.isPresent()) {
            return Optional.empty();
        }
        var found = new HashMap<String, Partner>();
        for (var row : known(sheet)) {
            var type = row.word("type", TYPES).orElseGet(this::fittingType);
            var country = row.country("country").orElse("");
            var lists = row.text("lists").map(FactsFolder::words).orElse(Set.of());
            row.needed("location", row::text).ifPresent(number -> {
                locations.of(number);
                found.put(number, new Partner(type, country, lists));
            });
        }
        return Optional.of(found);
    }

    /** A location's id; 0, and a fault, when there is a list of partners that it does not stand on. */
    private int location(Sheet.Row row, Optional<Map<String, Partner>> partners) {
        return row.needed("location", row::text)
                .map(number -> {
                    if (partners.isPresent() && !partners.get().containsKey(number)) {
                        row.fault("location", Fault.UNKNOWN_LOCATION);
                        return 0;
                    }
                    return locations.of(number);
                })
                .orElse(0);
    }

    private List<Facts.Location> locations(
            Optional<Map<String, Partner>> partners,
            Map<Integer, Collection<Facts.Enrollment>> enrollments,
            Map<Integer, Collection<Facts.Holding>> holdings,
            Map<Integer, Collection<Facts.Plan>> plans) {
        var fitting = new Partner(fittingType(), fittingCountry(), Set.of());
        if (partners.isEmpty()) {
            var country = fitting.country().isEmpty() ? "–" : fitting.country();
            assume(Assumption.Code.PARTNERS_FIT, Map.of("type", fitting.type(), "country", country));
        }
        var found = new ArrayList<Facts.Location>();
        for (var number : locations.values()) {
            var id = locations.of(number);
            var partner =
                    partners.map(list -> list.getOrDefault(number, fitting)).orElse(fitting);
            found.add(new Facts.Location(
                    id,
                    partner.type(),
                    partner.country(),
                    partner.lists(),
                    List.copyOf(enrollments.getOrDefault(id, List.of())),
                    List.copyOf(holdings.getOrDefault(id, List.of())),
                    List.copyOf(plans.getOrDefault(id, List.of()))));
        }
        return found;
    }

    private String fittingType() {
        return mostOpen(terms.stream().map(Terms::partnerTypes).toList(), TYPES.getLast());
    }

    private String fittingCountry() {
        return mostOpen(terms.stream().map(Terms::countries).toList(), "");
    }

    /** The word that most of the terms name. */
    private static String mostOpen(List<Set<String>> open, String otherwise) {
        var counts = new TreeMap<String, Integer>();
        open.forEach(words -> words.forEach(word -> counts.merge(word, 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(otherwise);
    }

    private Map<String, Item> products() {
        var sheet = sheet(PRODUCTS, List.of("number"), List.of("family", "solution-area"));
        if (!sheet.isPresent()) {
            assume(Assumption.Code.PRODUCTS_WITHOUT_FAMILY, Map.of());
        }
        var found = new HashMap<String, Item>();
        for (var row : known(sheet)) {
            var item = new Item(row.text("family"), row.text("solution-area"));
            row.needed("number", row::text).ifPresent(number -> found.put(number, item));
        }
        return found;
    }

    private List<Facts.Product> products(Map<String, Item> items) {
        var unknown = new Item(Optional.empty(), Optional.empty());
        return products.values().stream()
                .map(number -> {
                    var item = items.getOrDefault(number, unknown);
                    return new Facts.Product(
                            products.of(number),
                            number,
                            item.family().orElse(null),
                            item.area().orElse(null));
                })
                .toList();
    }

    private Map<String, Buyer> customers() {
        var sheet = sheet(CUSTOMERS, List.of("number"), List.of("country", "segment", "since", "lists"));
        if (!sheet.isPresent()) {
            assume(Assumption.Code.CUSTOMERS_WITHOUT_SEGMENT, Map.of());
        }
        var found = new HashMap<String, Buyer>();
        for (var row : known(sheet)) {
            var lists = row.text("lists").map(FactsFolder::words).orElse(Set.of());
            var buyer = new Buyer(row.country("country"), row.text("segment"), row.day("since"), lists);
            row.needed("number", row::text).ifPresent(number -> found.put(number, buyer));
        }
        return found;
    }

    private List<Facts.Customer> customers(Map<String, Buyer> buyers) {
        var unknown = new Buyer(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
        return customers.values().stream()
                .map(number -> {
                    var buyer = buyers.getOrDefault(number, unknown);
                    return new Facts.Customer(
                            customers.of(number),
                            number,
                            buyer.country().orElse(null),
                            buyer.segment().orElse(null),
                            buyer.since().orElse(null),
                            buyer.lists());
                })
                .toList();
    }

    // --- what was sold -----------------------------------------------------------------------------------------------

    private void sales(String file, Optional<Map<String, Partner>> partners, List<PaperSale> into) {
        var used = file.equals(USAGE);
        var needed = used ? List.of("location", "day", "quantity") : List.of("location", "day", "amount");
        var more =
                new ArrayList<>(List.of("product", "customer", "currency", "order", "happened", "outcome", "reason"));
        more.add(used ? "amount" : "quantity");
        LINE_ATTRIBUTES.forEach(attribute -> more.add(attribute.key()));
        for (var row : knownByDay(sheet(file, needed, more))) {
            var location = location(row, partners);
            var currency = currency(row);
            var decimals = currency.getDefaultFractionDigits() + FINER;
            var day = row.needed("day", row::day).orElse(Sheet.FIRST_DAY);
            var amount = used
                    ? row.number("amount", decimals).orElse(BigDecimal.ZERO)
                    : row.needed("amount", column -> row.number(column, decimals))
                            .orElse(BigDecimal.ZERO);
            var quantity = used
                    ? row.needed("quantity", column -> row.number(column, QUANTITY_DECIMALS))
                            .orElse(BigDecimal.ZERO)
                    : row.number("quantity", QUANTITY_DECIMALS).orElse(BigDecimal.ONE);
            into.add(new PaperSale(
                    file,
                    row.number(),
                    location,
                    day,
                    row.text("customer").map(customers::of).orElse(0),
                    products.of(row.text("product").orElse("")),
                    quantity,
                    amount,
                    currency,
                    row.text("order")
                            .map(order -> orders.of(List.of(location, order)))
                            .orElse(0),
                    kind(row, used),
                    disposition(row)));
        }
    }

    private Currency currency(Sheet.Row row) {
        return row.currency("currency").orElseGet(() -> {
            var one = terms.getFirst().currency();
            if (row.isBlank("currency")) {
                if (terms.stream().allMatch(each -> each.currency().equals(one))) {
                    assume(Assumption.Code.CURRENCY_OF_TERMS, Map.of("currency", one.getCurrencyCode()));
                } else {
                    row.fault("currency", Fault.MISSING);
                }
            }
            return one;
        });
    }

    private int kind(Sheet.Row row, boolean used) {
        var happened = row.word("happened", HAPPENED)
                .map(word -> Lever.Trigger.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(used ? Lever.Trigger.CONSUMED : Lever.Trigger.INVOICED);
        var attributes = new EnumMap<Selection.Attribute, String>(Selection.Attribute.class);
        LINE_ATTRIBUTES.forEach(
                attribute -> row.text(attribute.key()).ifPresent(value -> attributes.put(attribute, value)));
        return happened == Lever.Trigger.INVOICED && attributes.isEmpty()
                ? 0
                : kinds.of(new Kind(happened, attributes));
    }

    private List<Facts.LineKind> lineKinds() {
        return kinds.values().stream()
                .map(kind -> new Facts.LineKind(kinds.of(kind), kind.happened(), kind.attributes()))
                .toList();
    }

    private int disposition(Sheet.Row row) {
        var outcome = row.word("outcome", OUTCOMES).orElse(OUTCOMES.getFirst());
        var bucket = Reason.Bucket.valueOf(outcome.toUpperCase(Locale.ROOT));
        if (bucket == Reason.Bucket.ELIGIBLE) {
            return 0;
        }
        return row.needed("reason", row::code)
                .map(code -> dispositions.of(new PaperSale.Disposition(bucket, code)))
                .orElse(0);
    }

    // --- what is dated -----------------------------------------------------------------------------------------------

    private Map<Integer, Collection<Facts.Enrollment>> enrollments(Optional<Map<String, Partner>> partners) {
        var sheet = sheet(ENROLLMENTS, List.of("location", "program", "since"), List.of("until"));
        if (!sheet.isPresent()) {
            assume(Assumption.Code.ENROLLED_ALWAYS, Map.of());
            var always = programs.values().stream()
                    .map(program -> new Facts.Enrollment(programs.of(program), Sheet.FIRST_DAY, null))
                    .toList();
            return locations.values().stream().collect(toMap(locations::of, _ -> always));
        }
        return byLocation(sheet, partners, row -> {
            var since = row.needed("since", row::day);
            var until = until(row, since);
            return program(row)
                    .flatMap(program -> since.map(day -> new Dated<>(
                            List.of(program, day), new Facts.Enrollment(program, day, until.orElse(null)))));
        });
    }

    private Map<Integer, Collection<Facts.Holding>> holdings(Optional<Map<String, Partner>> partners) {
        var sheet = sheet(HOLDINGS, List.of("location", "kind", "code", "since"), List.of("level", "until"));
        if (!sheet.isPresent() && terms.stream().anyMatch(FactsFolder::requiresAnything)) {
            assume(Assumption.Code.NOTHING_HELD, Map.of());
        }
        return byLocation(sheet, partners, row -> {
            var kind = row.needed("kind", column -> row.word(column, KINDS));
            var code = row.needed("code", row::text);
            var level = row.word("level", Requirement.LEVELS);
            var since = row.needed("since", row::day);
            var until = until(row, since);
            return kind.flatMap(word -> code.flatMap(held -> since.map(day -> new Dated<>(
                    List.of(word, held, day),
                    new Facts.Holding(requirement(word), held, level.orElse(null), day, until.orElse(null))))));
        });
    }

    private Map<Integer, Collection<Facts.Plan>> plans(Optional<Map<String, Partner>> partners) {
        var sheet = sheet(PLANS, List.of("location", "program", "from", "until", "amount"), List.of());
        if (!sheet.isPresent() && terms.stream().anyMatch(FactsFolder::hasPlans)) {
            assume(Assumption.Code.NO_PLANS, Map.of());
        }
        return byLocation(sheet, partners, row -> {
            var from = row.needed("from", row::day);
            var until = row.needed("until", _ -> until(row, from));
            return program(row).flatMap(program -> {
                var digits = currency(program).getDefaultFractionDigits();
                var amount = row.needed("amount", column -> row.number(column, digits));
                return from.flatMap(first -> until.flatMap(end -> amount.map(most -> new Dated<>(
                        List.of(program, first),
                        new Facts.Plan(
                                program, first, end, most.movePointRight(digits).longValueExact())))));
            });
        });
    }

    private static Requirement.Kind requirement(String key) {
        return Arrays.stream(Requirement.Kind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Currency currency(int program) {
        return terms.stream()
                .filter(each -> programs.of(each.program()) == program)
                .findFirst()
                .orElseThrow()
                .currency();
    }

    private static boolean requiresAnything(Terms terms) {
        return !terms.requires().isEmpty()
                || terms.levers().stream().anyMatch(lever -> !lever.requires().isEmpty());
    }

    private static boolean hasPlans(Terms terms) {
        return terms.ceilings().stream().anyMatch(ceiling -> ceiling.most() instanceof Ceiling.OfPlan);
    }

    /** A later row with the same key takes the place of the one before. */
    private record Dated<T>(List<?> key, T value) {}

    private <T> Map<Integer, Collection<T>> byLocation(
            Sheet sheet, Optional<Map<String, Partner>> partners, Function<Sheet.Row, Optional<Dated<T>>> reader) {
        var found = new HashMap<Integer, Map<List<?>, T>>();
        for (var row : known(sheet)) {
            var location = location(row, partners);
            reader.apply(row)
                    .ifPresent(dated -> found.computeIfAbsent(location, _ -> new LinkedHashMap<>())
                            .put(dated.key(), dated.value()));
        }
        return found.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().values()));
    }

    private static Optional<LocalDate> until(Sheet.Row row, Optional<LocalDate> from) {
        return row.day("until").filter(until -> {
            var sound = from.isEmpty() || from.get().isBefore(until);
            if (!sound) {
                row.fault("until", Fault.EMPTY_PERIOD);
            }
            return sound;
        });
    }

    private Optional<Integer> program(Sheet.Row row) {
        return row.needed("program", row::text).flatMap(program -> {
            if (programs.has(program)) {
                return Optional.of(programs.of(program));
            }
            row.fault("program", Fault.UNKNOWN_PROGRAM, Map.of("known", String.join(", ", programs.values())));
            return Optional.empty();
        });
    }

    private List<Facts.RateSet> rates(List<PaperSale> sales) {
        var sheet = sheet(RATES, List.of("day", "currency", "rate"), List.of());
        if (!sheet.isPresent()
                && sales.stream()
                        .anyMatch(sale ->
                                terms.stream().anyMatch(each -> !each.currency().equals(sale.currency())))) {
            assume(Assumption.Code.NO_RATES, Map.of());
        }
        var byDay = new TreeMap<LocalDate, Map<Currency, BigDecimal>>();
        for (var row : knownByDay(sheet)) {
            var day = row.needed("day", row::day);
            var currency = row.needed("currency", row::currency);
            var rate = row.needed("rate", column -> row.number(column, RATE_DECIMALS));
            if (rate.isPresent() && rate.get().signum() <= 0) {
                row.fault("rate", Fault.NOT_ABOVE_ZERO);
            } else {
                day.ifPresent(at -> currency.ifPresent(unit -> rate.ifPresent(
                        units -> byDay.computeIfAbsent(at, _ -> new HashMap<>()).put(unit, units))));
            }
        }
        var sets = new ArrayList<Facts.RateSet>();
        byDay.forEach((day, units) -> sets.add(new Facts.RateSet(sets.size() + 1, day, units)));
        return sets;
    }

    // --- what was known ----------------------------------------------------------------------------------------------

    private Sheet sheet(String file, List<String> needed, List<String> more) {
        var known = new ArrayList<>(more);
        known.add(KNOWN);
        return Sheet.read(folder, file, needed, known, faults);
    }

    /** Without a day, a row has always been known. */
    private List<Sheet.Row> known(Sheet sheet) {
        return sheet.rows().stream().filter(row -> wasKnown(row.day(KNOWN))).toList();
    }

    /** Without a day, a row was known on the day that it is about. */
    private List<Sheet.Row> knownByDay(Sheet sheet) {
        return sheet.rows().stream()
                .filter(row -> wasKnown(row.isBlank(KNOWN) ? row.silent("day") : row.day(KNOWN)))
                .toList();
    }

    private boolean wasKnown(Optional<LocalDate> day) {
        var was = asKnown == null || day.isEmpty() || !day.get().isAfter(asKnown);
        leftOut += was ? 0 : 1;
        return was;
    }

    private void assume(Assumption.Code code, Map<String, String> arguments) {
        var assumption = new Assumption(code, arguments);
        if (!assumed.contains(assumption)) {
            assumed.add(assumption);
        }
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split("[;|]", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(toUnmodifiableSet());
    }
}
