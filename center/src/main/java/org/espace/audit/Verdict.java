package org.espace.audit;

import org.jspecify.annotations.Nullable;

/**
 * Whether the book is still what was written.
 *
 * @param entries how many were read and found in order
 * @param head the end of the chain, or of its sound part
 * @param fault what is wrong first; null where nothing is
 */
public record Verdict(long entries, Anchor head, @Nullable Fault fault) {

    /** @param number of the first entry that is not as it was */
    public record Fault(long number, Kind kind) {}

    public enum Kind {
        /** It says something else than when it was written. */
        CHANGED,
        /** It does not follow the one before. */
        DETACHED,
        /** It is not there. */
        MISSING,
        /** The chain is sound, and not the one that the anchor was taken from. */
        ANOTHER_CHAIN
    }

    public boolean isSound() {
        return fault == null;
    }
}
