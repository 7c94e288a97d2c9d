package org.espace.earnings;

import java.time.LocalDate;
import java.time.YearMonth;
import org.espace.customers.CustomerId;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * Which of a partner's earnings to look at, within what is visible: a part that is null leaves that side open.
 *
 * @param asKnown the day at whose end they were known; null for now
 */
public record EarningsFilter(
        Visible visible,
        @Nullable LocationId location,
        @Nullable String program,
        @Nullable String lever,
        @Nullable YearMonth month,
        @Nullable CustomerId customer,
        @Nullable LocalDate asKnown) {

    /** As known now. */
    public EarningsFilter(
            Visible visible,
            @Nullable LocationId location,
            @Nullable String program,
            @Nullable String lever,
            @Nullable YearMonth month,
            @Nullable CustomerId customer) {
        this(visible, location, program, lever, month, customer, null);
    }

    public static EarningsFilter all(Visible visible) {
        return new EarningsFilter(visible, null, null, null, null, null);
    }

    public static EarningsFilter all(PartnerId partner) {
        return all(Visible.all(partner));
    }

    public PartnerId partner() {
        return visible.partner();
    }

    /** Whether all that is visible at its locations fits, as it is known now. */
    boolean isOpen() {
        return visible.isEverything()
                && program == null
                && lever == null
                && month == null
                && customer == null
                && asKnown == null;
    }

    EarningsFilter ofAllMonths() {
        return new EarningsFilter(visible, location, program, lever, null, customer, asKnown);
    }

    /** The same, as it was known at the end of the day. */
    public EarningsFilter asKnownOn(LocalDate day) {
        return new EarningsFilter(visible, location, program, lever, month, customer, day);
    }
}
