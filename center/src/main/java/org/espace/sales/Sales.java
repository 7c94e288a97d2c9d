package org.espace.sales;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.espace.batch.Progress;
import org.espace.customers.Customer;
import org.espace.customers.CustomerId;
import org.espace.customers.Customers;
import org.espace.engine.Facts;
import org.espace.feed.Feed;
import org.espace.feed.FeedFile;
import org.espace.feed.FileRefused;
import org.espace.feed.Intake;
import org.espace.feed.Known;
import org.espace.feed.Mapping;
import org.espace.feed.Registered;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to what was sold: files come in, and every row of theirs is kept or refused with a reason. */
@Service
public class Sales {

    private final SalesStore store;
    private final RateStore rates;
    private final Lake lake;
    private final Partners partners;
    private final Customers customers;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** By their numbers: one that a feed has brought never changes. */
    private final Map<Integer, Disposition> dispositions = new ConcurrentHashMap<>();

    Sales(
            SalesStore store,
            RateStore rates,
            Lake lake,
            Partners partners,
            Customers customers,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.rates = rates;
        this.lake = lake;
        this.partners = partners;
        this.customers = customers;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Takes a file in whole. The same file again brings nothing; rows that were refused are tried again.
     *
     * @throws LoadRefused when no row of it can be read; the refusal is kept
     */
    public LoadReport load(Path file, LoadOrder order, String by, Progress progress) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FileUnreadable(file);
        }
        var name = Objects.toString(file.getFileName());
        try {
            return order.mapping().equals(EcbRates.MAPPING)
                    ? loadRates(file, name, by)
                    : loadSales(file, name, Mappings.named(order.mapping()).with(order.columns()), by, progress);
        } catch (FileRefused e) {
            transaction.executeWithoutResult(status -> {
                store.insertRefused(name, order.mapping(), e, clock.instant(), by);
                events.publishEvent(Act.of("load.refused", by, null, name));
            });
            throw new LoadRefused(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LoadReport loadSales(Path path, String name, Mapping mapping, String by, Progress progress)
            throws IOException {
        var started = System.nanoTime();
        progress.at("load.checking", 0, 0);
        var file = FeedFile.open(path);
        var beside = file.besideSha256(mapping);
        return Objects.requireNonNull(transaction.execute(status -> {
            try {
                store.lock();
                lake.sweep();
                var last = store.last(file.sha256(), mapping.reading());
                var sameBeside = last.filter(load -> load.besideSha256().equals(beside));
                if (sameBeside.isPresent() && sameBeside.get().refused() == 0) {
                    return nothingNew(name, mapping, sameBeside.get().received(), started);
                }
                var load = store.nextLoad();
                var again = sameBeside.isPresent()
                        || (last.isPresent() && mapping.lookups().isEmpty());
                var intake = Feed.take(file, mapping, known(), order(load, mapping, again), progress);
                var nothingNew = sameBeside.isPresent() && intake.accepted() + intake.corrections() == 0;
                if (nothingNew) {
                    discard(intake);
                } else {
                    progress.at("load.keeping", 0, 0);
                    register(intake.registered(), by);
                    var repeats = last.map(SalesStore.Known::id);
                    store.insert(load, name, file.sha256(), beside, mapping, repeats, clock.instant(), by, intake);
                    events.publishEvent(new SalesLoaded(load));
                    events.publishEvent(Act.of("load.accepted", by, null, name)
                            .changing(
                                    Map.of(),
                                    Map.of(
                                            "load", "" + load,
                                            "accepted", "" + intake.accepted(),
                                            "corrections", "" + intake.corrections(),
                                            "refused", "" + intake.refused(),
                                            "sha256", file.sha256())));
                }
                return report(nothingNew ? Optional.empty() : Optional.of(load), name, mapping, intake, started);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private Known known() {
        return new Known(
                partners.partnerNumbers(),
                partners.locationNumbers(),
                customers.numbers(),
                store.productNumbers(),
                store.dispositions().stream().collect(toMap(Disposition::code, Disposition::id)),
                store.lineKinds(),
                new Known.Ids(
                        partners.newPartnerIds(),
                        partners.newLocationIds(),
                        customers.newIds(),
                        store.newProductIds(),
                        store.newDispositionIds(),
                        store.newLineKindIds()));
    }

    private Feed.Order order(int load, Mapping mapping, boolean again) {
        var earlier = store.files(mapping.name()).stream()
                .map(file -> new Feed.Earlier(file.path(), file.fractionDigits()))
                .toList();
        return new Feed.Order(load, LocalDate.now(clock), lake.root(), earlier, again);
    }

    private void discard(Intake intake) throws IOException {
        if (intake.quarantine().isPresent()) {
            lake.delete(intake.quarantine().get().path());
        }
    }

    private void register(Registered registered, String by) {
        partners.register(
                registered.partners().stream()
                        .map(partner -> new Partner(
                                new PartnerId(partner.id()), partner.number(), partner.name(), partner.country()))
                        .toList(),
                registered.locations().stream()
                        .map(location -> new Location(
                                new LocationId(location.id()),
                                new PartnerId(location.partner()),
                                location.number(),
                                location.name(),
                                location.country(),
                                location.type()))
                        .toList());
        customers.register(registered.customers().stream()
                .map(customer -> new Customer(
                        new CustomerId(customer.id()),
                        customer.number(),
                        customer.name(),
                        customer.country(),
                        customer.segment(),
                        customer.since(),
                        Set.of()))
                .toList());
        list(registered.customerListings());
        store.registerProducts(registered.products());
        store.registerDispositions(registered.dispositions());
        store.registerLineKinds(registered.lineKinds());
        if (!registered.enrollments().isEmpty()) {
            events.publishEvent(new EnrollmentsRegistered(registered.enrollments().stream()
                    .map(row -> new EnrollmentsRegistered.Row(
                            new LocationId(row.location()), row.program(), row.since(), row.until()))
                    .toList()));
        }
        events.publishEvent(new StandingRegistered(
                registered.listings(), registered.holdings(), registered.plans(), registered.measures(), by));
    }

    /** Of what is said twice of a customer and a list, the last counts. */
    private void list(List<Registered.CustomerListing> listings) {
        record Place(int customer, String list) {}
        var last = new LinkedHashMap<Place, Boolean>();
        listings.forEach(one -> last.put(new Place(one.customer(), one.list()), one.listed()));
        record Said(String list, boolean listed) {}
        last.entrySet().stream()
                .collect(groupingBy(
                        one -> new Said(one.getKey().list(), one.getValue()),
                        mapping(one -> new CustomerId(one.getKey().customer()), toList())))
                .forEach((said, some) -> customers.list(said.list(), said.listed(), some));
    }

    private static LoadReport nothingNew(String name, Mapping mapping, long received, long started) {
        return new LoadReport(
                Optional.empty(),
                name,
                mapping.reading(),
                received,
                0,
                received,
                0,
                0,
                0,
                List.of(),
                Map.of(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private static LoadReport report(
            Optional<Integer> load, String name, Mapping mapping, Intake intake, long started) {
        return new LoadReport(
                load,
                name,
                mapping.reading(),
                intake.received(),
                intake.accepted(),
                intake.duplicates(),
                intake.corrections(),
                intake.refused(),
                intake.refusedBeside(),
                intake.totals(),
                intake.refusedByCode(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** Rates are counted one by one; those of a day that was published before are duplicates. */
    private LoadReport loadRates(Path file, String name, String by) throws IOException {
        var started = System.nanoTime();
        var published = EcbRates.read(file);
        var fresh = Objects.requireNonNull(transaction.execute(status -> {
            store.lock();
            var inserted = rates.insert(EcbRates.MAPPING, published, clock.instant());
            if (!inserted.isEmpty()) {
                events.publishEvent(new RatesLoaded());
                events.publishEvent(Act.of("rates.loaded", by, null, name));
            }
            return inserted;
        }));
        var received = count(published);
        var accepted = count(fresh);
        return new LoadReport(
                Optional.empty(),
                name,
                EcbRates.MAPPING,
                received,
                accepted,
                received - accepted,
                0,
                0,
                0,
                List.of(),
                Map.of(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private static long count(List<RateStore.Publication> publications) {
        return publications.stream().mapToLong(set -> set.rates().size()).sum();
    }

    /** The manifest of the accepted lines, in the order in which they were loaded. */
    public List<SalesFile> files() {
        return store.files();
    }

    public List<Product> products() {
        return store.products();
    }

    /** Those of them that there are. */
    public List<Product> products(Collection<Integer> some) {
        return store.products(some);
    }

    public List<Disposition> dispositions() {
        return store.dispositions();
    }

    /** @throws java.util.NoSuchElementException when no feed has brought that number */
    public Disposition disposition(int id) {
        var known = dispositions.get(id);
        if (known == null) {
            store.dispositions().forEach(each -> dispositions.put(each.id(), each));
            known = Optional.ofNullable(dispositions.get(id)).orElseThrow();
        }
        return known;
    }

    /** All but kind 0: a line that was invoiced, of which nothing else is said. */
    public List<Facts.LineKind> lineKinds() {
        return store.lineKinds();
    }

    /** The latest publication of exchange rates for each day, in order of the days. */
    public List<RateSet> rates() {
        return rates.latest();
    }

    public List<Load> loads(int most) {
        return store.loads(most);
    }

    public List<Intake.Total> totals(int load) {
        return store.totals(load);
    }

    public List<RefusedFile> refusedFiles(int most) {
        return store.refusedFiles(most);
    }

    /** What was refused and has not been accepted since. */
    public List<RefusedTotal> refusedTotals() {
        return store.refusedTotals(null);
    }

    /** What had been refused, and not been accepted since, before then. */
    public List<RefusedTotal> refusedTotals(Instant before) {
        return store.refusedTotals(before);
    }

    public List<RefusedRow> refusedRows(int load, long offset, int most) {
        return store.quarantine(load)
                .map(path -> lake.refusedRows(path, offset, most))
                .orElse(List.of());
    }
}
