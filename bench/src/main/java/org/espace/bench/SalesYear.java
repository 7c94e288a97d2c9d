package org.espace.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.batch.SaleColumns;
import org.espace.batch.SalesFile;
import org.espace.engine.SaleLines;

/** The same sales, as the vendor would send them and as the lake keeps them. */
final class SalesYear {

    private static final String HEADER =
            "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status\n";

    private final Vendor vendor;
    private final long rows;
    private final Progress progress;

    SalesYear(Vendor vendor, long rows, Progress progress) {
        this.vendor = vendor;
        this.rows = rows;
        this.progress = progress;
    }

    /** The first row of the last day. */
    long lastDay() {
        return (rows * (Vendor.DAYS - 1) + Vendor.DAYS - 1) / Vendor.DAYS;
    }

    /** Rows from the first to before the last, as one load of the lake. */
    SalesFile sales(Path file, int load, long first, long until) throws SQLException {
        var source = new Source(first, until, load);
        try (var duck = DuckDb.open(2, "3GB", file.resolveSibling("spill"))) {
            duck.define("generated", SaleColumns.ALL, source::fill);
            duck.execute("""
                    COPY (SELECT %s, 0::BIGINT AS corrects,
                                 'S' || lpad((%d + (seq & 17179869183) // 4)::VARCHAR, 10, '0') AS line_id
                          FROM generated() ORDER BY location, seq)
                    TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)""".formatted(SaleColumns.NAMES, first, DuckDb.literal(file)));
            var read = "read_parquet(%s)".formatted(DuckDb.literal(file));
            return new SalesFile(
                    load,
                    file,
                    duck.number("SELECT count(*) FROM " + read),
                    0,
                    (int) duck.number("SELECT min(location) FROM " + read),
                    (int) duck.number("SELECT max(location) FROM " + read));
        }
    }

    /** All rows as a feed file for the mapping {@code espace}, the invalid ones among them. */
    void csv(Path file) throws IOException {
        var row = new Generator(vendor, rows);
        try (var out = Files.newOutputStream(file)) {
            var line = new StringBuilder(1 << 16).append(HEADER);
            for (var i = 0L; i < rows; i++) {
                row.read(i);
                append(line, i, row);
                if (line.length() > 60_000) {
                    flush(line, out);
                    progress.at("feed", i, rows);
                }
            }
            flush(line, out);
        }
    }

    private static void flush(StringBuilder text, OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        text.setLength(0);
    }

    private static void append(StringBuilder line, long i, Generator row) {
        padded(line.append('S'), i + 1, 10).append(',');
        padded(line.append('L'), row.fault == Generator.Fault.UNKNOWN_LOCATION ? 99_999 : row.location, 5)
                .append(',');
        var day = row.fault == Generator.Fault.DAY_OUT_OF_RANGE ? LocalDate.EPOCH : LocalDate.ofEpochDay(row.day);
        line.append(day).append(',');
        padded(line.append('C'), row.customer, 6).append(",,,,");
        padded(line.append('P'), row.product, 3).append(',');
        line.append(row.quantity / 1_000_000).append(',');
        var currency = CURRENCIES[row.currency];
        switch (row.fault) {
            case NO_AMOUNT -> {}
            case LETTERS_IN_AMOUNT -> line.append("12x.00");
            default -> appendAmount(line, row.amount, currency.getDefaultFractionDigits());
        }
        line.append(',').append(row.fault == Generator.Fault.UNKNOWN_CURRENCY ? "ZZZ" : currency.getCurrencyCode());
        line.append(
                row.disposition == Generator.CANCELLED
                        ? ",cancelled\n"
                        : row.disposition == Generator.OPEN ? ",open\n" : ",\n");
    }

    private static final Currency[] CURRENCIES = new Currency[1000];

    static {
        for (var code : List.of("EUR", "USD", "GBP", "CHF", "JPY")) {
            var currency = Currency.getInstance(code);
            CURRENCIES[currency.getNumericCode()] = currency;
        }
    }

    private static void appendAmount(StringBuilder line, long minor, int decimals) {
        if (decimals == 0) {
            line.append(minor);
            return;
        }
        if (minor < 0) {
            line.append('-');
        }
        var size = Math.abs(minor);
        padded(line.append(size / 100).append('.'), size % 100, 2);
    }

    private static StringBuilder padded(StringBuilder line, long number, int digits) {
        var limit = 10L;
        for (var i = 1; i < digits; i++, limit *= 10) {
            if (number < limit) {
                for (var j = i; j < digits; j++) {
                    line.append('0');
                }
                break;
            }
        }
        return line.append(number);
    }

    /** Valid rows, as the loader would number them. */
    private final class Source {

        private final Generator row = new Generator(vendor, rows);
        private final long first;
        private final long until;
        private final long load;
        private long next;

        Source(long first, long until, int load) {
            this.first = first;
            this.until = until;
            this.load = load;
            next = first;
        }

        long fill(DuckDBDataChunkWriter chunk) {
            var batch = new SaleLines((int) chunk.capacity());
            var at = 0;
            while (at < chunk.capacity() && next < until) {
                var number = next - first + 1;
                row.read(next++);
                if (row.fault != Generator.Fault.NONE) {
                    continue;
                }
                batch.location[at] = row.location;
                batch.seq[at] = (load << 34) | (number << 2) | 1;
                batch.day[at] = row.day;
                batch.customer[at] = row.customer;
                batch.product[at] = row.product;
                batch.quantity[at] = row.quantity;
                batch.amount[at] = row.amount;
                batch.currency[at] = row.currency;
                batch.disposition[at] = row.disposition;
                at++;
            }
            progress.at("sales", next - first, until - first);
            batch.size = at;
            SaleColumns.write(batch, chunk);
            return at;
        }
    }
}
