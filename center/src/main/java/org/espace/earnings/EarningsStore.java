package org.espace.earnings;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.earnings.Sequences.RUN_NUMBER;
import static org.espace.db.earnings.Tables.CUSTOMER_TOTAL;
import static org.espace.db.earnings.Tables.EARNING_FILE;
import static org.espace.db.earnings.Tables.EARNING_TOTAL;
import static org.espace.db.earnings.Tables.FOOTING;
import static org.espace.db.earnings.Tables.PROMISE;
import static org.espace.db.earnings.Tables.RUN;
import static org.espace.db.earnings.Tables.RUN_CAUSE;
import static org.espace.db.earnings.Tables.RUN_LOAD;
import static org.espace.db.earnings.Tables.SALES_TOTAL;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.espace.batch.ByCustomer;
import org.espace.batch.EarningFile;
import org.espace.engine.Totals;
import org.espace.money.Currencies;
import org.espace.partners.LocationId;
import org.espace.web.Instance;
import org.espace.web.ReadyQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Repository;

/** The journal's manifest and its totals. */
@Repository
class EarningsStore {

    private static final int COPY_BUFFER = 1 << 16;

    private final DSLContext sql;
    private final Path lake;
    private final ReadyQuery<Record1<Instant>> lastFinished;

    EarningsStore(DSLContext sql, Instance instance) {
        this.sql = sql;
        this.lastFinished = new ReadyQuery<>(
                sql,
                sql.select(RUN.FINISHED_AT).from(RUN).orderBy(RUN.ID.desc()).limit(inline(1)));
        this.lake = instance.lake();
    }

    /**
     * How far the last refresh has read.
     *
     * @param sums the carried sums; null while there are none
     */
    record LastRun(Footing.Reach reach, @Nullable Path sums) {}

    /**
     * A file of the journal.
     *
     * @param openFrom the first month that was open when its run began; null while none was closed
     */
    record Journal(int run, boolean corrections, @Nullable LocalDate openFrom, EarningFile file) {}

    int nextRun() {
        return sql.nextval(RUN_NUMBER);
    }

    Optional<LastRun> lastRun() {
        return sql.select(RUN.LAST_PRODUCT, RUN.LAST_CUSTOMER, RUN.LAST_DAY, RUN.SUMS_PATH)
                .from(RUN)
                .orderBy(RUN.ID.desc())
                .limit(1)
                .fetchOptional(row -> new LastRun(
                        new Footing.Reach(row.value1(), row.value2(), row.value3()),
                        row.value4() == null ? null : lake.resolve(row.value4())));
    }

    /** The last run that had finished by then; 0 when none had. */
    int lastRunBefore(Instant end) {
        return sql.select(coalesce(max(RUN.ID), 0))
                .from(RUN)
                .where(RUN.FINISHED_AT.lt(end))
                .fetchSingle()
                .value1();
    }

    Set<Integer> ratedLoads(int lastRun) {
        return sql.select(RUN_LOAD.LOAD_ID)
                .from(RUN_LOAD)
                .where(RUN_LOAD.RUN_ID.le(lastRun))
                .fetchSet(RUN_LOAD.LOAD_ID);
    }

    Set<Integer> ratedLoads() {
        return sql.select(RUN_LOAD.LOAD_ID).from(RUN_LOAD).fetchSet(RUN_LOAD.LOAD_ID);
    }

    Map<Integer, Footing.OfLocation> footings() {
        return sql.selectFrom(FOOTING)
                .fetchMap(
                        FOOTING.LOCATION_ID,
                        row -> new Footing.OfLocation(
                                row.getLocationSha256(),
                                row.getEnrollmentSha256(),
                                row.getStandingSha256(),
                                row.getFractionDigits()));
    }

    /** As the last run read them. */
    Map<Footing.Promise, String> promises() {
        return sql
                .selectFrom(PROMISE)
                .where(PROMISE.RUN_ID.eq(select(max(RUN.ID)).from(RUN)))
                .stream()
                .collect(toMap(
                        row -> new Footing.Promise(Cause.valueOf(row.getCause()), row.getProgramId()),
                        row -> row.getSha256()));
    }

    List<Journal> files() {
        return files(noCondition());
    }

    /** Those that may hold lines of one of the locations, and were written by that run or an earlier one. */
    List<Journal> files(Collection<LocationId> locations, int lastRun) {
        return files(EARNING_FILE
                .RUN_ID
                .le(lastRun)
                .and(locations.stream()
                        .map(LocationId::value)
                        .map(location ->
                                EARNING_FILE.FIRST_LOCATION.le(location).and(EARNING_FILE.LAST_LOCATION.ge(location)))
                        .reduce(falseCondition(), Condition::or)));
    }

