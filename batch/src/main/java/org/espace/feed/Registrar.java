package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.espace.feed.Mapping.Registration;
import org.jspecify.annotations.Nullable;

/** Takes master data out of the files beside a feed and out of its lines, and gives new numbers their ids. */
final class Registrar {

    private static final List<String> TYPES = List.of("direct-reseller", "indirect-provider", "indirect-reseller");

    final Dictionary locations;
    final Dictionary products;
    final Dictionary customers;
    final Kinds kinds;

    private final Mapping mapping;
    private final Known.Ids ids;
    private final Countries countries;
    private final Consumer<Refusal> refused;
    private final Map<String, Integer> partners;
    private final Map<String, Registered.Partner> newPartners = new LinkedHashMap<>();
    private final Map<String, Registered.Location> newLocations = new LinkedHashMap<>();
    private final Map<String, Registered.Product> newProducts = new LinkedHashMap<>();
    private final Map<String, Registered.Customer> toldCustomers = new LinkedHashMap<>();
    private final List<Registered.Customer> newCustomers = new ArrayList<>();
    private final List<Registered.Disposition> newDispositions = new ArrayList<>();
    private final Map<String, Integer> dispositions;
    private final Standing standing;

    Registrar(Mapping mapping, Known known, Countries countries, Consumer<Refusal> refused) {
        this.mapping = mapping;
        this.ids = known.ids();
        this.countries = countries;
        this.refused = refused;
        partners = new HashMap<>(known.partners());
        dispositions = new HashMap<>(known.dispositions());
        locations = Dictionary.of(known.locations());
        products = Dictionary.of(known.products());
        customers = Dictionary.of(known.customers());
        kinds = new Kinds(known.lineKinds(), ids.lineKind());
        standing = new Standing(locations, customers);
        for (var meaning : mapping.statuses().values()) {
            if (meaning.outcome() != Mapping.Outcome.ELIGIBLE && !dispositions.containsKey(meaning.code())) {
                var id = ids.disposition().getAsInt();
                dispositions.put(meaning.code(), id);
                newDispositions.add(new Registered.Disposition(id, meaning.outcome(), meaning.code()));
            }
        }
    }

    Registered registered() {
        var allCustomers = new ArrayList<>(toldCustomers.values());
        allCustomers.addAll(newCustomers);
        return new Registered(
                List.copyOf(newPartners.values()),
                List.copyOf(newLocations.values()),
                List.copyOf(allCustomers),
                List.copyOf(standing.customerListings),
                List.copyOf(newProducts.values()),
                List.copyOf(standing.enrollments),
                List.copyOf(standing.listings),
                List.copyOf(standing.holdings),
                List.copyOf(standing.plans),
                List.copyOf(standing.measures),
                List.copyOf(newDispositions),
                kinds.fresh());
    }

    /** 0 is eligible. */
    int disposition(Mapping.Meaning meaning) {
        return meaning.outcome() == Mapping.Outcome.ELIGIBLE
                ? 0
                : dispositions.getOrDefault(meaning.code(), Dictionary.UNKNOWN);
    }

    void readFilesBeside(Path feed) throws IOException {
        for (var register : Register.values()) {
            var registration = mapping.register(register);
            if (registration.isPresent() && registration.get().fromFile()) {
                forEachRow(registration.get(), feed, taker(register));
            } else if (registration.isPresent() && !registration.get().fromFeed()) {
                enrollEverybody(registration.get());
            }
        }
    }

    private Consumer<Entry> taker(Register register) {
        return switch (register) {
            case PARTNERS -> this::partner;
            case PRODUCTS -> this::product;
            case CUSTOMERS -> this::customer;
            case CUSTOMER_LISTS -> standing::customerListing;
            case ENROLLMENTS -> standing::enrollment;
            case LISTS -> standing::listing;
            case HOLDINGS -> standing::holding;
            case PLANS -> standing::plan;
            case MEASURES -> standing::measure;
        };
    }

    /** Whom the same load registers as a partner. */
    private void enrollEverybody(Registration registration) {
        for (var location : newLocations.values()) {
            var program = constant(registration, "program");
            var since = LocalDate.parse(constant(registration, "since"));
            standing.enrollments.add(new Registered.Enrollment(location.id(), program, since, null));
        }
    }

    private static String constant(Registration registration, String field) {
        return registration.fields().get(field) instanceof Source.Constant(var value) ? value : "";
    }

    private void forEachRow(Registration registration, Path feed, Consumer<Entry> taker) throws IOException {
        var file = feed.resolveSibling(registration.from());
        if (registration.optional() && !Files.exists(file)) {
            return;
        }
        var needed = registration.fields().values().stream()
                .flatMap(source -> source.needed().stream())
                .toList();
        try (var records = Beside.open(file, mapping, needed)) {
            var columns = new Columns(records.header());
            var row = new Row(columns, mapping.formats().missing());
            var fetches = new HashMap<String, Row.Fetch>();
            registration.fields().forEach((field, source) -> fetches.put(field, row.fetch(source)));
            while (records.next(row.cells)) {
                var entry = entry(registration, fetches, row, registration.from(), refused);
                if (row.cells.defect != null) {
                    entry.refuse("", row.cells.defect, Map.of("limit", Integer.toString(CsvRecords.LONGEST_RECORD)));
                } else if (row.cells.count != columns.count()) {
                    entry.refuse(
                            "",
                            Code.WRONG_FIELD_COUNT,
                            Map.of(
                                    "expected",
                                    Integer.toString(columns.count()),
                                    "found",
                                    Integer.toString(row.cells.count)));
                } else {
                    taker.accept(entry);
                }
            }
        }
    }

