package org.espace.audit;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An entry in its place in the chain.
 *
 * @param number from 1, without gaps
 * @param previous the hash of the entry before; zeros before the first one
 */
@SuppressWarnings("ArrayRecordComponent") // hashes, which nobody changes
public record Link(long number, Entry entry, byte[] previous, byte[] hash) {

    boolean follows(byte[] before) {
        return Arrays.equals(previous, before);
    }

    boolean isAsWritten() {
        return Arrays.equals(hash, entry.hash(number, previous));
    }

    /** In hexadecimal digits. */
    public String fingerprint() {
        return HexFormat.of().formatHex(hash);
    }
}
