package org.espace.feed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.batch.SaleColumns;
import org.espace.engine.SaleLines;
import org.jspecify.annotations.Nullable;

/** Hands the accepted lines of a feed to DuckDB as a table, and every other row to the quarantine. */
final class Reading implements DuckDb.Rows {

    static final List<DuckDb.Column> COLUMNS = Stream.concat(
                    SaleColumns.ALL.stream(), Stream.of(new DuckDb.Column("line_id", DuckDBColumnType.VARCHAR)))
            .toList();

    private static final long ROWS_BETWEEN_NEWS = 1 << 16;

    private final Records records;
    private final Row row;
    private final Lines lines;
    private final ControlTotals totals;
    private final QuarantineWriter quarantine;
    private final long load;
    private final Progress progress;
    private byte[][] lineIds = new byte[0][];
    private SaleLines batch = new SaleLines(0);
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
        if (lineIds.length != capacity) {
            lineIds = new byte[capacity][];
            batch = new SaleLines(capacity);
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
            batch.location[filled] = lines.location;
            batch.seq[filled] = load | (row.cells.row << 2) | 1;
            batch.day[filled] = lines.day;
            batch.customer[filled] = lines.customer;
            batch.product[filled] = lines.product;
            batch.quantity[filled] = lines.quantity;
            batch.amount[filled] = lines.amount;
            batch.currency[filled] = (short) lines.currency;
            batch.disposition[filled] = (short) lines.disposition;
            batch.order[filled] = lines.order;
            batch.kind[filled] = lines.kind;
            lineIds[filled++] = lines.lineId;
        }
        if (filled > 0) {
            batch.size = filled;
            SaleColumns.write(batch, chunk);
            chunk.vector(11).setStringUtf8Batch(0, filled == capacity ? lineIds : Arrays.copyOf(lineIds, filled));
        }
        if (filled < capacity) {
            progress.at("load.reading", received, received);
        }
        accepted += filled;
        return filled;
    }
}
