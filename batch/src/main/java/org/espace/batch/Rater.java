package org.espace.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.espace.engine.EarningLines;
import org.espace.engine.Rating;
import org.espace.engine.Rulebook;
import org.espace.engine.SaleLines;
import org.espace.engine.Totals;

/**
 * Rates sale lines of the lake into earning lines of the lake. Locations are cut into ranges of about a million lines;
 * each range is read, rated and written as one stream, by as many threads as the machine has cores, in memory that does
 * not grow with the number of lines.
 */
public final class Rater {

    private static final long LINES_IN_A_RANGE = 1_000_000;
    private static final String MEMORY = "256MB";

    private final Rulebook rulebook;
    private final int fractionDigits;
    private final Rating.Carried carried;
    private final Path folder;
    private final int threads;
    private final long linesInARange;

    /**
     * @param fractionDigits the rulebook must have been compiled for the same; files that are finer are left out
     * @param folder where earning files are written; it must exist
     */
    public Rater(Rulebook rulebook, int fractionDigits, Rating.Carried carried, Path folder, int threads) {
        this(rulebook, fractionDigits, carried, folder, threads, LINES_IN_A_RANGE);
    }

    /** @param linesInARange how many lines, about, go into one file; it makes no difference to what is in them */
    public Rater(
            Rulebook rulebook,
            int fractionDigits,
            Rating.Carried carried,
            Path folder,
            int threads,
            long linesInARange) {
        this.rulebook = rulebook;
        this.fractionDigits = fractionDigits;
        this.carried = carried;
        this.folder = folder;
        this.threads = threads;
        this.linesInARange = linesInARange;
    }

    /** What a rating has written, and what it comes to. */
    public record Rated(List<EarningFile> files, Totals totals, long sales, long lines) {

        public static final Rated NOTHING = new Rated(List.of(), new Totals(), 0, 0);
    }

    /** Which locations to rate: only the ones named, or all but those. */
    public record Locations(boolean named, SortedSet<Integer> ids) {

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

        String condition() {
            if (ids.isEmpty()) {
                return named ? "false" : "true";
            }
            var list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return "location %s (%s)".formatted(named ? "IN" : "NOT IN", list);
        }
    }

