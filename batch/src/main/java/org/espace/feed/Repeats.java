package org.espace.feed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private long slices;

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
        var suspects = duckdb.number("SELECT count(*) FROM suspect");
        slices = suspects / REPEATED_IDS_AT_A_TIME + 1;
        return suspects > 0;
    }

    /** Writes the lines that remain, corrections among them, to files of this folder. */
    void resolve(Path folder) throws SQLException {
        for (int slice = 0; slice < slices; slice++) {
            duckdb.execute("CREATE TABLE again AS SELECT DISTINCT h FROM suspect WHERE h % " + slices + " = " + slice);
            duckdb.execute("CREATE TABLE chain AS " + newLines(slice) + earlierLines(slice));
            duckdb.execute("CREATE TABLE step AS " + steps());
            duckdb.execute("COPY (" + remaining(slice) + ") TO "
                    + DuckDb.literal(folder.resolve("part-" + slice + ".parquet"))
                    + " (FORMAT parquet, COMPRESSION lz4)");
            count("changed AND before IS NOT NULL", corrections);
            count("NOT changed", duplicates);
            duckdb.execute("DROP TABLE again");
            duckdb.execute("DROP TABLE chain");
            duckdb.execute("DROP TABLE step");
        }
    }

    private String newLines(int slice) {
        var id = unnamed ? key + " || '-' || row_number() OVER (PARTITION BY line_id ORDER BY seq)" : "line_id";
        return "SELECT true AS fresh, seq, " + CONTENT + ", " + id + " AS line_id FROM " + written + inSlice(slice)
                + " AND hash(" + key + ") IN (SELECT h FROM again)";
    }

    /** The last line that stood under each id: it has not been corrected since. */
    private String earlierLines(int slice) {
        var selects = new ArrayList<String>();
        earlier.stream()
                .collect(Collectors.groupingBy(Earlier::fractionDigits))
                .forEach((digits, files) -> selects.add("SELECT seq, location, day, customer, product, quantity, amount"
                        + " * " + BigDecimal.ONE.movePointRight(fractionDigits - digits) + " AS amount, currency,"
                        + " disposition, order_id, kind, line_id FROM " + earlierFiles(files) + inSlice(slice)
                        + " AND seq & 3 = 1 AND hash(" + key + ") IN (SELECT h FROM again)"));
        if (selects.isEmpty()) {
            return "";
        }
        return " UNION ALL SELECT false, seq, " + CONTENT + ", line_id FROM (" + String.join(" UNION ALL ", selects)
                + ") QUALIFY row_number() OVER (PARTITION BY line_id ORDER BY seq DESC) = 1";
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

    private String remaining(int slice) {
        return "SELECT " + COLUMNS + " FROM " + written + inSlice(slice) + " AND hash(" + key
                + ") NOT IN (SELECT h FROM again)"
                + " UNION ALL SELECT location, seq, day, customer, product, quantity, amount, currency, disposition,"
                + " order_id, kind, coalesce(stood, 0), line_id FROM step WHERE fresh AND changed"
                + " UNION ALL SELECT before[1], seq - 1, before[2], before[3], before[4], -before[5], -before[6],"
                + " before[7], before[8], before[9], before[10], stood, line_id FROM step WHERE fresh AND changed AND before IS NOT NULL";
    }

    private void count(String condition, Map<Integer, Found> counts) throws SQLException {
        try (var sql = duckdb.connection().createStatement();
                var rows =
                        sql.executeQuery("SELECT currency, count(*), CAST(sum(amount) AS VARCHAR) FROM step WHERE fresh"
                                + " AND " + condition + " GROUP BY currency")) {
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
