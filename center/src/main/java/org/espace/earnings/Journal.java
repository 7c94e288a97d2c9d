package org.espace.earnings;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.espace.batch.ByCustomer;
import org.espace.batch.DuckDb;
import org.espace.money.Currencies;
import org.espace.partners.LocationId;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Reads earning lines and their sales from the lake, for pages: always those of a few named locations. */
@Component
class Journal implements DisposableBean {

    private static final String MEMORY = "512MB";
    private static final String COLUMNS =
            "location, seq, day, customer, product, program, terms, lever, reason, rates, basis, before, level, "
                    + "withheld, amount, rebate, kind";

    private final EarningsStore store;
    private final Path lake;
    private final Path spill;
    private @Nullable DuckDb duck;

    Journal(EarningsStore store, Instance instance) {
        this.store = store;
        this.lake = instance.lake();
        this.spill = instance.home().resolve("spill");
    }

    /**
     * A stored line. Amounts are minor units of the program's currency; {@code basis} and {@code before} are finer by the
     * fraction digits.
     *
     * @param pieces how many lines of the journal are summed up in it
     */
    record Line(
            int location,
            long seq,
            LocalDate day,
            int customer,
            int product,
            int program,
            int terms,
            int lever,
            int reason,
            int rates,
            long basis,
            long before,
            long level,
            long withheld,
            long amount,
            long rebate,
            int kind,
            int fractionDigits,
            long pieces) {

        String id() {
            return new LineKey(location, seq, program, lever, day).toString();
        }
    }

    record Summed(int terms, long lines, long amount, long rebate) {}

    /** A sale line as the lake keeps it. */
    record Sale(
            String lineId,
            LocalDate day,
            int customer,
            int product,
            long quantity,
            BigDecimal amount,
            String currency,
            int disposition,
            long corrects,
            long order,
            int kind) {}

    /**
     * Which lines: conditions that hold only numbers and dates, never words from outside.
     *
     * @param lastRun what later runs have written does not count
     */
    record Where(Collection<LocationId> locations, List<String> conditions, int lastRun) {

        private String text() {
            var here = locations.stream().map(LocationId::toString).collect(joining(", ", "location IN (", ")"));
            return conditions.isEmpty() ? here : here + " AND " + String.join(" AND ", conditions);
        }
    }

    List<Line> page(Where where, LineOrder order) {
        return from(where)
                .map(lines -> query(
                        """
                        SELECT * FROM %s WHERE %s ORDER BY %s %s, location, seq, program, lever, day LIMIT %d OFFSET %d""".formatted(
                                        lines,
                                        where.text(),
                                        order.sort().column(),
                                        order.descending() ? "DESC" : "ASC",
                                        LineOrder.PAGE_SIZE,
                                        (long) LineOrder.PAGE_SIZE * order.page()),
                        Journal::line))
                .orElse(List.of());
    }

