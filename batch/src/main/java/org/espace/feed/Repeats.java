package org.espace.feed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espace.batch.DuckDb;
import org.espace.feed.Feed.Earlier;

/**
 * Finds lines that were there before, in this file or an earlier one. The same line again is dropped; another content
 * under the same line id is a correction: the reversal of the old line and the new one.
 *
 * <p>Lines are compared by the sets of their ids, one slice of the ids after the other, so that no set outgrows the
 * memory. A file without repeats, which is the usual one, is left as it was written.
 */
final class Repeats {

    /** About 16 bytes an id while they are compared. */
    private static final long IDS_AT_A_TIME = 8_000_000;

    /** About a kilobyte an id while its lines are put in order. */
    private static final long REPEATED_IDS_AT_A_TIME = 400_000;

    /** About 150 bytes an id while its two lines are compared. */
    private static final long COMPARED_AT_A_TIME = 3_000_000;

    private static final String CONTENT =
            "location, day, customer, product, quantity, amount, currency, disposition, order_id, kind";
    private static final String COLUMNS = "location, seq, day, customer, product, quantity, amount, currency,"
            + " disposition, order_id, kind, corrects, line_id";

    /** How many lines of a currency, and their amount in the file's units. */
    record Found(long rows, BigInteger amount) {
        static final Found NONE = new Found(0, BigInteger.ZERO);
    }

    final Map<Integer, Found> duplicates = new HashMap<>();
    final Map<Integer, Found> corrections = new HashMap<>();

    private final DuckDb duckdb;
    private final String written;
    private final List<Earlier> earlier;
    private final String key;
    private final boolean unnamed;
    private final boolean again;
    private final int fractionDigits;
    private final Path lake;
    private final long slices;
    private long suspects;

    Repeats(
            DuckDb duckdb,
            Path written,
            long lines,
            boolean unnamed,
            boolean again,
            int fractionDigits,
            Path lake,
            List<Earlier> earlier) {
        this.duckdb = duckdb;
        this.written = "read_parquet(" + DuckDb.literal(written) + ")";
        this.unnamed = unnamed;
        this.again = again;
        this.fractionDigits = fractionDigits;
        this.lake = lake;
        this.earlier = earlier;
        key = unnamed ? "left(line_id, " + RowHash.CONTENT_LENGTH + ")" : "line_id";
        slices = lines / IDS_AT_A_TIME + 1;
    }

    /** Whether any line id occurs twice. The ids that do are kept for {@link #resolve}. */
    boolean any() throws SQLException {
        duckdb.execute("CREATE TABLE suspect (h UBIGINT)");
        for (int slice = 0; slice < slices; slice++) {
            var fresh = "SELECT hash(" + key + ") AS h FROM " + written + inSlice(slice);
            duckdb.execute("INSERT INTO suspect SELECT h FROM (" + fresh + ") GROUP BY h HAVING count(*) > 1");
            if (!earlier.isEmpty()) {
                duckdb.execute("CREATE TABLE fresh AS " + fresh);
                duckdb.execute("INSERT INTO suspect SELECT DISTINCT h FROM (SELECT hash(" + key
                        + ") AS h FROM " + earlierFiles(earlier) + inSlice(slice)
                        + " AND seq & 3 = 1) WHERE h IN (SELECT h FROM fresh)");
                duckdb.execute("DROP TABLE fresh");
            }
        }
        suspects = duckdb.number("SELECT count(*) FROM suspect");
        return suspects > 0;
    }

    /** Writes the lines that remain, corrections among them, to files of this folder. */
    void resolve(Path folder) throws SQLException {
        settle();
        var chains = (suspects - duckdb.number("SELECT count(*) FROM settled")) / REPEATED_IDS_AT_A_TIME + 1;
        for (int slice = 0; slice < slices; slice++) {
            duckdb.execute("CREATE TABLE again AS SELECT DISTINCT h FROM suspect WHERE h % " + slices + " = " + slice);
            write(untouched(slice), folder.resolve("part-new-" + slice + ".parquet"), "");
            write(repeated(slice, chains), folder.resolve("chains-" + slice), ", PARTITION_BY (chain)");
            duckdb.execute("DROP TABLE again");
        }
        for (int chain = 0; chain < chains; chain++) {
            var files = files(folder, chain);
            if (!files.isEmpty()) {
                resolve(files, folder.resolve("part-again-" + chain + ".parquet"));
            }
        }
    }

    private List<Path> files(Path folder, int chain) {
        return IntStream.range(0, (int) slices)
                .mapToObj(slice -> folder.resolve("chains-" + slice + "/chain=" + chain))
                .filter(Files::isDirectory)
                .map(each -> each.resolve("*.parquet"))
                .toList();
    }

    private void resolve(List<Path> files, Path target) throws SQLException {
        duckdb.execute("CREATE TABLE chain AS " + lines(files));
        duckdb.execute("CREATE TABLE step AS " + steps());
        write(remaining(), target, "");
        count("step", "fresh AND changed AND before IS NOT NULL", corrections);
        count("step", "fresh AND NOT changed", duplicates);
        duckdb.execute("DROP TABLE chain");
        duckdb.execute("DROP TABLE step");
    }

