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

    private int add() {
        if (size == seq.length) {
            grow(Math.max(4096, size * 2));
        }
        return size++;
    }

    /** A line about a sale that applies to a day and has earned nothing yet. */
    int add(SaleLines sales, int i, int appliesTo, short ofProgram, short ofTerms) {
        var line = add();
        location[line] = sales.location[i];
        seq[line] = sales.seq[i];
        day[line] = appliesTo;
        customer[line] = sales.customer[i];
        product[line] = sales.product[i];
        program[line] = ofProgram;
        terms[line] = ofTerms;
        lever[line] = 0;
        reason[line] = 0;
        rates[line] = 0;
        basis[line] = 0;
        before[line] = 0;
        level[line] = 0;
        withheld[line] = 0;
        amount[line] = 0;
        rebate[line] = 0;
        return line;
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
