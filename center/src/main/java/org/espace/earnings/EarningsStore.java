package org.espace.earnings;

import static org.espace.db.earnings.Sequences.RUN_NUMBER;
import static org.espace.db.earnings.Tables.EARNING_FILE;
import static org.espace.db.earnings.Tables.EARNING_TOTAL;
import static org.espace.db.earnings.Tables.FOOTING;
import static org.espace.db.earnings.Tables.RUN;
import static org.espace.db.earnings.Tables.RUN_LOAD;
import static org.espace.db.earnings.Tables.SALES_TOTAL;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.espace.batch.EarningFile;
import org.espace.engine.Totals;
import org.espace.money.Currencies;
import org.espace.web.Instance;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Repository;

/** The journal's manifest and its totals. */
@Repository
class EarningsStore {

    private static final int COPY_BUFFER = 1 << 16;

    private final DSLContext sql;
    private final Path lake;

    EarningsStore(DSLContext sql, Instance instance) {
        this.sql = sql;
        this.lake = instance.lake();
    }

    /**
     * How far the last refresh has read.
     *
     * @param sums the carried sums; null while there are none
     */
    record LastRun(
            String promises,
            int lastProduct,
            int lastCustomer,
            @Nullable LocalDate lastDay,
            @Nullable Path sums) {}

    /** A file of the journal. */
    record Journal(int run, boolean corrections, EarningFile file) {}

    int nextRun() {
        return sql.nextval(RUN_NUMBER);
    }

    Optional<LastRun> lastRun() {
        return sql.select(RUN.PROMISES_SHA256, RUN.LAST_PRODUCT, RUN.LAST_CUSTOMER, RUN.LAST_DAY, RUN.SUMS_PATH)
                .from(RUN)
                .orderBy(RUN.ID.desc())
                .limit(1)
                .fetchOptional(row -> new LastRun(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5() == null ? null : lake.resolve(row.value5())));
    }

    Set<Integer> ratedLoads() {
        return sql.select(RUN_LOAD.LOAD_ID).from(RUN_LOAD).fetchSet(RUN_LOAD.LOAD_ID);
    }

    Map<Integer, String> footings() {
        return sql.select(FOOTING.LOCATION_ID, FOOTING.SHA256)
                .from(FOOTING)
                .fetchMap(FOOTING.LOCATION_ID, FOOTING.SHA256);
    }

    List<Journal> files() {
        return sql.selectFrom(EARNING_FILE)
                .orderBy(EARNING_FILE.RUN_ID, EARNING_FILE.PATH)
                .fetch(row -> new Journal(
                        row.getRunId(),
                        row.getCorrections(),
                        new EarningFile(
                                lake.resolve(row.getPath()),
                                row.getLines(),
                                row.getFractionDigits(),
                                row.getFirstLocation(),
                                row.getLastLocation())));
    }

    void insert(RunReport run, String promises, LastRun reach) {
        sql.insertInto(RUN)
                .set(RUN.ID, run.id())
                .set(RUN.STARTED_AT, run.startedAt())
                .set(RUN.FINISHED_AT, run.finishedAt())
                .set(RUN.STARTED_BY, run.startedBy())
                .set(RUN.PROMISES_SHA256, promises)
                .set(RUN.LAST_PRODUCT, reach.lastProduct())
                .set(RUN.LAST_CUSTOMER, reach.lastCustomer())
                .set(RUN.LAST_DAY, reach.lastDay())
                .set(RUN.SUMS_PATH, reach.sums() == null ? null : name(reach.sums()))
                .set(RUN.SALES_LINES, run.salesLines())
                .set(RUN.REPLAYED, run.replayed())
                .set(RUN.POSTED, run.posted())
                .set(RUN.EARNING_LINES, run.earningLines())
                .set(RUN.CORRECTION_LINES, run.correctionLines())
                .execute();
        sql.batch(run.loads().stream()
                        .map(load -> sql.insertInto(RUN_LOAD)
                                .set(RUN_LOAD.RUN_ID, run.id())
                                .set(RUN_LOAD.LOAD_ID, load))
                        .toList())
                .execute();
    }

