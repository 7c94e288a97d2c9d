package org.espace.earnings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.espace.batch.CarriedSums;
import org.espace.batch.Corrections;
import org.espace.batch.DuckDb;
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
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings earnings up to date: rates what is new on the carried sums, replays the locations whose footing has changed,
 * and posts the difference. Files are written first; manifest, totals and postings follow in one transaction, so that
 * whatever is interrupted leaves nothing but files that nobody points to.
 */
@Component
class Refresh {

    /** One runner at a time, across all processes. */
    private static final long LOCK = 0x65_73_70_61_63_65_01L;

    private static final String MEMORY = "256MB";

    private final Footing footing;
    private final Sales sales;
    private final Ledger ledger;
    private final EarningsStore store;
    private final TransactionTemplate transaction;
    private final DataSource database;
    private final Path lake;
    private final Path folder;
    private final Clock clock;

    Refresh(
            Footing footing,
            Sales sales,
            Ledger ledger,
            EarningsStore store,
            TransactionTemplate transaction,
            DataSource database,
            Instance instance,
            Clock clock) {
        this.footing = footing;
        this.sales = sales;
        this.ledger = ledger;
        this.store = store;
        this.transaction = transaction;
        this.database = database;
        this.lake = instance.lake();
        this.folder = lake.resolve("earnings");
        this.clock = clock;
    }

    RunReport run(String by, Progress progress) {
        return run(by, Threads.ofThisMachine(), progress);
    }

