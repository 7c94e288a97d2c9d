package org.espace.earnings;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espace.batch.ByCustomer;
import org.espace.batch.CarriedSums;
import org.espace.batch.Corrections;
import org.espace.batch.EarningFile;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.Runner;
import org.espace.batch.SalesFile;
import org.espace.batch.Threads;
import org.espace.engine.Rulebook;
import org.espace.engine.Totals;
import org.espace.ledger.Account;
import org.espace.ledger.Ledger;
import org.espace.ledger.Transfer;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.espace.sales.Sales;
import org.espace.web.Act;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings earnings up to date: rates what is new on the carried sums, replays the locations whose footing has changed,
 * and posts the difference. Files are written first; manifest, totals and postings follow in one transaction, so that
 * whatever is interrupted leaves nothing but files that nobody points to.
 */
@Component
class Refresh {

    private final Footing footing;
    private final Sales sales;
    private final Ledger ledger;
    private final EarningsStore store;
    private final Journal journal;
    private final Periods periods;
    private final OneAtATime turns;
    private final Running running;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Path lake;
    private final Path folder;
    private final Clock clock;

    Refresh(
            Footing footing,
            Sales sales,
            Ledger ledger,
            EarningsStore store,
            Journal journal,
            Periods periods,
            OneAtATime turns,
            Running running,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Instance instance,
            Clock clock) {
        this.footing = footing;
        this.sales = sales;
        this.ledger = ledger;
        this.store = store;
        this.journal = journal;
        this.periods = periods;
        this.turns = turns;
        this.running = running;
        this.transaction = transaction;
        this.events = events;
        this.lake = instance.lake();
        this.folder = lake.resolve("earnings");
        this.clock = clock;
    }

    RunReport run(String by, Progress progress) {
        return run(by, Threads.ofThisMachine(), progress);
    }

    /** The same, unless another refresh has rated the load in the meantime: then there is nothing to report. */
    Optional<RunReport> runAfter(int load, Progress progress) {
        return turns.hold(
                progress,
                () -> store.ratedLoads().contains(load)
                        ? Optional.empty()
                        : Optional.of(refresh("load " + load, false, Threads.ofThisMachine(), progress)));
    }

    /** The same, with lines rated by the runner. Waits while another refresh runs. */
    RunReport run(String by, Runner runner, Progress progress) {
        return turns.hold(progress, () -> refresh(by, false, runner, progress));
    }

    /** Rates everything anew, whether or not it seems to have changed. Waits while another refresh runs. */
    RunReport runInFull(String by, Runner runner, Progress progress) {
        return turns.hold(progress, () -> refresh(by, true, runner, progress));
    }

    /** To be called by whoever has the turn. */
    RunReport refresh(String by, boolean full, Runner runner, Progress progress)
            throws SQLException, InterruptedException, IOException {
        Files.createDirectories(folder);
        sweep();
        var run = store.nextRun();
        try (var noted = running.begin(run, by, progress)) {
            return refresh(run, by, full, runner, noted);
        }
    }

    private RunReport refresh(int run, String by, boolean full, Runner runner, Running.Noted progress)
            throws SQLException, InterruptedException, IOException {
        var startedAt = clock.instant();
        var last = store.lastRun();
        var openFrom = periods.openFrom();
        var now = footing.now();
        var files = files();
        var rated = store.ratedLoads();
        var fresh = files.stream().filter(file -> !rated.contains(file.load())).toList();
        var fineness = Fineness.of(files, folder);
        var footings = now.ofLocations(fineness.digits());
        var causes = last.map(before -> causes(before, full, now, footings)).orElse(Map.of());
        var replayed = replayed(causes);
        var carried = carried(last.map(EarningsStore.LastRun::sums).orElse(null), replayed);

        var standing = store.files().stream().map(EarningsStore.Journal::file).toList();
        var added = new ArrayList<EarningFile>();
        var corrections = new ArrayList<EarningFile>();
        var scaffolding = new ArrayList<EarningFile>();
        var parts = new ArrayList<EarningsStore.Part>();
        var byCustomer = new ByCustomer();
        var counted = 0L;
        for (var digits : fineness.all()) {
            var here = fineness.having(digits);
            var rater = new Rater(new Rulebook(now.facts(), digits), digits, carried, folder, runner);
            var name = "%d-%d".formatted(run, digits);
            var more = rater.rate("run-" + name, fresh, here.and(replayed.others()), progress);
            var anew = rater.rate("replay-" + name, files, here.and(replayed), progress);
            progress.at("refresh.correcting", 0, 0);
            corrections.addAll(
                    Corrections.write("corrections-" + name, folder, standing, anew.files(), here.and(replayed)));
            added.addAll(more.files());
            scaffolding.addAll(anew.files());
            parts.add(new EarningsStore.Part(more.totals(), digits));
            parts.add(new EarningsStore.Part(anew.totals(), digits));
            byCustomer.addAll(more.byCustomer());
            byCustomer.addAll(anew.byCustomer());
            counted += more.sales() + anew.sales();
        }
        var sums = counted == 0
                ? last.map(EarningsStore.LastRun::sums).orElse(null)
                : write(carried, folder.resolve("sums-%d.list".formatted(run)));

        progress.at("refresh.posting", 0, 0);
        var missing = store.keepsCustomers() ? null : standingByCustomer(footings.keySet());
        var lastDay = sales.files().stream()
                .map(org.espace.sales.SalesFile::lastDay)
                .max(Comparator.naturalOrder())
                .orElse(null);
        var reached = new EarningsStore.LastRun(now.reach(lastDay), sums);
        var report = transaction.execute(_ -> {
            var again = replayed.among(footings.keySet());
            var currencies = currencies(now);
            store.stage(parts, currencies);
            var counting = new RunReport(
                    run,
                    startedAt,
                    clock.instant(),
                    by,
                    fresh.stream().map(SalesFile::load).toList(),
                    fresh.stream().mapToLong(SalesFile::lines).sum(),
                    again.size(),
                    lines(added) + lines(corrections),
                    lines(corrections),
                    0);
            store.insert(counting, reached, now.promises(reached.reach()));
            var transfers = transfers(run, store.add(run, again, openFrom), now);
            if (missing != null) {
                store.setByCustomer(missing, currencies);
            }
            store.addByCustomer(byCustomer, again, currencies);
            store.insertOutcomes(run);
            store.insertCauses(run, causes);
            store.insert(run, false, openFrom, added);
            store.insert(run, true, openFrom, corrections);
            parts.forEach(part -> store.setFootings(of(part.totals(), footings)));
            ledger.post(transfers);
            events.publishEvent(Act.of("refresh.done", by, null, "run " + run)
                    .changing(
                            Map.of(), Map.of("lines", "" + counting.earningLines(), "posted", "" + transfers.size())));
            return store.setPosted(counting, transfers.size());
        });
        for (var file : scaffolding) {
            Files.deleteIfExists(file.path());
        }
        return Objects.requireNonNull(report);
    }

