package org.espace.earnings;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.espace.money.Money;

/**
 * A month whose statement never changes again.
 *
 * @param lines how many earning lines stand in its statement
 * @param sha256 of these lines, in their canonical form and order
 */
public record ClosedPeriod(
        YearMonth month, Instant closedAt, String closedBy, long lines, String sha256, List<Total> totals) {

    /** What the statement comes to in one currency. */
    public record Total(Money amount, Money rebate, long lines) {

        public Money coop() {
            return amount.minus(rebate);
        }

        Total plus(Total other) {
            return new Total(amount.plus(other.amount), rebate.plus(other.rebate), lines + other.lines);
        }
    }
}
