package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;
import org.espace.bench.Findings.Target;
import org.espace.engine.Rulebook;
import org.espace.feed.Feed;
import org.jspecify.annotations.Nullable;

/** Measures load, refresh and drill-down against the floor and the alternatives, and writes down what came out. */
public final class Bench implements AutoCloseable {

    static final int THREADS = Runtime.getRuntime().availableProcessors();

    private static final String USAGE = """
            Usage: ./espace bench [--lines N] [--only GOALS] [--pairs N] [--seed N] [--json]

            Generates N sale lines (1m unless given; 10m and 50m are usual) and measures what Espace does with them against
            the floor and against alternatives, in turn. Prints what it has found, and writes it to docs/benchmarks.md,
            docs/benchmarks.json and docs/images, beside what was found before: of the same goal with as many lines the later
            figures stand.

              --lines N     how many sale lines, such as 500k or 50m
              --only GOALS  measure these alone, such as P1,P6
              --pairs N     how often each comparison is repeated (5 unless given)
              --seed N      another invented year
              --json        print the figures as JSON
            """;
    private static final List<String> GOALS =
            List.of("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13");
    private static final long BYTES_A_LINE = 350;
    private static final long EXPORTED = 1_000_000;
    private static final long MOST_LINES_OF_A_NIGHT = 1_000_000;
    private static final int PROGRAMS = 12;
    private static final int PAGE_VIEWS = 60;
    private static final int WARM_VIEWS = 20;
    private static final long MOST_LINES_IN_MEMORY = 2_000_000;
    private static final String SQL_MEMORY = "4GB";

    private final Vendor vendor;
    private final long lines;
    private final int pairs;
    private final Path folder;
    private final SalesYear year;
    private final Refresh refresh;
    private final Reference reference;
    private final Findings findings = new Findings();
    private @Nullable SalesFile sales;

    /** What is measured together, and for which goals. */
    private record Part(Set<String> goals, String step, Spent.Work work) {}

    Bench(long seed, long lines, int pairs, Path folder) {
        this.vendor = Vendor.of(seed, lines);
        this.lines = lines;
        this.pairs = pairs;
        this.folder = folder;
        var facts = vendor.facts();
        year = new SalesYear(vendor, lines, Bench::show);
        refresh = new Refresh(new Rulebook(facts, 0), THREADS);
        reference = new Reference(facts);
        settings(
                seed,
                facts.terms().stream()
                        .mapToInt(published -> published.terms().levers().size())
                        .sum());
    }

