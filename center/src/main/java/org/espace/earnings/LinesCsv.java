package org.espace.earnings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkReader;
import org.espace.batch.Vectors;
import org.espace.partners.Location;
import org.espace.programs.PublishedTerms;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;

/**
 * Writes earning lines as CSV, by the byte: a word is encoded once, however many lines name it, and a number is written
 * without an object of its own. A word is quoted where it has to be, and an empty one so that it is not taken for none.
 */
final class LinesCsv implements AutoCloseable {

    private static final List<String> HEADING = List.of(
            "line",
            "location_number",
            "location",
            "program",
            "version",
            "lever",
            "day",
            "customer",
            "product",
            "reason",
            "currency",
            "basis",
            "rebate",
            "coop",
            "amount",
            "correction");

    /** What {@link #write} reads, in its order, of the columns of the journal. */
    static final String COLUMNS = Stream.concat(
                    Stream.of(
                                    "location",
                                    "customer",
                                    "product",
                                    "program",
                                    "terms",
                                    "lever",
                                    "reason",
                                    "kind",
                                    "fraction_digits",
                                    "pieces")
                            .map(column -> column + "::INTEGER"),
                    Stream.of("day", "seq", "basis", "amount", "rebate"))
            .collect(Collectors.joining(", "));

    private static final int INTS = 11;
    private static final int LONGS = 4;

    private static final int CHUNK = 2_048;
    private static final int BUFFER = 1 << 17;

    /** More than the numbers of a line take together, with what stands between them. */
    private static final int NUMBERS = 512;

    private static final byte[] TRUE = "true\n".getBytes(US_ASCII);
    private static final byte[] FALSE = "false\n".getBytes(US_ASCII);

    /** What the numbers on lines stand for. A number that is missing stands for nothing. */
    record Words(
            Map<Integer, Location> locations,
            Map<Integer, String> programs,
            Map<Integer, PublishedTerms> terms,
            Map<Integer, String> customers,
            Map<Integer, String> products,
            IntFunction<Why> reasons) {}

    private final OutputStream out;
    private final Words words;

    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private final byte[] digits = new byte[20];

    private final int[][] ints = new int[INTS][CHUNK];
    private final long[][] longs = new long[LONGS][CHUNK];

    private final Map<Integer, byte[]> places = new HashMap<>();
    private final Map<Long, byte[]> promises = new HashMap<>();
    private final Map<Integer, byte[]> days = new HashMap<>();
    private final Map<Integer, byte[]> customers = new HashMap<>();
    private final Map<Integer, byte[]> products = new HashMap<>();
    private final Map<Long, byte[]> reasons = new HashMap<>();

    /** The heading stands above no lines, too. */
    static void head(OutputStream out) throws IOException {
        out.write((String.join(",", HEADING) + "\n").getBytes(US_ASCII));
    }

    /** @param out is left open */
    LinesCsv(OutputStream out, Words words) {
        this.out = out;
        this.words = words;
    }

    /** Appends the lines of a chunk of {@link #COLUMNS}. */
    void write(DuckDBDataChunkReader chunk) throws IOException {
        var size = (int) chunk.rowCount();
        for (var column = 0; column < INTS; column++) {
            Vectors.read(chunk.vector(column), ints[column], size);
        }
        for (var column = 0; column < LONGS; column++) {
            Vectors.read(chunk.vector(INTS + column), longs[column], size);
        }
        for (var row = 0; row < size; row++) {
            line(row);
        }
    }

