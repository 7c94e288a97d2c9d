package org.espace.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The difference between the lines that stand and the lines that a replay gives: what was never there is added, what no
 * longer holds is withdrawn ({@code kind} -1), and what comes to another amount is corrected by the difference ({@code
 * kind} 0). No line that stands is touched.
 */
public final class Corrections {

    private static final String MEMORY = "1GB";

    private Corrections() {}

    /**
     * Writes one file for each file of the replay whose locations differ.
     *
     * @param standing every file that may hold earlier lines of these locations
     * @param replayed the outcome of rating the same locations from their first line
     */
    public static List<EarningFile> write(
            String name, Path folder, List<EarningFile> standing, List<EarningFile> replayed, Rater.Locations locations)
            throws SQLException {
        var corrections = new ArrayList<EarningFile>();
        for (var anew : replayed) {
            var before = standing.stream()
                    .filter(file -> file.firstLocation() <= anew.lastLocation()
                            && file.lastLocation() >= anew.firstLocation()
                            && file.fractionDigits() <= anew.fractionDigits())
                    .toList();
            var path = folder.resolve("%s-%d.parquet".formatted(name, corrections.size() + 1));
            var lines = write(path, before, anew, locations);
            if (lines > 0) {
                corrections.add(
                        new EarningFile(path, lines, anew.fractionDigits(), anew.firstLocation(), anew.lastLocation()));
            }
        }
        return corrections;
    }

    private static long write(Path path, List<EarningFile> before, EarningFile anew, Rater.Locations locations)
            throws SQLException {
        var unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        try (var duck = DuckDb.open(2, MEMORY, path.resolveSibling("spill"))) {
            var selects = new ArrayList<String>();
            selects.add("SELECT *, 1 AS sign FROM read_parquet(%s)".formatted(DuckDb.literal(anew.path())));
            for (var file : before) {
                selects.add("""
                        SELECT * REPLACE (basis * %1$d AS basis, before * %1$d AS before), -1 AS sign
                        FROM read_parquet(%2$s) WHERE location BETWEEN %3$d AND %4$d AND %5$s""".formatted(
                                Math.powExact(10L, anew.fractionDigits() - file.fractionDigits()),
                                DuckDb.literal(file.path()),
                                anew.firstLocation(),
                                anew.lastLocation(),
                                locations.condition()));
            }
            duck.execute("CREATE VIEW lines AS " + String.join(" UNION ALL BY NAME ", selects));
            duck.execute("""
                    COPY (
                        SELECT location, seq, day, any_value(customer) AS customer,
                               any_value(product) AS product, program, max_by(terms, sign) AS terms, lever,
                               max_by(reason, sign) AS reason, max_by(rates, sign) AS rates,
                               sum(sign * basis)::BIGINT AS basis, max_by(before, sign) AS before,
                               max_by(level, sign) AS level, sum(sign * withheld)::BIGINT AS withheld,
                               sum(sign * amount)::BIGINT AS amount, sum(sign * rebate)::BIGINT AS rebate,
                               sum(sign * kind)::TINYINT AS kind
                        FROM lines
                        GROUP BY location, seq, program, lever, day, CASE WHEN lever = 0 THEN reason END
                        HAVING sum(sign * kind) <> 0 OR sum(sign * amount) <> 0 OR sum(sign * rebate) <> 0
                        ORDER BY location, seq, program, lever, day)
                    TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""".formatted(DuckDb.literal(unfinished)));
            var lines = duck.number("SELECT count(*) FROM read_parquet(%s)".formatted(DuckDb.literal(unfinished)));
            var difference = duck.number("SELECT coalesce(sum(sign * amount), 0)::BIGINT FROM lines");
            var written = duck.number("SELECT coalesce(sum(amount), 0)::BIGINT FROM read_parquet(%s)"
                    .formatted(DuckDb.literal(unfinished)));
            if (difference != written) {
                throw new SQLException("corrections come to %d, not to %d".formatted(written, difference));
            }
            if (lines == 0) {
                Files.delete(unfinished);
            } else {
                Files.move(unfinished, path);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