    /** Waits while another refresh runs. */
    RunReport run(String by, Runner runner, Progress progress) {
        try (var connection = database.getConnection()) {
            progress.at("refresh.waiting", 0, 0);
            lock(connection, "select pg_advisory_lock(?)");
            try {
                Files.createDirectories(folder);
                sweep();
                return refresh(by, runner, progress);
            } finally {
                lock(connection, "select pg_advisory_unlock(?)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the refresh stopped: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the refresh was interrupted", e);
        }
    }

    private RunReport refresh(String by, Runner runner, Progress progress)
            throws SQLException, InterruptedException, IOException {
        var startedAt = clock.instant();
        var run = store.nextRun();
        var last = store.lastRun();
        var now = footing.now();
        var files = sales.files().stream().map(this::inLake).toList();
        var rated = store.ratedLoads();
        var fresh = files.stream().filter(file -> !rated.contains(file.load())).toList();
        var fractionDigits = fractionDigits(files);
        var footings = now.ofLocations(fractionDigits);
        var replayed = last.map(before -> changed(before, now, footings)).orElse(Rater.Locations.none());
        var carried = carried(last.map(EarningsStore.LastRun::sums).orElse(null), replayed);

        var standing = store.files().stream().map(EarningsStore.Journal::file).toList();
        var added = new ArrayList<EarningFile>();
        var corrections = new ArrayList<EarningFile>();
        var scaffolding = new ArrayList<EarningFile>();
        var parts = new ArrayList<EarningsStore.Part>();
        var counted = 0L;
        for (var digits : distinct(fractionDigits)) {
            var here = having(digits, fractionDigits);
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
            counted += more.sales() + anew.sales();
        }
        var sums = counted == 0
                ? last.map(EarningsStore.LastRun::sums).orElse(null)
                : write(carried, folder.resolve("sums-%d.list".formatted(run)));

        progress.at("refresh.posting", 0, 0);
        var lastDay = sales.files().stream()
                .map(org.espace.sales.SalesFile::lastDay)
                .max(Comparator.naturalOrder())
                .orElse(null);
        var reach = new EarningsStore.LastRun("", now.lastProduct(), now.lastCustomer(), lastDay, sums);
        var report = transaction.execute(_ -> {
            var again = replayed.among(footings.keySet());
            var changes = store.add(parts, again, currencies(now));
            var transfers = transfers(run, changes, now);
            var written = new RunReport(
                    run,
                    startedAt,
                    clock.instant(),
                    by,
                    fresh.stream().map(SalesFile::load).toList(),
                    fresh.stream().mapToLong(SalesFile::lines).sum(),
                    again.size(),
                    lines(added) + lines(corrections),
                    lines(corrections),
                    transfers.size());
            store.insert(written, now.promises(reach.lastProduct(), reach.lastCustomer(), lastDay), reach);
            store.insertOutcomes(run);
            store.insert(run, false, added);
            store.insert(run, true, corrections);
            parts.forEach(part -> store.setFootings(of(part.totals(), footings)));
            ledger.post(transfers);
            return written;
        });
        for (var file : scaffolding) {
            Files.deleteIfExists(file.path());
        }
        return Objects.requireNonNull(report);
    }

    /** How much finer than a minor unit the sales of a location are; locations whose sales are not are left out. */
    private Map<Integer, Integer> fractionDigits(List<SalesFile> files) throws SQLException {
        var digits = new HashMap<Integer, Integer>();
        try (var duck = DuckDb.open(1, MEMORY, folder)) {
            for (var file :
                    files.stream().filter(file -> file.fractionDigits() > 0).toList()) {
                try (var cursor = duck.query(
                        "SELECT DISTINCT location FROM read_parquet(%s)".formatted(DuckDb.literal(file.path())))) {
                    while (cursor.result().nextChunk()) {
                        var chunk = cursor.result().chunk();
                        for (var i = 0L; i < chunk.rowCount(); i++) {
                            digits.merge(chunk.vector(0).getInt(i), file.fractionDigits(), Math::max);
                        }
                    }
                }
            }
        }
        return digits;
    }

    private static Collection<Integer> distinct(Map<Integer, Integer> fractionDigits) {
        var all = new TreeSet<>(fractionDigits.values());
        all.add(0);
        return all;
    }

    private static Rater.Locations having(int digits, Map<Integer, Integer> fractionDigits) {
        var those = fractionDigits.entrySet().stream()
                .filter(entry -> digits == 0 || entry.getValue() == digits)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Rater.Locations(digits != 0, those);
    }

    private SalesFile inLake(org.espace.sales.SalesFile file) {
        return new SalesFile(
                file.load(),
                lake.resolve(file.path()),
                file.lines(),
                file.fractionDigits(),
                file.firstLocation(),
                file.lastLocation());
    }

    /** Everybody, when what holds for everybody has changed; else the locations whose own footing has. */
    private Rater.Locations changed(EarningsStore.LastRun before, Footing.Now now, Map<Integer, String> footings) {
        if (!before.promises().equals(now.promises(before.lastProduct(), before.lastCustomer(), before.lastDay()))) {
            return Rater.Locations.all();
        }
        var changed = new TreeSet<Integer>();
        store.footings().forEach((location, hash) -> {
            if (!hash.equals(footings.get(location))) {
                changed.add(location);
            }
        });
        return new Rater.Locations(true, changed);
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

    private static Map<Integer, String> of(Totals totals, Map<Integer, String> footings) {
        var rated = new HashMap<Integer, String>();
        for (var i = 0; i < totals.sold.size; i++) {
            var location = totals.sold.location[i];
            rated.put(location, Objects.requireNonNull(footings.get(location)));
        }
        return rated;
    }

    private static Map<Integer, String> currencies(Footing.Now now) {
        return now.terms().stream()
                .collect(Collectors.toMap(
                        published -> published.id(),
                        published -> published.terms().currency().getCurrencyCode()));
    }

    private static List<Transfer> transfers(int run, Collection<EarningsStore.Change> changes, Footing.Now now) {
        var programs = now.terms().stream()
                .collect(Collectors.toMap(
                        published -> published.program(),
                        published -> published.terms().program(),
                        (one, _) -> one));
        var transfers = new ArrayList<Transfer>();
        for (var change : changes) {
            var location = new LocationId(change.location());
            var program = Objects.requireNonNull(programs.get(change.program()));
            var reference = "run:%d:%s:%s:%s".formatted(run, location, program, month(change.month()));
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

    private static void lock(Connection connection, String call) throws SQLException {
        try (var statement = connection.prepareStatement(call)) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }
}