    private void line(int row) throws IOException {
        var location = ints[0][row];
        var program = ints[3][row];
        var terms = ints[4][row];
        var lever = ints[5][row];
        var day = days.computeIfAbsent(ints[10][row], LinesCsv::day);
        var scale = scale(terms);
        var amount = longs[2][row];
        var rebate = longs[3][row];

        reserve(NUMBERS);
        number(location, 0, '-');
        number(longs[0][row], 0, '-');
        number(program, 0, '-');
        number(lever, 0, '-');
        withoutHyphens(day);
        bytes(places.computeIfAbsent(location, this::place));
        bytes(promises.computeIfAbsent(key(terms, lever, program), _ -> promise(program, terms, lever)));
        bytes(day);
        bytes(customers.computeIfAbsent(
                ints[1][row], number -> cells(words.customers().get(number))));
        bytes(products.computeIfAbsent(
                ints[2][row], number -> cells(words.products().get(number))));
        var reason = ints[6][row];
        bytes(reasons.computeIfAbsent(key(terms, reason, 0), _ -> reason(reason, terms)));
        reserve(NUMBERS);
        number(longs[1][row], scale + ints[8][row], ',');
        number(rebate, scale, ',');
        number(amount - rebate, scale, ',');
        number(amount, scale, ',');
        bytes(ints[9][row] > 1 || ints[7][row] != 1 ? TRUE : FALSE);
    }

    private static long key(int terms, int second, int third) {
        return (long) terms << 48 | (long) second << 24 | third;
    }

    private byte[] place(int location) {
        var here = words.locations().get(location);
        return here == null ? cells(null, null) : cells(here.number(), here.name());
    }

    private byte[] promise(int program, int terms, int lever) {
        var published = words.terms().get(terms);
        var code = words.programs().get(program);
        return published == null
                ? cells(code, null, null)
                : cells(
                        code,
                        published.terms().version(),
                        lever == 0
                                ? null
                                : LineExplained.Lever.of(published.terms(), lever)
                                        .id());
    }

    private byte[] reason(int reason, int terms) {
        var published = words.terms().get(terms);
        return cells(
                words.reasons().apply(reason).code(),
                published == null ? null : published.terms().currency().getCurrencyCode());
    }

    /** How many decimals the currency of the terms has. */
    private int scale(int terms) {
        var published = words.terms().get(terms);
        return published == null ? 0 : Math.max(0, published.terms().currency().getDefaultFractionDigits());
    }

    private static byte[] day(int sinceEpoch) {
        return (LocalDate.ofEpochDay(sinceEpoch) + ",").getBytes(US_ASCII);
    }

    /** Words come from feeds: none is left that a spreadsheet would compute. A comma follows each. */
    private static byte[] cells(@Nullable String... words) {
        var cells = new StringBuilder();
        for (var word : words) {
            if (word != null) {
                var harmless = SpreadsheetCsv.harmless(word);
                cells.append(isQuoted(harmless) ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless);
            }
            cells.append(',');
        }
        return cells.toString().getBytes(UTF_8);
    }

    /** As DuckDB does it: a hash, too, since some readers take it for the beginning of a comment. */
    private static boolean isQuoted(String word) {
        return word.isEmpty() || word.chars().anyMatch(c -> ",\"#\n\r".indexOf(c) >= 0);
    }

    /** The day's digits, and the comma after them. */
    private void withoutHyphens(byte[] day) {
        for (var each : day) {
            if (each != '-') {
                buffer[filled++] = each;
            }
        }
    }

    /** @param scale how many of its digits stand behind the point */
    private void number(long minor, int scale, char after) {
        if (minor < 0) {
            buffer[filled++] = '-';
        }
        var left = minor;
        var count = 0;
        do {
            digits[count++] = (byte) ('0' + Math.abs(left % 10));
            left /= 10;
        } while (left != 0);
        while (count <= scale) {
            digits[count++] = '0';
        }
        while (count > scale) {
            buffer[filled++] = digits[--count];
        }
        if (scale > 0) {
            buffer[filled++] = '.';
            while (count > 0) {
                buffer[filled++] = digits[--count];
            }
        }
        buffer[filled++] = (byte) after;
    }

    private void bytes(byte[] more) throws IOException {
        if (more.length > buffer.length - filled) {
            flush();
            if (more.length > buffer.length) {
                out.write(more);
                return;
            }
        }
        System.arraycopy(more, 0, buffer, filled, more.length);
        filled += more.length;
    }

    private void reserve(int bytes) throws IOException {
        if (bytes > buffer.length - filled) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
