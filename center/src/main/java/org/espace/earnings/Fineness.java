package org.espace.earnings;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espace.batch.DuckDb;
import org.espace.batch.Rater;
import org.espace.batch.SalesFile;

/**
 * How much finer than a minor unit the sales of each location are, since each is rated as finely as its own sales.
 *
 * @param digits locations whose sales are no finer are left out
 */
record Fineness(Map<Integer, Integer> digits) {

    private static final String MEMORY = "256MB";

    static Fineness of(List<SalesFile> files, Path spill) throws SQLException {
        var digits = new HashMap<Integer, Integer>();
        try (var duck = DuckDb.open(1, MEMORY, spill)) {
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
        return new Fineness(digits);
    }

    /** Each number of digits that some location has; 0 is always among them. */
    Collection<Integer> all() {
        var all = new TreeSet<>(digits.values());
        all.add(0);
        return all;
    }

    Rater.Locations having(int number) {
        var those = digits.entrySet().stream()
                .filter(entry -> number == 0 || entry.getValue() == number)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Rater.Locations(number != 0, those);
    }
}
