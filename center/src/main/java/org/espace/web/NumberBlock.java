package org.espace.web;

import java.util.function.IntSupplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Takes new ids from a table's own sequence, a block at a time, so that what is read from a file can refer to what is
 * written with it in one transaction. Ids that are not used leave gaps.
 */
public final class NumberBlock implements IntSupplier {

    private static final int LARGEST = 4096;

    private final DSLContext sql;
    private final String table;
    private int[] block = new int[0];
    private int next;

    /** @param table with its schema, whose key is {@code id} */
    public NumberBlock(DSLContext sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    @Override
    public int getAsInt() {
        if (next == block.length) {
            var size = Math.min(LARGEST, Math.max(8, block.length * 2));
            block = sql
                    .fetch(
                            "select nextval(pg_get_serial_sequence({0}, 'id')) from generate_series(1, {1})",
                            DSL.val(table), DSL.val(size))
                    .stream()
                    .mapToInt(row -> row.get(0, int.class))
                    .toArray();
            next = 0;
        }
        return block[next++];
    }
}
