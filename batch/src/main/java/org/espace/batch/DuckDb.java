package org.espace.batch;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * A database in memory that moves columns between Parquet files and Java. Its rows come from Java one chunk at a time,
 * so that a {@code COPY} can write what is computed while it writes.
 */
public final class DuckDb implements AutoCloseable {

    private final DuckDBConnection connection;

    private DuckDb(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * @param memory the most that it may hold, such as {@code 512MB}; the rest is spilled to the folder
     */
    public static DuckDb open(int threads, String memory, Path spill) throws SQLException {
        var settings = new Properties();
        settings.setProperty("threads", Integer.toString(threads));
        settings.setProperty("memory_limit", memory);
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return new DuckDb((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings));
    }

    /** The same database once more: each can have one query open. */
    public DuckDb another() throws SQLException {
        return new DuckDb(connection.duplicate());
    }

    public DuckDBConnection connection() {
        return connection;
    }

    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one number that the query answers. */
    public long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Reads the query's answer in chunks; closing the cursor ends the query. */
    public Cursor query(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
        return new Cursor(statement, statement.query());
    }

    /** Makes rows from Java readable in SQL as {@code name()}; to be called once a name. */
    public void define(String name, List<Column> columns, Rows rows) throws SQLException {
        DuckDBFunctions.tableFunction()
                .withName(name)
                .withFunction(new DuckDBTableFunction<Rows, Rows, Rows>() {
                    @Override
                    public Rows bind(DuckDBTableFunctionBindInfo info) {
                        columns.forEach(column -> info.addResultColumn(column.name(), column.type()));
                        return rows;
                    }

                    @Override
                    public Rows init(DuckDBTableFunctionInitInfo info) {
                        info.setMaxThreads(1);
                        return rows;
                    }

                    @Override
                    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws Exception {
                        return rows.fill(chunk);
                    }
                })
                .register(connection);
    }

    /** The paths as DuckDB's list literal. */
    public static String list(List<Path> paths) {
        return paths.stream().map(DuckDb::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    public static String literal(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    public record Column(String name, DuckDBColumnType type) {}

    @FunctionalInterface
    public interface Rows {
        /** Fills the chunk, up to its capacity, and says with how many rows; 0 ends the table. */
        long fill(DuckDBDataChunkWriter chunk) throws Exception;
    }

    /** An open query. */
    public record Cursor(DuckDBPreparedStatement statement, DuckDBChunkedResult result) implements AutoCloseable {

        @Override
        public void close() throws SQLException {
            result.close();
            statement.close();
        }
    }
}
