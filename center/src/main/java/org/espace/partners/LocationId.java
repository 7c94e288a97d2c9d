package org.espace.partners;

/** A location of a partner: what enrolls, sells and earns. */
public record LocationId(int value) {

    public static LocationId of(String text) {
        return new LocationId(Integer.parseInt(text));
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
