package org.espace.terms;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What may be wrong with a text so that it is no terms. Each has words of its own, for a log or for whoever has no others;
 * what stands in braces is named by the arguments.
 */
public enum Wrong {
    // The text.
    EMPTY_TEXT("there is nothing in the text"),
    NOT_YAML("not YAML: look for indentation, brackets or quotes that do not fit"),
    DUPLICATE_KEY("not YAML: a key stands twice in one place"),
    NESTED_TOO_DEEPLY("not YAML: it is nested too deeply"),
    TEXT_NO_SECTION("the text must be a list of keys and values"),
    NO_SECTION("{key} must be a list of keys and values"),
    KEY_NO_WORD("a key must be a word"),
    MISSING("{key} is missing"),
    UNKNOWN_KEY("{key} is not known here; known are {known}"),
    NO_VALUE("{key} must be a value"),
    NAMES_NOTHING("{key} names nothing"),
    TWICE("{value} stands twice"),
    // Values.
    NOT_READABLE("{value} cannot be read"),
    TOO_FINE("{value} has more decimals than are kept"),
    NO_DAY("{value} is no day such as 2021-10-01"),
    NO_NUMBER("{value} is no number such as 93750 or 2.5"),
    UNKNOWN_WORD("{value} is not known; known are {known}"),
    UNKNOWN_VALUE("{value} is not known"),
    WRITE_CODE("write 2 to 60 small letters, digits and hyphens"),
    TOO_LONG("write at most {most} characters"),
    WRITE_TWO_DAYS("write two days as 2021-10-01/2022-10-01"),
    ENDS_BEFORE_IT_BEGINS("a period must begin before it ends"),
    NO_CURRENCY("{value} is no ISO 4217 currency"),
    WRITE_AMOUNT("write an amount as “10000 {currency}”"),
    OTHER_CURRENCY("{value} is not the program’s currency, {currency}"),
    AMOUNT_BELOW_ZERO("an amount must not be below zero"),
    AMOUNT_NOT_ABOVE_ZERO("an amount must be above zero"),
    WRITE_SHARE("write a share as 3.75%"),
    RATE_BELOW_ZERO("a rate must not be below zero"),
    SHARE_TOO_LARGE("{value} is not between 0% and 100%"),
    SHARE_NOT_ABOVE_ZERO("a share must be above zero"),
    QUANTITY_BELOW_ZERO("a quantity must not be below zero"),
    NUMBER_NOT_ABOVE_ZERO("a number must be above zero"),
    WRITE_DAYS("write a number of days, 1 to {most}"),
    WRITE_MONTHS("write a number of months, 1 to {most}, as “12 months”"),
    // The program.
    FISCAL_YEAR_START("a fiscal year starts on the first day of a month"),
    COUNTS_FROM("write day or first-of-month"),
    SPLIT("split: {rebate} and {coop} are not 100%"),
    REQUIREMENT_KIND("a requirement names one of agreement, competency, specialization and co-sell"),
    NO_LEVELS("{kind} has no levels"),
    CONDITION_KIND("a condition names one of {known}"),
    TWO_CONDITIONS("any-of needs two conditions or more"),
    ANY_OF_WITHIN("any-of does not stand within any-of"),
    FIRST_SALE_TRUE("write “first-sale: true”"),
    NO_MARKET("there is no market {market}"),
    MARKET_UNUSED("no lever is for market {market}"),
    HOW_MANY_LEVERS("levers: 1 to {most} are needed"),
    LEVER_TWICE("lever {lever} stands twice"),
    ID_TWICE("{id} stands twice"),
    NO_LEVER("there is no lever {lever}"),
    NAMES_ITSELF("a lever does not name itself"),
    STACKS_AND_YIELDS("it cannot both stack on and yield to {lever}"),
    // Which sales.
    OF_MISSING("of is missing: name what the lever is for, or write “of: all”"),
    OF_ALL("write “all”, or name attributes"),
    OF_NOTHING("{key} names nothing: write “{key}: all” for every sale"),
    EITHER("write either {one} or {other}"),
    CUSTOMER_AGE("write either new-for or older-than, as “12 months”, or what customers are without"),
    WITHOUT_COMPARES_NOTHING("customers.without does not go with {key}: leave one of them out"),
    WITHOUT_SUMS("customers.without is asked of whole months: write per customer or partner, and a period"),
    WITHOUT_READS_BOTH("with customers.without, only revenue or only a quantity decides what is paid"),
    // What is added up.
    ONE_BASIS("write at most one of growth, high-water, customer-add and higher-of"),
    BASELINE("a baseline is written for growth over fixed, and for no other"),
    ANNUALIZED("write how many months’ bills the first one stands for, as 12"),
    ANNUALIZED_OR_MONTHS("write either annualized: 12 or months: 12 months"),
    TWO_UNITS("higher-of names two units, as [desktops, users]"),
    CUSTOMER_ADD_SCOPE("customer-add is always per customer over all of the terms: leave out per and period"),
    LINE_HAS_NO_PERIOD("a line by itself has no period"),
    PER_MISSING("per is missing: say what is added up, or write “per: line”"),
    NO_TERM_BEFORE("there is no term before the terms to grow over"),
    FIXED_IS_REVENUE("growth over a fixed amount is measured in revenue"),
    HIGH_WATER_COUNTS("high-water counts a quantity: nothing pays on revenue"),
    CUSTOMER_ADD_COUNTS("customer-add counts revenue: nothing pays per unit"),
    HIGHER_OF_SUMS("higher-of compares sums: write per and period"),
    HIGHER_OF_COUNTS("higher-of counts a quantity: nothing pays on revenue"),
    HIGHER_OF_UNIT("higher-of says which units count: leave unit out of “of”"),
    FINER_THAN_A_CUSTOMER("{key} compares periods of a customer or a partner: write per and period"),
    // What is paid.
    ONE_FORMULA("write exactly one of rate, per-unit, fixed, tiers, smallest-of and largest-of, to say what is paid"),
    FORMULAS_TOO_DEEP("formulas are nested too deeply"),
    TWO_FORMULAS("{key} needs two formulas or more"),
    TIERS_KIND("write marginal or retroactive"),
    NO_STEPS("tiers need steps"),
    STEP_PAYS("a step pays exactly one of rate, per-unit and fixed"),
    STEP_NOT_RISING("a step must begin above the step before it"),
    STEP_PAYS_NO("marginal tiers measured in {measure} pay no {key}"),
    // Bounds.
    LIMIT_ADDS_LESS("a {limit} must add up at least what the lever, or the limit before it, adds up together"),
    ONE_LIMIT("one scope has one {limit}"),
    FLOOR_ABOVE_CAP("a floor above the cap leaves nothing to earn"),
    CEILING_MOST("a ceiling has exactly one of amount, rate and plan"),
    PLAN_TRUE("write “plan: true”, or an amount or a rate"),
    PLAN_SCOPE("a plan has its own location and days: leave out per and period"),
    CEILING_ADDS_LESS("a ceiling must add up at least what lever {lever} and its limits add up together"),
    CEILINGS_OVERLAP(
            "ceilings {one} and {other} share levers, so one must count all of the other’s, and add up at least what that adds up");

    private final String pattern;

    Wrong(String pattern) {
        this.pattern = pattern;
    }

    public String pattern() {
        return pattern;
    }

    String text(Map<String, Object> arguments) {
        var text = pattern;
        for (var argument : arguments.entrySet()) {
            text = text.replace("{" + argument.getKey() + "}", readable(argument.getValue()));
        }
        return text;
    }

    private static String readable(Object value) {
        return value instanceof Collection<?> all
                ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
