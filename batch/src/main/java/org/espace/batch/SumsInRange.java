package org.espace.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.engine.Rating;
import org.espace.engine.Sums;

/** The sums of a range of locations: read from layers of files while they are asked for, and written when they changed. */
final class SumsInRange implements Rating.Carried, AutoCloseable {

    private static final int CHUNK = 2048;
    private static final int GROUPS_IN_A_FILE = 2_000_000;

    /** The slot of a row that says: what earlier files say of this location counts no more. */
    private static final int RESTART = -1;

    private final DuckDb duck;
    private final List<Layer> layers = new ArrayList<>();
    private final Set<Integer> forgotten;
    private final Touched touched;
    private final Path target;
    private final Consumer<SumsFile> written;
    private final Changes changes = new Changes();
    private long[] loaded = new long[256];
    private int loadedGroups;
    private int visited;
    private int location;
    private int files;

    SumsInRange(
            DuckDb duck,
            List<List<SumsFile>> layers,
            Set<Integer> forgotten,
            Touched touched,
            int first,
            int last,
            Path target,
            Consumer<SumsFile> written)
            throws SQLException {
        this.forgotten = forgotten;
        this.touched = touched;
        this.target = target;
        this.written = written;
        this.duck = duck;
        for (var layer : layers) {
            this.layers.add(new Layer(duck.another(), layer, first, last));
        }
    }

    @Override
    public void load(int location, Sums into) {
        if (!forgotten.contains(location)) {
            touched.begin(location);
            for (var layer : layers) {
                layer.load(location, touched, into);
            }
        }
        loadedGroups = 0;
        into.forEach(this::remember);
    }

    private void remember(int slot, int span, long owner, long one, long two) {
        if (loadedGroups * 2 == loaded.length) {
            loaded = Arrays.copyOf(loaded, loaded.length * 2);
        }
        loaded[loadedGroups * 2] = one;
        loaded[loadedGroups * 2 + 1] = two;
        loadedGroups++;
    }

    /** Groups are heard in the order in which they came up, so those loaded come first. */
    @Override
    public void save(int location, Sums from) {
        this.location = location;
        if (forgotten.contains(location) && !layers.isEmpty()) {
            changes.add(location, RESTART, 0, 0, 0, 0);
        }
        visited = 0;
        from.forEach(this::keepIfChanged);
        if (changes.size >= GROUPS_IN_A_FILE) {
            flush();
        }
    }

    private void keepIfChanged(int slot, int span, long owner, long one, long two) {
        var isAsLoaded = visited < loadedGroups && loaded[visited * 2] == one && loaded[visited * 2 + 1] == two;
        visited++;
        if (!isAsLoaded) {
            changes.add(location, slot, span, owner, one, two);
        }
    }

    /** Copies every location into files of its own. */
    void copy() {
        var sums = new Sums();
        for (var next = next(); next != Layer.END; next = next()) {
            load(next, sums);
            loadedGroups = 0;
            save(next, sums);
            sums.clear();
        }
        finish();
    }

    private int next() {
        return layers.stream().mapToInt(Layer::location).min().orElse(Layer.END);
    }

    /** Writes what is left; to be called when all has been saved. */
    void finish() {
        if (changes.size > 0) {
            flush();
        }
    }

