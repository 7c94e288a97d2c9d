package org.espace.partners;

/** A global account. */
public record PartnerId(int value) {

    public static PartnerId of(String text) {
        return new PartnerId(Integer.parseInt(text));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
