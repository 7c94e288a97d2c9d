package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;

/** Numbers by the text that names them, looked up by bytes so that a known name costs no String. */
final class Dictionary {

    static final int UNKNOWN = -1;

    private byte[] pool = new byte[1 << 12];
    private int poolSize;
    private int[] ends = new int[256];
    private int[] values = new int[256];
    private int size;
    private int[] table = new int[512];

    static Dictionary of(Map<String, Integer> numbers) {
        var dictionary = new Dictionary();
        numbers.forEach(dictionary::put);
        return dictionary;
    }

    int size() {
        return size;
    }

    int find(Cut cut) {
        return find(cut.bytes, cut.from, cut.to);
    }

    int find(byte[] bytes, int from, int to) {
        for (int slot = slot(bytes, from, to); ; slot = (slot + 1) & (table.length - 1)) {
            var entry = table[slot] - 1;
            if (entry < 0) {
                return UNKNOWN;
            }
            if (Arrays.equals(pool, start(entry), ends[entry], bytes, from, to)) {
                return values[entry];
            }
        }
    }

    void put(String text, int value) {
        var bytes = text.getBytes(UTF_8);
        put(bytes, 0, bytes.length, value);
    }

    /** Keeps the first value of a name that comes twice. */
    void put(byte[] bytes, int from, int to, int value) {
        if (find(bytes, from, to) != UNKNOWN) {
            return;
        }
        if (size * 2 >= table.length) {
            grow();
        }
        var length = to - from;
        if (poolSize + length > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(pool.length * 2, poolSize + length));
        }
        System.arraycopy(bytes, from, pool, poolSize, length);
        poolSize += length;
        ends[size] = poolSize;
        values[size] = value;
        insert(size++);
    }

    private void grow() {
        ends = Arrays.copyOf(ends, ends.length * 2);
        values = Arrays.copyOf(values, values.length * 2);
        table = new int[table.length * 2];
        for (int entry = 0; entry < size; entry++) {
            insert(entry);
        }
    }

    private void insert(int entry) {
        int slot = slot(pool, start(entry), ends[entry]);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry + 1;
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int at = from; at < to; at++) {
            hash = (hash ^ bytes[at]) * 0x01000193;
        }
        hash ^= hash >>> 15;
        return ((hash * 0x2c1b3c6d) >>> 7) & (table.length - 1);
    }
}
