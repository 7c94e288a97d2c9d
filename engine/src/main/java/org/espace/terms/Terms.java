package org.espace.terms;

import java.io.Serializable;
import java.time.MonthDay;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.money.Rate;

/**
 * One version of a program: what the vendor promises, from when to when.
 *
 * @param effective the days of sale that this version is for
 * @param currency what earnings are computed and kept in
 * @param fiscalYearStarts the first day of the program's year; quarters and half-years are counted from it too
 * @param partnerTypes the partner types that the program is open to; empty means all
 * @param countries the countries (ISO 3166-1 alpha-2) of the locations that it is open to; empty means all
 * @param conditions what a location must meet to join; some of it also on the day of each sale
 * @param wholeMonths whether an enrollment, or what is required, counts from the first day of its month on
 * @param ceilings what several levers may earn together; their lines are numbered on after the levers
 * @param source where the figures were published; empty when the program is the vendor's own
 */
public record Terms(
        String program,
        Names name,
        String version,
        Period effective,
        Currency currency,
        MonthDay fiscalYearStarts,
        Exchange exchange,
        Rounding rounding,
        Set<String> partnerTypes,
        Set<String> countries,
        List<Condition> conditions,
        boolean wholeMonths,
        Split split,
        String source,
        List<Lever> levers,
        List<Ceiling> ceilings)
        implements Serializable {

    /** All that a location must meet to join, for whom it is open included. */
    public List<Condition> toJoin() {
        var openTo = partnerTypes.isEmpty() && countries.isEmpty()
                ? Stream.<Condition>of()
                : Stream.of(new Condition.OpenTo(partnerTypes, countries));
        return Stream.concat(openTo, conditions.stream()).toList();
    }

    /** Those of the conditions that are looked at on the day of each sale. */
    public List<Requirement> requires() {
        return conditions.stream()
                .flatMap(condition ->
                        condition instanceof Requirement requirement ? Stream.of(requirement) : Stream.of())
                .toList();
    }

    public Lever lever(String id) {
        return levers.stream()
                .filter(lever -> lever.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(program + " " + version + " has no lever " + id));
    }

    /** What becomes of half a minor unit. */
    public enum Rounding {
        /** Away from zero. */
        HALF_UP,
        /** To the even neighbour. */
        HALF_EVEN
    }

    /** Which published rate converts a sale made in another currency. */
    public enum Exchange {
        /** The last one published on or before the day of the sale. */
        DAILY,
        /** The last one published before the first day of the sale's month. */
        MONTHLY
    }

    /** How an earning is shared out: co-op is what rebate leaves. */
    public record Split(Rate rebate) implements Serializable {

        public Rate coop() {
            return new Rate(Rate.ALL.partsPerMillion() - rebate.partsPerMillion());
        }
    }
}
