package org.espace.batch;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.engine.EarningLines;
import org.espace.engine.Rating;
import org.espace.engine.Rulebook;
import org.espace.engine.SaleLines;
import org.espace.engine.Totals;

/**
 * Rates sale lines of the lake into earning lines of the lake. Locations are cut into ranges of about a million lines;
 * each range is read, rated and written as one stream, in memory that does not grow with the number of lines. Who does
 * that, and how many at a time, is the runner's business.
 */
public final class Rater {

    private static final long LINES_IN_A_RANGE = 1_000_000;
    private static final String MEMORY = "256MB";

    private final Rulebook rulebook;
    private final int fractionDigits;
    private final CarriedSums carried;
    private final Path folder;
    private final Runner runner;
    private final long linesInARange;

    /**
     * @param fractionDigits the rulebook must have been compiled for the same; files that are finer are left out
     * @param folder where earning files are written; it must exist, under the same path wherever ranges are rated
     */
    public Rater(Rulebook rulebook, int fractionDigits, CarriedSums carried, Path folder, Runner runner) {
        this(rulebook, fractionDigits, carried, folder, runner, LINES_IN_A_RANGE);
    }

    /** @param linesInARange how many lines, about, go into one file; it makes no difference to what is in them */
    public Rater(
            Rulebook rulebook,
            int fractionDigits,
            CarriedSums carried,
            Path folder,
            Runner runner,
            long linesInARange) {
        this.rulebook = rulebook;
        this.fractionDigits = fractionDigits;
        this.carried = carried;
        this.folder = folder;
        this.runner = runner;
        this.linesInARange = linesInARange;
    }

    /** What a rating has written, and what it comes to. */
    public record Rated(List<EarningFile> files, Totals totals, ByCustomer byCustomer, long sales, long lines)
            implements Serializable {

        public static final Rated NOTHING = new Rated(List.of(), new Totals(), new ByCustomer(), 0, 0);
    }

    /** Which locations to rate: only the ones named, or all but those. */
    public record Locations(boolean named, SortedSet<Integer> ids) implements Serializable {

        public static Locations all() {
            return new Locations(false, new TreeSet<>());
        }

        public static Locations none() {
            return new Locations(true, new TreeSet<>());
        }

        public Locations others() {
            return new Locations(!named, ids);
        }

        /** Those that are among both. */
        public Locations and(Locations other) {
            if (named == other.named) {
                var both = new TreeSet<>(ids);
                if (named) {
                    both.retainAll(other.ids);
                } else {
                    both.addAll(other.ids);
                }
                return new Locations(named, both);
            }
            var some = new TreeSet<>(named ? ids : other.ids);
            some.removeAll(named ? other.ids : ids);
            return new Locations(true, some);
        }

        public boolean isEverybody() {
            return !named && ids.isEmpty();
        }

        public boolean isNobody() {
            return named && ids.isEmpty();
        }

        /** The ones of these that are to be rated. */
        public List<Integer> among(Collection<Integer> locations) {
            return locations.stream().filter(id -> ids.contains(id) == named).toList();
        }

        private Locations within(Range range) {
            return new Locations(named, new TreeSet<>(ids.subSet(range.first(), range.last() + 1)));
        }

        String condition() {
            if (ids.isEmpty()) {
                return named ? "false" : "true";
            }
            var list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return "location %s (%s)".formatted(named ? "IN" : "NOT IN", list);
        }
    }

    private record Range(int first, int last, long lines) {}

    /**
     * One range of locations to be rated. It needs nothing else but rulebook and sums, so that whoever can read and write
     * the lake can carry it out; twice gives the same file.
     *
     * @param lines how many sale lines were counted in it
     */
    public record Order(
            List<SalesFile> files,
            Locations locations,
            int first,
            int last,
            long lines,
            int fractionDigits,
            File target)
            implements Serializable {}

    /** Told how many more sale lines have been rated. */
    @FunctionalInterface
    public interface Counted {
        void lines(long more);
    }

    /** Files are named {@code <name>-<n>.parquet}; they are complete when this returns, and may be left over when it fails. */
    public Rated rate(String name, List<SalesFile> files, Locations locations, Progress progress)
            throws SQLException, InterruptedException {
        var readable = files.stream()
                .filter(file -> file.fractionDigits() <= fractionDigits)
                .toList();
        return readable.isEmpty() || locations.isNobody()
                ? Rated.NOTHING
                : rateAll(name, readable, locations, progress);
    }