    /**
     * A file that is sent again in full is mostly lines that came once before, once now, and alike: these are found by
     * comparing, without putting anything in order.
     */
    private void settle() throws SQLException {
        duckdb.execute("CREATE TABLE settled (h UBIGINT)");
        if (earlier.isEmpty()) {
            return;
        }
        var parts = suspects / COMPARED_AT_A_TIME + 1;
        var alike = Stream.of((CONTENT + ", line_id").split(", ", -1))
                .map(column -> "now." + column + " = before." + column)
                .collect(Collectors.joining(" AND "));
        for (int part = 0; part < parts; part++) {
            var hash = "hash(" + key + ") AS h";
            var here = " WHERE hash(" + key + ") % " + parts + " = " + part + " AND hash(" + key
                    + ") IN (SELECT h FROM suspect)";
            duckdb.execute(
                    "CREATE TABLE same AS SELECT h, any_value(now.currency) AS currency, any_value(now.amount) AS"
                            + " amount FROM (SELECT *, " + hash + " FROM " + written + here + ") AS now JOIN ("
                            + earlierLines(hash, here)
                            + ") AS before USING (h) GROUP BY h HAVING count(*) = 1 AND bool_and("
                            + alike + ")");
            duckdb.execute("INSERT INTO settled SELECT h FROM same");
            count("same", "true", duplicates);
            duckdb.execute("DROP TABLE same");
        }
    }

    private String earlierLines(String more, String where) {
        return earlier.stream().collect(Collectors.groupingBy(Earlier::fractionDigits)).entrySet().stream()
                .map(files -> "SELECT false AS fresh, seq, location, day, customer, product, quantity, amount * "
                        + BigDecimal.ONE.movePointRight(fractionDigits - files.getKey())
                        + " AS amount, currency, disposition, order_id, kind, line_id, " + more + " FROM "
                        + earlierFiles(files.getValue()) + where + " AND seq & 3 = 1")
                .collect(Collectors.joining(" UNION ALL "));
    }

    private void write(String lines, Path target, String how) throws SQLException {
        duckdb.execute(
                "COPY (" + lines + ") TO " + DuckDb.literal(target) + " (FORMAT parquet, COMPRESSION lz4" + how + ")");
    }

    private String untouched(int slice) {
        return "SELECT " + COLUMNS + " FROM " + written + inSlice(slice) + " AND hash(" + key
                + ") NOT IN (SELECT h FROM again)";
    }

    /** All lines, of this file and the earlier ones, whose ids occur twice: each id's lines go to one place. */
    private String repeated(int slice, long chains) {
        var chain = "hash(" + key + ") % " + chains + " AS chain";
        var where = inSlice(slice) + " AND hash(" + key + ") IN (SELECT h FROM again EXCEPT SELECT h FROM settled)";
        var fresh = "SELECT true AS fresh, seq, " + CONTENT + ", line_id, " + chain + " FROM " + written + where;
        return earlier.isEmpty() ? fresh : fresh + " UNION ALL " + earlierLines(chain, where);
    }

    /** The new lines, and of the earlier ones the last that stood under each id: it has not been corrected since. */
    private String lines(List<Path> files) {
        var id = unnamed ? key + " || '-' || row_number() OVER (PARTITION BY line_id ORDER BY seq)" : "line_id";
        var from = " FROM read_parquet(" + DuckDb.list(files) + ", hive_partitioning = false)";
        return "SELECT fresh, seq, " + CONTENT + ", " + id + " AS line_id" + from
                + " WHERE fresh UNION ALL SELECT fresh, seq, "
                + CONTENT + ", line_id" + from + " WHERE NOT fresh AND seq IN (SELECT max(seq)" + from
                + " WHERE NOT fresh GROUP BY line_id)";
    }

    /** A file that was taken before has nothing new to say of a line that stands: it may have been corrected since. */
    private String steps() {
        var content = "row(" + CONTENT + ")";
        var standing = again ? "bool_or(NOT fresh) OVER (PARTITION BY line_id)" : "false";
        return "SELECT *, last_value(CASE WHEN changed THEN seq END IGNORE NULLS) OVER (PARTITION BY line_id ORDER BY"
                + " seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS stood FROM (SELECT *, before IS NULL OR"
                + " NOT standing AND " + content + " <> before AS changed FROM (SELECT *, lag(" + content
                + ") OVER (PARTITION BY line_id ORDER BY seq) AS before, " + standing
                + " AS standing FROM chain))";
    }

    private static String remaining() {
        return "SELECT location, seq, day, customer, product, quantity, amount, currency, disposition,"
                + " order_id, kind, coalesce(stood, 0) AS corrects, line_id FROM step WHERE fresh AND changed"
                + " UNION ALL SELECT before[1], seq - 1, before[2], before[3], before[4], -before[5], -before[6],"
                + " before[7], before[8], before[9], before[10], stood, line_id FROM step WHERE fresh AND changed AND"
                + " before IS NOT NULL";
    }

    private void count(String table, String condition, Map<Integer, Found> counts) throws SQLException {
        try (var sql = duckdb.connection().createStatement();
                var rows = sql.executeQuery("SELECT currency, count(*), CAST(sum(amount) AS VARCHAR) FROM " + table
                        + " WHERE " + condition + " GROUP BY currency")) {
            while (rows.next()) {
                counts.merge(
                        rows.getInt(1),
                        new Found(rows.getLong(2), new BigInteger(rows.getString(3))),
                        (a, b) -> new Found(a.rows() + b.rows(), a.amount().add(b.amount())));
            }
        }
    }

    long rows(Map<Integer, Found> counts) {
        return counts.values().stream().mapToLong(Found::rows).sum();
    }

    private String inSlice(int slice) {
        return " WHERE hash(" + key + ") % " + slices + " = " + slice;
    }

    private String earlierFiles(List<Earlier> files) {
        return "read_parquet("
                + DuckDb.list(
                        files.stream().map(file -> lake.resolve(file.path())).toList()) + ")";
    }
}
