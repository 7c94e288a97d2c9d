package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A Parquet file, read by DuckDB slice by slice as the text that a CSV of it would have. */
final class ParquetRecords implements Records {

    private static final int SLICE = 122_880;

    private final Connection duckdb;
    private final String file;
    private final String select;
    private final List<String> header;
    private final long rows;
    private long sliced;
    private @Nullable DuckDBPreparedStatement statement;
    private @Nullable DuckDBChunkedResult slice;
    private @Nullable DuckDBDataChunkReader chunk;
    private DuckDBReadableVector[] vectors = new DuckDBReadableVector[0];
    private long next;
    private long row;
    private byte[] buffer = new byte[1 << 12];

    ParquetRecords(Path path) throws IOException {
        file = "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
        try {
            duckdb = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        try (var sql = duckdb.createStatement()) {
            sql.execute("SET threads = 1");
            sql.execute("SET memory_limit = '512MB'");
            var names = new ArrayList<String>();
            try (var columns = sql.executeQuery("DESCRIBE SELECT * FROM read_parquet(" + file + ")")) {
                while (columns.next()) {
                    names.add(columns.getString(1));
                }
            }
            header = List.copyOf(names);
            if (header.size() > Cells.MOST_COLUMNS) {
                throw new FileRefused(Code.TOO_MANY_COLUMNS, Map.of("limit", Integer.toString(Cells.MOST_COLUMNS)));
            }
            try (var count = sql.executeQuery("SELECT count(*) FROM read_parquet(" + file + ")")) {
                count.next();
                rows = count.getLong(1);
            }
            select = "SELECT "
                    + String.join(
                            ", ",
                            header.stream()
                                    .map(name -> "CAST(\"" + name.replace("\"", "\"\"") + "\" AS VARCHAR)")
                                    .toList())
                    + " FROM read_parquet(" + file + ", file_row_number = true) WHERE file_row_number >= ? AND"
                    + " file_row_number < ?";
        } catch (SQLException e) {
            close();
            throw new FileRefused(Code.DAMAGED_FILE, Map.of());
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public long expectedRows(long rowsSoFar) {
        return rows;
    }

    @Override
    public boolean next(Cells cells) throws IOException {
        try {
            while (chunk == null || next == chunk.rowCount()) {
                if (!nextChunk()) {
                    return false;
                }
            }
        } catch (SQLException e) {
            throw new FileRefused(Code.DAMAGED_FILE, Map.of());
        }
        cells.clear();
        int end = 0;
        for (var vector : vectors) {
            int start = end;
            if (!vector.isNull(next)) {
                var text = vector.getString(next).getBytes(UTF_8);
                if (end + text.length > buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + text.length));
                }
                System.arraycopy(text, 0, buffer, end, text.length);
                end += text.length;
            }
            cells.add(start, end);
        }
        cells.bytes = buffer;
        next++;
        cells.row = ++row;
        if (end > CsvRecords.LONGEST_RECORD) {
            cells.clear();
            cells.defect = Code.LINE_TOO_LONG;
            buffer = new byte[1 << 12];
        }
        return true;
    }

    private boolean nextChunk() throws SQLException {
        while (slice == null || !slice.nextChunk()) {
            closeSlice();
            if (sliced >= rows) {
                return false;
            }
            statement = duckdb.prepareStatement(select).unwrap(DuckDBPreparedStatement.class);
            statement.setLong(1, sliced);
            statement.setLong(2, sliced += SLICE);
            slice = statement.query();
        }
        chunk = slice.chunk();
        vectors = new DuckDBReadableVector[header.size()];
        for (int column = 0; column < vectors.length; column++) {
            vectors[column] = chunk.vector(column);
        }
        next = 0;
        return true;
    }

    private void closeSlice() throws SQLException {
        chunk = null;
        if (slice != null) {
            slice.close();
            slice = null;
        }
        if (statement != null) {
            statement.close();
            statement = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeSlice();
            duckdb.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