    /** To be called after the totals were added, in their transaction. */
    void insertOutcomes(int run) {
        sql.execute("""
                insert into earnings.run_outcome (run_id, program_id, reason, currency, amount, lines)
                select {0}, program_id, reason, currency, sum(amount), sum(lines)
                from new_sold group by program_id, reason, currency
                """, val(run));
    }

    void insert(int run, boolean corrections, List<EarningFile> files) {
        sql.batch(files.stream()
                        .map(file -> sql.insertInto(EARNING_FILE)
                                .set(EARNING_FILE.RUN_ID, run)
                                .set(EARNING_FILE.PATH, name(file.path()))
                                .set(EARNING_FILE.CORRECTIONS, corrections)
                                .set(EARNING_FILE.LINES, file.lines())
                                .set(EARNING_FILE.FRACTION_DIGITS, (short) file.fractionDigits())
                                .set(EARNING_FILE.FIRST_LOCATION, file.firstLocation())
                                .set(EARNING_FILE.LAST_LOCATION, file.lastLocation()))
                        .toList())
                .execute();
    }

    void setFootings(Map<Integer, String> footings) {
        sql.execute(
                """
                insert into earnings.footing (location_id, sha256)
                select * from unnest({0}, {1})
                on conflict (location_id) do update set sha256 = excluded.sha256
                """,
                val(footings.keySet().toArray(Integer[]::new)),
                val(footings.values().toArray(String[]::new)));
    }

    /** What one location's earnings of one month have changed by, under one program. */
    record Change(int location, int program, LocalDate month, String currency, BigDecimal amount, BigDecimal rebate) {}

    /** Totals of locations whose sales are equally fine. */
    record Part(Totals totals, int fractionDigits) {}

    /**
     * Adds totals to those that stand; for the locations that were replayed, they take their place.
     *
     * @param currencies the currency of each version of a program, by its number
     */
    List<Change> add(List<Part> parts, Collection<Integer> replayed, Map<Integer, String> currencies) {
        sql.execute("create temp table new_sold (like earnings.sales_total) on commit drop");
        sql.execute("create temp table new_earned (like earnings.earning_total) on commit drop");
        for (var part : parts) {
            copy("new_sold", part.totals().sold, sold(part.totals().sold, part.fractionDigits()));
            copy("new_earned", part.totals().earned, earned(part.totals().earned, currencies));
        }
        var again = replayed.toArray(Integer[]::new);
        var changes = sql.fetch("""
                        select location_id, program_id, month, currency, sum(amount), sum(rebate)
                        from (
                            select location_id, program_id, month, currency, amount, rebate from new_earned
                            union all
                            select location_id, program_id, month, currency, -amount, -rebate
                            from earnings.earning_total where location_id = any({0})
                        ) side
                        group by location_id, program_id, month, currency
                        having sum(amount) <> 0 or sum(rebate) <> 0
                        order by location_id, program_id, month
                        """, val(again))
                .map(row -> new Change(
                        row.get(0, int.class),
                        row.get(1, int.class),
                        row.get(2, LocalDate.class),
                        row.get(3, String.class),
                        row.get(4, BigDecimal.class),
                        row.get(5, BigDecimal.class)));
        sql.deleteFrom(SALES_TOTAL).where(SALES_TOTAL.LOCATION_ID.in(again)).execute();
        sql.deleteFrom(EARNING_TOTAL).where(EARNING_TOTAL.LOCATION_ID.in(again)).execute();
        sql.execute("""
                insert into earnings.sales_total as standing select * from new_sold
                on conflict (location_id, program_id, month, currency, reason) do update
                set amount = standing.amount + excluded.amount, lines = standing.lines + excluded.lines
                """);
        sql.execute("""
                insert into earnings.earning_total as standing select * from new_earned
                on conflict (location_id, program_id, terms_id, lever, month) do update
                set amount = standing.amount + excluded.amount, rebate = standing.rebate + excluded.rebate,
                    lines = standing.lines + excluded.lines
                """);
        return changes;
    }

