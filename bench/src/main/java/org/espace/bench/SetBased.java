package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;

/** The same earning lines by DuckDB's SQL alone. */
record SetBased(Reference reference, int threads, String memory) {

    private static final String HALF_UP =
            "CREATE MACRO half_up(n, d) AS CASE WHEN n >= 0 THEN (n + d // 2) // d ELSE -((d // 2 - n) // d) END";

    /** Writes them to one file, sorted as the lake keeps them. */
    void write(Reference.Dialect dialect, SalesFile sales, Path folder, Path target) throws IOException, SQLException {
        Files.deleteIfExists(target);
        try (var duck = open(sales, folder)) {
            duck.execute(
                    "COPY (%s ORDER BY location, seq) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
                            .formatted(Reference.query(dialect), DuckDb.literal(target)));
        }
    }

    /** Their digest, by arithmetic that is exact whatever the amounts. */
    Digest digest(SalesFile sales, Path folder) throws IOException, SQLException {
        try (var duck = open(sales, folder)) {
            return Digest.of(duck, "(%s)".formatted(Reference.query(Reference.Dialect.DUCKDB_EXACT)));
        }
    }

    private DuckDb open(SalesFile sales, Path folder) throws IOException, SQLException {
        Folders.empty(folder);
        var duck = DuckDb.open(threads, memory, folder.resolve("spill"));
        for (var table : reference.tables()) {
            duck.execute("CREATE TABLE %s (%s)".formatted(table.name(), table.columns()));
            duck.execute("COPY %s FROM %s (FORMAT csv, HEADER false)"
                    .formatted(table.name(), DuckDb.literal(table.write(folder))));
        }
        duck.execute("CREATE VIEW sale AS SELECT * FROM read_parquet(%s)".formatted(DuckDb.literal(sales.path())));
        duck.execute(HALF_UP);
        return duck;
    }
}
