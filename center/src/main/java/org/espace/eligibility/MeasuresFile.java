package org.espace.eligibility;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;

/**
 * Reads numbers about locations from CSV: location, code, day, value; without quotes, separated by commas or semicolons,
 * with or without this head. At most {@value #MOST} rows of at most {@value #LONGEST} characters.
 */
@Component
public class MeasuresFile {

    private static final int MOST = 100_000;
    private static final int LONGEST = 300;
    private static final int MOST_FAULTS = 50;

    private final Partners partners;

    MeasuresFile(Partners partners) {
        this.partners = partners;
    }

    /** @param code completes the message key {@code measures.fault} */
    public record Fault(int line, String code, String value) {}

    record Read(List<Measure> measures, List<Fault> faults) {}

    Read read(String text) {
        var places = partners.locations().stream().collect(toMap(Location::number, Location::id));
        var measures = new ArrayList<Measure>();
        var faults = new ArrayList<Fault>();
        var lines = text.replace("\ufeff", "").lines().toList();
        for (var i = 0; i < lines.size() && faults.size() < MOST_FAULTS; i++) {
            var line = lines.get(i).strip();
            if (i >= MOST) {
                faults.add(new Fault(i + 1, "too-many", Integer.toString(MOST)));
                break;
            }
            if (!line.isEmpty() && !(i == 0 && line.toLowerCase(Locale.ROOT).startsWith("location"))) {
                read(i + 1, line, places, measures, faults);
            }
        }
        if (measures.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(1, "nothing", ""));
        }
        return new Read(measures, faults);
    }

    private static void read(
            int line, String text, Map<String, LocationId> places, List<Measure> measures, List<Fault> faults) {
        var cells = text.length() > LONGEST ? new String[0] : text.split("[,;]", -1);
        if (cells.length != 4) {
            faults.add(new Fault(line, "cells", ""));
            return;
        }
        var place = places.get(cells[0].strip());
        var code = cells[1].strip();
        var value = cells[3].strip();
        if (place == null) {
            faults.add(new Fault(line, "location", cells[0].strip()));
        } else if (!code.matches("[a-z][a-z0-9-]{1,59}")) {
            faults.add(new Fault(line, "code", code));
        } else if (!value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            faults.add(new Fault(line, "value", value));
        } else {
            try {
                measures.add(new Measure(place, code, LocalDate.parse(cells[2].strip()), new BigDecimal(value)));
            } catch (DateTimeException e) {
                faults.add(new Fault(line, "day", cells[2].strip()));
            }
        }
    }
}
