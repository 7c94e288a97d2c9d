package org.espace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsTest {

    private static final int MORE_THAN_A_CHUNK = 5_000;

    @TempDir
    Path spill;

    @Test
    void columnsComeBackAsTheyWereWritten() throws Exception {
        var days = new int[] {0, (int) LocalDate.of(2026, 2, 28).toEpochDay(), -1};
        var ids = new int[] {Integer.MIN_VALUE, 7, Integer.MAX_VALUE};
        var amounts = new long[] {Long.MIN_VALUE, -5, Long.MAX_VALUE};
        var codes = new short[] {Short.MIN_VALUE, 0, Short.MAX_VALUE};
        try (var duck = DuckDb.open(1, "256MB", spill)) {
            var rows = new int[] {3};
            duck.define(
                    "columns",
                    List.of(
                            new DuckDb.Column("day", DuckDBColumnType.DATE),
                            new DuckDb.Column("id", DuckDBColumnType.INTEGER),
                            new DuckDb.Column("amount", DuckDBColumnType.BIGINT),
                            new DuckDb.Column("code", DuckDBColumnType.SMALLINT)),
                    chunk -> {
                        Vectors.write(days, 0, chunk.vector(0), rows[0]);
                        Vectors.write(ids, 0, chunk.vector(1), rows[0]);
                        Vectors.write(amounts, 0, chunk.vector(2), rows[0]);
                        Vectors.write(codes, 0, chunk.vector(3), rows[0]);
                        var filled = rows[0];
                        rows[0] = 0;
                        return filled;
                    });
            try (var cursor = duck.query("SELECT * FROM columns()")) {
                var chunk = first(cursor);
                var day = new int[3];
                Vectors.read(chunk.vector(0), day, 3);
                assertThat(day).containsExactly(days);
                assertThat(chunk.vector(0).getLocalDate(1)).isEqualTo("2026-02-28");
                var id = new int[3];
                Vectors.read(chunk.vector(1), id, 3);
                assertThat(id).containsExactly(ids);
                var amount = new long[3];
                Vectors.read(chunk.vector(2), amount, 3);
                assertThat(amount).containsExactly(amounts);
                var code = new short[3];
                Vectors.read(chunk.vector(3), code, 3);
                assertThat(code).containsExactly(codes);
            }
        }
    }

    @Test
    void partsOfAnArrayFillOneChunkAfterTheOther() throws Exception {
        var numbers = new long[MORE_THAN_A_CHUNK];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        var written = new int[1];
        try (var duck = DuckDb.open(1, "256MB", spill)) {
            duck.define("numbers", List.of(new DuckDb.Column("number", DuckDBColumnType.BIGINT)), chunk -> {
                var size = (int) Math.min(chunk.capacity(), numbers.length - written[0]);
                Vectors.write(numbers, written[0], chunk.vector(0), size);
                written[0] += size;
                return size;
            });
            assertThat(duck.number("SELECT count(number) * 100000000 + sum(number) FROM numbers()"))
                    .isEqualTo(5_000L * 100_000_000 + 5_000L * 4_999 / 2);
        }
    }

    @Test
    void whatIsNullOrOfAnotherTypeIsRefused() throws Exception {
        try (var duck = DuckDb.open(1, "256MB", spill)) {
            try (var cursor = duck.query("SELECT nullif(i, 3)::BIGINT FROM range(5) t(i)")) {
                var vector = first(cursor).vector(0);
                assertThatThrownBy(() -> Vectors.read(vector, new long[5], 5)).hasMessage("a value is null");
            }
            try (var cursor = duck.query("SELECT 1::INTEGER")) {
                var vector = first(cursor).vector(0);
                assertThatThrownBy(() -> Vectors.read(vector, new long[1], 1))
                        .hasMessage("the column is INTEGER, not BIGINT");
            }
        }
    }

    private static DuckDBDataChunkReader first(DuckDb.Cursor cursor) {
        assertThat(cursor.result().nextChunk()).isTrue();
        return cursor.result().chunk();
    }
}
