package org.espace.engine;

import java.util.Arrays;

/**
 * The carried sums of one location: two numbers for each group, which is a lever's tier or cap, a span of time, and a
 * customer where the scope is the customer's. They are all that rating the next line needs to know of the lines before.
 */
public final class Sums {

    private long[] groups = new long[64];
    private int[] customers = new int[64];
    private long[] first = new long[64];
    private long[] second = new long[64];
    private boolean[] taken = new boolean[64];
    private int[] order = new int[48];
    private int size;

    /** The index of the group, which starts at zero. It holds until the next call. */
    int at(int slot, int span, int customer) {
        var group = ((long) slot << 32) | (span & 0xffffffffL);
        var index = find(group, customer);
        if (!taken[index]) {
            if (size == order.length) {
                grow();
                index = find(group, customer);
            }
            taken[index] = true;
            groups[index] = group;
            customers[index] = customer;
            first[index] = 0;
            second[index] = 0;
            order[size++] = index;
        }
        return index;
    }

    /** Sets a group, as it was carried over from an earlier run. */
    public void put(int slot, int span, int customer, long one, long two) {
        var index = at(slot, span, customer);
        first[index] = one;
        second[index] = two;
    }

    /** Hears every group, in the order in which they came up. */
    public void forEach(Visitor visitor) {
        for (var i = 0; i < size; i++) {
            var index = order[i];
            visitor.group(
                    (int) (groups[index] >> 32), (int) groups[index], customers[index], first[index], second[index]);
        }
    }

    public void clear() {
        for (var i = 0; i < size; i++) {
            taken[order[i]] = false;
        }
        size = 0;
    }

    long first(int index) {
        return first[index];
    }

    long second(int index) {
        return second[index];
    }

    void set(int index, long one, long two) {
        first[index] = one;
        second[index] = two;
    }

    private int find(long group, int customer) {
        var mask = groups.length - 1;
        var hash = (group * 0x9E3779B97F4A7C15L) ^ (customer * 0xC2B2AE3D27D4EB4FL);
        var index = (int) (hash >>> 32) & mask;
        while (taken[index] && (groups[index] != group || customers[index] != customer)) {
            index = (index + 1) & mask;
        }
        return index;
    }

    private void grow() {
        var old = moveOut(groups.length * 2);
        for (var i = 0; i < size; i++) {
            var from = old.order[i];
            var to = find(old.groups[from], old.customers[from]);
            taken[to] = true;
            groups[to] = old.groups[from];
            customers[to] = old.customers[from];
            first[to] = old.first[from];
            second[to] = old.second[from];
            order[i] = to;
        }
    }

    /** Moves the present arrays into another object and takes empty ones of the new capacity. */
    private Sums moveOut(int capacity) {
        var old = new Sums();
        old.groups = groups;
        old.customers = customers;
        old.first = first;
        old.second = second;
        old.order = order;
        groups = new long[capacity];
        customers = new int[capacity];
        first = new long[capacity];
        second = new long[capacity];
        taken = new boolean[capacity];
        order = Arrays.copyOf(order, capacity / 4 * 3);
        return old;
    }

    /** One group of carried sums. */
    @FunctionalInterface
    public interface Visitor {
        void group(int slot, int span, int customer, long one, long two);
    }
}
