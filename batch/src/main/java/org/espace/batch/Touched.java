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

    private final @Nullable DuckDb duck;
    private final DuckDb.@Nullable Cursor cursor;
    private final int[] locations = new int[CHUNK];
    private final long[] owners = new long[CHUNK];
    private int size;
    private int at;
    private long[] here = new long[64];
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
        count = 0;
        while (at < size || next()) {
            if (locations[at] > location) {
                return;
            }
            if (locations[at] == location) {
                if (count == here.length) {
                    here = Arrays.copyOf(here, count * 2);
                }
                here[count++] = owners[at];
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
        return cursor == null || owner == 0 || Arrays.binarySearch(here, 0, count, owner) >= 0;
    }

    @Override
    public void close() throws SQLException {
        if (cursor != null && duck != null) {
            cursor.close();
            duck.close();
        }
    }
}
