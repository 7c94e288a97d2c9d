package org.espace.earnings;

import static org.espace.db.earnings.Tables.EARNING_CHANGE;
import static org.espace.db.earnings.Tables.EARNING_TOTAL;
import static org.espace.db.earnings.Tables.SALES_CHANGE;
import static org.espace.db.earnings.Tables.SALES_TOTAL;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espace.sales.Load;
import org.espace.sales.RefusedTotal;
import org.espace.sales.Sales;
import org.espace.sales.SalesFile;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was known at the end of a day: what was loaded by then, and what the runs that had finished made of it. */
@Component
class Known {

    private final EarningsStore store;
    private final Sales sales;

    Known(EarningsStore store, Sales sales) {
        this.store = store;
        this.sales = sales;
    }

    /** Totals that stand, or changes that add up to what stood. */
    record Table(org.jooq.Table<?> table, Condition condition) {

        /** The column of the same name. */
        <T> Field<T> field(Field<T> ofTotals) {
            return Objects.requireNonNull(table.field(ofTotals));
        }
    }

    int lastRun(@Nullable LocalDate asKnown) {
        return asKnown == null ? Integer.MAX_VALUE : store.lastRunBefore(end(asKnown));
    }

    Table sold(@Nullable LocalDate asKnown) {
        return asKnown == null
                ? new Table(SALES_TOTAL, noCondition())
                : new Table(SALES_CHANGE, SALES_CHANGE.RUN_ID.le(lastRun(asKnown)));
    }

    Table earned(@Nullable LocalDate asKnown) {
        return asKnown == null
                ? new Table(EARNING_TOTAL, noCondition())
                : new Table(EARNING_CHANGE, EARNING_CHANGE.RUN_ID.le(lastRun(asKnown)));
    }

    /** What was loaded and not counted yet. */
    List<SalesFile> waiting(@Nullable LocalDate asKnown) {
        var rated = store.ratedLoads(lastRun(asKnown));
        var waiting = sales.files().stream().filter(file -> !rated.contains(file.load()));
        if (asKnown == null) {
            return waiting.toList();
        }
        var loaded = sales.loads(Integer.MAX_VALUE).stream()
                .filter(load -> load.at().isBefore(end(asKnown)))
                .map(Load::id)
                .collect(Collectors.toSet());
        return waiting.filter(file -> loaded.contains(file.load())).toList();
    }

    List<RefusedTotal> refused(@Nullable LocalDate asKnown) {
        return asKnown == null ? sales.refusedTotals() : sales.refusedTotals(end(asKnown));
    }

    /** The first moment after what was known; null for now. */
    @Nullable
    Instant until(@Nullable LocalDate asKnown) {
        return asKnown == null ? null : end(asKnown);
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
}