    private record Range(int first, int last, long lines) {}

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
        var parts = new ArrayList<Future<Rated>>();
        try (var workers = Executors.newFixedThreadPool(Math.clamp(ranges.size(), 1, threads))) {
            for (var i = 0; i < ranges.size(); i++) {
                var range = ranges.get(i);
                var path = folder.resolve("%s-%d.parquet".formatted(name, i + 1));
                parts.add(workers.submit(() -> rate(
                        files,
                        locations,
                        range,
                        path,
                        lines -> progress.at("refresh.rating", done.addAndGet(lines), total))));
            }
            return joined(parts);
        }
    }

    private static Rated joined(List<Future<Rated>> parts) throws SQLException, InterruptedException {
        var files = new ArrayList<EarningFile>();
        var totals = new Totals();
        var sales = 0L;
        var lines = 0L;
        for (var part : parts) {
            try {
                var rated = part.get();
                files.addAll(rated.files());
                totals.sold.addAll(rated.totals().sold);
                totals.earned.addAll(rated.totals().earned);
                sales += rated.sales();
                lines += rated.lines();
            } catch (ExecutionException e) {
                parts.forEach(other -> other.cancel(true));
                throw new SQLException("rating stopped", e.getCause());
            }
        }
        files.sort(Comparator.comparingInt(EarningFile::firstLocation));
        return new Rated(List.copyOf(files), totals, sales, lines);
    }

    private List<Range> ranges(List<SalesFile> files, Locations locations) throws SQLException {
        var counts = new TreeMap<Integer, Long>();
        try (var duck = DuckDb.open(threads, MEMORY, folder);
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

    private Rated rate(List<SalesFile> files, Locations locations, Range range, Path path, Counted counted)
            throws SQLException {
        var totals = new Totals();
        try (var reading = DuckDb.open(1, MEMORY, folder);
                var writing = DuckDb.open(1, MEMORY, folder);
                var cursor = reading.query(sales(files, locations, range))) {
            var stream = new Stream(cursor, new Rating(rulebook, carried, totals), counted);
            writing.define("earning_lines", EARNING_COLUMNS, stream::fill);
            var unfinished = path.resolveSibling(path.getFileName() + ".tmp");
            writing.execute("""
                    COPY (SELECT location, seq, DATE '1970-01-01' + day AS day, customer, product, program, terms, lever,
                                 reason, rates, basis, before, level, withheld, amount, rebate, 1::TINYINT AS kind
                          FROM earning_lines())
                    TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""".formatted(DuckDb.literal(unfinished)));
            Files.move(unfinished, path);
            return new Rated(
                    List.of(new EarningFile(path, stream.lines, fractionDigits, range.first(), range.last())),
                    totals,
                    stream.sales,
                    stream.lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sales(List<SalesFile> files, Locations locations, Range range) {
        var here = files.stream()
                .filter(file -> file.firstLocation() <= range.last() && file.lastLocation() >= range.first())
                .toList();
        var where = "location BETWEEN %d AND %d AND %s".formatted(range.first(), range.last(), locations.condition());
        var selects = here.stream().collect(Collectors.groupingBy(SalesFile::fractionDigits)).entrySet().stream()
                .map(entry -> """
                        SELECT location, seq, (day - DATE '1970-01-01')::INTEGER AS day, customer, product, quantity,
                               amount * %d AS amount, currency, disposition, order_id, kind
                        FROM read_parquet(%s) WHERE %s""".formatted(
                        Math.powExact(10L, fractionDigits - entry.getKey()),
                        DuckDb.list(
                                entry.getValue().stream().map(SalesFile::path).toList()),
                        where))
                .collect(Collectors.joining(" UNION ALL "));
        return here.size() == 1 ? selects : selects + " ORDER BY location, seq";
    }

    @FunctionalInterface
    private interface Counted {
        void lines(long more);
    }

    private static final List<DuckDb.Column> EARNING_COLUMNS = List.of(
            new DuckDb.Column("location", DuckDBColumnType.INTEGER),
            new DuckDb.Column("seq", DuckDBColumnType.BIGINT),
            new DuckDb.Column("day", DuckDBColumnType.INTEGER),
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
                if (read()) {
                    rating.rate(batch, journal);
                    sales += batch.size;
                    counted.lines(batch.size);
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
            var chunk = cursor.result().chunk();
            batch.size = (int) chunk.rowCount();
            ints(chunk.vector(0), batch.location);
            longs(chunk.vector(1), batch.seq);
            ints(chunk.vector(2), batch.day);
            ints(chunk.vector(3), batch.customer);
            ints(chunk.vector(4), batch.product);
            longs(chunk.vector(5), batch.quantity);
            longs(chunk.vector(6), batch.amount);
            shorts(chunk.vector(7), batch.currency);
            shorts(chunk.vector(8), batch.disposition);
            longs(chunk.vector(9), batch.order);
            ints(chunk.vector(10), batch.kind);
            return true;
        }

        private void ints(DuckDBReadableVector from, int[] to) {
            for (var i = 0; i < batch.size; i++) {
                to[i] = from.getInt(i);
            }
        }

        private void longs(DuckDBReadableVector from, long[] to) {
            for (var i = 0; i < batch.size; i++) {
                to[i] = from.getLong(i);
            }
        }

        private void shorts(DuckDBReadableVector from, short[] to) {
            for (var i = 0; i < batch.size; i++) {
                to[i] = from.getShort(i);
            }
        }

        private void write(DuckDBDataChunkWriter chunk, int rows) {
            ints(journal.location, chunk.vector(0), rows);
            longs(journal.seq, chunk.vector(1), rows);
            ints(journal.day, chunk.vector(2), rows);
            ints(journal.customer, chunk.vector(3), rows);
            ints(journal.product, chunk.vector(4), rows);
            shorts(journal.program, chunk.vector(5), rows);
            shorts(journal.terms, chunk.vector(6), rows);
            shorts(journal.lever, chunk.vector(7), rows);
            shorts(journal.reason, chunk.vector(8), rows);
            ints(journal.rates, chunk.vector(9), rows);
            longs(journal.basis, chunk.vector(10), rows);
            longs(journal.before, chunk.vector(11), rows);
            longs(journal.level, chunk.vector(12), rows);
            longs(journal.withheld, chunk.vector(13), rows);
            longs(journal.amount, chunk.vector(14), rows);
            longs(journal.rebate, chunk.vector(15), rows);
        }

        private void ints(int[] from, DuckDBWritableVector to, int rows) {
            for (var i = 0; i < rows; i++) {
                to.setInt(i, from[written + i]);
            }
        }

        private void longs(long[] from, DuckDBWritableVector to, int rows) {
            for (var i = 0; i < rows; i++) {
                to.setLong(i, from[written + i]);
            }
        }

        private void shorts(short[] from, DuckDBWritableVector to, int rows) {
            for (var i = 0; i < rows; i++) {
                to.setShort(i, from[written + i]);
            }
        }
    }
}
