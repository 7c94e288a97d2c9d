package org.espace.engine;

/**
 * Sale lines as columns, in posting order within a location. A batch: filled, rated and filled again.
 *
 * <p>{@code order} is the number of the order as 63 bits of a hash, which keeps the orders of one location apart; 0 is a
 * line without an order, which is an order of its own. {@code kind} is the id of a {@link Facts.LineKind}.
 */
public final class SaleLines {

    public final int[] location;
    public final long[] seq;
    public final int[] day;
    public final int[] customer;
    public final int[] product;
    public final long[] quantity;
    public final long[] amount;
    public final short[] currency;
    public final short[] disposition;
    public final long[] order;
    public final int[] kind;
    public int size;

    public SaleLines(int capacity) {
        location = new int[capacity];
        seq = new long[capacity];
        day = new int[capacity];
        customer = new int[capacity];
        product = new int[capacity];
        quantity = new long[capacity];
        amount = new long[capacity];
        currency = new short[capacity];
        disposition = new short[capacity];
        order = new long[capacity];
        kind = new int[capacity];
    }
}
