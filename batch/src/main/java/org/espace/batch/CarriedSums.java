package org.espace.batch;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.engine.Rating;
import org.espace.engine.Sums;

/** The sums of all locations between runs: read from one file of the lake, written to the next. */
public final class CarriedSums implements Rating.Carried {

    private static final int WIDTH = 5;

    private final Map<Integer, long[]> byLocation = new ConcurrentHashMap<>();

    /** Where every location starts from nothing. */
    public static CarriedSums none() {
        return new CarriedSums();
    }

    public static CarriedSums read(Path file, DuckDb duck) throws SQLException {
        var carried = new CarriedSums();
        try (var cursor = duck.query("SELECT location, slot, span, customer, one, two FROM read_parquet(%s)"
                .formatted(DuckDb.literal(file)))) {
            while (cursor.result().nextChunk()) {
                var chunk = cursor.result().chunk();
                for (var i = 0L; i < chunk.rowCount(); i++) {
                    carried.append(
                            chunk.vector(0).getInt(i),
                            chunk.vector(1).getInt(i),
                            chunk.vector(2).getInt(i),
                            chunk.vector(3).getInt(i),
                            chunk.vector(4).getLong(i),
                            chunk.vector(5).getLong(i));
                }
            }
        }
        return carried;
    }

    /** Lets a location start from nothing again. */
    public void forget(int location) {
        byLocation.remove(location);
    }

    @Override
    public void load(int location, Sums into) {
        var rows = byLocation.getOrDefault(location, new long[0]);
        for (var at = 0; at < rows.length; at += WIDTH) {
            into.put((int) rows[at], (int) rows[at + 1], (int) rows[at + 2], rows[at + 3], rows[at + 4]);
        }
    }

    @Override
    public void save(int location, Sums from) {
        var rows = new Object() {
            long[] values = new long[WIDTH * 16];
            int size;
        };
        from.forEach((slot, span, customer, one, two) -> {
            if (rows.size == rows.values.length) {
                rows.values = Arrays.copyOf(rows.values, rows.size * 2);
            }
            rows.values[rows.size++] = slot;
            rows.values[rows.size++] = span;
            rows.values[rows.size++] = customer;
            rows.values[rows.size++] = one;
            rows.values[rows.size++] = two;
        });
        byLocation.put(location, Arrays.copyOf(rows.values, rows.size));
    }

    /** Writes all sums, sorted by location; nothing else may use them meanwhile. */
    public void write(Path file, DuckDb duck) throws SQLException {
        var source = new Source(new TreeMap<>(byLocation));
        duck.define(
                "carried_sums",
                List.of(
                        new DuckDb.Column("location", DuckDBColumnType.INTEGER),
                        new DuckDb.Column("slot", DuckDBColumnType.INTEGER),
                        new DuckDb.Column("span", DuckDBColumnType.INTEGER),
                        new DuckDb.Column("customer", DuckDBColumnType.INTEGER),
                        new DuckDb.Column("one", DuckDBColumnType.BIGINT),
                        new DuckDb.Column("two", DuckDBColumnType.BIGINT)),
                source::fill);
        duck.execute("COPY (SELECT * FROM carried_sums()) TO %s (FORMAT parquet, COMPRESSION zstd)"
                .formatted(DuckDb.literal(file)));
    }

    private void append(int location, int slot, int span, int customer, long one, long two) {
        byLocation.merge(location, new long[] {slot, span, customer, one, two}, (old, added) -> {
            var all = Arrays.copyOf(old, old.length + WIDTH);
            System.arraycopy(added, 0, all, old.length, WIDTH);
            return all;
        });
    }

    /** Walks through the sums, row by row. */
    private static final class Source {

        private final NavigableMap<Integer, long[]> remaining;
        private int at;

        Source(NavigableMap<Integer, long[]> remaining) {
            this.remaining = remaining;
        }

        long fill(DuckDBDataChunkWriter chunk) {
            var row = 0;
            while (row < chunk.capacity() && !remaining.isEmpty()) {
                var entry = remaining.firstEntry();
                var values = entry.getValue();
                for (; row < chunk.capacity() && at < values.length; at += WIDTH, row++) {
                    chunk.vector(0).setInt(row, entry.getKey());
                    chunk.vector(1).setInt(row, (int) values[at]);
                    chunk.vector(2).setInt(row, (int) values[at + 1]);
                    chunk.vector(3).setInt(row, (int) values[at + 2]);
                    chunk.vector(4).setLong(row, values[at + 3]);
                    chunk.vector(5).setLong(row, values[at + 4]);
                }
                if (at == values.length) {
                    remaining.pollFirstEntry();
                    at = 0;
                }
            }
            return row;
        }
    }
}