    private List<Journal> files(Condition which) {
        return sql.selectFrom(EARNING_FILE)
                .where(which)
                .orderBy(EARNING_FILE.RUN_ID, EARNING_FILE.PATH)
                .fetch(row -> new Journal(
                        row.getRunId(),
                        row.getCorrections(),
                        row.getOpenFrom(),
                        new EarningFile(
                                lake.resolve(row.getPath()),
                                row.getLines(),
                                row.getFractionDigits(),
                                row.getFirstLocation(),
                                row.getLastLocation())));
    }

    void insert(RunReport run, LastRun reached, Map<Footing.Promise, String> promises) {
        sql.insertInto(RUN)
                .set(RUN.ID, run.id())
                .set(RUN.STARTED_AT, run.startedAt())
                .set(RUN.FINISHED_AT, run.finishedAt())
                .set(RUN.STARTED_BY, run.startedBy())
                .set(RUN.LAST_PRODUCT, reached.reach().lastProduct())
                .set(RUN.LAST_CUSTOMER, reached.reach().lastCustomer())
                .set(RUN.LAST_DAY, reached.reach().lastDay())
                .set(RUN.SUMS_PATH, reached.sums() == null ? null : name(reached.sums()))
                .set(RUN.SALES_LINES, run.salesLines())
                .set(RUN.REPLAYED, run.replayed())
                .set(RUN.POSTED, run.posted())
                .set(RUN.EARNING_LINES, run.earningLines())
                .set(RUN.CORRECTION_LINES, run.correctionLines())
                .set(RUN.BY_CUSTOMER, true)
                .execute();
        sql.batch(run.loads().stream()
                        .map(load -> sql.insertInto(RUN_LOAD)
                                .set(RUN_LOAD.RUN_ID, run.id())
                                .set(RUN_LOAD.LOAD_ID, load))
                        .toList())
                .execute();
        sql.batch(promises.entrySet().stream()
                        .map(promise -> sql.insertInto(PROMISE)
                                .set(PROMISE.RUN_ID, run.id())
                                .set(PROMISE.CAUSE, promise.getKey().cause().name())
                                .set(PROMISE.PROGRAM_ID, (short)
                                        promise.getKey().program())
                                .set(PROMISE.SHA256, promise.getValue()))
                        .toList())
                .execute();
    }

    /** In the transaction that the run was inserted in. */
    RunReport setPosted(RunReport run, int posted) {
        sql.update(RUN).set(RUN.POSTED, posted).where(RUN.ID.eq(run.id())).execute();
        return new RunReport(
                run.id(),
                run.startedAt(),
                run.finishedAt(),
                run.startedBy(),
                run.loads(),
                run.salesLines(),
                run.replayed(),
                run.earningLines(),
                run.correctionLines(),
                posted);
    }

    /** To be called after the totals were laid out, in their transaction. */
    void insertOutcomes(int run) {
        sql.execute("""
                insert into earnings.run_outcome (run_id, program_id, reason, currency, amount, lines)
                select {0}, program_id, reason, currency, sum(amount), sum(lines)
                from new_sold group by program_id, reason, currency
                """, val(run));
    }

    void insert(int run, boolean corrections, @Nullable LocalDate openFrom, List<EarningFile> files) {
        sql.batch(files.stream()
                        .map(file -> sql.insertInto(EARNING_FILE)
                                .set(EARNING_FILE.RUN_ID, run)
                                .set(EARNING_FILE.PATH, name(file.path()))
                                .set(EARNING_FILE.CORRECTIONS, corrections)
                                .set(EARNING_FILE.OPEN_FROM, openFrom)
                                .set(EARNING_FILE.LINES, file.lines())
                                .set(EARNING_FILE.FRACTION_DIGITS, (short) file.fractionDigits())
                                .set(EARNING_FILE.FIRST_LOCATION, file.firstLocation())
                                .set(EARNING_FILE.LAST_LOCATION, file.lastLocation()))
                        .toList())
                .execute();
    }

    void insertCauses(int run, Map<Integer, Set<Cause>> causes) {
        var locations = new ArrayList<Integer>();
        var names = new ArrayList<String>();
        causes.forEach((location, here) -> here.forEach(cause -> {
            locations.add(location);
            names.add(cause.name());
        }));
        sql.execute(
                "insert into earnings.run_cause select {0}, * from unnest({1}, {2})",
                val(run), val(locations.toArray(Integer[]::new)), val(names.toArray(String[]::new)));
    }

    /** The locations that the run has rated anew. */
    NavigableSet<Integer> replayed(int run) {
        return sql
                .selectDistinct(RUN_CAUSE.LOCATION_ID)
                .from(RUN_CAUSE)
                .where(RUN_CAUSE.RUN_ID.eq(run))
                .fetch(RUN_CAUSE.LOCATION_ID)
                .stream()
                .collect(toCollection(TreeSet::new));
    }

