package org.espace.earnings;

import java.time.YearMonth;
import java.util.List;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * What was booked for a partner in one month: what it earned in it, and what became known in it about earlier ones.
 *
 * @param closed null while the month is open, and the statement may still grow
 */
public record Statement(
        PartnerId partner,
        YearMonth month,
        @Nullable ClosedPeriod closed,
        List<Part> parts,
        List<Adjustment> adjustments) {

    /** @param appliesTo the month that was earned in */
    public record Part(
            LocationId location, String program, YearMonth appliesTo, Money amount, Money rebate, long lines) {

        public Money coop() {
            return amount.minus(rebate);
        }
    }
}
