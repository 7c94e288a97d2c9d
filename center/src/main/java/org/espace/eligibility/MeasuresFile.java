package org.espace.eligibility;

import static java.util.stream.Collectors.toMap;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;

/**
 * Reads numbers about locations from CSV: location, code, day, value; separated by commas or semicolons, with or without
 * this head. At most {@value #MOST} rows.
 */
@Component
public class MeasuresFile {

    private static final int MOST = 100_000;
    private static final int MOST_FAULTS = 50;

    private final Partners partners;

    MeasuresFile(Partners partners) {
        this.partners = partners;
    }

    /**
     * @param code completes the message key {@code measures.fault}
     * @param value as much of it as tells what is meant
     */
    public record Fault(int line, String code, String value) {

        private static final int LONGEST = 100;

        public Fault {
            value = value.substring(0, Math.min(value.length(), LONGEST));
        }
    }

    record Read(List<Measure> measures, List<Fault> faults) {}

    Read read(String text) {
        var places = partners.locations().stream().collect(toMap(Location::number, Location::id));
        var measures = new ArrayList<Measure>();
        var faults = new ArrayList<Fault>();
        try (var rows = CsvReader.builder()
                .fieldSeparator(separator(text))
                .allowUnclosedQuote(false)
                .skipEmptyLines(true)
                .ofCsvRecord(text.replace("\ufeff", ""))) {
            var read = 0;
            for (var row : rows) {
                if (++read > MOST) {
                    faults.add(new Fault((int) row.getStartingLineNumber(), "too-many", Integer.toString(MOST)));
                }
                if (read > MOST || faults.size() == MOST_FAULTS) {
                    break;
                }
                if (read > 1 || !row.getField(0).strip().equalsIgnoreCase("location")) {
                    read((int) row.getStartingLineNumber(), row.getFields(), places, measures, faults);
                }
            }
        } catch (CsvParseException e) {
            faults.add(new Fault(1, "not-csv", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (measures.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(1, "nothing", ""));
        }
        return new Read(measures, faults);
    }

    private static char separator(String text) {
        return text.lines().findFirst().orElse("").indexOf(';') < 0 ? ',' : ';';
    }

    private static void read(
            int line, List<String> cells, Map<String, LocationId> places, List<Measure> measures, List<Fault> faults) {
        if (cells.size() != 4) {
            faults.add(new Fault(line, "cells", ""));
            return;
        }
        var place = places.get(cells.get(0).strip());
        var code = cells.get(1).strip();
        var value = cells.get(3).strip();
        if (place == null) {
            faults.add(new Fault(line, "location", cells.get(0).strip()));
        } else if (!code.matches("[a-z][a-z0-9-]{1,59}")) {
            faults.add(new Fault(line, "code", code));
        } else if (!value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            faults.add(new Fault(line, "value", value));
        } else {
            try {
                measures.add(
                        new Measure(place, code, LocalDate.parse(cells.get(2).strip()), new BigDecimal(value)));
            } catch (DateTimeException e) {
                faults.add(new Fault(line, "day", cells.get(2).strip()));
            }
        }
    }
}
