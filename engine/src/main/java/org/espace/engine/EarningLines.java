package org.espace.engine;

import java.util.Arrays;

/**
 * Earning lines as columns. A line is known by its sale, its program, its lever and the day that it applies to: a sale
 * that changes what other periods have earned has a line for each of them, on the period's first day.
 *
 * <p>{@code lever} counts from 1, and on from the last lever for ceilings; 0 says that no lever takes the sale. {@code
 * amount} and {@code rebate} are minor units; co-op is amount less rebate. {@code withheld} is what bounds and ceilings
 * took away, and below zero what they gave back. {@code basis} is in the program's currency, in minor units times ten to
 * the fraction digits of the run (fine units). {@code rates} is the id of the rate set that converted the sale, 0 for
 * none.
 *
 * <p>{@code before} and {@code level} are what an explanation needs besides:
 *
 * <table>
 * <caption>by kind of lever</caption>
 * <tr><td>sums of a scope</td><td>revenue before this line, in fine units</td><td>quantity before it, in millionths, where
 * the formula reads it</td></tr>
 * <tr><td>sums of a scope, for customers without</td><td>revenue, or quantity where the formula reads that, which counted
 * before this line</td><td>the same with it</td></tr>
 * <tr><td>each line by itself, with bounds</td><td>what the last bound had let through, in minor units</td><td>0</td></tr>
 * <tr><td>growth in revenue</td><td>revenue above the baseline before this line, below zero when it is under it</td>
 * <td>the baseline before it, in fine units</td></tr>
 * <tr><td>growth in quantity</td><td>quantity above the baseline before this line</td><td>the same with it</td></tr>
 * <tr><td>high water</td><td>quantity above the mark before this line</td><td>the same with it</td></tr>
 * <tr><td>customer add</td><td>what the customer was worth before this line, in fine units</td><td>the same with
 * it</td></tr>
 * <tr><td>higher of two units</td><td>the higher quantity before this line</td><td>the same with it</td></tr>
 * <tr><td>ceiling</td><td>what the levers had earned in its scope, in minor units</td><td>revenue before this line, in fine
 * units, or the plan's amount</td></tr>
 * </table>
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

    /** A line about a sale that applies to a day; what it has earned is still to be set. */
    int add(SaleLines sales, int i, int appliesTo, short ofProgram, short ofTerms) {
        var line = add();
        location[line] = sales.location[i];
        seq[line] = sales.seq[i];
        day[line] = appliesTo;
        customer[line] = sales.customer[i];
        product[line] = sales.product[i];
        program[line] = ofProgram;
        terms[line] = ofTerms;
        return line;
    }

    /** A line about a sale that earns nothing. */
    void addZero(SaleLines sales, int i, short ofProgram, short ofTerms, short because) {
        var line = add(sales, i, sales.day[i], ofProgram, ofTerms);
        lever[line] = 0;
        reason[line] = because;
        rates[line] = 0;
        basis[line] = 0;
        before[line] = 0;
        level[line] = 0;
        withheld[line] = 0;
        amount[line] = 0;
        rebate[line] = 0;
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
