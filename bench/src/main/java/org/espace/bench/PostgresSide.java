package org.espace.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espace.batch.DuckDb;
import org.espace.batch.SalesFile;
import org.espace.postgres.EmbeddedPostgres;
import org.postgresql.PGConnection;

/**
 * The same earning lines by PostgreSQL, at its best: sales and master data are there already, in unlogged tables with
 * statistics, nothing is flushed to disk, and each core has a session of its own with its share of the locations.
 */
final class PostgresSide implements AutoCloseable {

    private static final String HALF_UP = """
            CREATE FUNCTION half_up(n bigint, d bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN CASE WHEN n >= 0 THEN (n + d / 2) / d ELSE -((d / 2 - n) / d) END""";

    private final EmbeddedPostgres server;
    private final int sessions;

    /** What the earning lines come to, column by column. */
    record Sums(long lines, List<BigDecimal> columns) {

        static final String SELECT =
                "SELECT count(*), sum(basis), sum(before), sum(level), sum(withheld), sum(amount), sum(rebate), sum(reason) FROM ";
    }

    private PostgresSide(EmbeddedPostgres server, int sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    static PostgresSide open(Path folder, Reference reference, SalesFile sales, int sessions)
            throws IOException, SQLException {
        var side = new PostgresSide(EmbeddedPostgres.startThrowaway(folder.resolve("server")), sessions);
        try (var sql = side.connect()) {
            execute(sql, HALF_UP);
            for (var table : reference.tables()) {
                execute(sql, "CREATE UNLOGGED TABLE %s (%s)".formatted(table.name(), table.columns()));
                copy(sql, table.name(), table.write(folder));
            }
            for (var session = 0; session < sessions; session++) {
                execute(sql, "CREATE SCHEMA part" + session);
                execute(
                        sql,
                        "CREATE UNLOGGED TABLE part%d.sale (location int, seq bigint, day date, customer int, product int, quantity bigint, amount bigint, currency int, disposition int)"
                                .formatted(session));
                copy(sql, "part%d.sale".formatted(session), side.share(folder, sales, session));
            }
            execute(sql, "ANALYZE");
        }
        return side;
    }

    /** Every session's locations have about as many lines. */
    private Path share(Path folder, SalesFile sales, int session) throws SQLException {
        var csv = folder.resolve("share-%d.csv".formatted(session));
        try (var duck = DuckDb.open(1, "1GB", folder.resolve("spill"))) {
            duck.execute("""
                    COPY (SELECT location, seq, day, customer, product, quantity, amount, currency, disposition
                          FROM read_parquet(%1$s)
                          WHERE location IN (SELECT location FROM (
                              SELECT location, row_number() OVER (ORDER BY count(*) DESC, location) AS place
                              FROM read_parquet(%1$s) GROUP BY location)
                              WHERE least((place - 1) %% (2 * %2$d), 2 * %2$d - 1 - (place - 1) %% (2 * %2$d)) = %3$d))
                    TO %4$s (FORMAT csv, HEADER false)""".formatted(DuckDb.literal(sales.path()), sessions, session, DuckDb.literal(csv)));
        }
        return csv;
    }

    /** All sessions at once, from nothing to a table of earning lines in each. */
    void run() throws InterruptedException, ExecutionException {
        var shares = new ArrayList<Future<?>>();
        try (var workers = Executors.newFixedThreadPool(sessions)) {
            for (var session = 0; session < sessions; session++) {
                var schema = "part" + session;
                shares.add(workers.submit(() -> {
                    try (var sql = connect()) {
                        execute(sql, "SET search_path = %s, public".formatted(schema));
                        execute(sql, "SET work_mem = '512MB'");
                        execute(sql, "SET max_parallel_workers_per_gather = 0");
                        execute(sql, "SET jit = off");
                        execute(sql, "DROP TABLE IF EXISTS earning");
                        execute(sql, "CREATE UNLOGGED TABLE earning AS " + Reference.query(Reference.Dialect.POSTGRES));
                    }
                    return null;
                }));
            }
            for (var share : shares) {
                share.get();
            }
        }
    }

    String version() throws SQLException {
        try (var sql = connect()) {
            return sql.getMetaData().getDatabaseProductVersion();
        }
    }

    Sums sums() throws SQLException {
        var all = new ArrayList<String>();
        for (var session = 0; session < sessions; session++) {
            all.add("SELECT * FROM part%d.earning".formatted(session));
        }
        try (var sql = connect()) {
            return sums(sql, "(%s) e".formatted(String.join(" UNION ALL ", all)));
        }
    }

    static Sums sums(Connection sql, String from) throws SQLException {
        try (var statement = sql.createStatement();
                var row = statement.executeQuery(Sums.SELECT + from)) {
            row.next();
            var columns = new ArrayList<BigDecimal>();
            for (var column = 2; column <= row.getMetaData().getColumnCount(); column++) {
                columns.add(new BigDecimal(row.getObject(column).toString()));
            }
            return new Sums(row.getLong(1), columns);
        }
    }

    private static void copy(Connection sql, String table, Path csv) throws IOException, SQLException {
        try (var in = Files.newInputStream(csv)) {
            sql.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY %s FROM STDIN (FORMAT csv)".formatted(table), in);
        }
        Files.delete(csv);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