    private Rated rateAll(String name, List<SalesFile> files, Locations locations, Progress progress)
            throws SQLException, InterruptedException {
        var ranges = ranges(files, locations);
        var total = ranges.stream().mapToLong(Range::lines).sum();
        var done = new AtomicLong();
        progress.at("refresh.rating", 0, total);
        var orders = new ArrayList<Order>();
        for (var range : ranges) {
            var here = files.stream()
                    .filter(file -> file.firstLocation() <= range.last() && file.lastLocation() >= range.first())
                    .toList();
            var target = folder.resolve("%s-%d.parquet".formatted(name, orders.size() + 1))
                    .toFile();
            orders.add(new Order(
                    here, locations.within(range), range.first(), range.last(), range.lines(), fractionDigits, target));
        }
        return joined(runner.rate(
                orders, rulebook, carried, lines -> progress.at("refresh.rating", done.addAndGet(lines), total)));
    }

    private static Rated joined(List<Rated> parts) {
        var files = new ArrayList<EarningFile>();
        var totals = new Totals();
        var byCustomer = new ByCustomer();
        var sales = 0L;
        var lines = 0L;
        for (var part : parts) {
            files.addAll(part.files());
            totals.sold.addAll(part.totals().sold);
            totals.earned.addAll(part.totals().earned);
            byCustomer.addAll(part.byCustomer());
            sales += part.sales();
            lines += part.lines();
        }
        files.sort(Comparator.comparingInt(EarningFile::firstLocation));
        return new Rated(List.copyOf(files), totals, byCustomer, sales, lines);
    }