    private interface RowWriter {
        void write(StringBuilder text, int row);
    }

    private static RowWriter sold(Totals.Columns sold, int fractionDigits) {
        return (text, i) -> {
            var currency = Currencies.numbered(sold.currency[i]);
            text.append(sold.location[i])
                    .append('\t')
                    .append(sold.program[i])
                    .append('\t')
                    .append(Totals.firstDay(sold.month[i]))
                    .append('\t')
                    .append(currency.getCurrencyCode())
                    .append('\t')
                    .append(sold.reason[i])
                    .append('\t')
                    .append(BigDecimal.valueOf(sold.amount[i], currency.getDefaultFractionDigits() + fractionDigits)
                            .toPlainString())
                    .append('\t')
                    .append(sold.lines[i])
                    .append('\n');
        };
    }

    private static RowWriter earned(Totals.Columns earned, Map<Integer, String> currencies) {
        return (text, i) -> {
            var currency = Currency.getInstance(Objects.requireNonNull(currencies.get((int) earned.terms[i])));
            text.append(earned.location[i])
                    .append('\t')
                    .append(earned.program[i])
                    .append('\t')
                    .append(earned.terms[i])
                    .append('\t')
                    .append(earned.reason[i])
                    .append('\t')
                    .append(Totals.firstDay(earned.month[i]))
                    .append('\t')
                    .append(currency.getCurrencyCode())
                    .append('\t')
                    .append(BigDecimal.valueOf(earned.amount[i], currency.getDefaultFractionDigits())
                            .toPlainString())
                    .append('\t')
                    .append(BigDecimal.valueOf(earned.rebate[i], currency.getDefaultFractionDigits())
                            .toPlainString())
                    .append('\t')
                    .append(earned.lines[i])
                    .append('\n');
        };
    }

    private void copy(String table, Totals.Columns columns, RowWriter writer) {
        sql.connection(connection -> {
            var copying = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
            var text = new StringBuilder();
            Consumer<StringBuilder> send = full -> {
                var bytes = full.toString().getBytes(StandardCharsets.UTF_8);
                try {
                    copying.writeToCopy(bytes, 0, bytes.length);
                } catch (SQLException e) {
                    throw new UncheckedIOException(new IOException(e));
                }
                full.setLength(0);
            };
            for (var i = 0; i < columns.size; i++) {
                writer.write(text, i);
                if (text.length() > COPY_BUFFER) {
                    send.accept(text);
                }
            }
            send.accept(text);
            copying.endCopy();
        });
    }

    List<RunReport> runs(Condition condition, int limit) {
        var loads = select(arrayAgg(RUN_LOAD.LOAD_ID).orderBy(RUN_LOAD.LOAD_ID))
                .from(RUN_LOAD)
                .where(RUN_LOAD.RUN_ID.eq(RUN.ID))
                .<Integer[]>asField();
        return sql.select(
                        RUN.ID,
                        RUN.STARTED_AT,
                        RUN.FINISHED_AT,
                        RUN.STARTED_BY,
                        loads,
                        RUN.SALES_LINES,
                        RUN.REPLAYED,
                        RUN.EARNING_LINES,
                        RUN.CORRECTION_LINES,
                        RUN.POSTED)
                .from(RUN)
                .where(condition)
                .orderBy(RUN.ID.desc())
                .limit(limit)
                .fetch(row -> new RunReport(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5() == null ? List.of() : List.of(row.value5()),
                        row.value6(),
                        row.value7(),
                        row.value8(),
                        row.value9(),
                        row.value10()));
    }

    private String name(Path file) {
        return lake.relativize(file).toString();
    }
}
