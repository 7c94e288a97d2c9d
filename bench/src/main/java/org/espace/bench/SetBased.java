package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;

/** The same earning lines by DuckDB's SQL alone; terms and master data are tables already when it is timed. */
final class SetBased implements AutoCloseable {

    private static final String HALF_UP =
            "CREATE MACRO half_up(n, d) AS CASE WHEN n >= 0 THEN (n + d // 2) // d ELSE -((d // 2 - n) // d) END";

    private final DuckDb duck;

    private SetBased(DuckDb duck) {
        this.duck = duck;
    }

    static SetBased open(Reference reference, int threads, String memory, SalesFile sales, Path folder)
            throws IOException, SQLException {
        Folders.empty(folder);
        var duck = DuckDb.open(threads, memory, folder.resolve("spill"));
        for (var table : reference.tables()) {
            duck.execute("CREATE TABLE %s (%s)".formatted(table.name(), table.columns()));
            duck.execute("COPY %s FROM %s (FORMAT csv, HEADER false)"
                    .formatted(table.name(), DuckDb.literal(table.write(folder))));
        }
        duck.execute("CREATE VIEW sale AS SELECT * FROM read_parquet(%s)".formatted(DuckDb.literal(sales.path())));
        duck.execute(HALF_UP);
        return new SetBased(duck);
    }

    /** Writes them to one file, sorted as the lake keeps them. */
    void write(Reference.Dialect dialect, Path target) throws IOException, SQLException {
        Files.deleteIfExists(target);
        duck.execute("COPY (%s ORDER BY location, seq) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
                .formatted(Reference.query(dialect), DuckDb.literal(target)));
    }

    /** Their digest, by arithmetic that is exact whatever the amounts. */
    Digest digest() throws SQLException {
        return Digest.of(duck, "(%s)".formatted(Reference.query(Reference.Dialect.DUCKDB_EXACT)));
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
