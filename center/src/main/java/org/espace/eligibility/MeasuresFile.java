package org.espace.eligibility;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.espace.access.PeopleFile.Row;
import org.espace.eligibility.MeasureFault.Code;
import org.springframework.stereotype.Component;

/**
 * Reads numbers about locations from CSV: location, code, day, value; separated by commas or semicolons, with or without
 * this head. At most {@value #MOST} rows.
 */
@Component
class MeasuresFile {

    private static final int MOST = 100_000;
    private static final int MOST_FAULTS = 50;

    private final MeasureCheck check;

    MeasuresFile(MeasureCheck check) {
        this.check = check;
    }

    /** Of many faults the first ones. */
    MeasureCheck.Checked read(String text) {
        var rows = new ArrayList<Row>();
        var faults = new ArrayList<MeasureFault>();
        try (var records = CsvReader.builder()
                .fieldSeparator(separator(text))
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text.replace("\ufeff", ""))) {
            var read = 0;
            for (var record : records) {
                if (++read > MOST) {
                    faults.add(new MeasureFault(
                            (int) record.getStartingLineNumber(), Code.TOO_MANY, Integer.toString(MOST)));
                    break;
                }
                if (read > 1 || !record.getField(0).strip().equalsIgnoreCase("location")) {
                    rows.add(row((int) record.getStartingLineNumber(), record.getFields()));
                }
            }
        } catch (CsvParseException _) {
            faults.add(new MeasureFault(1, Code.NOT_CSV, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows.isEmpty() && faults.isEmpty()) {
            faults.add(new MeasureFault(1, Code.NOTHING, ""));
        }
        var checked = check.check(rows);
        faults.addAll(0, checked.faults());
        return new MeasureCheck.Checked(
                checked.measures(), faults.stream().limit(MOST_FAULTS).toList());
    }

    private static Row row(int line, List<String> cells) {
        var named = new HashMap<String, String>();
        for (var i = 0; i < Math.min(cells.size(), MeasureCheck.COLUMNS.size()); i++) {
            named.put(MeasureCheck.COLUMNS.get(i), cells.get(i));
        }
        return new Row(line, cells.size() == MeasureCheck.COLUMNS.size(), named);
    }

    private static char separator(String text) {
        return text.lines().findFirst().orElse("").indexOf(';') < 0 ? ',' : ';';
    }
}
