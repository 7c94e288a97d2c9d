package org.espace.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.jspecify.annotations.Nullable;

/** Hands the accepted lines of a feed to DuckDB as a table, and every other row to the quarantine. */
final class Reading implements DuckDb.Rows {

    static final List<DuckDb.Column> COLUMNS = List.of(
            new DuckDb.Column("location", DuckDBColumnType.INTEGER),
            new DuckDb.Column("seq", DuckDBColumnType.BIGINT),
            new DuckDb.Column("day", DuckDBColumnType.INTEGER),
            new DuckDb.Column("customer", DuckDBColumnType.INTEGER),
            new DuckDb.Column("product", DuckDBColumnType.INTEGER),
            new DuckDb.Column("quantity", DuckDBColumnType.BIGINT),
            new DuckDb.Column("amount", DuckDBColumnType.BIGINT),
            new DuckDb.Column("currency", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("disposition", DuckDBColumnType.SMALLINT),
            new DuckDb.Column("order_id", DuckDBColumnType.BIGINT),
            new DuckDb.Column("kind", DuckDBColumnType.INTEGER),
            new DuckDb.Column("line_id", DuckDBColumnType.VARCHAR));

    private static final long ROWS_BETWEEN_NEWS = 1 << 16;

    private final Records records;
    private final Row row;
    private final Lines lines;
    private final ControlTotals totals;
    private final QuarantineWriter quarantine;
    private final long load;
    private final Progress progress;
    private byte[][] lineIds = new byte[0][];
    private long received;
    private long accepted;
    private @Nullable Exception failure;

    Reading(
            Records records,
            Row row,
            Lines lines,
            ControlTotals totals,
            QuarantineWriter quarantine,
            int load,
            Progress progress) {
        this.records = records;
        this.row = row;
        this.lines = lines;
        this.totals = totals;
        this.quarantine = quarantine;
        this.load = (long) load << 34;
        this.progress = progress;
    }

    long received() {
        return received;
    }

    long accepted() {
        return accepted;
    }

    /** What really happened, when DuckDB only says that its function failed. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public long fill(DuckDBDataChunkWriter chunk) throws Exception {
        try {
            return read(chunk);
        } catch (Exception e) {
            failure = e;
            throw e;
        }
    }

    private long read(DuckDBDataChunkWriter chunk) throws Exception {
        var capacity = (int) chunk.capacity();
        var location = chunk.vector(0);
        var seq = chunk.vector(1);
        var day = chunk.vector(2);
        var customer = chunk.vector(3);
        var product = chunk.vector(4);
        var quantity = chunk.vector(5);
        var amount = chunk.vector(6);
        var currency = chunk.vector(7);
        var disposition = chunk.vector(8);
        var order = chunk.vector(9);
        var kind = chunk.vector(10);
        if (lineIds.length != capacity) {
            lineIds = new byte[capacity][];
        }
        int filled = 0;
        while (filled < capacity && records.next(row.cells)) {
            if (++received > Feed.MOST_ROWS) {
                throw Feed.tooManyRows();
            }
            lines.read();
            totals.add(lines);
            if (received % ROWS_BETWEEN_NEWS == 0) {
                progress.at("load.reading", received, records.expectedRows(received));
            }
            if (lines.refusal != null) {
                quarantine.add(lines.refusal);
                continue;
            }
            location.setInt(filled, lines.location);
            seq.setLong(filled, load | (row.cells.row << 2) | 1);
            day.setInt(filled, lines.day);
            customer.setInt(filled, lines.customer);
            product.setInt(filled, lines.product);
            quantity.setLong(filled, lines.quantity);
            amount.setLong(filled, lines.amount);
            currency.setShort(filled, (short) lines.currency);
            disposition.setShort(filled, (short) lines.disposition);
            order.setLong(filled, lines.order);
            kind.setInt(filled, lines.kind);
            lineIds[filled++] = lines.lineId;
        }
        if (filled > 0) {
            chunk.vector(11).setStringUtf8Batch(0, filled == capacity ? lineIds : Arrays.copyOf(lineIds, filled));
        }
        if (filled < capacity) {
            progress.at("load.reading", received, received);
        }
        accepted += filled;
        return filled;
    }
}
