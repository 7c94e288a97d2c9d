package org.espace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.DuckDb;
import org.espace.batch.SaleColumns;
import org.espace.batch.SalesFile;
import org.espace.engine.SaleLines;

/** Sale lines in memory. */
final class Samples {

    private Samples() {}

    interface Rated {
        void rate(List<SaleLines> sales) throws Exception;
    }

    /** All lines of a file, in batches as a refresh reads them, and as many batches at once as fit so many lines. */
    static void each(SalesFile sales, long most, Path folder, Rated rated) throws Exception {
        var batches = new ArrayList<SaleLines>();
        var lines = 0L;
        try (var duck = DuckDb.open(1, "256MB", folder.resolve("spill"));
                var cursor = duck.query(
                        "SELECT %s FROM read_parquet(%s)".formatted(SaleColumns.NAMES, DuckDb.literal(sales.path())))) {
            while (cursor.result().nextChunk()) {
                var chunk = cursor.result().chunk();
                var batch = new SaleLines((int) chunk.rowCount());
                SaleColumns.read(chunk, batch);
                batches.add(batch);
                lines += batch.size;
                if (lines >= most) {
                    rated.rate(batches);
                    batches.clear();
                    lines = 0;
                }
            }
        }
        rated.rate(batches);
    }
}
