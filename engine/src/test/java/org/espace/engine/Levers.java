package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** A lever, built up by what it has: everything, each line by itself, invoiced, without bounds, unless said otherwise. */
final class Levers {

    private final String id;
    private final Lever.Formula formula;
    private final Map<Attribute, Set<String>> only = new EnumMap<>(Attribute.class);
    private final List<Map<Attribute, Set<String>>> except = new ArrayList<>();
    private final List<Requirement> requires = new ArrayList<>();
    private final List<Lever.Limit> limits = new ArrayList<>();
    private Lever.Trigger trigger = Lever.Trigger.INVOICED;
    private Lever.@Nullable CustomerAge age;
    private Lever.@Nullable Without without;
    private Lever.Basis basis = new Lever.Added();
    private Lever.Scope scope = Lever.Scope.LINE;
    private Set<String> stacksOn = Set.of();
    private Set<String> yieldsTo = Set.of();
    private Terms.@Nullable Split split;

    private Levers(String id, Lever.Formula formula) {
        this.id = id;
        this.formula = formula;
    }

    static Levers lever(String id, Lever.Formula formula) {
        return new Levers(id, formula);
    }

    static Lever.Formula flat(String rate) {
        return new Lever.Flat(Rate.percent(rate));
    }

    static Lever.Formula perUnit(String amount) {
        return new Lever.PerUnit(usd(amount));
    }

    static Lever.Formula fixed(String amount) {
        return new Lever.Fixed(usd(amount));
    }

    static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    /** @param from US dollars for revenue, units for quantity */
    static Lever.Step step(Lever.Measure measure, String from, Lever.Formula pays) {
        return new Lever.Step(
                measure == Lever.Measure.REVENUE
                        ? usd(from).minor()
                        : new BigDecimal(from).movePointRight(6).longValueExact(),
                pays);
    }

    static Lever.Formula marginal(Lever.Measure measure, Lever.Step... steps) {
        return new Lever.Marginal(measure, List.of(steps));
    }

    static Lever.Formula retroactive(Lever.Measure measure, Lever.Step... steps) {
        return new Lever.Retroactive(measure, List.of(steps));
    }

    Levers of(Attribute attribute, String... oneOf) {
        only.put(attribute, Set.of(oneOf));
        return this;
    }

    Levers except(Attribute attribute, String... oneOf) {
        except.add(Map.of(attribute, Set.of(oneOf)));
        return this;
    }

    Levers per(Per per, Span span) {
        scope = new Lever.Scope(per, span);
        return this;
    }

    Levers on(Lever.Basis measured) {
        basis = measured;
        return this;
    }

    Levers when(Lever.Trigger happened) {
        trigger = happened;
        return this;
    }

    Levers forCustomers(boolean fresh, int months) {
        age = new Lever.CustomerAge(fresh, months);
        return this;
    }

    /** Asked of all sales. */
    Levers without(Attribute attribute, String bought, int months) {
        return without(attribute, bought, months, Map.of());
    }

    Levers without(Attribute attribute, String bought, int months, Map<Attribute, Set<String>> askedOf) {
        without = new Lever.Without(
                new Selection(Map.of(attribute, Set.of(bought)), List.of()), months, askedOf);
        return this;
    }

    Levers requires(Requirement.Kind kind, String code, @Nullable String level) {
        requires.add(new Requirement(kind, Set.of(code), level));
        return this;
    }

    Levers cap(Per per, Span span, String amount) {
        limits.add(new Lever.Cap(new Lever.Scope(per, span), usd(amount)));
        return this;
    }

    Levers floor(Per per, Span span, String amount) {
        limits.add(new Lever.Floor(new Lever.Scope(per, span), usd(amount)));
        return this;
    }

    Levers stacksOn(String... others) {
        stacksOn = Set.of(others);
        return this;
    }

    Levers yieldsTo(String... others) {
        yieldsTo = Set.of(others);
        return this;
    }

    Levers split(String rebate) {
        split = new Terms.Split(Rate.percent(rebate));
        return this;
    }

    Lever build() {
        return new Lever(
                id,
                new Names(id, id),
                new Selection(only, except),
                trigger,
                age,
                without,
                requires,
                basis,
                scope,
                formula,
                limits,
                stacksOn,
                yieldsTo,
                split);
    }

    /** Terms in US dollars with a split of 60 to 40; the fiscal year starts in July. */
    static Terms terms(String version, String effective, Levers... levers) {
        var days = effective.split("/", -1);
        return new Terms(
                "test-program",
                new Names("Test", "Test"),
                version,
                new Period(LocalDate.parse(days[0]), LocalDate.parse(days[1])),
                Currency.getInstance("USD"),
                MonthDay.of(7, 1),
                Terms.Exchange.MONTHLY,
                Terms.Rounding.HALF_UP,
                Set.of(),
                Set.of(),
                List.of(),
                false,
                new Terms.Split(Rate.percent("60%")),
                "",
                List.of(levers).stream().map(Levers::build).toList(),
                List.of());
    }

    static Terms terms(Levers... levers) {
        return terms("V1", "2026-01-01/2027-01-01", levers);
    }

    static Terms withCeilings(Terms terms, Ceiling... ceilings) {
        return changed(terms, terms.rounding(), terms.requires(), terms.wholeMonths(), List.of(ceilings));
    }

    static Terms rounding(Terms terms, Terms.Rounding rounding) {
        return changed(terms, rounding, terms.requires(), terms.wholeMonths(), terms.ceilings());
    }

    static Terms requiring(Terms terms, boolean wholeMonths, Requirement... requires) {
        return changed(terms, terms.rounding(), List.of(requires), wholeMonths, terms.ceilings());
    }

    private static Terms changed(
            Terms terms,
            Terms.Rounding rounding,
            List<Requirement> requires,
            boolean wholeMonths,
            List<Ceiling> ceilings) {
        return new Terms(
                terms.program(),
                terms.name(),
                terms.version(),
                terms.effective(),
                terms.currency(),
                terms.fiscalYearStarts(),
                terms.exchange(),
                rounding,
                terms.partnerTypes(),
                terms.countries(),
                List.copyOf(requires),
                wholeMonths,
                terms.split(),
                terms.source(),
                terms.levers(),
                ceilings);
    }
}