    /** The list of carried sums that the run has left; null when there were none. */
    @Nullable
    Path sums(int run) {
        return list(sql.select(RUN.SUMS_PATH).from(RUN).where(RUN.ID.eq(run)).fetchOne(RUN.SUMS_PATH));
    }

    /** The one that it went on from. */
    @Nullable
    Path sumsBefore(int run) {
        return list(sql.select(RUN.SUMS_PATH)
                .from(RUN)
                .where(RUN.ID.lt(run))
                .orderBy(RUN.ID.desc())
                .limit(1)
                .fetchOne(RUN.SUMS_PATH));
    }

    private @Nullable Path list(@Nullable String path) {
        return path == null ? null : lake.resolve(path);
    }

    /** How many locations the run has rated anew for each cause: one that had several counts under each. */
    Map<Cause, Integer> locationsByCause(int run) {
        return sql.select(RUN_CAUSE.CAUSE, count())
                .from(RUN_CAUSE)
                .where(RUN_CAUSE.RUN_ID.eq(run))
                .groupBy(RUN_CAUSE.CAUSE)
                .fetchMap(row -> Cause.valueOf(row.value1()), row -> row.value2());
    }

    /** Why the runs have rated the location anew, by run. */
    Map<Integer, Set<Cause>> causes(int location) {
        return sql
                .select(RUN_CAUSE.RUN_ID, RUN_CAUSE.CAUSE)
                .from(RUN_CAUSE)
                .where(RUN_CAUSE.LOCATION_ID.eq(location))
                .stream()
                .collect(groupingBy(
                        row -> row.value1(),
                        mapping(row -> Cause.valueOf(row.value2()), toCollection(() -> EnumSet.noneOf(Cause.class)))));
    }

    Instant finishedAt(int run) {
        return sql.select(RUN.FINISHED_AT).from(RUN).where(RUN.ID.eq(run)).fetchSingle(RUN.FINISHED_AT);
    }

    /** The run that has rated the load for the first time. */
    int countedBy(int load) {
        return sql.select(RUN_LOAD.RUN_ID)
                .from(RUN_LOAD)
                .where(RUN_LOAD.LOAD_ID.eq(load))
                .fetchSingle(RUN_LOAD.RUN_ID);
    }

    void setFootings(Map<Integer, Footing.OfLocation> footings) {
        var all = List.copyOf(footings.entrySet());
        sql.execute(
                """
                insert into earnings.footing (
                    location_id, location_sha256, enrollment_sha256, standing_sha256, fraction_digits)
                select * from unnest({0}, {1}, {2}, {3}, {4})
                on conflict (location_id) do update
                set location_sha256 = excluded.location_sha256, enrollment_sha256 = excluded.enrollment_sha256,
                    standing_sha256 = excluded.standing_sha256, fraction_digits = excluded.fraction_digits
                """,
                val(all.stream().map(Map.Entry::getKey).toArray(Integer[]::new)),
                val(all.stream().map(entry -> entry.getValue().location()).toArray(String[]::new)),
                val(all.stream().map(entry -> entry.getValue().enrollment()).toArray(String[]::new)),
                val(all.stream().map(entry -> entry.getValue().standing()).toArray(String[]::new)),
                val(all.stream()
                        .map(entry -> (short) entry.getValue().fractionDigits())
                        .toArray(Short[]::new)));
    }

    /**
     * What one location's earnings of one month have changed by, under one program.
     *
     * @param booked the month in whose statement that stands
     */
    record Change(
            int location,
            int program,
            LocalDate month,
            LocalDate booked,
            String currency,
            BigDecimal amount,
            BigDecimal rebate) {}

    /** Totals of locations whose sales are equally fine. */
    record Part(Totals totals, int fractionDigits) {}

    /**
     * Lays totals out in two tables, {@code new_sold} and {@code new_earned}, that last as long as the transaction.
     *
     * @param currencies the currency of each version of a program, by its number
     */
    void stage(List<Part> parts, Map<Integer, String> currencies) {
        sql.execute("create temp table new_sold (like earnings.sales_total) on commit drop");
        sql.execute("create temp table new_earned (like earnings.earning_total) on commit drop");
        for (var part : parts) {
            copy("new_sold", part.totals().sold.size, sold(part.totals().sold, part.fractionDigits()));
            copy("new_earned", part.totals().earned.size, earned(part.totals().earned, currencies));
        }
    }

