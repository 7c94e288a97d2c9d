package org.espace.batch;

import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.engine.SaleLines;

/** Sale lines between arrays and DuckDB. */
public final class SaleColumns {

    /** In the order in which they are read and written. */
    public static final String NAMES =
            "location, seq, day, customer, product, quantity, amount, currency, disposition, order_id, kind";

    public static final List<DuckDb.Column> ALL = List.of(
            new DuckDb.Column("location", DuckDBColumnType.INTEGER),
            new DuckDb.Column("seq", DuckDBColumnType.BIGINT),
            new DuckDb.Column("day", DuckDBColumnType.DATE),
            new DuckDb.Column("customer", DuckDBColumnType.INTEGER),
            new DuckDb.Column("product", DuckDBColumnType.INTEGER),
            new DuckDb.Column("quantity", DuckDBColumnType.BIGINT),
            new DuckDb.Column("amount", DuckDBColumnType.BIGINT),
            new DuckDb.Column("currency", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("disposition", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("order_id", DuckDBColumnType.BIGINT),
            new DuckDb.Column("kind", DuckDBColumnType.INTEGER));

    private SaleColumns() {}

    /** Fills the batch with the rows of the chunk. */
    public static void read(DuckDBDataChunkReader chunk, SaleLines batch) {
        batch.size = (int) chunk.rowCount();
        Vectors.read(chunk.vector(0), batch.location, batch.size);
        Vectors.read(chunk.vector(1), batch.seq, batch.size);
        Vectors.read(chunk.vector(2), batch.day, batch.size);
        Vectors.read(chunk.vector(3), batch.customer, batch.size);
        Vectors.read(chunk.vector(4), batch.product, batch.size);
        Vectors.read(chunk.vector(5), batch.quantity, batch.size);
        Vectors.read(chunk.vector(6), batch.amount, batch.size);
        Vectors.read(chunk.vector(7), batch.currency, batch.size);
        Vectors.read(chunk.vector(8), batch.disposition, batch.size);
        Vectors.read(chunk.vector(9), batch.order, batch.size);
        Vectors.read(chunk.vector(10), batch.kind, batch.size);
    }

    /** Fills the first columns of the chunk with the whole batch. */
    public static void write(SaleLines batch, DuckDBDataChunkWriter chunk) {
        Vectors.write(batch.location, 0, chunk.vector(0), batch.size);
        Vectors.write(batch.seq, 0, chunk.vector(1), batch.size);
        Vectors.write(batch.day, 0, chunk.vector(2), batch.size);
        Vectors.write(batch.customer, 0, chunk.vector(3), batch.size);
        Vectors.write(batch.product, 0, chunk.vector(4), batch.size);
        Vectors.write(batch.quantity, 0, chunk.vector(5), batch.size);
        Vectors.write(batch.amount, 0, chunk.vector(6), batch.size);
        Vectors.write(batch.currency, 0, chunk.vector(7), batch.size);
        Vectors.write(batch.disposition, 0, chunk.vector(8), batch.size);
        Vectors.write(batch.order, 0, chunk.vector(9), batch.size);
        Vectors.write(batch.kind, 0, chunk.vector(10), batch.size);
    }
}
