package org.espace.engine;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * All terms, compiled against the catalogue, and all locations. Immutable, and shared by threads. It travels as its
 * facts, and is compiled again where it arrives.
 */
public final class Rulebook implements Serializable {

    final Map<Integer, List<Version>> versions = new TreeMap<>();
    final Map<Integer, Facts.Location> locations = new HashMap<>();
    final Facts facts;
    private final int fractionDigits;

    /** @param fractionDigits how many digits finer than a minor unit the amounts of sales are, 0 to 12 */
    public Rulebook(Facts facts, int fractionDigits) {
        this.facts = facts;
        this.fractionDigits = fractionDigits;
        for (var published : facts.terms()) {
            versions.computeIfAbsent(published.program(), _ -> new ArrayList<>())
                    .add(new Version(published, facts, fractionDigits));
        }
        facts.locations().forEach(location -> locations.put(location.id(), location));
    }

    private Object writeReplace() {
        return new Uncompiled(facts, fractionDigits);
    }

    private record Uncompiled(Facts facts, int fractionDigits) implements Serializable {

        private Object readResolve() {
            return new Rulebook(facts, fractionDigits);
        }
    }

    /** One version of a program. */
    static final class Version {

        final short program;
        final short id;
        final Terms terms;
        final int from;
        final int until;
        final int fiscalStart;
        final short currency;
        final long rebateShare;
        final boolean toEven;
        final long fraction;
        final Rule[] rules;
        final Ceiling[] ceilings;

        /** The order in which ceilings apply, and for each one those that count what it has left: places from 0. */
        final int[] ceilingOrder;

        final int[][] outerCeilings;
        final Matrix matrix;

        /** The first day whose sales count for what the version pays: earlier than it is in force, if it looks back. */
        final LocalDate watchFrom;

        private Version(Facts.Published published, Facts facts, int fractionDigits) {
            program = (short) published.program();
            id = (short) published.id();
            terms = published.terms();
            from = (int) terms.effective().from().toEpochDay();
            until = (int) terms.effective().until().toEpochDay();
            fiscalStart = terms.fiscalYearStarts().getMonthValue() - 1;
            currency = (short) terms.currency().getNumericCode();
            rebateShare = terms.split().rebate().partsPerMillion();
            toEven = Arithmetic.toEven(terms.rounding());
            fraction = Math.powExact(10L, fractionDigits);
            rules = new Rule[terms.levers().size()];
            for (var i = 0; i < rules.length; i++) {
                rules[i] = new Rule((short) (i + 1), terms, facts.lineKinds(), fractionDigits);
            }
            ceilings = terms.ceilings().toArray(Ceiling[]::new);
            ceilingOrder = Ceilings.order(terms);
            outerCeilings = new int[ceilings.length][];
            for (var i = 0; i < ceilings.length; i++) {
                outerCeilings[i] = Ceilings.outer(terms, i);
            }
            matrix = new Matrix(terms, rules, facts);
            var first = from;
            for (var rule : rules) {
                first = Math.min(first, rule.watchFrom);
            }
            watchFrom = LocalDate.ofEpochDay(first);
        }

        boolean isOpenTo(Facts.Location location) {
            return (terms.partnerTypes().isEmpty() || terms.partnerTypes().contains(location.type()))
                    && (terms.countries().isEmpty() || terms.countries().contains(location.country()));
        }

        /** Whether it only looks at sales of that day, since it is not in force yet. */
        boolean watches(LocalDate day) {
            return !day.isBefore(watchFrom) && day.isBefore(terms.effective().from());
        }

        boolean looksBack() {
            for (var rule : rules) {
                if (rule.looksBack()) {
                    return true;
                }
            }
            return false;
        }

        int span(Lever.Span span, int month) {
            return Months.span(span, month, fiscalStart);
        }

        /** The number of a ceiling's lines and sums: they go on where those of the levers end. */
        int number(int ceiling) {
            return rules.length + 1 + ceiling;
        }

        /** The span of a ceiling that the month lies in; that of a plan is the plan's own. */
        int span(Ceiling ceiling, Facts.@Nullable Plan plan, int month) {
            return plan == null
                    ? span(ceiling.scope().span(), month)
                    : (int) plan.from().toEpochDay();
        }

        /** The days that such a scope adds up together, as far as the version is in force. */
        Period period(Lever.Scope scope, int month) {
            var effective = terms.effective();
            if (scope.span() == Lever.Span.TERM) {
                return effective;
            }
            var span = span(scope.span(), month);
            var first = Months.firstDay(Months.first(scope.span(), span, fiscalStart));
            var next = Months.firstDay(Months.first(scope.span(), span + 1, fiscalStart));
            return new Period(
                    first.isBefore(effective.from()) ? effective.from() : first,
                    next.isAfter(effective.until()) ? effective.until() : next);
        }

        Facts.@Nullable Plan plan(Facts.Location location, int day) {
            for (var plan : location.plans()) {
                if (plan.program() == program
                        && day >= plan.from().toEpochDay()
                        && day < plan.until().toEpochDay()) {
                    return plan;
                }
            }
            return null;
        }

        /** Where the sums of a part of a lever, or of a ceiling, are kept. */
        int slot(int number, int part) {
            return (id << 16) | (number << 8) | part;
        }
    }
}
