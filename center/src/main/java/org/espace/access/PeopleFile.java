package org.espace.access;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.RosterFileRefused.Code;
import org.espace.web.SpreadsheetCsv;

/**
 * A CSV file about people, in UTF-8, with a line of column names; columns may stand in any order, separated by commas or, as
 * some spreadsheets write, by semicolons. Foreign bytes: at most 5 MB and 20,000 rows.
 */
public final class PeopleFile {

    static final int MOST_BYTES = 5_000_000;
    static final int MOST_ROWS = 20_000;

    private final List<Row> rows;

    private PeopleFile(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * One row.
     *
     * @param number its line in the file
     * @param complete false when it has more or fewer cells than there are columns
     */
    public record Row(int number, boolean complete, Map<String, String> cells) {

        public Row {
            cells = Map.copyOf(cells);
        }

        /** Without the blanks around it, and without the apostrophe that keeps a spreadsheet from computing it. */
        public String cell(String column) {
            var cell = cells.getOrDefault(column, "").strip();
            return cell.length() > 1
                            && cell.charAt(0) == '\''
                            && SpreadsheetCsv.harmless(cell.substring(1)).equals(cell)
                    ? cell.substring(1)
                    : cell;
        }
    }

    public List<Row> rows() {
        return rows;
    }

    /** @throws RosterFileRefused when it is no such file */
    public static PeopleFile read(byte[] bytes, Set<String> required, Set<String> optional) {
        if (bytes.length == 0) {
            throw new RosterFileRefused(Code.EMPTY, "");
        }
        if (bytes.length > MOST_BYTES) {
            throw new RosterFileRefused(Code.TOO_LARGE, "");
        }
        var text = text(bytes);
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator(text))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            var records = reader.iterator();
            if (!records.hasNext()) {
                throw new RosterFileRefused(Code.EMPTY, "");
            }
            var columns = columns(records.next(), required, optional);
            var rows = new ArrayList<Row>();
            while (records.hasNext()) {
                if (rows.size() == MOST_ROWS) {
                    throw new RosterFileRefused(Code.TOO_MANY_ROWS, "");
                }
                rows.add(row(records.next(), columns));
            }
            if (rows.isEmpty()) {
                throw new RosterFileRefused(Code.EMPTY, "");
            }
            return new PeopleFile(List.copyOf(rows));
        } catch (CsvParseException | UncheckedIOException e) {
            throw new RosterFileRefused(Code.NOT_CSV, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(SpreadsheetCsv.BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new RosterFileRefused(Code.NOT_UTF8, "");
        }
    }

    private static char separator(String text) {
        var heading = text.lines().findFirst().orElse("");
        return heading.chars().filter(c -> c == ';').count()
                        > heading.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
    }

    private static List<String> columns(CsvRecord heading, Set<String> required, Set<String> optional) {
        var columns = heading.getFields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        missing(columns, required).ifPresent(column -> {
            throw new RosterFileRefused(Code.COLUMN_MISSING, column);
        });
        columns.stream()
                .filter(column -> !required.contains(column) && !optional.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new RosterFileRefused(
                            Code.COLUMN_UNKNOWN, column.substring(0, Math.min(column.length(), 60)));
                });
        return columns;
    }

    private static Optional<String> missing(List<String> columns, Set<String> required) {
        return required.stream()
                .filter(column -> !columns.contains(column))
                .sorted()
                .findFirst();
    }

    private static Row row(CsvRecord line, List<String> columns) {
        var cells = new HashMap<String, String>();
        for (var i = 0; i < Math.min(columns.size(), line.getFieldCount()); i++) {
            cells.put(columns.get(i), line.getField(i));
        }
        return new Row((int) line.getStartingLineNumber(), line.getFieldCount() == columns.size(), cells);
    }
}