    public static void main(String[] words) throws Exception {
        var options = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--help", "-h" -> {
                    System.out.print(USAGE);
                    return;
                }
                case "--json" -> options.put("--json", "");
                case "--lines", "--only", "--pairs", "--seed" -> {
                    if (i + 1 == words.length) {
                        refuse(words[i] + " needs a value");
                    }
                    options.put(words[i], words[++i]);
                }
                default -> refuse("There is no option " + words[i]);
            }
        }
        var lines = number(options.getOrDefault("--lines", "1m"));
        var pairs = (int) number(options.getOrDefault("--pairs", "5"));
        var seed = number(options.getOrDefault("--seed", "1"));
        if (lines < 10_000 || pairs < 1) {
            refuse("At least 10000 lines and one pair are needed");
        }
        var wanted = wanted(options.getOrDefault("--only", String.join(",", GOALS)));
        var folder = Files.createTempDirectory("espace-bench");
        var free = Files.getFileStore(folder).getUsableSpace();
        if (free < lines * BYTES_A_LINE) {
            Files.delete(folder);
            refuse("%d GB are needed for temporary files, and %d GB are free"
                    .formatted(lines * BYTES_A_LINE / 1_000_000_000 + 1, free / 1_000_000_000));
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> deleted(folder)));
        try (var bench = new Bench(seed, lines, pairs, folder)) {
            bench.measure(wanted::contains, () -> bench.write(Path.of("docs")));
            System.out.print(
                    options.containsKey("--json")
                            ? bench.findings.book().json()
                            : bench.findings.book().markdown());
        }
    }

    private static Set<String> wanted(String text) {
        try {
            return only(text);
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
            return Set.of();
        }
    }

    /** Throws {@link IllegalArgumentException} when there is no such goal, or one stands twice. */
    static Set<String> only(String text) {
        var goals = Set.of(text.toUpperCase(Locale.ROOT).split(","));
        if (!GOALS.containsAll(goals)) {
            throw new IllegalArgumentException("The goals are " + String.join(", ", GOALS));
        }
        return goals;
    }

    private static void refuse(String why) {
        System.err.println(why + ": ./espace bench --help tells more.");
        System.exit(2);
    }

    private static long number(String text) {
        var unit = text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(text.length() - 1));
        var factor = unit == 'm' ? 1_000_000 : unit == 'k' ? 1_000 : 1;
        try {
            return Math.multiplyExact(
                    Long.parseLong(factor == 1 ? text : text.substring(0, text.length() - 1)), factor);
        } catch (NumberFormatException e) {
            refuse(text + " is no number");
            return 0;
        }
    }

    private void settings(long seed, int rules) {
        findings.setting(Findings.DAY, LocalDate.now(ZoneOffset.UTC).toString());
        findings.setting(
                Findings.MACHINE,
                "%s, %d cores, %d GiB".formatted(Machine.processor(), THREADS, Machine.memory() / (1L << 30)));
        findings.setting("Java", Runtime.version().toString());
        findings.setting(Findings.LINES, String.format(Locale.ROOT, "%,d", lines));
        findings.setting(
                "generator",
                "seed %d: %,d locations (Zipf, s = 1), %,d customers, %d products in 12 families, 5 currencies, %d levers in 3 programs, 1%% returns, 2%% back-dated, 0.05%% invalid rows"
                        .formatted(seed, vendor.locations(), vendor.customers(), Vendor.PRODUCTS, rules));
        findings.setting("load of the machine at the start", Machine.load());
    }

    /**
     * Throws what the first part has failed of when all others are done: what they found stands, and nothing of it does.
     *
     * @param wanted whether a goal is to be measured
     * @param found runs after each part
     */
    void measure(Predicate<String> wanted, Spent.Work found) throws Exception {
        Files.createDirectories(folder);
        try (var duck = DuckDb.open(1, "256MB", folder);
                var statement = duck.connection().createStatement();
                var row = statement.executeQuery("SELECT version()")) {
            row.next();
            findings.setting("DuckDB", row.getString(1));
        }
        var failed = new ArrayList<Exception>();
        for (var part : parts()) {
            if (part.goals().stream().anyMatch(wanted)) {
                show(part.step(), 0, 0);
                var before = findings.all().size();
                try {
                    part.work().run();
                    found.run();
                } catch (SQLException | IOException | RuntimeException failure) {
                    failed.add(failure);
                    findings.keep(before);
                    System.err.print("\n%s: %s".formatted(part.step(), failure));
                }
            }
        }
        if (!failed.isEmpty()) {
            var first = failed.removeFirst();
            failed.forEach(first::addSuppressed);
            throw first;
        }
    }

    private List<Part> parts() {
        return List.of(
                new Part(Set.of("P10"), "The same lines, whatever the way", this::sameLinesWhateverTheWay),
                new Part(Set.of("P1", "P2"), "Full refresh against the floor", this::againstTheFloor),
                new Part(Set.of("P6"), "One more day against a full refresh", this::oneMoreDay),
                new Part(
                        Set.of("P7"),
                        "More lines, and a giant partner",
                        () -> new Growth(folder, Math.min(pairs, 3)).measure(vendor, lines, findings)),
                new Part(Set.of("P4"), "Full refresh against DuckDB's SQL", this::againstSql),
                new Part(Set.of("P9"), "Pages of earning lines", this::pages),
                new Part(Set.of("P8"), "Load against a bare parser", this::load),
                new Part(Set.of("P3"), "Full refresh against PostgreSQL", this::againstPostgres),
                new Part(
                        Set.of("P11"),
                        "Fifty people at once, and an export",
                        () -> new Visitors(folder, pairs, findings).measure(Math.min(lines, EXPORTED))),
                new Part(Set.of("P12"), "A second start", () -> new Start(folder, pairs, findings).measure()),
                new Part(Set.of("P13"), "A night's round", this::night),
                new Part(Set.of("P4", "P5"), "Full refresh against Spark", this::againstSpark));
    }

    /** Of as many locations as there are lines for fifty days of sales each. */
    private void night() throws Exception {
        var locations = (int) Math.min(lines, MOST_LINES_OF_A_NIGHT) / Night.DAYS_OF_SALES;
        new Night(Program.launched(folder.resolve("night")), folder, locations, PROGRAMS, Math.max(3, pairs), findings)
                .measure();
    }

    /** The year, made when the first part asks for it. */
    private SalesFile all() throws SQLException {
        if (sales == null) {
            show("Generating the year", 0, 0);
            sales = year.sales(folder.resolve("all.parquet"), 1, 0, lines);
        }
        return sales;
    }

    private void againstTheFloor() throws Exception {
        var all = all();
        var target = folder.resolve("earnings");
        var files = new ArrayList<>(Refresh.paths(refresh.full(List.of(all), target)));
        Refresh.sums(target).files().forEach(file -> files.add(file.file().toPath()));
        var copies = folder.resolve("floor");
        var floor = new Floor(THREADS);
        var kept = folder.resolve("kept");
        Folders.empty(kept);
        for (var file : files) {
            Files.move(file, kept.resolve(file.getFileName()));
        }
        var earnings =
                files.stream().map(file -> kept.resolve(file.getFileName())).toList();
        var measured =
                Pairs.warm(pairs, () -> refresh.full(List.of(all), target), () -> floor.run(all, earnings, copies));
        findings.add(
                "P1",
                "processor time of a full refresh, for each second of the floor: scan the sales, write the same earning lines and sums again",
                Target.atMost(1.35, 1.6),
                measured.cpu(),
                sides("full refresh", measured.ours(), "floor", measured.theirs()));
        var speed = measured.ours().stream()
                .map(spent -> lines / spent.wall() / 1e6)
                .toList();
        findings.add("P1", "million sale lines refreshed a second, on the wall", Target.NONE, Spread.of(speed));

        show("Rating alone", 0, 0);
        var alone = new ArrayList<Spent>();
        for (var i = 0; i < pairs + 1; i++) {
            var spent = refresh.inMemory(all, MOST_LINES_IN_MEMORY, folder);
            if (i > 0) {
                alone.add(spent);
            }
        }
        findings.add(
                "P2",
                "million sale lines rated a second and core, columns in memory",
                Target.atLeast(5, 5),
                Spread.of(alone.stream().map(spent -> lines / spent.cpu() / 1e6).toList()),
                Map.of("rating alone", alone));
        var floors =
                Spread.of(measured.theirs().stream().map(Spent::cpu).toList()).median();
        findings.add(
                "P2",
                "processor time of rating alone, for each second of the floor",
                Target.atMost(0.2, 0.2),
                Spread.of(alone.stream().map(spent -> spent.cpu() / floors).toList()));
        Folders.delete(copies);
        Folders.delete(target);
    }

    private void sameLinesWhateverTheWay() throws Exception {
        var all = all();
        var target = folder.resolve("earnings");
        var digests = new ArrayList<Digest>();
        for (var threads : List.of(1, 2, 2 * THREADS)) {
            var rated = new Refresh(refresh.rulebook(), threads).full(List.of(all), target);
            digests.add(digest(Refresh.paths(rated)));
        }
        var small = refresh.full(List.of(all), target, Math.max(1, lines / 37));
        digests.add(digest(Refresh.paths(small)));
        var other = reference(all);
        digests.add(other);
        requireEqual("earning lines of 1, 2 and more threads, of other ranges, and of the reference SQL", digests);
        findings.add(
                "P10",
                "earning lines equal in all 16 columns (order-independent hash): 1, 2 and %d threads, ranges of two sizes, reference SQL"
                        .formatted(2 * THREADS),
                Target.NONE,
                Spread.of(List.of((double) other.lines())));
        findings.add(
                "P10",
                "earning lines for each sale line",
                Target.NONE,
                Spread.of(List.of(other.lines() / (double) all.lines())));
        Folders.delete(target);
    }

    private Digest reference(SalesFile all) throws IOException, SQLException {
        try (var sql = SetBased.open(reference, THREADS, SQL_MEMORY, all, folder.resolve("reference"))) {
            return sql.digest();
        }
    }

    private void oneMoreDay() throws Exception {
        var before = year.sales(folder.resolve("before.parquet"), 1, 0, year.lastDay());
        var day = year.sales(folder.resolve("day.parquet"), 2, year.lastDay(), lines);
        var first = folder.resolve("first");
        var second = folder.resolve("second");
        var whole = folder.resolve("whole");
        var earlier = refresh.full(List.of(before), first);
        var measured = Pairs.warm(
                pairs, () -> refresh.day(day, first, second), () -> refresh.full(List.of(before, day), whole));
        findings.add(
                "P6",
                "processor time of one more day, for each second of a full refresh",
                Target.atMost(0.01, 0.02),
                measured.cpu(),
                sides("one day", measured.ours(), "full refresh", measured.theirs()));
        findings.add(
                "P6",
                "time on the wall of one more day, for each second of a full refresh",
                Target.NONE,
                measured.wall());

        var full = refresh.full(List.of(before, day), whole);
        var both = new ArrayList<>(Refresh.paths(earlier));
        both.addAll(Refresh.paths(refresh.day(day, first, second)));
        requireEqual("earning lines day by day and replayed", List.of(digest(both), digest(Refresh.paths(full))));
        var carried = sums(second);
        requireEqual("carried sums day by day and replayed", List.of(carried, sums(whole)));
        findings.add(
                "P6",
                "groups of carried sums identical to those of a full replay, and so are all earning lines",
                Target.NONE,
                Spread.of(List.of((double) carried.lines())));
        for (var done : List.of(first, second, whole)) {
            Folders.delete(done);
        }
    }

    private void againstSql() throws Exception {
        var all = all();
        var target = folder.resolve("earnings");
        var written = folder.resolve("sql.parquet");
        Pairs measured;
        try (var sql = SetBased.open(reference, THREADS, SQL_MEMORY, all, folder.resolve("reference"))) {
            measured = Pairs.warm(
                    Math.min(pairs, 3),
                    () -> refresh.full(List.of(all), target),
                    () -> sql.write(Reference.Dialect.DUCKDB_FAST, written));
        }
        requireEqual(
                "earning lines of the engine and of DuckDB's SQL",
                List.of(digest(List.of(written)), digest(files(target))));
        findings.add(
                "P4",
                "times less processor time than DuckDB's SQL for the same files",
                Target.atLeast(2.3, 2.3),
                measured.swapped().cpu(),
                sides("full refresh", measured.ours(), "DuckDB's SQL", measured.theirs()));
        Files.delete(written);
        Folders.delete(target);
    }

    private void pages() throws Exception {
        var all = all();
        var target = folder.resolve("earnings");
        var rated = refresh.full(List.of(all), target);
        var random = new SplittableRandom(vendor.seed());
        var page = new ArrayList<Spent>();
        var scan = new ArrayList<Spent>();
        try (var duck = DuckDb.open(THREADS, "512MB", folder.resolve("spill"))) {
            duck.execute("SET parquet_metadata_cache = true");
            for (var view = -WARM_VIEWS; view < PAGE_VIEWS; view++) {
                var location = 1 + random.nextInt(vendor.locations());
                var month = Vendor.FIRST_DAY.plusMonths(random.nextInt(12));
                var here = rated.files().stream()
                        .filter(file -> file.firstLocation() <= location && file.lastLocation() >= location)
                        .map(file -> file.path())
                        .toList();
                var one = Spent.on(
                        () -> read(duck, """
                        SELECT * FROM read_parquet(%s) WHERE location = %d AND day >= DATE '%s' AND day < DATE '%s'
                        ORDER BY seq DESC LIMIT 50""".formatted(DuckDb.list(here), location, month, month.plusMonths(1))));
                var seq = (1L << 34) | ((1 + random.nextLong(lines)) << 2) | 1;
                var other = Spent.on(() -> read(
                        duck,
                        "SELECT * FROM read_parquet(%s) WHERE seq = %d"
                                .formatted(DuckDb.list(Refresh.paths(rated)), seq)));
                if (view >= 0) {
                    page.add(one);
                    scan.add(other);
                }
            }
        }
        var scanned = Spread.of(scan.stream().map(Spent::wall).toList());
        findings.add(
                "P9",
                "a partner's page of earning lines, 95th percentile, for each second that finding one line by its number alone takes",
                Target.atMost(0.25, 0.25),
                Spread.of(List.of(percentile(page) / scanned.median())),
                sides("page", page, "scan for one number", scan));
        findings.add(
                "P9",
                "milliseconds for a page, 95th percentile",
                Target.NONE,
                Spread.of(List.of(percentile(page) * 1000)));
        Folders.delete(target);
    }

    private static void read(DuckDb duck, String sql) throws SQLException {
        try (var statement = duck.connection().createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }

    private static double percentile(List<Spent> spent) {
        var sorted = spent.stream().map(Spent::wall).sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1);
    }

    private void load() throws Exception {
        var all = all();
        show("Writing the feed file", 0, 0);
        var csv = folder.resolve("sales.csv");
        year.csv(csv);
        var own = new OwnLoad(vendor, mapping());
        var lake = folder.resolve("lake");
        var bare = folder.resolve("bare.parquet");
        var refused = new AtomicLong();
        var measured = Pairs.warm(
                Math.min(pairs, 3),
                () -> refused.set(own.run(csv, lake).refused()),
                () -> BareLoad.run(csv, bare, Feed.threads()));
        requireEqual(
                "sale lines loaded, parsed bare and written directly",
                List.of(sales(lake.resolve("sales/load-1.parquet")), sales(bare), sales(all.path())));
        findings.add(
                "P8",
                "processor time from a feed file to sorted, validated lines, for each second of a bare parser and sorted write",
                Target.atMost(1.3, 2.2),
                measured.cpu(),
                sides("load", measured.ours(), "bare parser", measured.theirs()));
        findings.add(
                "P8",
                "thousand rows loaded a second, on the wall",
                Target.NONE,
                Spread.of(measured.ours().stream()
                        .map(spent -> lines / spent.wall() / 1e3)
                        .toList()));
        findings.add("P8", "rows refused, every invalid one", Target.NONE, Spread.of(List.of((double) refused.get())));
        var child = Child.run(List.of(
                "load",
                Long.toString(vendor.seed()),
                Long.toString(lines),
                csv.toString(),
                lake.toString(),
                mapping().toString()));
        findings.add(
                "P8",
                "GiB held at most by a load, heap of 1 GiB",
                Target.atMost(2, 2),
                Spread.of(List.of(child.gibibytes())));
        Folders.delete(lake);
        Files.delete(csv);
    }

    private static Path mapping() {
        return Path.of("center/src/main/resources/mappings/espace.yaml").toAbsolutePath();
    }

    private void againstPostgres() throws Exception {
        var all = all();
        show("Preparing PostgreSQL", 0, 0);
        var target = folder.resolve("child");
        var home = folder.resolve("postgres");
        Files.createDirectories(home);
        try (var postgres = PostgresSide.open(home, reference, all, THREADS)) {
            findings.setting("PostgreSQL", postgres.version());
            var words = Child.refresh(vendor, lines, all.path(), target);
            var quickStart = Child.quickStart(folder.resolve("start.aot"), words);
            var measured = Pairs.cold(Math.min(pairs, 3), () -> Child.run(quickStart, words), postgres::run);
            var ours = new Pairs(withoutCpu(measured.ours()), withoutCpu(measured.theirs()));
            try (var duck = DuckDb.open(THREADS, "1GB", folder.resolve("spill"))) {
                requireEqual(
                        "earning lines of the engine and of PostgreSQL",
                        List.of(
                                PostgresSide.sums(
                                        duck.connection(), "read_parquet(%s)".formatted(DuckDb.list(files(target)))),
                                postgres.sums()));
            }
            findings.add(
                    "P3",
                    "times faster on the wall, start of the process included, than PostgreSQL with a session on each core",
                    Target.atLeast(8, 5),
                    ours.swapped().wall(),
                    sides("full refresh, whole process", ours.ours(), "PostgreSQL", ours.theirs()));
        }
    }

    private void againstSpark() throws Exception {
        var all = all();
        var options = Path.of(System.getProperty("espace.spark", "spark/target/java.args"));
        if (!Files.exists(options)) {
            findings.setting("Spark", "not built");
            return;
        }
        var in = folder.resolve("handover");
        var target = folder.resolve("spark");
        Folders.empty(in);
        Handover.write(in, vendor, all);
        Files.createLink(in.resolve("sales.parquet"), all.path());
        var embedded = new ArrayList<Spent>();
        var chunks = new ArrayList<Spent>();
        var sql = new ArrayList<Spent>();
        for (var i = 0; i < (pairs < 5 ? 1 : 2); i++) {
            embedded.add(onSpark(options, List.of("embedded", Integer.toString(THREADS)), in, target));
            chunks.add(onSpark(options, List.of("chunks", "local[%d]".formatted(THREADS)), in, target));
            var rated = digest(files(target));
            sql.add(onSpark(options, List.of("sql", "local[%d]".formatted(THREADS)), in, target));
            requireEqual(
                    "earning lines of the engine on Spark and of Spark's SQL", List.of(rated, digest(files(target))));
        }
        Folders.delete(target);
        Folders.delete(in);
        findings.add(
                "P4",
                "times less processor time than Spark's SQL on local[%d], whole processes".formatted(THREADS),
                Target.atLeast(8, 6),
                new Pairs(sql, embedded).cpu(),
                sides("full refresh, whole process", embedded, "Spark's SQL", sql));
        findings.add(
                "P5",
                "processor time of the engine on Spark's local[%d], for each second of the engine alone, whole processes"
                        .formatted(THREADS),
                Target.atMost(1.3, 1.6),
                new Pairs(chunks, embedded).cpu(),
                sides("full refresh, whole process", embedded, "full refresh on Spark", chunks));
    }

    private static Spent onSpark(Path options, List<String> how, Path in, Path target) throws Exception {
        if (Files.exists(target)) {
            Folders.delete(target);
        }
        var words = new ArrayList<>(List.of("@" + options.toAbsolutePath(), "org.espace.spark.SparkSide"));
        words.addAll(how);
        words.addAll(List.of(in.toString(), target.toString()));
        return Child.java(words).spent();
    }

    /** The processor time of other processes is not in what this one measures. */
    private static List<Spent> withoutCpu(List<Spent> spent) {
        return spent.stream().map(one -> new Spent(0, one.wall())).toList();
    }

    private static Map<String, List<Spent>> sides(String one, List<Spent> ours, String other, List<Spent> theirs) {
        var sides = new LinkedHashMap<String, List<Spent>>();
        sides.put(one, ours);
        sides.put(other, theirs);
        return sides;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> !file.toString().contains("-sums-"))
                    .toList();
        }
    }

    private Digest digest(List<Path> files) throws SQLException {
        try (var duck = DuckDb.open(THREADS, "1GB", folder.resolve("spill"))) {
            return Digest.of(duck, "read_parquet(%s)".formatted(DuckDb.list(files)));
        }
    }

    private Digest sums(Path refreshed) throws SQLException {
        try (var duck = DuckDb.open(THREADS, "1GB", folder.resolve("spill"))) {
            return Digest.of(duck, Refresh.sums(refreshed));
        }
    }

    private Digest sales(Path file) throws SQLException {
        return digest(
                file,
                "location, seq, day, customer, product, quantity, amount, currency, disposition, order_id, kind, corrects, line_id");
    }

    private Digest digest(Path file, String columns) throws SQLException {
        try (var duck = DuckDb.open(THREADS, "1GB", folder.resolve("spill"))) {
            return Digest.of(duck, columns, "read_parquet(%s)".formatted(DuckDb.literal(file)));
        }
    }

    private static void requireEqual(String what, List<?> all) {
        if (all.stream().distinct().count() > 1) {
            throw new IllegalStateException("not equal: %s: %s".formatted(what, all));
        }
    }

    void write(Path docs) throws IOException {
        findings.write(docs);
        show("Written: docs/benchmarks.md, docs/benchmarks.json and docs/images", 0, 0);
        System.err.println();
    }

    Findings findings() {
        return findings;
    }

    private static void show(String step, long done, long total) {
        if (total == 0) {
            System.err.print("\n%s".formatted(step));
        } else if (System.nanoTime() % 16 == 0) {
            System.err.print("\r%s %d%%\033[K".formatted(step, done * 100 / total));
        }
    }

    @Override
    public void close() {
        deleted(folder);
    }

    private static void deleted(Path folder) {
        try {
            if (Files.exists(folder)) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            System.err.println("Not deleted: " + folder);
        }
    }
}
