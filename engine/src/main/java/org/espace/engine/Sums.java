package org.espace.engine;

import java.util.Arrays;

/**
 * The carried sums of one location: two numbers for each group, which is a part of a lever, a span of time, and a customer
 * or an order where the scope is theirs. They are all that rating the next line needs to know of the lines before.
 */
public final class Sums {

    /** Each entry lies together, since a large location's sums do not fit the processor's cache. */
    private static final int WIDTH = 4;

    private static final int OWNER = 1;
    private static final int FIRST = 2;
    private static final int SECOND = 3;
    private static final int SMALLEST = 64;

    /** How many times as many places the next larger table has. */
    private static final int STEP = 4;

    private static final long HALF = 0xffff_ffff_0000_0000L;

    /** In the order in which they came up. */
    private long[] entries = new long[SMALLEST * WIDTH];

    private int size;

    /**
     * Where to find entries: half a hash, and the number of the entry after the one that is meant; 0 where there is none.
     * Only places up to the mask are used, so that a small location stays in the cache after a large one.
     */
    private long[] places = new long[SMALLEST];

    private int mask = SMALLEST - 1;

    /** The index of the group, which starts at zero. It holds until {@link #clear}. */
    int at(int slot, int span, long owner) {
        var group = group(slot, span);
        var hash = hash(group, owner);
        var place = place(hash, group, owner);
        if (places[place] == 0) {
            if (2 * size > mask) {
                grow();
                place = place(hash, group, owner);
            }
            var index = size * WIDTH;
            if (index == entries.length) {
                entries = Arrays.copyOf(entries, 2 * index);
            }
            entries[index] = group;
            entries[index + OWNER] = owner;
            entries[index + FIRST] = 0;
            entries[index + SECOND] = 0;
            places[place] = (hash & HALF) | ++size;
            return index;
        }
        return ((int) places[place] - 1) * WIDTH;
    }

    /** The index of the group if anything was ever added to it, or -1. It holds until {@link #clear}. */
    int find(int slot, int span, long owner) {
        var group = group(slot, span);
        var found = (int) places[place(hash(group, owner), group, owner)];
        return found == 0 ? -1 : (found - 1) * WIDTH;
    }

    /** Throws {@link ArithmeticException} when a sum leaves the range of a long. */
    void add(int index, long one, long two) {
        entries[index + FIRST] = Math.addExact(entries[index + FIRST], one);
        entries[index + SECOND] = Math.addExact(entries[index + SECOND], two);
    }

    /** Sets a group, as it was carried over from an earlier run. */
    public void put(int slot, int span, long owner, long one, long two) {
        var index = at(slot, span, owner);
        entries[index + FIRST] = one;
        entries[index + SECOND] = two;
    }

    /** Hears every group, in the order in which they came up. */
    public void forEach(Visitor visitor) {
        for (var index = 0; index < size * WIDTH; index += WIDTH) {
            visitor.group(
                    (int) (entries[index] >> 32),
                    (int) entries[index],
                    entries[index + OWNER],
                    entries[index + FIRST],
                    entries[index + SECOND]);
        }
    }

    public void clear() {
        Arrays.fill(places, 0, mask + 1, 0);
        mask = SMALLEST - 1;
        size = 0;
    }

    long first(int index) {
        return entries[index + FIRST];
    }

    long second(int index) {
        return entries[index + SECOND];
    }

    private static long group(int slot, int span) {
        return ((long) slot << 32) | (span & 0xffffffffL);
    }

    private static long hash(long group, long owner) {
        var mixed = (group * 0x9E3779B97F4A7C15L) ^ (owner * 0xC2B2AE3D27D4EB4FL);
        return mixed ^ (mixed >>> 32);
    }

    /** Half of the places are always free, so that the next free one is near. */
    private int place(long hash, long group, long owner) {
        var place = (int) hash & mask;
        while (true) {
            var found = places[place];
            if (found == 0) {
                return place;
            }
            if (((found ^ hash) & HALF) == 0) {
                var index = ((int) found - 1) * WIDTH;
                if (entries[index] == group && entries[index + OWNER] == owner) {
                    return place;
                }
            }
            place = (place + 1) & mask;
        }
    }

    private void grow() {
        Arrays.fill(places, 0, mask + 1, 0);
        mask = (mask + 1) * STEP - 1;
        if (places.length <= mask) {
            places = new long[mask + 1];
        }
        for (var number = 1; number <= size; number++) {
            var index = (number - 1) * WIDTH;
            var hash = hash(entries[index], entries[index + OWNER]);
            var place = (int) hash & mask;
            while (places[place] != 0) {
                place = (place + 1) & mask;
            }
            places[place] = (hash & HALF) | number;
        }
    }

    /** One group of carried sums. */
    @FunctionalInterface
    public interface Visitor {
        void group(int slot, int span, long owner, long one, long two);
    }
}
