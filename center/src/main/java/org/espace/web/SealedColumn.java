package org.espace.web;

import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.splitPart;
import static org.jooq.impl.DSL.trueCondition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A column of sealed values, one to a row of a table with a primary key; a room extends it by the purpose of each. */
public abstract class SealedColumn implements KeepsSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(SealedColumn.class);
    private static final int AT_ONCE = 500;

    private final String what;
    private final Table<?> table;
    private final TableField<?, String> sealed;
    private final List<Field<?>> key;
    private final DSLContext sql;
    private final Secrets secrets;

    protected SealedColumn(String what, TableField<?, String> sealed, DSLContext sql, Secrets secrets) {
        this.what = what;
        this.table = Objects.requireNonNull(sealed.getTable());
        this.sealed = sealed;
        this.key = List.copyOf(Objects.requireNonNull(table.getPrimaryKey()).getFields());
        this.sql = sql;
        this.secrets = secrets;
    }

    /** For what the value of this row, of which all columns are there, was sealed. */
    protected abstract String purpose(Record row);

    @Override
    public final String what() {
        return what;
    }

    @Override
    public final int countOld() {
        return sql.fetchCount(table, isOld());
    }

    @Override
    public final Done sealAgain(IntConsumer done) {
        var sum = Done.NOTHING;
        for (var some = after(null); !some.isEmpty(); some = after(some.getLast())) {
            for (var row : some) {
                sum = sum.plus(sealAgain(row));
            }
            done.accept(sum.sealed() + sum.unreadable());
        }
        return sum;
    }

    private List<? extends Record> after(@Nullable Record last) {
        var condition = last == null ? trueCondition() : row(key).gt(row(valuesOf(last)));
        return sql.selectFrom(table)
                .where(isOld())
                .and(condition)
                .orderBy(key)
                .limit(AT_ONCE)
                .fetch();
    }

    private Condition isOld() {
        return splitPart(sealed, ".", 1).in(secrets.olderKeys());
    }

    private List<Object> valuesOf(Record row) {
        var values = new ArrayList<>();
        key.forEach(field -> values.add(row.get(field)));
        return values;
    }

    /** Unless somebody else has written the value meanwhile. */
    private Done sealAgain(Record row) {
        var before = row.get(sealed);
        var purpose = purpose(row);
        try {
            var again = secrets.seal(secrets.open(before, purpose), purpose);
            var same = sealed.eq(before);
            for (var field : key) {
                same = same.and(isOf(field, row));
            }
            return new Done(sql.update(table).set(sealed, again).where(same).execute(), 0);
        } catch (SecretUnreadable unreadable) {
            LOG.warn("{} of {} does not open: {}", sealed, valuesOf(row), unreadable.getMessage());
            return new Done(0, 1);
        }
    }

    private static <T> Condition isOf(Field<T> field, Record row) {
        return field.eq(row.get(field));
    }
}
