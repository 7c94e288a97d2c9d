package org.espace.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.espace.partners.LocationId;

/** A number that somebody has brought about a location; it holds from its day on, until a later day has another. */
public record Measure(LocationId location, String code, LocalDate day, BigDecimal value) {

    record Key(LocationId location, String code, LocalDate day) {}

    Key key() {
        return new Key(location, code, day);
    }
}
