package org.espace.audit;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The end of the chain as it was: kept elsewhere, it shows later whether the book up to there is still the same one. Whoever
 * may write to the database could write a whole new chain, but not one that ends in the same hash.
 *
 * @param hash 64 hexadecimal digits
 */
public record Anchor(long number, String hash) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Anchor {
        hash = hash.toLowerCase(Locale.ROOT);
        if (number < 0 || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("an anchor is NUMBER:HASH");
        }
    }

    /** As {@link #toString} writes it. */
    public static Anchor of(String text) {
        var parts = text.strip().split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("an anchor is NUMBER:HASH");
        }
        return new Anchor(Long.parseLong(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
