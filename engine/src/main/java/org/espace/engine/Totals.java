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
        private static final int COUNT = 3;

        private long[] rows = new long[32 * WIDTH];
        private int size;

        /** For each place the row after the one that belongs there; 0 where there is none. */
        private int[] places = new int[64];

        private int round;
        private long lastKey;
        private int last = -1;

        /** Goes up whenever rows have been drained, and what {@link #at} answered no longer holds. */
        int round() {
            return round;
        }

        /** The key's row, which holds until the next {@link #drain}. */
        int at(long key) {
            if (last >= 0 && lastKey == key) {
                return last;
            }
            var place = place(key);
            if (places[place] == 0) {
                if (size * 2 == places.length) {
                    grow();
                    place = place(key);
                }
                rows[size * WIDTH] = key;
                places[place] = ++size;
            }
            lastKey = key;
            last = places[place] - 1;
            return last;
        }

        void add(int row, long amount, long rebate) {
            var at = row * WIDTH;
            rows[at + AMOUNT] = Math.addExact(rows[at + AMOUNT], amount);
            rows[at + REBATE] = Math.addExact(rows[at + REBATE], rebate);
            rows[at + COUNT]++;
        }

        void drain(int location, Columns into) {
            for (var i = 0; i < size; i++) {
                var at = i * WIDTH;
                into.add(location, rows[at], rows[at + AMOUNT], rows[at + REBATE], (int) rows[at + COUNT]);
            }
            Arrays.fill(rows, 0, size * WIDTH, 0);
            Arrays.fill(places, 0);
            size = 0;
            last = -1;
            round++;
        }

        private int place(long key) {
            var mask = places.length - 1;
            var place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (places[place] != 0 && rows[(places[place] - 1) * WIDTH] != key) {
                place = (place + 1) & mask;
            }
            return place;
        }

        private void grow() {
            rows = Arrays.copyOf(rows, rows.length * 2);
            places = new int[places.length * 2];
            for (var i = 0; i < size; i++) {
                places[place(rows[i * WIDTH])] = i + 1;
            }
        }
    }
}
