package org.espace.engine;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;

/** Totals of one rating, as columns: what was sold by what became of it, and what was earned by lever and month. */
public final class Totals implements Serializable {

    /** Amounts are the sales' fine units; {@code reason} 0 is eligible; {@code month} is as {@link #firstDay} reads it. */
    public final Columns sold = new Columns();

    /** Amounts are minor units of the program's currency; {@code reason} holds the lever's number. */
    public final Columns earned = new Columns();

    public static LocalDate firstDay(int month) {
        return Months.firstDay(month);
    }

    /** Rows of totals. */
    public static final class Columns implements Serializable {

        public int[] location = new int[0];
        public short[] program = new short[0];
        public short[] terms = new short[0];
        public short[] month = new short[0];
        public short[] currency = new short[0];
        public short[] reason = new short[0];
        public long[] amount = new long[0];
        public long[] rebate = new long[0];
        public int[] lines = new int[0];
        public int size;

        void add(int place, long key, long one, long two, int count) {
            if (size == location.length) {
                grow(Math.max(256, size * 2));
            }
            location[size] = place;
            program[size] = (short) (key >>> 48);
            terms[size] = (short) (key >>> 32);
            currency[size] = (short) (key >>> 32);
            month[size] = (short) (key >>> 16);
            reason[size] = (short) key;
            amount[size] = one;
            rebate[size] = two;
            lines[size++] = count;
        }

        /** Appends all rows of the other. */
        public void addAll(Columns other) {
            var at = size;
            grow(size + other.size);
            System.arraycopy(other.location, 0, location, at, other.size);
            System.arraycopy(other.program, 0, program, at, other.size);
            System.arraycopy(other.terms, 0, terms, at, other.size);
            System.arraycopy(other.month, 0, month, at, other.size);
            System.arraycopy(other.currency, 0, currency, at, other.size);
            System.arraycopy(other.reason, 0, reason, at, other.size);
            System.arraycopy(other.amount, 0, amount, at, other.size);
            System.arraycopy(other.rebate, 0, rebate, at, other.size);
            System.arraycopy(other.lines, 0, lines, at, other.size);
            size += other.size;
        }

        private void grow(int capacity) {
            location = Arrays.copyOf(location, capacity);
            program = Arrays.copyOf(program, capacity);
            terms = Arrays.copyOf(terms, capacity);
            month = Arrays.copyOf(month, capacity);
            currency = Arrays.copyOf(currency, capacity);
            reason = Arrays.copyOf(reason, capacity);
            amount = Arrays.copyOf(amount, capacity);
            rebate = Arrays.copyOf(rebate, capacity);
            lines = Arrays.copyOf(lines, capacity);
        }
    }

    /** Sums of one location by key, until {@link #drain}. */
    static final class ByKey {

        private static final int WIDTH = 4;
        private static final int AMOUNT = 1;
        private static final int REBATE = 2;

        /** Zero in every entry that is not in use. */
        private static final int COUNT = 3;

        private long[] entries = new long[64 * WIDTH];
        private int[] order = new int[32];
        private int size;

        void add(long key, long amount, long rebate) {
            var index = find(entries, key);
            if (entries[index + COUNT] == 0) {
                if (size == order.length) {
                    grow();
                    index = find(entries, key);
                }
                entries[index] = key;
                order[size++] = index;
            }
            entries[index + AMOUNT] = Math.addExact(entries[index + AMOUNT], amount);
            entries[index + REBATE] = Math.addExact(entries[index + REBATE], rebate);
            entries[index + COUNT]++;
        }

        void drain(int location, Columns into) {
            for (var i = 0; i < size; i++) {
                var at = order[i];
                into.add(location, entries[at], entries[at + AMOUNT], entries[at + REBATE], (int) entries[at + COUNT]);
                Arrays.fill(entries, at, at + WIDTH, 0);
            }
            size = 0;
        }

        private static int find(long[] entries, long key) {
            var mask = entries.length / WIDTH - 1;
            var place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (entries[place * WIDTH + COUNT] != 0 && entries[place * WIDTH] != key) {
                place = (place + 1) & mask;
            }
            return place * WIDTH;
        }

        private void grow() {
            var larger = new long[entries.length * 2];
            order = Arrays.copyOf(order, order.length * 2);
            for (var i = 0; i < size; i++) {
                var to = find(larger, entries[order[i]]);
                System.arraycopy(entries, order[i], larger, to, WIDTH);
                order[i] = to;
            }
            entries = larger;
        }
    }
}
