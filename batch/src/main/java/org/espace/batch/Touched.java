package org.espace.batch;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whose sums the sale lines of a range can touch, location by location: their customers' and orders', and those of nobody
 * in particular.
 */
final class Touched implements AutoCloseable {

    private static final int CHUNK = 2048;
    private static final int SMALLEST = 64;
    private static final int LARGE = 1024;

    private final @Nullable DuckDb duck;
    private final DuckDb.@Nullable Cursor cursor;
    private final int[] locations = new int[CHUNK];
    private final long[] owners = new long[CHUNK];
    private int size;
    private int at;

    /** An open hash table of the location's owners, of whom none is 0; at most half of it is taken. */
    private long[] here = new long[SMALLEST];

    private int count;

    private Touched() {
        duck = null;
        cursor = null;
    }

    /** @param sales selects location and owner of every line, and may name one more than once */
    Touched(DuckDb duck, String sales) throws SQLException {
        this.duck = duck.another();
        cursor = this.duck.query("SELECT DISTINCT location, owner FROM (%s) ORDER BY location, owner".formatted(sales));
    }

    static Touched everything() {
        return new Touched();
    }

    /** Locations are asked for in the order of their ids. */
    void begin(int location) {
        if (here.length > LARGE) {
            here = new long[SMALLEST];
        } else {
            Arrays.fill(here, 0);
        }
        count = 0;
        while (at < size || next()) {
            if (locations[at] > location) {
                return;
            }
            if (locations[at] == location) {
                add(owners[at]);
            }
            at++;
        }
    }

    private boolean next() {
        if (cursor == null || !cursor.result().nextChunk()) {
            return false;
        }
        var chunk = cursor.result().chunk();
        size = (int) chunk.rowCount();
        at = 0;
        Vectors.read(chunk.vector(0), locations, size);
        Vectors.read(chunk.vector(1), owners, size);
        return size > 0;
    }

    boolean includes(long owner) {
        return cursor == null || owner == 0 || here[place(owner)] == owner;
    }

    private void add(long owner) {
        if (owner == 0) {
            return;
        }
        if (2 * ++count > here.length) {
            var all = here;
            here = new long[2 * all.length];
            for (var one : all) {
                if (one != 0) {
                    here[place(one)] = one;
                }
            }
        }
        here[place(owner)] = owner;
    }

    /** Where the owner stands, or would. */
    private int place(long owner) {
        var mask = here.length - 1;
        var place = (int) ((owner * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (here[place] != 0 && here[place] != owner) {
            place = (place + 1) & mask;
        }
        return place;
    }

    @Override
    public void close() throws SQLException {
        if (cursor != null && duck != null) {
            cursor.close();
            duck.close();
        }
    }
}
