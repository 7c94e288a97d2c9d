package org.espace.partners;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An indirect reseller's location buys through an indirect provider's. Half-open: {@code until} is the first day that no
 * longer counts.
 */
public record Tie(
        int id,
        Side reseller,
        Side provider,
        LocalDate since,
        @Nullable LocalDate until) {

    /** All that the other side learns of a location. */
    public record Side(PartnerId partner, LocationId location, String name, String number, String country) {}

    public Side other(PartnerId partner) {
        return reseller.partner().equals(partner) ? provider : reseller;
    }
}
