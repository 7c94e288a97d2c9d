package org.espace.earnings;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.espace.engine.Step;
import org.espace.money.Money;
import org.espace.terms.Names;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Why a line came to its amount.
 *
 * @param line what stands now: the sum of all that was ever written about it
 * @param sale what was sold, as it arrived
 * @param rule the promise behind it; null when no version of a program was in force
 * @param steps the calculation; empty when no lever selected the sale
 * @param history every line of the journal about it, oldest first; more than one when it was corrected
 */
public record LineExplained(
        EarningLine line, Sale sale, @Nullable Rule rule, List<Step> steps, List<EarningLine> history) {

    /**
     * @param amount exact; it may be finer than the currency's minor unit
     * @param load the load that brought it
     * @param row its row in the file, from 1
     */
    public record Sale(
            String lineId,
            LocalDate day,
            @Nullable String customer,
            String product,
            BigDecimal quantity,
            BigDecimal amount,
            String currency,
            int load,
            long row,
            boolean correction) {}

    /**
     * @param lever null when none selected the sale
     */
    public record Rule(
            String program,
            Names name,
            String version,
            @Nullable Lever lever) {}

    /** A lever, or a ceiling over several. */
    public record Lever(String id, Names name) {

        /** @param number as earning lines carry it: levers count from 1, and ceilings on from the last one */
        static Lever of(Terms terms, int number) {
            var levers = terms.levers();
            if (number > levers.size()) {
                var ceiling = terms.ceilings().get(number - levers.size() - 1);
                return new Lever(ceiling.id(), ceiling.name());
            }
            var lever = levers.get(number - 1);
            return new Lever(lever.id(), lever.name());
        }
    }

    /**
     * How the sale's currency was converted, as a step of its own.
     *
     * @param from units of the sale's currency for one euro
     * @param to units of the program's currency for one euro
     */
    static Step converted(
            BigDecimal amount, String currency, LocalDate published, BigDecimal from, BigDecimal to, Money result) {
        return new Step(
                "CONVERTED",
                Map.of(
                        "amount", amount,
                        "currency", currency,
                        "published", published,
                        "from", from,
                        "to", to,
                        "result", result));
    }
}
