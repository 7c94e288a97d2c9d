package org.espace.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.espace.partners.LocationId;

/**
 * What a location may earn at most in a program whose ceiling is the plan. Half-open: {@code until} is the first day
 * that no longer counts.
 *
 * @param amount in the program's currency, however that is divided
 */
public record Plan(LocationId location, String program, LocalDate since, LocalDate until, BigDecimal amount) {

    record Key(LocationId location, String program, LocalDate since) {}

    /** What is said from the same day on takes the other's place. */
    Key key() {
        return new Key(location, program, since);
    }

    boolean hasDays() {
        return since.isBefore(until);
    }
}
