package org.espace.earnings;

import org.espace.engine.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Which page of earning lines is asked for, in which order.
 *
 * @param reason only lines with this code; null for every line
 * @param bucket only lines whose sale fell into this bucket; null for all
 * @param earningOnly leaves out the lines of sales that no lever selected
 * @param page from 0
 */
public record LineOrder(
        @Nullable String reason,
        Reason.@Nullable Bucket bucket,
        boolean earningOnly,
        Sort sort,
        boolean descending,
        int page) {

    public static final int PAGE_SIZE = 50;

    /** What lines may be sorted by. */
    public enum Sort {
        DAY("day"),
        AMOUNT("amount"),
        BASIS("basis"),
        CUSTOMER("customer"),
        PRODUCT("product");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    public static LineOrder newestFirst() {
        return new LineOrder(null, null, false, Sort.DAY, true, 0);
    }
}
