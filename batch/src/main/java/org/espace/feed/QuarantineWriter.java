package org.espace.feed;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** Collects refused rows in a table that DuckDB moves to disk when there are many of them. */
final class QuarantineWriter implements AutoCloseable {

    static final String TABLE = "refusal";

    private static final int ROWS_AT_A_TIME = 10_000;

    private final DuckDBConnection duckdb;
    private final List<Refusal> waiting = new ArrayList<>();
    private long rows;

    QuarantineWriter(DuckDBConnection connection) throws SQLException {
        duckdb = connection.duplicate().unwrap(DuckDBConnection.class);
        try (var sql = duckdb.createStatement()) {
            sql.execute(
                    "CREATE TABLE " + TABLE
                            + " (file VARCHAR, row BIGINT, column_name VARCHAR, value VARCHAR, code VARCHAR, arguments VARCHAR)");
        }
    }

    long rows() {
        return rows;
    }

    void add(Refusal refusal) {
        rows++;
        waiting.add(refusal);
        if (waiting.size() == ROWS_AT_A_TIME) {
            flush();
        }
    }

    /** An appender belongs to the thread that made it, and DuckDB reads the feed on threads of its own. */
    void flush() {
        try (var appender = duckdb.createAppender(DuckDBConnection.DEFAULT_SCHEMA, TABLE)) {
            for (var refusal : waiting) {
                appender.beginRow();
                if (refusal.file() == null) {
                    appender.appendNull();
                } else {
                    appender.append(refusal.file());
                }
                appender.append(refusal.row());
                appender.append(printable(refusal.column()));
                appender.append(printable(refusal.value()));
                appender.append(refusal.code().name());
                appender.append(json(refusal.arguments()));
                appender.endRow();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        waiting.clear();
    }

    private static String printable(String text) {
        var printable = new StringBuilder(text);
        for (int at = 0; at < printable.length(); at++) {
            var c = printable.charAt(at);
            if (Character.isISOControl(c)) {
                printable.setCharAt(at, c < 0x20 ? (char) (0x2400 + c) : '\ufffd');
            } else if (Character.isSurrogate(c) && !paired(printable, at)) {
                printable.setCharAt(at, '\ufffd');
            }
        }
        return printable.toString();
    }

    private static boolean paired(CharSequence text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static String json(Map<String, String> arguments) {
        var json = new StringBuilder("{");
        new TreeMap<>(arguments).forEach((name, value) -> {
            json.append(json.length() > 1 ? ", " : "").append(quoted(name)).append(": ");
            json.append(quoted(value));
        });
        return json.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }
}
