package org.espace.batch;

import java.io.Serializable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.engine.Rating;
import org.espace.engine.Sums;

/** The sums of all locations between runs: read from one file of the lake, written to the next. */
public final class CarriedSums implements Rating.Carried, Serializable {

    private static final int WIDTH = 5;

    private final Map<Integer, long[]> byLocation = new ConcurrentHashMap<>();

    /** Where every location starts from nothing. */
    public static CarriedSums none() {
        return new CarriedSums();
    }

    public static CarriedSums read(Path file, DuckDb duck) throws SQLException {
        return read(file, "true", duck);
    }

    /** Those of one location. */
    public static CarriedSums read(Path file, int location, DuckDb duck) throws SQLException {
        return read(file, "location = " + location, duck);
    }

    private static CarriedSums read(Path file, String condition, DuckDb duck) throws SQLException {
        var carried = new CarriedSums();
        try (var cursor = duck.query("SELECT location, slot, span, owner, one, two FROM read_parquet(%s) WHERE %s"
                .formatted(DuckDb.literal(file), condition))) {
            var reader = new Reader(carried.byLocation);
            while (cursor.result().nextChunk()) {
                reader.read(cursor.result().chunk());
            }
            reader.finish();
        }
        return carried;
    }

    /** Those of the locations from the first to the last, on their own. */
    public CarriedSums within(int first, int last) {
        var some = new CarriedSums();
        byLocation.forEach((location, rows) -> {
            if (location >= first && location <= last) {
                some.byLocation.put(location, rows);
            }
        });
        return some;
    }

    /** Replaces the sums of the other's locations by the other's. */
    public void take(CarriedSums other) {
        byLocation.putAll(other.byLocation);
    }

    /** Lets a location start from nothing again. */
    public void forget(int location) {
        byLocation.remove(location);
    }

    @Override
    public void load(int location, Sums into) {
        var rows = byLocation.getOrDefault(location, new long[0]);
        for (var at = 0; at < rows.length; at += WIDTH) {
            into.put((int) rows[at], (int) rows[at + 1], rows[at + 2], rows[at + 3], rows[at + 4]);
        }
    }

    @Override
    public void save(int location, Sums from) {
        var rows = new Object() {
            long[] values = new long[WIDTH * 16];
            int size;
        };
        from.forEach((slot, span, owner, one, two) -> {
            if (rows.size == rows.values.length) {
                rows.values = Arrays.copyOf(rows.values, rows.size * 2);
            }
            rows.values[rows.size++] = slot;
            rows.values[rows.size++] = span;
            rows.values[rows.size++] = owner;
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
                        new DuckDb.Column("owner", DuckDBColumnType.BIGINT),
                        new DuckDb.Column("one", DuckDBColumnType.BIGINT),
                        new DuckDb.Column("two", DuckDBColumnType.BIGINT)),
                source::fill);
        duck.execute("COPY (SELECT * FROM carried_sums()) TO %s (FORMAT parquet, COMPRESSION zstd)"
                .formatted(DuckDb.literal(file)));
    }

    /** Collects the rows of one location after the other. */
    private static final class Reader {

        private final Map<Integer, long[]> byLocation;
        private long[] rows = new long[WIDTH * 1024];
        private int size;
        private int location;

        Reader(Map<Integer, long[]> byLocation) {
            this.byLocation = byLocation;
        }

        void read(DuckDBDataChunkReader chunk) {
            var locations = chunk.vector(0);
            var slots = chunk.vector(1);
            var spans = chunk.vector(2);
            var owners = chunk.vector(3);
            var ones = chunk.vector(4);
            var twos = chunk.vector(5);
            for (var i = 0L; i < chunk.rowCount(); i++) {
                if (locations.getInt(i) != location) {
                    finish();
                    location = locations.getInt(i);
                }
                if (size == rows.length) {
                    rows = Arrays.copyOf(rows, size * 2);
                }
                rows[size++] = slots.getInt(i);
                rows[size++] = spans.getInt(i);
                rows[size++] = owners.getLong(i);
                rows[size++] = ones.getLong(i);
                rows[size++] = twos.getLong(i);
            }
        }

        void finish() {
            if (size > 0 && byLocation.put(location, Arrays.copyOf(rows, size)) != null) {
                throw new IllegalStateException("sums of location %d stand in two places".formatted(location));
            }
            size = 0;
        }
    }

    /** Walks through the sums, row by row. */
    private static final class Source {

        private final NavigableMap<Integer, long[]> remaining;
        private int at;

        Source(NavigableMap<Integer, long[]> remaining) {
            this.remaining = remaining;
        }

        long fill(DuckDBDataChunkWriter chunk) {
            var locations = chunk.vector(0);
            var slots = chunk.vector(1);
            var spans = chunk.vector(2);
            var owners = chunk.vector(3);
            var ones = chunk.vector(4);
            var twos = chunk.vector(5);
            var row = 0;
            while (row < chunk.capacity() && !remaining.isEmpty()) {
                var entry = remaining.firstEntry();
                var location = entry.getKey();
                var values = entry.getValue();
                for (; row < chunk.capacity() && at < values.length; at += WIDTH, row++) {
                    locations.setInt(row, location);
                    slots.setInt(row, (int) values[at]);
                    spans.setInt(row, (int) values[at + 1]);
                    owners.setLong(row, values[at + 2]);
                    ones.setLong(row, values[at + 3]);
                    twos.setLong(row, values[at + 4]);
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
