package org.espace.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.DuckDb;
import org.espace.batch.SaleColumns;
import org.espace.batch.SalesFile;
import org.espace.engine.SaleLines;

/** Sale lines in memory. */
final class Samples {

    private Samples() {}

    /** The first lines of a file, in batches as a refresh reads them. */
    static List<SaleLines> read(SalesFile sales, long most, Path folder) throws SQLException {
        var batches = new ArrayList<SaleLines>();
        try (var duck = DuckDb.open(1, "256MB", folder.resolve("spill"));
                var cursor = duck.query("SELECT %s FROM read_parquet(%s) LIMIT %d"
                        .formatted(SaleColumns.NAMES, DuckDb.literal(sales.path()), most))) {
            while (cursor.result().nextChunk()) {
                var chunk = cursor.result().chunk();
                var batch = new SaleLines((int) chunk.rowCount());
                SaleColumns.read(chunk, batch);
                batches.add(batch);
            }
        }
        return batches;
    }
}
