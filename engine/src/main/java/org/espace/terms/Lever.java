package org.espace.terms;

import java.util.List;
import org.espace.money.Money;
import org.espace.money.Rate;

/**
 * One calculation rule of a program.
 *
 * @param caps applied one after the other, each on what the one before has left
 */
public record Lever(String id, Names name, Selection of, Formula formula, List<Cap> caps) {

    /** How an eligible sale becomes an amount. */
    public sealed interface Formula {}

    /** A share of the revenue of each line. */
    public record Flat(Rate rate) implements Formula {}

    /** An amount for each unit sold. */
    public record PerUnit(Money amount) implements Formula {}

    /** Each step's rate is paid on the part of the revenue that lies in the step. */
    public record Marginal(Scope scope, List<Step> steps) implements Formula {}

    /** The rate of the highest step reached is paid on all of the revenue in the scope. */
    public record Retroactive(Measure measure, Scope scope, List<Step> steps) implements Formula {}

    /**
     * @param from where the step begins, itself included: minor units for revenue, millionths for quantity
     */
    public record Step(long from, Rate rate) {}

    /** The most that may be earned within a scope. */
    public record Cap(Scope scope, Money amount) {}

    public enum Measure {
        REVENUE,
        QUANTITY
    }

    /** What is added up together before a step or a cap is looked at. */
    public record Scope(Per per, Span span) {

        /** Whether everything that the other scope adds up falls into a single sum of this one. */
        boolean holds(Scope other) {
            return per.compareTo(other.per) >= 0 && span.holds(other.span);
        }
    }

    /** From the finest to the coarsest. */
    public enum Per {
        CUSTOMER,
        PARTNER
    }

    public enum Span {
        MONTH,
        QUARTER,
        HALF_YEAR,
        YEAR,
        FISCAL_YEAR,
        TERM;

        /** A calendar year and a fiscal quarter or half may overlap in part, so neither holds the other. */
        boolean holds(Span other) {
            return switch (this) {
                case MONTH, QUARTER, HALF_YEAR, FISCAL_YEAR -> other.compareTo(this) <= 0 && other != YEAR;
                case YEAR -> other == MONTH || other == YEAR;
                case TERM -> true;
            };
        }
    }
}
