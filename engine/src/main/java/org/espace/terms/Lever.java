package org.espace.terms;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.jspecify.annotations.Nullable;

/**
 * One calculation rule of a program. All that a group of sales earns is a function of the group's sums: the limits, of
 * the formula, of the basis. A sale is credited with the difference that it makes, so that the total of a group never
 * depends on the order in which its sales arrive.
 *
 * @param trigger what must have happened to a sale before it earns
 * @param customerAge null when it does not matter how long the customer has been one
 * @param without null when it does not matter what the customer has bought before
 * @param requires what the location must hold on the day of the sale, beyond what the program requires
 * @param basis how the sums of a group become the revenue and the quantity that the formula is applied to
 * @param scope what is added up together
 * @param limits applied one after the other, each on what the one before has left
 * @param stacksOn levers that must select the sale, too
 * @param yieldsTo levers that take a sale away from this one when they select it
 * @param split null when the program's own applies
 */
public record Lever(
        String id,
        Names name,
        Selection of,
        Trigger trigger,
        @Nullable CustomerAge customerAge,
        @Nullable Without without,
        List<Requirement> requires,
        Basis basis,
        Scope scope,
        Formula formula,
        List<Limit> limits,
        Set<String> stacksOn,
        Set<String> yieldsTo,
        Terms.@Nullable Split split)
        implements Serializable {

    /** What must have happened before a sale earns. */
    public enum Trigger {
        /** The sale was invoiced, whether it was paid for or not. */
        INVOICED,
        /** The customer has paid: until then the sale is pending. */
        PAID,
        /** What was sold was used: only lines of consumption count. */
        CONSUMED
    }

    /**
     * @param fresh whether customers count that have been one for less than so many months, or the others
     * @param months counted from the day since when the customer is one; an unknown day makes it an old customer
     */
    public record CustomerAge(boolean fresh, int months) implements Serializable {}

    /**
     * That the location has sold the customer nothing that is selected in so many calendar months before the month of the
     * sale. A month in which as much came back as was sold is one without.
     *
     * @param askedOf the attributes of the sales that it is asked of, while all others count anyhow; empty asks it of all
     */
    public record Without(Selection bought, int months, Map<Selection.Attribute, Set<String>> askedOf)
            implements Serializable {}

    /** How sums become the revenue and the quantity that are paid for. */
    public sealed interface Basis extends Serializable {}

    /** Everything that was added up in the scope. */
    public record Added() implements Basis {}

    /**
     * What the scope's period has more than the period that it is measured against. At or below zero it is nothing, and
     * nothing is clawed back.
     *
     * @param fixed the baseline for {@link Over#FIXED}: null otherwise
     */
    public record Growth(Over over, @Nullable Money fixed) implements Basis {}

    /** What a period is measured against. */
    public enum Over {
        PREVIOUS_PERIOD,
        SAME_PERIOD_LAST_YEAR,
        FIXED
    }

    /**
     * The quantity by which the highest month of the scope's period exceeds the highest month before it.
     *
     * @param lookBack how many months before the terms became effective are looked at
     * @param atLeast millionths of a unit that must be exceeded, or nothing counts
     */
    public record HighWater(int lookBack, long atLeast) implements Basis {}

    /**
     * What a customer is worth from the first month on in which it was billed for the threshold or more, if it was below
     * in every month of the look-back before the terms became effective. {@code revenue} of the formula is the first
     * month's bill times {@code annualized}, plus what later months' bills exceed all before them by; or, where {@code
     * months} is above 0, the bills of so many months from the first on.
     */
    public record CustomerAdd(Money threshold, int lookBack, int annualized, int months) implements Basis {}

    /** The larger of two quantities: of the lines that count the one unit, and of those that count the other. */
    public record HigherOf(String unit, String other) implements Basis {}

    /** How the revenue and the quantity of a group become an amount. */
    public sealed interface Formula extends Serializable {}

    /** A share of the revenue. */
    public record Flat(Rate rate) implements Formula {}

    /** An amount for each unit. */
    public record PerUnit(Money amount) implements Formula {}

    /** One amount, as soon as there is a quantity above zero. */
    public record Fixed(Money amount) implements Formula {}

    /** Each step pays for the part of the measure that lies in it; a {@link Fixed} step pays once it is reached. */
    public record Marginal(Measure measure, List<Step> steps) implements Formula {}

    /** The highest step reached pays for all of the revenue or quantity. */
    public record Retroactive(Measure measure, List<Step> steps) implements Formula {}

    /** The least of what the parts come to. */
    public record Smallest(List<Formula> parts) implements Formula {}

    /** The most of what the parts come to. */
    public record Largest(List<Formula> parts) implements Formula {}

    /**
     * @param from where the step begins, itself included: minor units for revenue, millionths for quantity
     * @param pays {@link Flat}, {@link PerUnit} or {@link Fixed}
     */
    public record Step(long from, Formula pays) implements Serializable {}

    public enum Measure {
        REVENUE,
        QUANTITY
    }

    /** What keeps the sum of a scope within bounds. */
    public sealed interface Limit extends Serializable {
        Scope scope();

        Money amount();
    }

    /** The most that may be earned within a scope. */
    public record Cap(Scope scope, Money amount) implements Limit {}

    /** What must be earned within a scope, or all of it is forfeited. */
    public record Floor(Scope scope, Money amount) implements Limit {}

    /** What is added up together. */
    public record Scope(Per per, Span span) implements Serializable {

        /** Each line by itself. */
        public static final Scope LINE = new Scope(Per.LINE, Span.TERM);

        /** Whether everything that the other scope adds up falls into a single sum of this one. */
        public boolean holds(Scope other) {
            return other.per == Per.LINE || (per.compareTo(other.per) >= 0 && span.holds(other.span));
        }
    }

    /** From the finest to the coarsest. An order is one customer's. */
    public enum Per {
        LINE,
        ORDER,
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
