package org.espace.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;
import org.espace.engine.SaleLines;

/** Sale lines in memory. */
final class Samples {

    private Samples() {}

    /** The first lines of a file, in batches as a refresh reads them. */
    static List<SaleLines> read(SalesFile sales, long most, Path folder) throws SQLException {
        var batches = new ArrayList<SaleLines>();
        try (var duck = DuckDb.open(1, "256MB", folder.resolve("spill"));
                var cursor = duck.query("""
                        SELECT location, seq, (day - DATE '1970-01-01')::INTEGER, customer, product, quantity, amount, currency,
                               disposition
                        FROM read_parquet(%s) LIMIT %d""".formatted(DuckDb.literal(sales.path()), most))) {
            while (cursor.result().nextChunk()) {
                var chunk = cursor.result().chunk();
                var batch = new SaleLines((int) chunk.rowCount());
                batch.size = (int) chunk.rowCount();
                for (var i = 0; i < batch.size; i++) {
                    batch.location[i] = chunk.vector(0).getInt(i);
                    batch.seq[i] = chunk.vector(1).getLong(i);
                    batch.day[i] = chunk.vector(2).getInt(i);
                    batch.customer[i] = chunk.vector(3).getInt(i);
                    batch.product[i] = chunk.vector(4).getInt(i);
                    batch.quantity[i] = chunk.vector(5).getLong(i);
                    batch.amount[i] = chunk.vector(6).getLong(i);
                    batch.currency[i] = chunk.vector(7).getShort(i);
                    batch.disposition[i] = chunk.vector(8).getShort(i);
                }
                batches.add(batch);
            }
        }
        return batches;
    }
}
