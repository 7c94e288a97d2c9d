package org.espace.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /** Set beside the owner, who is never negative, in every entry that is in use. */
    private static final long TAKEN = Long.MIN_VALUE;

    private static final int SMALLEST = 64;

    /** The next larger table is four times as large: few entries are moved, and few places are empty in vain. */
    private static final int STEP = 2;

    private static final int SIZES = 12;

    /**
     * Tables of growing size, made when first needed and empty unless in use. Every location starts in the smallest:
     * one scattered over the table of a large one would miss the cache with every look.
     */
    private final long[] @Nullable [] tables = new long[SIZES][];

    private long[] entries = new long[SMALLEST * WIDTH];
    private int table;
    private int[] order = new int[SMALLEST / 2];
    private int size;

    /** The index of the group, which starts at zero. It holds until the next call. */
    int at(int slot, int span, long whose) {
        var group = group(slot, span);
        var owner = whose | TAKEN;
        var index = find(entries, group, owner);
        if (entries[index + OWNER] == 0) {
            if (size == entries.length / WIDTH / 2) {
                grow();
                index = find(entries, group, owner);
            }
            entries[index] = group;
            entries[index + OWNER] = owner;
            order[size++] = index;
        }
        return index;
    }

    /** The index of the group if anything was ever added to it, or -1. It holds until the next call of {@link #at}. */
    int find(int slot, int span, long whose) {
        var index = find(entries, group(slot, span), whose | TAKEN);
        return entries[index + OWNER] == 0 ? -1 : index;
    }

    /** Throws {@link ArithmeticException} when a sum leaves the range of a long. */
    void add(int index, long one, long two) {
        entries[index + FIRST] = Math.addExact(entries[index + FIRST], one);
        entries[index + SECOND] = Math.addExact(entries[index + SECOND], two);
    }

    /** Sets a group, as it was carried over from an earlier run. */
    public void put(int slot, int span, long owner, long one, long two) {
        set(at(slot, span, owner), one, two);
    }

    /** Hears every group, in the order in which they came up. */
    public void forEach(Visitor visitor) {
        for (var i = 0; i < size; i++) {
            var index = order[i];
            visitor.group(
                    (int) (entries[index] >> 32),
                    (int) entries[index],
                    entries[index + OWNER] & ~TAKEN,
                    entries[index + FIRST],
                    entries[index + SECOND]);
        }
    }

    public void clear() {
        empty();
        size = 0;
        take(0);
    }

    long first(int index) {
        return entries[index + FIRST];
    }

    long second(int index) {
        return entries[index + SECOND];
    }

    void set(int index, long one, long two) {
        entries[index + FIRST] = one;
        entries[index + SECOND] = two;
    }

    private static long group(int slot, int span) {
        return ((long) slot << 32) | (span & 0xffffffffL);
    }

    /** Half of the entries are always free, so that the next free one is near. */
    private static int find(long[] entries, long group, long owner) {
        var mask = entries.length / WIDTH - 1;
        var hash = (group * 0x9E3779B97F4A7C15L) ^ (owner * 0xC2B2AE3D27D4EB4FL);
        var place = (int) (hash >>> 32) & mask;
        while (true) {
            var index = place * WIDTH;
            if (entries[index + OWNER] == 0 || (entries[index] == group && entries[index + OWNER] == owner)) {
                return index;
            }
            place = (place + 1) & mask;
        }
    }

    private void grow() {
        var smaller = entries;
        var places = Arrays.copyOf(order, size);
        take(table + 1);
        order = Arrays.copyOf(order, Math.max(order.length, entries.length / WIDTH / 2));
        for (var i = 0; i < size; i++) {
            var to = find(entries, smaller[places[i]], smaller[places[i] + OWNER]);
            System.arraycopy(smaller, places[i], entries, to, WIDTH);
            Arrays.fill(smaller, places[i], places[i] + WIDTH, 0);
            order[i] = to;
        }
    }

    private void empty() {
        for (var i = 0; i < size; i++) {
            Arrays.fill(entries, order[i], order[i] + WIDTH, 0);
        }
    }

    private void take(int next) {
        tables[table] = entries;
        var known = tables[next];
        entries = known == null ? new long[(SMALLEST * WIDTH) << (STEP * next)] : known;
        table = next;
    }

    /** One group of carried sums. */
    @FunctionalInterface
    public interface Visitor {
        void group(int slot, int span, long owner, long one, long two);
    }
}