    private Entry entry(
            Registration registration,
            Map<String, Row.Fetch> fetches,
            Row row,
            @Nullable String file,
            Consumer<Refusal> sink) {
        return new Entry(registration, fetches, row, file, countries, mapping.formats(), sink);
    }

    private void partner(Entry entry) {
        var number = entry.needed("partner", Checks.LONGEST_NUMBER);
        var country = entry.country("partner-country");
        var type = entry.optional("type", Checks.LONGEST_ATTRIBUTE);
        if (number == null) {
            return;
        }
        if (country == null) {
            entry.refuse("partner-country", Code.MISSING);
            return;
        }
        if (type == null || !TYPES.contains(type)) {
            entry.refuse("type", type == null ? Code.MISSING : Code.UNKNOWN_TYPE);
            return;
        }
        var name = entry.name("partner-name", number);
        var locationNumber = entry.name("location", number);
        var locationName = entry.name("location-name", name);
        var locationCountry = entry.country("location-country");
        if (!entry.refused) {
            register(
                    new Registered.Partner(0, number, name, country),
                    new Registered.Location(
                            0,
                            0,
                            locationNumber,
                            locationName,
                            locationCountry == null ? country : locationCountry,
                            type));
        }
    }

    /** A partner that comes with several locations comes on several rows; the first one names it. */
    private void register(Registered.Partner partner, Registered.Location location) {
        var partnerId =
                partners.computeIfAbsent(partner.number(), n -> ids.partner().getAsInt());
        newPartners.putIfAbsent(
                partner.number(),
                new Registered.Partner(partnerId, partner.number(), partner.name(), partner.country()));
        var id = id(locations, location.number(), ids.location());
        newLocations.put(
                location.number(),
                new Registered.Location(
                        id, partnerId, location.number(), location.name(), location.country(), location.type()));
    }

    private void product(Entry entry) {
        var number = entry.needed("product", Checks.LONGEST_NUMBER);
        var family = entry.optional("family", Checks.LONGEST_NUMBER);
        var area = entry.optional("solution-area", Checks.LONGEST_NUMBER);
        if (number != null) {
            var name = entry.name("name", number);
            if (!entry.refused) {
                var id = id(products, number, ids.product());
                newProducts.put(number, new Registered.Product(id, number, name, family, area));
            }
        }
    }

    private void customer(Entry entry) {
        var number = entry.needed("customer", Checks.LONGEST_NUMBER);
        var country = entry.country("country");
        var segment = entry.optional("segment", Checks.LONGEST_ATTRIBUTE);
        var since = entry.day("since");
        if (number != null) {
            var name = entry.name("name", number);
            if (!entry.refused) {
                var id = id(customers, number, ids.customer());
                toldCustomers.put(number, new Registered.Customer(id, number, name, country, segment, since));
            }
        }
    }

    private static int id(Dictionary known, String number, IntSupplier next) {
        var bytes = number.getBytes(UTF_8);
        var id = known.find(bytes, 0, bytes.length);
        if (id == Dictionary.UNKNOWN) {
            id = next.getAsInt();
            known.put(bytes, 0, bytes.length, id);
        }
        return id;
    }

    /** Registers what a line of the feed says about a location or a product that is not known yet. */
    interface FromLine {
        /** The first fault of what the line says, or null when it is registered. */
        @Nullable
        Refusal register();
    }

    FromLine partnerFromLine(Registration registration, Row row) {
        return fromLine(registration, row, "partner", Field.LOCATION, this::partner);
    }

    FromLine productFromLine(Registration registration, Row row) {
        return fromLine(registration, row, "product", Field.PRODUCT, this::product);
    }

    /** Its number is the line's own; read from another column than the mapping says, it has no other name. */
    private FromLine fromLine(Registration registration, Row row, String number, Field field, Consumer<Entry> taker) {
        var fetches = new HashMap<String, Row.Fetch>();
        registration.fields().forEach((name, source) -> fetches.put(name, row.fetch(source)));
        fetches.put(number, row.fetch(mapping.source(field)));
        if (mapping.changed().containsKey(field)) {
            fetches.remove(number + "-name");
            fetches.remove("name");
        }
        return () -> {
            var faults = new ArrayList<Refusal>();
            taker.accept(entry(registration, fetches, row, null, faults::add));
            return faults.isEmpty() ? null : faults.getFirst();
        };
    }

    int customer(Cut number, @Nullable String name, @Nullable String country, @Nullable String segment) {
        var id = ids.customer().getAsInt();
        customers.put(number.bytes, number.from, number.to, id);
        var text = number.text();
        newCustomers.add(new Registered.Customer(id, text, name == null ? text : name, country, segment, null));
        return id;
    }
}
