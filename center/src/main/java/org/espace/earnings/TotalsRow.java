package org.espace.earnings;

import java.math.BigDecimal;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What became of all that one location sold in one month, under one program, in one currency: received is eligible,
 * ineligible, pending and refused together. What was earned stands in the row of the program's own currency, and so does
 * what adjustments that were approved add to it: the two together are what the ledger was given.
 *
 * @param location the number by which feeds name it; null when a refused row's could not be read
 * @param program null when the location had joined none, or the rows were refused
 */
public record TotalsRow(
        @Nullable String location,
        @Nullable String program,
        @Nullable YearMonth month,
        @Nullable String currency,
        BigDecimal eligible,
        BigDecimal ineligible,
        BigDecimal pending,
        BigDecimal refused,
        BigDecimal earned,
        BigDecimal rebate,
        BigDecimal adjusted) {

    public BigDecimal received() {
        return eligible.add(ineligible).add(pending).add(refused);
    }

    public BigDecimal coop() {
        return earned.subtract(rebate);
    }
}
