package org.espace.batch;

import java.io.Serializable;
import java.util.Arrays;
import org.espace.engine.EarningLines;

/**
 * What locations have earned by customer, under each version of a program: a row each, as columns. Amounts are minor units
 * of the program's currency; customer 0 is nobody in particular.
 */
public final class ByCustomer implements Serializable {

    public int[] location = new int[0];
    public int[] customer = new int[0];
    public short[] program = new short[0];
    public short[] terms = new short[0];
    public long[] amount = new long[0];
    public long[] rebate = new long[0];
    public long[] lines = new long[0];
    public int size;

    /** Appends a row, which may name what another one names. */
    public void add(int place, int buyer, int ofProgram, int ofTerms, long earned, long asRebate, long count) {
        var row = append(place, buyer, (short) ofProgram, (short) ofTerms);
        amount[row] = earned;
        rebate[row] = asRebate;
        lines[row] = count;
    }

    /** Appends all rows of the other. */
    public void addAll(ByCustomer other) {
        var at = size;
        grow(size + other.size);
        System.arraycopy(other.location, 0, location, at, other.size);
        System.arraycopy(other.customer, 0, customer, at, other.size);
        System.arraycopy(other.program, 0, program, at, other.size);
        System.arraycopy(other.terms, 0, terms, at, other.size);
        System.arraycopy(other.amount, 0, amount, at, other.size);
        System.arraycopy(other.rebate, 0, rebate, at, other.size);
        System.arraycopy(other.lines, 0, lines, at, other.size);
        size += other.size;
    }

    private int append(int place, int buyer, short ofProgram, short ofTerms) {
        if (size == location.length) {
            grow(Math.max(256, size * 2));
        }
        location[size] = place;
        customer[size] = buyer;
        program[size] = ofProgram;
        terms[size] = ofTerms;
        return size++;
    }

    private void grow(int capacity) {
        location = Arrays.copyOf(location, capacity);
        customer = Arrays.copyOf(customer, capacity);
        program = Arrays.copyOf(program, capacity);
        terms = Arrays.copyOf(terms, capacity);
        amount = Arrays.copyOf(amount, capacity);
        rebate = Arrays.copyOf(rebate, capacity);
        lines = Arrays.copyOf(lines, capacity);
    }

    /** Sums up a journal that comes location by location. */
    static final class Summing {

        private static final int SMALLEST = 64;

        final ByCustomer rows = new ByCustomer();

        /** For each place the row after the one that belongs there, of the location at work; 0 where there is none. */
        private int[] places = new int[SMALLEST];

        private int mask = SMALLEST - 1;
        private int first;
        private int last = -1;

        /** The lines that earn, or take back what others have earned. */
        void add(EarningLines journal) {
            for (var i = 0; i < journal.size; i++) {
                if (journal.lever[i] > 0) {
                    var row = row(journal.location[i], journal.customer[i], journal.program[i], journal.terms[i]);
                    rows.amount[row] = Math.addExact(rows.amount[row], journal.amount[i]);
                    rows.rebate[row] = Math.addExact(rows.rebate[row], journal.rebate[i]);
                    rows.lines[row]++;
                }
            }
        }

        private int row(int location, int customer, short program, short terms) {
            if (last < 0 || rows.location[last] != location) {
                begin();
            } else if (is(last, customer, terms)) {
                return last;
            }
            var place = place(customer, terms);
            if (places[place] == 0) {
                if (2 * (rows.size - first) > mask) {
                    grow();
                    place = place(customer, terms);
                }
                places[place] = rows.append(location, customer, program, terms) + 1;
            }
            last = places[place] - 1;
            return last;
        }

        private boolean is(int row, int customer, short terms) {
            return rows.customer[row] == customer && rows.terms[row] == terms;
        }

        /** Only places up to the mask are used, so that a small location stays quick after a large one. */
        private void begin() {
            Arrays.fill(places, 0, mask + 1, 0);
            mask = SMALLEST - 1;
            first = rows.size;
        }

        private int place(int customer, short terms) {
            var key = ((long) customer << 16) | (terms & 0xffff);
            var place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
            while (places[place] != 0 && !is(places[place] - 1, customer, terms)) {
                place = (place + 1) & mask;
            }
            return place;
        }

        private void grow() {
            Arrays.fill(places, 0, mask + 1, 0);
            mask = 4 * (mask + 1) - 1;
            if (places.length <= mask) {
                places = new int[mask + 1];
            }
            for (var row = first; row < rows.size; row++) {
                places[place(rows.customer[row], rows.terms[row])] = row + 1;
            }
        }
    }
}
