package org.espace.earnings;

import java.time.YearMonth;
import org.espace.money.Money;
import org.espace.partners.LocationId;

/**
 * What a location has earned under a program in one month, as it stands and as it would stand.
 *
 * @param program its code
 * @param month that the earnings apply to
 */
public record Difference(
        LocationId location,
        String program,
        YearMonth month,
        Money before,
        Money after,
        Money rebateBefore,
        Money rebateAfter) {

    public Money amount() {
        return after.minus(before);
    }

    public Money rebate() {
        return rebateAfter.minus(rebateBefore);
    }

    public Money coop() {
        return amount().minus(rebate());
    }

    boolean isNothing() {
        return amount().isZero() && rebate().isZero();
    }
}
