package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** Numbers by the text that names them, looked up by bytes so that a known name costs no String. */
final class Dictionary {

    static final int UNKNOWN = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = 8;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final long LOW = 0xffffffffL;

    /** Value, length and bytes of one entry after the other: what is compared and what is answered lie together. */
    private byte[] pool = new byte[1 << 12];

    private int poolSize;
    private int size;

    /** Half of the hash, and one more than the entry's place in the pool. */
    private long[] table = new long[512];

    static Dictionary of(Map<String, Integer> numbers) {
        var dictionary = new Dictionary();
        numbers.forEach(dictionary::put);
        return dictionary;
    }

    int find(Cut cut) {
        return find(cut.bytes, cut.from, cut.to);
    }

    int find(byte[] bytes, int from, int to) {
        var hash = hash(bytes, from, to);
        for (int slot = slot(hash); ; slot = (slot + 1) & (table.length - 1)) {
            var found = table[slot];
            if (found == 0) {
                return UNKNOWN;
            }
            if (found >>> 32 == hash >>> 32) {
                var entry = (int) (found & LOW) - 1;
                var start = entry + HEAD;
                if (Arrays.equals(pool, start, start + (int) INTS.get(pool, entry + 4), bytes, from, to)) {
                    return (int) INTS.get(pool, entry);
                }
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
        if (poolSize + HEAD + length > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(pool.length * 2, poolSize + HEAD + length));
        }
        INTS.set(pool, poolSize, value);
        INTS.set(pool, poolSize + 4, length);
        System.arraycopy(bytes, from, pool, poolSize + HEAD, length);
        insert(poolSize);
        poolSize += HEAD + length;
        size++;
    }

    private void grow() {
        table = new long[table.length * 2];
        for (int entry = 0; entry < poolSize; entry += HEAD + (int) INTS.get(pool, entry + 4)) {
            insert(entry);
        }
    }

    private void insert(int entry) {
        var start = entry + HEAD;
        var hash = hash(pool, start, start + (int) INTS.get(pool, entry + 4));
        int slot = slot(hash);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = (hash & ~LOW) | (entry + 1L);
    }

    private int slot(long hash) {
        return (int) hash & (table.length - 1);
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = to - (long) from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = (rest << 8) | (bytes[at] & 0xff);
        }
        hash = (hash ^ rest) * MIX;
        hash = (hash ^ (hash >>> 29)) * MIX;
        return hash ^ (hash >>> 32);
    }
}