    List<Summed> sums(Where where) {
        return from(where)
                .map(lines -> query(
                        "SELECT terms, count(*), sum(amount)::BIGINT, sum(rebate)::BIGINT FROM %s WHERE %s GROUP BY terms"
                                .formatted(lines, where.text()),
                        row -> new Summed(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4))))
                .orElse(List.of());
    }

    interface Work {
        /**
         * @param lines those that stand, as a table expression
         * @param written every one, also what was corrected since, and what corrects it: quicker to read
         */
        void on(DuckDBConnection duck, String lines, String written) throws SQLException;
    }

    /** Lets the work read the lines on a connection of its own; false where there are none. */
    boolean with(Where where, Work work) {
        var files = files(where);
        if (files.isEmpty()) {
            return false;
        }
        var condition = "(SELECT * FROM %s WHERE %s)";
        try (var connection = connection()) {
            work.on(
                    connection.unwrap(DuckDBConnection.class),
                    condition.formatted(standing(files, where), where.text()),
                    condition.formatted(written(files, where), where.text()));
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("the lake cannot be read: " + e.getMessage(), e);
        }
    }

    ByCustomer byCustomer(Where where) {
        var sums = new ByCustomer();
        from(where)
                .ifPresent(lines -> forEach(
                        """
                        SELECT location, customer, program, terms, sum(amount)::BIGINT, sum(rebate)::BIGINT, count(*)
                        FROM %s WHERE %s AND lever > 0 GROUP BY ALL""".formatted(lines, where.text()),
                        row -> sums.add(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7))));
        return sums;
    }

    /**
     * A line as a run has written it.
     *
     * @param openFrom the first month that was open then; null while none was closed
     */
    record Written(Line line, int run, @Nullable LocalDate openFrom) {}

    /** Everything that was ever written about one line, oldest first. */
    List<Written> history(LineKey key) {
        var location = new LocationId(key.location());
        var lines = new ArrayList<Written>();
        for (var journal : store.files(List.of(location), Integer.MAX_VALUE)) {
            query(
                            """
                    SELECT %s, %d AS fraction_digits, 1 AS pieces FROM read_parquet(%s)
                    WHERE location = %s AND seq = %d AND program = %d AND lever = %d AND day = DATE '%s'""".formatted(
                                            COLUMNS,
                                            journal.file().fractionDigits(),
                                            DuckDb.literal(journal.file().path()),
                                            location,
                                            key.seq(),
                                            key.program(),
                                            key.lever(),
                                            key.day()),
                            Journal::line)
                    .forEach(line -> lines.add(new Written(line, journal.run(), journal.openFrom())));
        }
        return lines;
    }

    Optional<Sale> sale(String salesFile, int fractionDigits, LocationId location, long seq) {
        return query("""
                        SELECT line_id, day, customer, product, quantity, amount, currency, disposition, corrects, order_id, kind
                        FROM read_parquet(%s) WHERE location = %s AND seq = %d""".formatted(DuckDb.literal(lake.resolve(salesFile)), location, seq), row -> {
                    var currency = Currencies.numbered(row.getInt(7));
                    return new Sale(
                            row.getString(1),
                            row.getObject(2, LocalDate.class),
                            row.getInt(3),
                            row.getInt(4),
                            row.getLong(5),
                            BigDecimal.valueOf(row.getLong(6), currency.getDefaultFractionDigits() + fractionDigits),
                            currency.getCurrencyCode(),
                            row.getInt(8),
                            row.getLong(9),
                            row.getLong(10),
                            row.getInt(11));
                })
                .stream()
                .findFirst();
    }

    /** Whether a file of sales has any of the location. */
    boolean holds(String salesFile, LocationId location) {
        return !query(
                        "SELECT 1 FROM read_parquet(%s) WHERE location = %s LIMIT 1"
                                .formatted(DuckDb.literal(lake.resolve(salesFile)), location),
                        row -> row.getInt(1))
                .isEmpty();
    }

    /** Accepted sales that no refresh has counted yet. */
    record Waiting(int location, LocalDate month, String currency, BigDecimal amount, long lines) {}

    List<Waiting> waiting(String salesFile, int fractionDigits) {
        return query("""
                SELECT location, date_trunc('month', day)::DATE, currency, sum(amount), count(*)
                FROM read_parquet(%s) GROUP BY ALL""".formatted(DuckDb.literal(lake.resolve(salesFile))), row -> {
            var currency = Currencies.numbered(row.getInt(3));
            return new Waiting(
                    row.getInt(1),
                    row.getObject(2, LocalDate.class),
                    currency.getCurrencyCode(),
                    row.getBigDecimal(4).movePointLeft(currency.getDefaultFractionDigits() + fractionDigits),
                    row.getLong(5));
        });
    }

    private Optional<String> from(Where where) {
        var files = files(where);
        return files.isEmpty() ? Optional.empty() : Optional.of(standing(files, where));
    }

    private List<EarningsStore.Journal> files(Where where) {
        return store.files(where.locations(), where.lastRun());
    }

    private static String written(List<EarningsStore.Journal> files, Where where) {
        return files.stream()
                .map(journal -> journal.file().fractionDigits())
                .distinct()
                .map(digits -> "SELECT %s, %d AS fraction_digits, 1 AS pieces FROM read_parquet(%s) WHERE %s"
                        .formatted(
                                COLUMNS,
                                digits,
                                DuckDb.list(files.stream()
                                        .filter(journal -> journal.file().fractionDigits() == digits)
                                        .map(journal -> journal.file().path())
                                        .toList()),
                                new Where(where.locations(), List.of(), where.lastRun()).text()))
                .collect(joining(" UNION ALL ", "(", ")"));
    }

    /** The lines that stand, as a table expression: what was corrected comes as one line with its sum. */
    private static String standing(List<EarningsStore.Journal> files, Where where) {
        var lines = written(files, where);
        if (files.stream().noneMatch(EarningsStore.Journal::corrections)) {
            return lines;
        }
        return """
                (SELECT location, seq, day, any_value(customer) AS customer,
                        any_value(product) AS product, program, max(terms) AS terms, lever, max(reason) AS reason,
                        max(rates) AS rates, sum(basis)::BIGINT AS basis, max(before) AS before, max(level) AS level,
                        sum(withheld)::BIGINT AS withheld, sum(amount)::BIGINT AS amount,
                        sum(rebate)::BIGINT AS rebate, sum(kind)::TINYINT AS kind,
                        max(fraction_digits) AS fraction_digits, count(*) AS pieces
                 FROM %s GROUP BY location, seq, program, lever, day, CASE WHEN lever = 0 THEN reason END
                 HAVING sum(kind) > 0)""".formatted(lines);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt("location"),
                row.getLong("seq"),
                row.getObject("day", LocalDate.class),
                row.getInt("customer"),
                row.getInt("product"),
                row.getInt("program"),
                row.getInt("terms"),
                row.getInt("lever"),
                row.getInt("reason"),
                row.getInt("rates"),
                row.getLong("basis"),
                row.getLong("before"),
                row.getLong("level"),
                row.getLong("withheld"),
                row.getLong("amount"),
                row.getLong("rebate"),
                row.getInt("kind"),
                row.getInt("fraction_digits"),
                row.getLong("pieces"));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, RowReader<T> reader) {
        var found = new ArrayList<T>();
        forEach(sql, row -> found.add(reader.read(row)));
        return found;
    }

    private void forEach(String sql, RowVisitor visitor) {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                visitor.visit(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the lake cannot be read: " + e.getMessage(), e);
        }
    }

    private synchronized Connection connection() throws SQLException {
        if (duck == null) {
            try {
                Files.createDirectories(spill);
            } catch (IOException e) {
                throw new SQLException(e);
            }
            duck = DuckDb.open(2, MEMORY, spill);
            duck.execute("SET parquet_metadata_cache = true");
        }
        return duck.connection().duplicate();
    }

    @Override
    public synchronized void destroy() throws SQLException {
        if (duck != null) {
            duck.close();
        }
    }
}
