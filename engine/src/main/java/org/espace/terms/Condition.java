package org.espace.terms;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.espace.money.Money;

/**
 * What a location must meet to join a program. A {@link Requirement} is also looked at on the day of each sale; the others
 * decide who may join and stay, and no sale.
 */
public sealed interface Condition extends Serializable
        permits Requirement,
                Condition.OpenTo,
                Condition.Designation,
                Condition.Points,
                Condition.AnyOf,
                Condition.FirstSale,
                Condition.ActivelyReselling,
                Condition.TrailingRevenue,
                Condition.Measure {

    /**
     * What terms say under {@code open-to}.
     *
     * @param partnerTypes empty means all
     * @param countries of the location, as ISO 3166-1 alpha-2; empty means all
     */
    record OpenTo(Set<String> partnerTypes, Set<String> countries) implements Condition {}

    /** @param anyOf one of these designations is enough */
    record Designation(Set<String> anyOf) implements Condition {}

    /** A capability score in one solution area. */
    record Points(String area, BigDecimal atLeast) implements Condition {
        public Points {
            atLeast = plain(atLeast);
        }
    }

    /** @param conditions two or more, none of them a choice itself */
    record AnyOf(List<Condition> conditions) implements Condition {}

    /** Something has been sold, once. */
    record FirstSale() implements Condition {}

    /** Something has been sold in the last days, the day of the question included. */
    record ActivelyReselling(int days) implements Condition {}

    /**
     * What was invoiced in the last days, the day of the question included.
     *
     * @param atLeast in any currency; sales in others are converted with the last rate published on or before their day
     * @param onceMetStays whether it is enough for staying that it was met on some day; who has never met it must leave
     */
    record TrailingRevenue(int days, Money atLeast, Of of, boolean onceMetStays) implements Condition {}

    /** A number that a feed or an operator brings. */
    record Measure(String code, BigDecimal atLeast) implements Condition {
        public Measure {
            atLeast = plain(atLeast);
        }
    }

    /** Whose sales count. */
    enum Of {
        LOCATION,
        PARTNER
    }

    /** As terms write it canonically, on one line: two conditions ask the same if and only if they are written the same. */
    static String written(Condition condition) {
        return CanonicalTerms.onOneLine(TermsTree.condition(condition));
    }

    /** Reads what {@link #written} wrote. */
    static Condition read(String written) {
        return Conditions.read(written);
    }

    private static BigDecimal plain(BigDecimal number) {
        return new BigDecimal(number.stripTrailingZeros().toPlainString());
    }
}
