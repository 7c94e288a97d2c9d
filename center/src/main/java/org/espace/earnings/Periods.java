package org.espace.earnings;

import static org.espace.db.earnings.Tables.EARNING_CHANGE;
import static org.espace.db.earnings.Tables.PERIOD;
import static org.espace.db.earnings.Tables.PERIOD_TOTAL;
import static org.espace.db.earnings.Tables.SALES_CHANGE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The months that are closed: all up to the last of them, without a gap. */
@Component
class Periods {

    private final DSLContext sql;

    Periods(DSLContext sql) {
        this.sql = sql;
    }

    /** The latest first. */
    List<ClosedPeriod> all() {
        var totals = sql.selectFrom(PERIOD_TOTAL).orderBy(PERIOD_TOTAL.CURRENCY).fetchGroups(PERIOD_TOTAL.MONTH);
        return sql.selectFrom(PERIOD)
                .orderBy(PERIOD.MONTH.desc())
                .fetch(row -> new ClosedPeriod(
                        YearMonth.from(row.getMonth()),
                        row.getClosedAt(),
                        row.getClosedBy(),
                        row.getLines(),
                        row.getSha256(),
                        Optional.ofNullable(totals.get(row.getMonth())).stream()
                                .flatMap(List::stream)
                                .map(total -> {
                                    var currency = Currency.getInstance(total.getCurrency());
                                    return new ClosedPeriod.Total(
                                            new Money(total.getAmount(), currency),
                                            new Money(total.getRebate(), currency),
                                            total.getLines());
                                })
                                .toList()));
    }

    /** The first day of the first month whose statement may still grow; null while none is closed. */
    @Nullable
    LocalDate openFrom() {
        return last().map(month -> month.plusMonths(1).atDay(1)).orElse(null);
    }

    /** Months up to the given one that are open and have something in them, or come after one that is closed. */
    List<YearMonth> openUntil(YearMonth month) {
        var first = last().map(closed -> closed.plusMonths(1)).or(this::first).orElse(month);
        var open = new ArrayList<YearMonth>();
        for (var each = first; !each.isAfter(month); each = each.plusMonths(1)) {
            open.add(each);
        }
        return last().isEmpty() && open.isEmpty() ? List.of(month) : open;
    }

    /** Whoever books in an open month, or closes one, keeps the others from doing so until the transaction ends. */
    void lock() {
        sql.execute("lock table earnings.period in share row exclusive mode");
    }

    void insert(ClosedPeriod period) {
        sql.insertInto(PERIOD)
                .set(PERIOD.MONTH, period.month().atDay(1))
                .set(PERIOD.CLOSED_AT, period.closedAt())
                .set(PERIOD.CLOSED_BY, period.closedBy())
                .set(PERIOD.LINES, period.lines())
                .set(PERIOD.SHA256, period.sha256())
                .execute();
        sql.batch(period.totals().stream()
                        .map(total -> sql.insertInto(PERIOD_TOTAL)
                                .set(PERIOD_TOTAL.MONTH, period.month().atDay(1))
                                .set(
                                        PERIOD_TOTAL.CURRENCY,
                                        total.amount().currency().getCurrencyCode())
                                .set(PERIOD_TOTAL.AMOUNT, total.amount().amount())
                                .set(PERIOD_TOTAL.REBATE, total.rebate().amount())
                                .set(PERIOD_TOTAL.LINES, total.lines()))
                        .toList())
                .execute();
    }

    private Optional<YearMonth> last() {
        return Optional.ofNullable(sql.select(max(PERIOD.MONTH)).from(PERIOD).fetchSingle(max(PERIOD.MONTH)))
                .map(YearMonth::from);
    }

    private Optional<YearMonth> first() {
        return Stream.of(
                        sql.select(min(EARNING_CHANGE.BOOKED))
                                .from(EARNING_CHANGE)
                                .fetchSingle(min(EARNING_CHANGE.BOOKED)),
                        sql.select(min(SALES_CHANGE.MONTH)).from(SALES_CHANGE).fetchSingle(min(SALES_CHANGE.MONTH)))
                .filter(Objects::nonNull)
                .map(YearMonth::from)
                .min(Comparator.naturalOrder());
    }
}