    private List<Range> ranges(List<SalesFile> files, Locations locations) throws SQLException {
        var counts = new TreeMap<Integer, Long>();
        try (var duck = DuckDb.open(Runtime.getRuntime().availableProcessors(), MEMORY, folder);
                var cursor = duck.query("SELECT location, count(*) FROM read_parquet(%s) WHERE %s GROUP BY location"
                        .formatted(
                                DuckDb.list(files.stream().map(SalesFile::path).toList()), locations.condition()))) {
            while (cursor.result().nextChunk()) {
                var chunk = cursor.result().chunk();
                for (var i = 0L; i < chunk.rowCount(); i++) {
                    counts.put(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
                }
            }
        }
        var ranges = new ArrayList<Range>();
        var first = Integer.MIN_VALUE;
        var lines = 0L;
        for (var entry : counts.entrySet()) {
            if (lines > 0 && lines + entry.getValue() > linesInARange) {
                ranges.add(new Range(first, entry.getKey() - 1, lines));
                lines = 0;
            }
            if (lines == 0) {
                first = entry.getKey();
            }
            lines += entry.getValue();
        }
        if (lines > 0) {
            ranges.add(new Range(first, counts.lastKey(), lines));
        }
        return ranges;
    }

    /** Rates one range into one file, with one thread; the carried sums of its locations are taken up and carried on. */
    public static Rated rate(Order order, Rulebook rulebook, CarriedSums carried, Counted counted) throws SQLException {
        var totals = new Totals();
        var path = order.target().toPath();
        // Whoever was given the same order before may still be writing.
        var unfinished = path.resolveSibling("%s.%s.tmp".formatted(path.getFileName(), UUID.randomUUID()));
        var spill = path.resolveSibling(unfinished.getFileName() + ".spill");
        try (var writing = DuckDb.open(1, MEMORY, spill);
                var reading = writing.another();
                var sums = carried.open(writing, order.first(), order.last(), order.lines(), owners(order), path);
                var cursor = reading.query(sales(order))) {
            var stream = new Stream(cursor, new Rating(rulebook, sums, totals), counted);
            writing.define("earning_lines", EARNING_COLUMNS, stream::fill);
            writing.execute("""
                    COPY (SELECT *, 1::TINYINT AS kind FROM earning_lines())
                    TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""".formatted(DuckDb.literal(unfinished)));
            sums.finish();
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return new Rated(
                    List.of(new EarningFile(path, stream.lines, order.fractionDigits(), order.first(), order.last())),
                    totals,
                    stream.byCustomer.rows,
                    stream.sales,
                    stream.lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whose sums the lines can touch besides the location's own. */
    private static String owners(Order order) {
        return "SELECT location, unnest([customer::BIGINT, order_id]) AS owner FROM read_parquet(%s) WHERE %s"
                .formatted(
                        DuckDb.list(order.files().stream().map(SalesFile::path).toList()), where(order));
    }

    private static String where(Order order) {
        return "location BETWEEN %d AND %d AND %s"
                .formatted(order.first(), order.last(), order.locations().condition());
    }

    private static String sales(Order order) {
        var where = where(order);
        var here = order.files();
        var selects = here.stream().collect(Collectors.groupingBy(SalesFile::fractionDigits)).entrySet().stream()
                .map(entry -> """
                        SELECT location, seq, day, customer, product, quantity,
                               amount * %d AS amount, currency, disposition, order_id, kind
                        FROM read_parquet(%s) WHERE %s""".formatted(
                        Math.powExact(10L, order.fractionDigits() - entry.getKey()),
                        DuckDb.list(
                                entry.getValue().stream().map(SalesFile::path).toList()),
                        where))
                .collect(Collectors.joining(" UNION ALL "));
        return here.size() == 1 ? selects : selects + " ORDER BY location, seq";
    }

    private static final List<DuckDb.Column> EARNING_COLUMNS = List.of(
            new DuckDb.Column("location", DuckDBColumnType.INTEGER),
            new DuckDb.Column("seq", DuckDBColumnType.BIGINT),
            new DuckDb.Column("day", DuckDBColumnType.DATE),
            new DuckDb.Column("customer", DuckDBColumnType.INTEGER),
            new DuckDb.Column("product", DuckDBColumnType.INTEGER),
            new DuckDb.Column("program", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("terms", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("lever", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("reason", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("rates", DuckDBColumnType.INTEGER),
            new DuckDb.Column("basis", DuckDBColumnType.BIGINT),
            new DuckDb.Column("before", DuckDBColumnType.BIGINT),
            new DuckDb.Column("level", DuckDBColumnType.BIGINT),
            new DuckDb.Column("withheld", DuckDBColumnType.BIGINT),
            new DuckDb.Column("amount", DuckDBColumnType.BIGINT),
            new DuckDb.Column("rebate", DuckDBColumnType.BIGINT));

    /** Sale lines in, earning lines out: rated while DuckDB asks for the next chunk to write. */
    private static final class Stream {

        private final DuckDb.Cursor cursor;
        private final Rating rating;
        private final Counted counted;
        private final SaleLines batch = new SaleLines(2048);
        private final EarningLines journal = new EarningLines();
        private final ByCustomer.Summing byCustomer = new ByCustomer.Summing();
        private int rated;
        private int written;
        private boolean ended;
        long sales;
        long lines;

        Stream(DuckDb.Cursor cursor, Rating rating, Counted counted) {
            this.cursor = cursor;
            this.rating = rating;
            this.counted = counted;
        }

        long fill(DuckDBDataChunkWriter chunk) {
            while (written == journal.size && !ended) {
                journal.size = 0;
                written = 0;
                if (rated < batch.size || read()) {
                    var until = Math.min(rated + Rating.AT_ONCE, batch.size);
                    rating.rate(batch, rated, until, journal);
                    byCustomer.add(journal);
                    sales += until - rated;
                    counted.lines(until - rated);
                    rated = until;
                } else {
                    rating.finish();
                    ended = true;
                }
            }
            var rows = (int) Math.min(chunk.capacity(), journal.size - written);
            write(chunk, rows);
            written += rows;
            lines += rows;
            return rows;
        }

        private boolean read() {
            if (!cursor.result().nextChunk()) {
                return false;
            }
            SaleColumns.read(cursor.result().chunk(), batch);
            rated = 0;
            return true;
        }

        private void write(DuckDBDataChunkWriter chunk, int rows) {
            Vectors.write(journal.location, written, chunk.vector(0), rows);
            Vectors.write(journal.seq, written, chunk.vector(1), rows);
            Vectors.write(journal.day, written, chunk.vector(2), rows);
            Vectors.write(journal.customer, written, chunk.vector(3), rows);
            Vectors.write(journal.product, written, chunk.vector(4), rows);
            Vectors.write(journal.program, written, chunk.vector(5), rows);
            Vectors.write(journal.terms, written, chunk.vector(6), rows);
            Vectors.write(journal.lever, written, chunk.vector(7), rows);
            Vectors.write(journal.reason, written, chunk.vector(8), rows);
            Vectors.write(journal.rates, written, chunk.vector(9), rows);
            Vectors.write(journal.basis, written, chunk.vector(10), rows);
            Vectors.write(journal.before, written, chunk.vector(11), rows);
            Vectors.write(journal.level, written, chunk.vector(12), rows);
            Vectors.write(journal.withheld, written, chunk.vector(13), rows);
            Vectors.write(journal.amount, written, chunk.vector(14), rows);
            Vectors.write(journal.rebate, written, chunk.vector(15), rows);
        }
    }
}
