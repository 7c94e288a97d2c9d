package org.espace.earnings;

import org.jspecify.annotations.Nullable;

/**
 * A file in the lake that a refresh has read or written.
 *
 * @param path relative to the lake
 * @param load whose sales these are; null for what is no file of sales
 * @param lines of sales or of the journal; groups of carried sums
 * @param bytes as it lies in the lake now; null when it is no longer there
 */
public record RunFile(
        Use use,
        String path,
        @Nullable Integer load,
        long lines,
        @Nullable Long bytes) {

    /** In the order in which a refresh comes to them. */
    public enum Use {
        /** Sales that no refresh had read before. */
        NEW_SALES,
        /** Earlier sales of locations that were rated anew. */
        SALES_AGAIN,
        /** Earlier earnings, to compare those of locations that were rated anew with. */
        COMPARED,
        EARNINGS,
        CORRECTIONS,
        /** What the next refresh goes on from. */
        SUMS;

        public boolean isRead() {
            return switch (this) {
                case NEW_SALES, SALES_AGAIN, COMPARED -> true;
                case EARNINGS, CORRECTIONS, SUMS -> false;
            };
        }
    }
}