    private void flush() {
        files++;
        var name = target.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        var path = target.resolveSibling("%s-sums-%d.parquet".formatted(name, files));
        var unfinished = path.resolveSibling("%s.%s.tmp".formatted(path.getFileName(), UUID.randomUUID()));
        try (var writing = duck.another()) {
            changes.writeTo("sums_" + files, unfinished, writing);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw new IllegalStateException("the sums cannot be written: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.accept(
                new SumsFile(path.toFile(), changes.size, changes.locations[0], changes.locations[changes.size - 1]));
        changes.size = 0;
    }

    @Override
    public void close() throws SQLException {
        for (var layer : layers) {
            layer.close();
        }
        touched.close();
    }

    /** One state of the range's sums, or the changes to the one below. */
    private static final class Layer {

        static final int END = Integer.MAX_VALUE;

        private final DuckDb duck;
        private final DuckDb.Cursor cursor;
        private final int[] locations = new int[CHUNK];
        private final int[] slots = new int[CHUNK];
        private final int[] spans = new int[CHUNK];
        private final long[] owners = new long[CHUNK];
        private final long[] ones = new long[CHUNK];
        private final long[] twos = new long[CHUNK];
        private int size;
        private int at;
        private int last = Integer.MIN_VALUE;

        Layer(DuckDb duck, List<SumsFile> files, int first, int last) throws SQLException {
            this.duck = duck;
            cursor = duck.query(
                    "SELECT location, slot, span, owner, one, two FROM read_parquet(%s) WHERE location BETWEEN %d AND %d"
                            .formatted(
                                    DuckDb.list(files.stream()
                                            .map(file -> file.file().toPath())
                                            .collect(Collectors.toList())),
                                    first,
                                    last));
        }

        /** The next one that there is. */
        int location() {
            return at < size || next() ? locations[at] : END;
        }

        void load(int location, Touched touched, Sums into) {
            while (at < size || next()) {
                if (locations[at] > location) {
                    return;
                }
                if (locations[at] == location) {
                    if (slots[at] == RESTART) {
                        into.clear();
                    } else if (touched.includes(owners[at])) {
                        into.put(slots[at], spans[at], owners[at], ones[at], twos[at]);
                    }
                }
                at++;
            }
        }

        private boolean next() {
            if (!cursor.result().nextChunk()) {
                return false;
            }
            var chunk = cursor.result().chunk();
            size = (int) chunk.rowCount();
            at = 0;
            Vectors.read(chunk.vector(0), locations, size);
            Vectors.read(chunk.vector(1), slots, size);
            Vectors.read(chunk.vector(2), spans, size);
            Vectors.read(chunk.vector(3), owners, size);
            Vectors.read(chunk.vector(4), ones, size);
            Vectors.read(chunk.vector(5), twos, size);
            if (locations[0] < last) {
                throw new IllegalStateException("sums are not in the order of locations");
            }
            last = locations[size - 1];
            return true;
        }

        void close() throws SQLException {
            cursor.close();
            duck.close();
        }
    }

    /** Rows to be written. */
    private static final class Changes {

        private static final List<DuckDb.Column> COLUMNS = List.of(
                new DuckDb.Column("location", DuckDBColumnType.INTEGER),
                new DuckDb.Column("slot", DuckDBColumnType.INTEGER),
                new DuckDb.Column("span", DuckDBColumnType.INTEGER),
                new DuckDb.Column("owner", DuckDBColumnType.BIGINT),
                new DuckDb.Column("one", DuckDBColumnType.BIGINT),
                new DuckDb.Column("two", DuckDBColumnType.BIGINT));

        int[] locations = new int[CHUNK];
        private int[] slots = new int[CHUNK];
        private int[] spans = new int[CHUNK];
        private long[] owners = new long[CHUNK];
        private long[] ones = new long[CHUNK];
        private long[] twos = new long[CHUNK];
        int size;

        void add(int location, int slot, int span, long owner, long one, long two) {
            if (size == locations.length) {
                var capacity = size * 2;
                locations = Arrays.copyOf(locations, capacity);
                slots = Arrays.copyOf(slots, capacity);
                spans = Arrays.copyOf(spans, capacity);
                owners = Arrays.copyOf(owners, capacity);
                ones = Arrays.copyOf(ones, capacity);
                twos = Arrays.copyOf(twos, capacity);
            }
            locations[size] = location;
            slots[size] = slot;
            spans[size] = span;
            owners[size] = owner;
            ones[size] = one;
            twos[size] = two;
            size++;
        }

        void writeTo(String name, Path file, DuckDb duck) throws SQLException {
            var from = new int[1];
            duck.define(name, COLUMNS, chunk -> {
                var rows = (int) Math.min(chunk.capacity(), size - from[0]);
                fill(chunk, from[0], rows);
                from[0] += rows;
                return rows;
            });
            duck.execute("COPY (SELECT * FROM %s()) TO %s (FORMAT parquet, COMPRESSION lz4_raw)"
                    .formatted(name, DuckDb.literal(file)));
        }

        private void fill(DuckDBDataChunkWriter chunk, int from, int rows) {
            Vectors.write(locations, from, chunk.vector(0), rows);
            Vectors.write(slots, from, chunk.vector(1), rows);
            Vectors.write(spans, from, chunk.vector(2), rows);
            Vectors.write(owners, from, chunk.vector(3), rows);
            Vectors.write(ones, from, chunk.vector(4), rows);
            Vectors.write(twos, from, chunk.vector(5), rows);
        }
    }
}