    /** Everything that was sold, in the lake. */
    List<SalesFile> files() {
        return sales.files().stream()
                .map(file -> new SalesFile(
                        file.load(),
                        lake.resolve(file.path()),
                        file.lines(),
                        file.fractionDigits(),
                        file.firstLocation(),
                        file.lastLocation()))
                .toList();
    }

    /** Why each location that was rated before must be rated anew; those that need not be are left out. */
    private Map<Integer, Set<Cause>> causes(
            EarningsStore.LastRun last, boolean full, Footing.Now now, Map<Integer, Footing.OfLocation> here) {
        var standing = store.footings();
        var causes = Replays.causes(store.promises(), last.reach(), standing, now, here);
        if (full) {
            standing.keySet()
                    .forEach(location -> causes.computeIfAbsent(location, _ -> EnumSet.noneOf(Cause.class))
                            .add(Cause.ASKED));
        }
        return causes;
    }

    private Rater.Locations replayed(Map<Integer, Set<Cause>> causes) {
        return !causes.isEmpty() && causes.size() == store.footings().size()
                ? Rater.Locations.all()
                : new Rater.Locations(true, new TreeSet<>(causes.keySet()));
    }

    /** What runs have left that did not keep it. */
    private ByCustomer standingByCustomer(Collection<Integer> locations) {
        return locations.isEmpty()
                ? new ByCustomer()
                : journal.byCustomer(new Journal.Where(
                        locations.stream().map(LocationId::new).toList(), List.of(), Integer.MAX_VALUE));
    }

    private static CarriedSums carried(@Nullable Path sums, Rater.Locations replayed) {
        if (sums == null || replayed.isEverybody()) {
            return CarriedSums.none();
        }
        var carried = CarriedSums.read(sums);
        replayed.ids().forEach(carried::forget);
        return carried;
    }

    private static Path write(CarriedSums carried, Path list) throws SQLException {
        carried.write(list);
        return list;
    }

    private static Map<Integer, Footing.OfLocation> of(Totals totals, Map<Integer, Footing.OfLocation> footings) {
        var rated = new HashMap<Integer, Footing.OfLocation>();
        for (var i = 0; i < totals.sold.size; i++) {
            var location = totals.sold.location[i];
            rated.put(location, Objects.requireNonNull(footings.get(location)));
        }
        return rated;
    }

    static Map<Integer, String> currencies(Footing.Now now) {
        return now.terms().stream()
                .collect(Collectors.toMap(
                        published -> published.id(),
                        published -> published.terms().currency().getCurrencyCode()));
    }

    private static List<Transfer> transfers(int run, Collection<EarningsStore.Change> changes, Footing.Now now) {
        var programs = now.codes();
        var transfers = new ArrayList<Transfer>();
        for (var change : changes) {
            var location = new LocationId(change.location());
            var program = Objects.requireNonNull(programs.get(change.program()));
            var reference = "run:%d:%s:%s:%s".formatted(run, location, program, month(change.month()))
                    + (change.booked().equals(change.month()) ? "" : ":in-" + month(change.booked()));
            add(transfers, reference + ":rebate", Account.rebateAccrued(location, program), change.rebate(), change);
            add(
                    transfers,
                    reference + ":coop",
                    Account.coopFund(location, program),
                    change.amount().subtract(change.rebate()),
                    change);
        }
        return transfers;
    }

    private static void add(
            List<Transfer> transfers,
            String reference,
            Account account,
            BigDecimal amount,
            EarningsStore.Change change) {
        var money = new Money(amount.abs(), Currency.getInstance(change.currency()));
        if (amount.signum() > 0) {
            transfers.add(new Transfer(reference, Account.INCENTIVE_EXPENSE, account, money));
        } else if (amount.signum() < 0) {
            transfers.add(new Transfer(reference, account, Account.INCENTIVE_EXPENSE, money));
        }
    }

    private static String month(LocalDate day) {
        return day.toString().substring(0, 7);
    }

    private static long lines(List<EarningFile> files) {
        return files.stream().mapToLong(EarningFile::lines).sum();
    }

    /** Deletes what an interrupted run has left: files that no manifest names. */
    private void sweep() throws IOException {
        var named = store.files().stream()
                .map(journal -> journal.file().path())
                .collect(Collectors.toCollection(TreeSet::new));
        store.lastRun().map(EarningsStore.LastRun::sums).ifPresent(list -> {
            named.add(list);
            CarriedSums.read(list).files().forEach(file -> named.add(file.file().toPath()));
        });
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !named.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