    /**
     * Adds the totals that were laid out to those that stand; for the locations that were replayed, they take their place.
     * To be called after the run was inserted.
     *
     * @param openFrom the first month whose statement may still grow
     */
    List<Change> add(int run, Collection<Integer> replayed, @Nullable LocalDate openFrom) {
        var again = replayed.toArray(Integer[]::new);
        sql.execute("""
                insert into earnings.sales_change
                select {0}, location_id, program_id, month, currency, reason, sum(amount), sum(lines)
                from (
                    select * from new_sold
                    union all
                    select location_id, program_id, month, currency, reason, -amount, -lines
                    from earnings.sales_total where location_id = any({1})
                ) side
                group by location_id, program_id, month, currency, reason
                having sum(amount) <> 0 or sum(lines) <> 0
                """, val(run), val(again));
        sql.execute("""
                insert into earnings.earning_change
                select {0}, location_id, program_id, terms_id, lever, month, greatest(month, {2}::date), currency,
                       sum(amount), sum(rebate), sum(lines)
                from (
                    select * from new_earned
                    union all
                    select location_id, program_id, terms_id, lever, month, currency, -amount, -rebate, -lines
                    from earnings.earning_total where location_id = any({1})
                ) side
                group by location_id, program_id, terms_id, lever, month, currency
                having sum(amount) <> 0 or sum(rebate) <> 0 or sum(lines) <> 0
                """, val(run), val(again), val(openFrom, LocalDate.class));
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
        return sql.fetch("""
                        select location_id, program_id, month, booked, currency, sum(amount), sum(rebate)
                        from earnings.earning_change where run_id = {0}
                        group by location_id, program_id, month, booked, currency
                        having sum(amount) <> 0 or sum(rebate) <> 0
                        order by location_id, program_id, month
                        """, val(run))
                .map(row -> new Change(
                        row.get(0, int.class),
                        row.get(1, int.class),
                        row.get(2, LocalDate.class),
                        row.get(3, LocalDate.class),
                        row.get(4, String.class),
                        row.get(5, BigDecimal.class),
                        row.get(6, BigDecimal.class)));
    }

    /** Whether what was earned by customer is kept: it is not as of runs before that table. */
    boolean keepsCustomers() {
        return sql.fetchExists(selectOne().where(customersAreKept()));
    }

    /** The same as part of a statement that reads them. */
    Condition customersAreKept() {
        return condition(
                field(select(RUN.BY_CUSTOMER).from(RUN).orderBy(RUN.ID.desc()).limit(inline(1))));
    }

    /**
     * Adds what was earned by customer to what stands; for the locations that were replayed, it takes its place.
     *
     * @param currencies the currency of each version of a program, by its number
     */
    void addByCustomer(ByCustomer sums, Collection<Integer> replayed, Map<Integer, String> currencies) {
        sql.execute("create temp table new_by_customer (like earnings.customer_total) on commit drop");
        copy("new_by_customer", sums.size, byCustomer(sums, currencies));
        sql.execute(
                "delete from earnings.customer_total where location_id = any({0})",
                val(replayed.toArray(Integer[]::new)));
        sql.execute("""
                insert into earnings.customer_total as standing select * from new_by_customer
                on conflict (location_id, customer_id, terms_id) do update
                set amount = standing.amount + excluded.amount, rebate = standing.rebate + excluded.rebate,
                    lines = standing.lines + excluded.lines
                """);
    }

    /** Puts what was earned by customer in place of whatever stands. */
    void setByCustomer(ByCustomer sums, Map<Integer, String> currencies) {
        sql.deleteFrom(CUSTOMER_TOTAL).execute();
        copy("earnings.customer_total", sums.size, byCustomer(sums, currencies));
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

    private static RowWriter byCustomer(ByCustomer sums, Map<Integer, String> currencies) {
        return (text, i) -> {
            var currency = Currency.getInstance(Objects.requireNonNull(currencies.get((int) sums.terms[i])));
            text.append(sums.location[i])
                    .append('\t')
                    .append(sums.customer[i])
                    .append('\t')
                    .append(sums.program[i])
                    .append('\t')
                    .append(sums.terms[i])
                    .append('\t')
                    .append(currency.getCurrencyCode())
                    .append('\t')
                    .append(BigDecimal.valueOf(sums.amount[i], currency.getDefaultFractionDigits())
                            .toPlainString())
                    .append('\t')
                    .append(BigDecimal.valueOf(sums.rebate[i], currency.getDefaultFractionDigits())
                            .toPlainString())
                    .append('\t')
                    .append(sums.lines[i])
                    .append('\n');
        };
    }

    private void copy(String table, int rows, RowWriter writer) {
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
            for (var i = 0; i < rows; i++) {
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

    /** When the last run ended; empty before the first. */
    Optional<Instant> lastFinished() {
        return lastFinished.with().fetchOptional(RUN.FINISHED_AT);
    }

    private String name(Path file) {
        return lake.relativize(file).toString();
    }
}
