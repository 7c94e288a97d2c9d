package org.espace.paper;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One CSV file, read cell by cell. Whatever is wrong is noted with its place, and reading goes on. */
final class Sheet {

    static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    static final LocalDate LAST_DAY = LocalDate.of(2099, 12, 31);

    private static final int MEBIBYTES = 64;
    private static final int MOST_ROWS = 200_000;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_DIGITS = 15;
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");

    private final String file;
    private final List<BadCell> faults;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private boolean present;

    private Sheet(String file, List<BadCell> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Without rows when there is no such file. */
    static Sheet read(Path folder, String file, List<String> needed, List<String> known, List<BadCell> faults) {
        var sheet = new Sheet(file, faults);
        var path = folder.resolve(file);
        if (Files.isRegularFile(path)) {
            sheet.present = true;
            sheet.text(path).ifPresent(text -> sheet.read(text, needed, known));
        }
        return sheet;
    }

    boolean isPresent() {
        return present;
    }

    List<Row> rows() {
        return rows;
    }

    private Optional<String> text(Path path) {
        try {
            if (Files.size(path) > (long) MEBIBYTES << 20) {
                return fault(Fault.FILE_TOO_LARGE, Map.of("limit", String.valueOf(MEBIBYTES)));
            }
            var bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            var decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
            var letters = CharBuffer.allocate(bytes.capacity());
            var result = decoder.decode(bytes, letters, true);
            var text = letters.flip().toString();
            if (result.isError()) {
                var row = 1 + text.chars().filter(letter -> letter == '\n').count();
                faults.add(new BadCell(file, row, "", "", Fault.WRONG_ENCODING, Map.of()));
                return Optional.empty();
            }
            var plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            return plain.isBlank() ? fault(Fault.EMPTY_FILE, Map.of()) : Optional.of(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> fault(Fault fault, Map<String, String> arguments) {
        faults.add(new BadCell(file, 0, "", "", fault, arguments));
        return Optional.empty();
    }

    private void read(String text, List<String> needed, List<String> known) {
        var last = 0L;
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator(text))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (var line : reader) {
                last = line.getStartingLineNumber();
                if (columns.isEmpty()) {
                    if (!head(line, needed, known)) {
                        return;
                    }
                } else if (rows.size() == MOST_ROWS) {
                    fault(Fault.TOO_MANY_ROWS, Map.of("limit", String.valueOf(MOST_ROWS)));
                    return;
                } else {
                    row(line);
                }
            }
        } catch (CsvParseException _) {
            faults.add(new BadCell(file, last + 1, "", "", Fault.UNCLOSED_QUOTE, Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static char separator(String text) {
        var head = text.lines().findFirst().orElse("");
        var best = ',';
        for (var candidate : new char[] {';', '\t'}) {
            if (count(head, candidate) > count(head, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(each -> each == letter).count();
    }

    private boolean head(CsvRecord line, List<String> needed, List<String> known) {
        var sound = true;
        for (var i = 0; i < line.getFieldCount(); i++) {
            var name = line.getField(i).strip().toLowerCase(Locale.ROOT);
            if (columns.putIfAbsent(name, i) != null) {
                sound = false;
                faults.add(new BadCell(file, 1, name, "", Fault.COLUMN_TWICE, Map.of()));
            } else if (!needed.contains(name) && !known.contains(name)) {
                sound = false;
                var all = new ArrayList<>(needed);
                all.addAll(known);
                faults.add(
                        new BadCell(file, 1, name, "", Fault.UNKNOWN_COLUMN, Map.of("known", String.join(", ", all))));
            }
        }
        for (var name : needed) {
            if (!columns.containsKey(name)) {
                sound = false;
                var found = String.join(", ", line.getFields());
                faults.add(new BadCell(file, 1, name, "", Fault.MISSING_COLUMN, Map.of("found", found)));
            }
        }
        return sound;
    }

    private void row(CsvRecord line) {
        if (line.getFieldCount() == columns.size()) {
            rows.add(new Row(line));
        } else if (line.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
            var counts =
                    Map.of("expected", String.valueOf(columns.size()), "found", String.valueOf(line.getFieldCount()));
            faults.add(new BadCell(
                    file, line.getStartingLineNumber(), "", line.getField(0), Fault.WRONG_FIELD_COUNT, counts));
        }
    }

    /** One row below the header. A cell that is blank, or in a column that is not there, is empty. */
    final class Row {

        private final long number;
        private final List<String> cells;

        private Row(CsvRecord line) {
            number = line.getStartingLineNumber();
            cells = line.getFields();
        }

        String file() {
            return file;
        }

        long number() {
            return number;
        }

        void fault(String column, Fault fault) {
            fault(column, fault, Map.of());
        }

        void fault(String column, Fault fault, Map<String, String> arguments) {
            faults.add(new BadCell(file, number, column, cell(column), fault, arguments));
        }

        boolean isBlank(String column) {
            return cell(column).isEmpty();
        }

        /** A day of another column's concern: whatever is wrong with it is noted elsewhere. */
        Optional<LocalDate> silent(String column) {
            try {
                return Optional.of(LocalDate.parse(cell(column)));
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }

        /** What must be there; empty only after that was noted as a fault. */
        <T> Optional<T> needed(String column, Function<String, Optional<T>> reader) {
            if (cell(column).isEmpty()) {
                fault(column, Fault.MISSING);
                return Optional.empty();
            }
            return reader.apply(column);
        }

        Optional<String> text(String column) {
            var cell = cell(column);
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            if (cell.length() > LONGEST_TEXT) {
                fault(column, Fault.TOO_LONG, Map.of("limit", String.valueOf(LONGEST_TEXT)));
            } else if (cell.chars().anyMatch(Character::isISOControl)) {
                fault(column, Fault.CONTROL_CHARACTER);
            } else if ("=+-@".indexOf(cell.charAt(0)) >= 0) {
                fault(column, Fault.FORMULA);
            } else {
                return Optional.of(cell);
            }
            return Optional.empty();
        }

        /** As {@link #text}, of a few words. */
        Optional<String> word(String column, List<String> known) {
            return text(column).filter(word -> {
                if (!known.contains(word)) {
                    fault(column, Fault.UNKNOWN_WORD, Map.of("known", String.join(", ", known)));
                }
                return known.contains(word);
            });
        }

        /** Capital letters, digits and underscores. */
        Optional<String> code(String column) {
            return text(column).filter(code -> {
                if (!CODE.matcher(code).matches()) {
                    fault(column, Fault.NOT_A_CODE);
                }
                return CODE.matcher(code).matches();
            });
        }

        Optional<LocalDate> day(String column) {
            return text(column).flatMap(text -> {
                try {
                    var day = LocalDate.parse(text);
                    if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
                        return Optional.of(day);
                    }
                    fault(
                            column,
                            Fault.DATE_OUT_OF_RANGE,
                            Map.of("first", FIRST_DAY.toString(), "last", LAST_DAY.toString()));
                } catch (DateTimeException _) {
                    fault(column, Fault.BAD_DATE);
                }
                return Optional.empty();
            });
        }

        Optional<BigDecimal> number(String column, int decimals) {
            var cell = cell(column);
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            if (!NUMBER.matcher(cell).matches()) {
                fault(column, "=+@".indexOf(cell.charAt(0)) >= 0 ? Fault.FORMULA : Fault.NOT_A_NUMBER);
                return Optional.empty();
            }
            var number = new BigDecimal(cell).stripTrailingZeros();
            if (number.scale() > decimals) {
                fault(column, Fault.TOO_PRECISE, Map.of("decimals", String.valueOf(decimals)));
            } else if (number.precision() - number.scale() > MOST_DIGITS) {
                fault(column, Fault.TOO_LARGE);
            } else {
                return Optional.of(number);
            }
            return Optional.empty();
        }

        Optional<Currency> currency(String column) {
            return text(column).flatMap(code -> {
                try {
                    var currency = Currency.getInstance(code);
                    if (currency.getDefaultFractionDigits() >= 0 && currency.getNumericCode() > 0) {
                        return Optional.of(currency);
                    }
                } catch (IllegalArgumentException _) {
                    // as one that has no decimals: it is no currency that anything is sold in
                }
                fault(column, Fault.UNKNOWN_CURRENCY);
                return Optional.empty();
            });
        }

        Optional<String> country(String column) {
            return text(column).filter(code -> {
                if (!COUNTRIES.contains(code)) {
                    fault(column, Fault.UNKNOWN_COUNTRY);
                }
                return COUNTRIES.contains(code);
            });
        }

        private String cell(String column) {
            var at = columns.get(column);
            return at == null ? "" : cells.get(at).strip();
        }
    }
}
