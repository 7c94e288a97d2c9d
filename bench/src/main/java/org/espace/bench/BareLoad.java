package org.espace.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.batch.DuckDb;
import org.espace.batch.SaleColumns;
import org.espace.engine.SaleLines;

/**
 * What no load can go far below: a parser written by hand for exactly this file, which takes ids from the digits of
 * numbers, drops what does not fit without a word, and hands columns to one sorted copy.
 */
final class BareLoad {

    private static final List<DuckDb.Column> COLUMNS = Stream.concat(
                    SaleColumns.ALL.stream(), Stream.of(new DuckDb.Column("line_id", DuckDBColumnType.VARCHAR)))
            .toList();
    private static final int CELLS = 12;
    private static final int FIRST_YEAR = 2026;
    private static final short[] CURRENCIES = currencies();

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 20];
    private final int[] ends = new int[CELLS];
    private int at;
    private int filled;
    private long row;

    private BareLoad(InputStream in) {
        this.in = in;
    }

    /** Returns the number of rows written. */
    static long run(Path csv, Path target, int threads) throws IOException, SQLException {
        Files.deleteIfExists(target);
        try (var in = Files.newInputStream(csv);
                var duck = DuckDb.open(threads, "1GB", target.resolveSibling("spill"))) {
            duck.execute("SET preserve_insertion_order = false");
            var load = new BareLoad(in);
            load.next();
            load.row = 0;
            duck.define("feed", COLUMNS, load::fill);
            duck.execute("""
                    COPY (SELECT %s, 0::BIGINT AS corrects, line_id FROM feed() ORDER BY location, seq)
                    TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""".formatted(SaleColumns.NAMES, DuckDb.literal(target)));
            return duck.number("SELECT count(*) FROM read_parquet(%s)".formatted(DuckDb.literal(target)));
        }
    }

    private long fill(DuckDBDataChunkWriter chunk) throws IOException {
        var ids = new byte[(int) chunk.capacity()][];
        var batch = new SaleLines(ids.length);
        var size = 0;
        while (size < ids.length && next()) {
            var amount = amount(ends[8] + 1, ends[9]);
            var currency = CURRENCIES[hash(ends[9] + 1)];
            var location = (int) digits(ends[0] + 2, ends[1]);
            var day = day(ends[1] + 1);
            if (amount == Long.MIN_VALUE || currency == 0 || location == 99_999 || day < 0) {
                continue;
            }
            batch.location[size] = location;
            batch.seq[size] = (1L << 34) | (row << 2) | 1;
            batch.day[size] = day;
            batch.customer[size] = (int) digits(ends[2] + 2, ends[3]);
            batch.product[size] = (int) digits(ends[6] + 2, ends[7]);
            batch.quantity[size] = amount(ends[7] + 1, ends[8]) * 1_000_000;
            batch.amount[size] = amount;
            batch.currency[size] = currency;
            batch.disposition[size] = disposition(ends[10] + 1, ends[11]);
            ids[size++] = Arrays.copyOfRange(buffer, start, ends[0]);
        }
        if (size > 0) {
            batch.size = size;
            SaleColumns.write(batch, chunk);
            chunk.vector(11).setStringUtf8Batch(0, size == ids.length ? ids : Arrays.copyOf(ids, size));
        }
        return size;
    }

    private int start;

    /** Finds where the cells of the next row end; false at the end of the file. */
    private boolean next() throws IOException {
        if (filled - at < 1000) {
            System.arraycopy(buffer, at, buffer, 0, filled - at);
            filled -= at;
            at = 0;
            filled += Math.max(0, in.readNBytes(buffer, filled, buffer.length - filled));
        }
        start = at;
        var cell = 0;
        while (at < filled) {
            var b = buffer[at];
            if (b == ',') {
                ends[cell++] = at;
            } else if (b == '\n') {
                ends[cell] = at++;
                row++;
                return true;
            }
            at++;
        }
        return false;
    }

    private long digits(int from, int to) {
        var number = 0L;
        for (var i = from; i < to; i++) {
            number = number * 10 + buffer[i] - '0';
        }
        return number;
    }

    /** Every digit, whatever stands between; MIN_VALUE when there is anything else, or nothing. */
    private long amount(int from, int to) {
        var number = 0L;
        var negative = from < to && buffer[from] == '-';
        for (var i = negative ? from + 1 : from; i < to; i++) {
            var b = buffer[i];
            if (b >= '0' && b <= '9') {
                number = number * 10 + b - '0';
            } else if (b != '.') {
                return Long.MIN_VALUE;
            }
        }
        return from == to ? Long.MIN_VALUE : negative ? -number : number;
    }

    /** Days of one year only; -1 for others. */
    private int day(int from) {
        var month = (int) digits(from + 5, from + 7) - 1;
        var known = digits(from, from + 4) == FIRST_YEAR;
        return known ? FIRST_DAYS[month] + (int) digits(from + 8, from + 10) : -1;
    }

    private static final int[] FIRST_DAYS = firstDays();

    private static int[] firstDays() {
        var days = new int[12];
        for (var month = 0; month < days.length; month++) {
            days[month] = (int) Vendor.FIRST_DAY.withMonth(month + 1).toEpochDay() - 1;
        }
        return days;
    }

    private short disposition(int from, int to) {
        if (from == to) {
            return 0;
        }
        return buffer[from] == 'c' ? Generator.CANCELLED : Generator.OPEN;
    }

    private int hash(int from) {
        return ((buffer[from] * 31 + buffer[from + 1]) * 31 + buffer[from + 2]) & 0xffff;
    }

    private static short[] currencies() {
        var numbers = new short[1 << 16];
        for (var code : List.of("EUR", "USD", "GBP", "CHF", "JPY")) {
            var hash = ((code.charAt(0) * 31 + code.charAt(1)) * 31 + code.charAt(2)) & 0xffff;
            numbers[hash] = (short) Currency.getInstance(code).getNumericCode();
        }
        return numbers;
    }
}
