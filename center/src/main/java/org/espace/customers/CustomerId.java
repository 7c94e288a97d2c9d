package org.espace.customers;

/** An end customer of one or more partners. */
public record CustomerId(int value) {

    public static CustomerId of(String text) {
        return new CustomerId(Integer.parseInt(text));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
