package org.espace.ledger;

import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;

/**
 * Where an amount is kept, as a path.
 *
 * @param location whose account it is; null for the vendor's own
 */
public record Account(String path, @Nullable LocationId location) {

    /** What the vendor's incentives have cost. */
    public static final Account INCENTIVE_EXPENSE = new Account("vendor:incentive-expense", null);

    /** Rebate that a location has earned and not yet been paid. */
    public static Account rebateAccrued(LocationId location, String program) {
        return new Account("partner:%s:%s:rebate:accrued".formatted(location, program), location);
    }

    /** Co-op that a location has earned and may claim. */
    public static Account coopFund(LocationId location, String program) {
        return new Account("partner:%s:%s:coop:fund".formatted(location, program), location);
    }
}
