package org.espace.engine;

import java.util.Arrays;

/**
 * Earning lines as columns.
 *
 * <p>{@code basis} is in the program's currency, in minor units times ten to the fraction digits of the run; so is
 * {@code before} of a tier: what its scope had added up before this line. {@code before} of a cap without a tier is what
 * its scope had earned. {@code level} is what a tier by quantity had counted. {@code withheld} is what caps took away.
 * {@code amount} and {@code rebate} are minor units; co-op is amount less rebate. {@code rates} is the id of the rate
 * set that converted the sale, 0 for none; {@code lever} counts from 1, and 0 says that no lever selected the sale.
 */
public final class EarningLines {

    public int[] location = new int[0];
    public long[] seq = new long[0];
    public int[] day = new int[0];
    public int[] customer = new int[0];
    public int[] product = new int[0];
    public short[] program = new short[0];
    public short[] terms = new short[0];
    public short[] lever = new short[0];
    public short[] reason = new short[0];
    public int[] rates = new int[0];
    public long[] basis = new long[0];
    public long[] before = new long[0];
    public long[] level = new long[0];
    public long[] withheld = new long[0];
    public long[] amount = new long[0];
    public long[] rebate = new long[0];
    public int size;

    /** Makes room for one more line, with every column at 0, and returns its index. */
    int add() {
        if (size == seq.length) {
            grow(Math.max(4096, size * 2));
        }
        return size++;
    }

    private void grow(int capacity) {
        location = Arrays.copyOf(location, capacity);
        seq = Arrays.copyOf(seq, capacity);
        day = Arrays.copyOf(day, capacity);
        customer = Arrays.copyOf(customer, capacity);
        product = Arrays.copyOf(product, capacity);
        program = Arrays.copyOf(program, capacity);
        terms = Arrays.copyOf(terms, capacity);
        lever = Arrays.copyOf(lever, capacity);
        reason = Arrays.copyOf(reason, capacity);
        rates = Arrays.copyOf(rates, capacity);
        basis = Arrays.copyOf(basis, capacity);
        before = Arrays.copyOf(before, capacity);
        level = Arrays.copyOf(level, capacity);
        withheld = Arrays.copyOf(withheld, capacity);
        amount = Arrays.copyOf(amount, capacity);
        rebate = Arrays.copyOf(rebate, capacity);
    }
}
