package org.espace.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.batch.SaleColumns;

/** Takes a vendor's file into the lake: reads it once, checks every row, sorts what is good and sets the rest aside. */
public final class Feed {

    /** The row's number in its file has 32 bits of the posting sequence. */
    static final long MOST_ROWS = (1L << 32) - 1;

    private static final String ZSTD = " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)";

    private final FeedFile file;
    private final Mapping mapping;
    private final Known known;
    private final Order order;
    private final Progress progress;
    private final int fractionDigits;
    private final Path work;

    /**
     * @param load the load's number, the high part of every posting sequence
     * @param lake the folder that paths in the manifest are relative to
     * @param earlier the sales files that this feed brought before
     * @param again whether this very file was taken before, and only its refused rows can be new
     */
    public record Order(int load, LocalDate today, Path lake, List<Earlier> earlier, boolean again) {}

    public record Earlier(String path, int fractionDigits) {}

    private Feed(FeedFile file, Mapping mapping, Known known, Order order, Progress progress) {
        this.file = file;
        this.mapping = mapping;
        this.known = known;
        this.order = order;
        this.progress = progress;
        this.work = order.lake().resolve("work/load-" + order.load());
        this.fractionDigits = order.earlier().stream()
                .mapToInt(Earlier::fractionDigits)
                .reduce(mapping.formats().extraDecimals(), Math::max);
    }

    /**
     * How many threads take a file. Only sorting and writing are shared out, and while rows are read DuckDB lets a thread
     * that has nothing to do spin (duckdb/duckdb issue 22178): half of the processors are left to others.
     */
    public static int threads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    }

    /** @throws FileRefused when the file cannot be taken at all; then nothing is left of it */
    public static Intake take(FeedFile file, Mapping mapping, Known known, Order order, Progress progress)
            throws IOException {
        return new Feed(file, mapping, known, order, progress).take();
    }

    private Intake take() throws IOException {
        Files.createDirectories(work);
        try (var duckdb = DuckDb.open(threads(), "1GB", work.resolve("spill"));
                var sql = duckdb.connection().createStatement()) {
            sql.execute("SET preserve_insertion_order = false");
            return take(duckdb, sql);
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            delete(work);
        }
    }

    private Intake take(DuckDb duckdb, Statement sql) throws IOException, SQLException {
        try (var quarantine = new QuarantineWriter(duckdb.connection())) {
            var countries = new Countries(mapping.countries());
            var registrar = new Registrar(mapping, known, countries, quarantine::add);
            registrar.readFilesBeside(file.path());
            var refusedBeside = quarantine.rows();
            try (var records = Opening.records(file, mapping.layout(), mapping.columnsNeeded())) {
                var row =
                        new Row(new Columns(records.header()), mapping.formats().missing());
                for (var lookup : mapping.lookups()) {
                    var beside = Beside.read(lookup, file.path(), mapping);
                    beside.readKeyFrom(row);
                    row.completeBy(beside);
                }
                var lines = new Lines(mapping, row, registrar, countries, fractionDigits, order.today());
                var totals = new ControlTotals(fractionDigits);
                var reading = new Reading(records, row, lines, totals, quarantine, order.load(), progress);
                var written = work.resolve("lines.parquet");
                write(duckdb, sql, reading, written);
                quarantine.flush();
                var repeats = new Repeats(
                        duckdb,
                        written,
                        reading.accepted(),
                        !mapping.lines().containsKey(Field.LINE_ID),
                        order.again(),
                        fractionDigits,
                        order.lake(),
                        order.earlier());
                var sales = sales(sql, reading, repeats, written);
                var refusals = refusals(sql, quarantine.rows());
                var duplicates = repeats.rows(repeats.duplicates);
                var corrections = repeats.rows(repeats.corrections);
                return new Intake(
                        reading.received(),
                        reading.accepted() - duplicates - corrections,
                        duplicates,
                        corrections,
                        reading.received() - reading.accepted(),
                        refusedBeside,
                        totals.totals(repeats.duplicates, repeats.corrections),
                        totals.refusedTotals(),
                        totals.refusedByCode(),
                        sales,
                        refusals,
                        registrar.registered());
            }
        }
    }

    private static void write(DuckDb duckdb, Statement sql, Reading reading, Path written) throws SQLException {
        duckdb.define("feed", Reading.COLUMNS, reading);
        try {
            sql.execute("COPY (SELECT " + SaleColumns.NAMES + ", CAST(0 AS BIGINT) AS corrects, line_id FROM feed()"
                    + " ORDER BY location, seq) TO " + DuckDb.literal(written) + ZSTD);
        } catch (SQLException e) {
            throw reading.failure().map(Feed::asRefusal).orElseThrow(() -> e);
        }
        var lines = duckdb.number("SELECT count(*) FROM read_parquet(" + DuckDb.literal(written) + ")");
        if (lines != reading.accepted()) {
            throw new IllegalStateException(lines + " lines written of " + reading.accepted());
        }
    }

    private static RuntimeException asRefusal(Exception failure) {
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private Optional<Intake.SalesLines> sales(Statement sql, Reading reading, Repeats repeats, Path written)
            throws IOException, SQLException {
        progress.at("load.comparing", 0, 0);
        var complete = written;
        if (repeats.any()) {
            repeats.resolve(work);
            complete = work.resolve("complete.parquet");
            sql.execute("COPY (SELECT * FROM read_parquet("
                    + DuckDb.literal(work.resolve("part-*.parquet")) + ") ORDER BY location, seq) TO "
                    + DuckDb.literal(complete) + ZSTD);
        }
        try (var found = sql.executeQuery("SELECT count(*), min(location), max(location), min(day), max(day) FROM"
                + " read_parquet(" + DuckDb.literal(complete) + ")")) {
            found.next();
            var lines = found.getLong(1);
            var expected = reading.accepted() - repeats.rows(repeats.duplicates) + repeats.rows(repeats.corrections);
            if (lines != expected) {
                throw new IllegalStateException(lines + " lines remain of " + expected);
            }
            if (lines == 0) {
                return Optional.empty();
            }
            var path = "sales/load-" + order.load() + ".parquet";
            publish(complete, path);
            return Optional.of(new Intake.SalesLines(
                    path,
                    lines,
                    fractionDigits,
                    found.getInt(2),
                    found.getInt(3),
                    found.getObject(4, LocalDate.class),
                    found.getObject(5, LocalDate.class)));
        }
    }

    private Optional<Intake.Quarantine> refusals(Statement sql, long rows) throws IOException, SQLException {
        if (rows == 0) {
            return Optional.empty();
        }
        var written = work.resolve("refusals.parquet");
        sql.execute("COPY (SELECT * FROM " + QuarantineWriter.TABLE + " ORDER BY file NULLS FIRST, row) TO "
                + DuckDb.literal(written) + " (FORMAT parquet, COMPRESSION zstd)");
        var path = "quarantine/load-" + order.load() + ".parquet";
        publish(written, path);
        return Optional.of(new Intake.Quarantine(path, rows));
    }

    private void publish(Path written, String path) throws IOException {
        var target = order.lake().resolve(path);
        Files.createDirectories(target.getParent());
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static FileRefused tooManyRows() {
        return new FileRefused(Code.TOO_MANY_ROWS, Map.of("limit", Long.toString(MOST_ROWS)));
    }
}
