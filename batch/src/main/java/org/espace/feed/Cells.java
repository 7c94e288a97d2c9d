package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One record of a feed: its cells are pieces of a shared buffer of UTF-8, good until the next record is read. */
final class Cells {

    static final int MOST_COLUMNS = 4096;

    byte[] bytes = new byte[0];
    int[] from = new int[64];
    int[] to = new int[64];
    int count;

    /** Counted from 1, without the header and without blank lines. */
    long row;

    /** Why the record itself cannot be read, with what there is of it in {@link #broken}. */
    @Nullable
    Code defect;

    String broken = "";

    void clear() {
        count = 0;
        defect = null;
        broken = "";
    }

    void add(int start, int end) {
        if (count < MOST_COLUMNS) {
            if (count == from.length) {
                from = Arrays.copyOf(from, count * 2);
                to = Arrays.copyOf(to, count * 2);
            }
            from[count] = start;
            to[count] = end;
        }
        count++;
    }

    String text(int column) {
        return new String(bytes, from[column], to[column] - from[column], UTF_8);
    }
}
