package org.espace.eligibility;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.access.PeopleFile.Row;
import org.espace.eligibility.MeasureFault.Code;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;

/** Reads rows of location, code, day and value as numbers about locations, or says what is wrong with each. */
@Component
class MeasureCheck {

    static final List<String> COLUMNS = List.of("location", "code", "day", "value");

    private static final Set<String> NEEDED = Set.copyOf(COLUMNS);
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Partners partners;

    MeasureCheck(Partners partners) {
        this.partners = partners;
    }

    /** The rows that can be taken, and what is wrong with the others. */
    record Checked(List<Measure> measures, List<MeasureFault> faults) {}

    Checked check(List<Row> rows) {
        var places = partners.locations().stream().collect(toMap(Location::number, Location::id));
        var measures = new ArrayList<Measure>();
        var faults = new ArrayList<MeasureFault>();
        rows.forEach(row -> check(row, places, measures, faults));
        return new Checked(List.copyOf(measures), List.copyOf(faults));
    }

    private static void check(
            Row row, Map<String, LocationId> places, List<Measure> measures, List<MeasureFault> faults) {
        if (!row.complete() || !NEEDED.containsAll(row.cells().keySet())) {
            faults.add(new MeasureFault(row.number(), Code.WRONG_WIDTH, ""));
            return;
        }
        var place = places.get(row.cell("location"));
        var code = row.cell("code");
        var value = row.cell("value");
        if (place == null) {
            faults.add(new MeasureFault(row.number(), Code.UNKNOWN_LOCATION, row.cell("location")));
        } else if (!code.matches("[a-z][a-z0-9-]{1,59}")) {
            faults.add(new MeasureFault(row.number(), Code.NO_CODE, code));
        } else if (!value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            faults.add(new MeasureFault(row.number(), Code.NO_NUMBER, value));
        } else {
            try {
                measures.add(new Measure(place, code, day(row.cell("day")), new BigDecimal(value)));
            } catch (DateTimeException _) {
                faults.add(new MeasureFault(row.number(), Code.NO_DAY, row.cell("day")));
            }
        }
    }

    /** Databases know days far beyond these, which are none that anybody means. */
    private static LocalDate day(String text) {
        var day = LocalDate.parse(text);
        if (day.isBefore(FIRST) || day.isAfter(LAST)) {
            throw new DateTimeException(text);
        }
        return day;
    }
}
