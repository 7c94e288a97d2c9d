package org.espace.earnings;

import java.time.LocalDate;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: what one sale earned under one lever, or why it earned nothing.
 *
 * @param id names the line in a URL: location, posting sequence, program and lever, joined by dashes
 * @param lever null when no lever selected the sale
 * @param reason a code such as EARNED, TIER_REACHED, CAP_REACHED, NOT_ENROLLED, or the feed's own status code
 * @param basis the amount that the rate was applied to, in the program's currency
 * @param booking when and why it was written; null for a line that sums several up, and in lists
 * @param correction whether the line changes an earlier one, and by how much, rather than standing for itself
 */
public record EarningLine(
        String id,
        LocationId location,
        LocalDate day,
        @Nullable String customer,
        String product,
        @Nullable String program,
        @Nullable String version,
        @Nullable String lever,
        String reason,
        Money basis,
        Money amount,
        Money rebate,
        Money coop,
        boolean correction,
        @Nullable Booking booking) {

    EarningLine booked(Booking booking) {
        return new EarningLine(
                id,
                location,
                day,
                customer,
                product,
                program,
                version,
                lever,
                reason,
                basis,
                amount,
                rebate,
                coop,
                correction,
                booking);
    }
}
