package org.espace.terms;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.espace.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Terms as keys, lists and texts, in the one form and order that they are written in canonically. What says nothing,
 * since it is what holds anyhow, is left out of levers.
 */
final class TermsTree {

    private static final int MILLIONTHS = 6;

    private final Currency currency;

    private TermsTree(Currency currency) {
        this.currency = currency;
    }

    static Map<String, Object> of(Terms terms) {
        return new TermsTree(terms.currency()).program(terms);
    }

    private Map<String, Object> program(Terms terms) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("program", terms.program());
        tree.put("name", names(terms.name()));
        tree.put("version", terms.version());
        tree.put("effective", terms.effective().toString());
        tree.put("currency", terms.currency().getCurrencyCode());
        tree.put("fiscal-year-starts", terms.fiscalYearStarts().toString().substring(2));
        tree.put("exchange", Written.word(terms.exchange()));
        tree.put("rounding", Written.word(terms.rounding()));
        var openTo = openTo(terms.partnerTypes(), terms.countries());
        if (!openTo.isEmpty()) {
            tree.put("open-to", openTo);
        }
        putUnlessEmpty(tree, "requires", conditions(terms.conditions()));
        tree.put("counts-from", terms.wholeMonths() ? "first-of-month" : "day");
        tree.put("split", split(terms.split()));
        if (!terms.source().isEmpty()) {
            tree.put("source", terms.source());
        }
        tree.put("levers", terms.levers().stream().map(this::lever).toList());
        putUnlessEmpty(
                tree,
                "ceilings",
                terms.ceilings().stream().map(TermsTree::ceiling).toList());
        return tree;
    }

    private Map<String, Object> lever(Lever lever) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("id", lever.id());
        tree.put("name", names(lever.name()));
        tree.put("of", selection(lever.of()));
        if (lever.trigger() != Lever.Trigger.INVOICED) {
            tree.put("trigger", Written.word(lever.trigger()));
        }
        var customers = customers(lever);
        if (!customers.isEmpty()) {
            tree.put("customers", customers);
        }
        putUnlessEmpty(tree, "requires", conditions(lever.requires()));
        basis(lever.basis(), tree);
        var single = lever.formula() instanceof Lever.Flat || lever.formula() instanceof Lever.PerUnit;
        if (!(lever.basis() instanceof Lever.CustomerAdd)
                && !(single && lever.scope().equals(Lever.Scope.LINE))) {
            scope(lever.scope(), tree);
        }
        formula(lever.formula(), tree);
        limits(lever, tree);
        putUnlessEmpty(tree, "stacks-on", sorted(lever.stacksOn()));
        putUnlessEmpty(tree, "yields-to", sorted(lever.yieldsTo()));
        var split = lever.split();
        if (split != null) {
            tree.put("split", split(split));
        }
        return tree;
    }

    private static Map<String, Object> customers(Lever lever) {
        var tree = new LinkedHashMap<String, Object>();
        var age = lever.customerAge();
        if (age != null) {
            tree.put(age.fresh() ? "new-for" : "older-than", months(age.months()));
        }
        var without = lever.without();
        if (without != null) {
            tree.put("without", selection(without.bought()));
            tree.put("look-back", months(without.months()));
            if (!without.askedOf().isEmpty()) {
                tree.put("asked-of", attributes(without.askedOf()));
            }
        }
        return tree;
    }

    private static Object selection(Selection of) {
        if (of.only().isEmpty() && of.except().isEmpty()) {
            return "all";
        }
        var tree = attributes(of.only());
        putUnlessEmpty(
                tree, "except", of.except().stream().map(TermsTree::attributes).toList());
        return tree;
    }

    private static Map<String, Object> attributes(Map<Selection.Attribute, Set<String>> attributes) {
        var tree = new LinkedHashMap<String, Object>();
        for (var attribute : Selection.Attribute.values()) {
            putUnlessEmpty(tree, attribute.key(), sorted(attributes.getOrDefault(attribute, Set.of())));
        }
        return tree;
    }

    private static List<Map<String, Object>> conditions(List<? extends Condition> conditions) {
        return conditions.stream().map(TermsTree::condition).toList();
    }

    static Map<String, Object> condition(Condition condition) {
        return switch (condition) {
            case Condition.OpenTo(var types, var countries) -> Map.of("open-to", openTo(types, countries));
            case Requirement(var kind, var codes, var level) -> Map.of(kind.key(), codes(codes, level));
            case Condition.Designation(var codes) -> Map.of("designation", codes(codes, null));
            case Condition.Points(var area, var atLeast) -> Map.of("points", atLeast("area", area, atLeast));
            case Condition.AnyOf(var conditions) -> Map.of("any-of", conditions(conditions));
            case Condition.FirstSale() -> Map.of("first-sale", "true");
            case Condition.ActivelyReselling(var days) ->
                Map.of("actively-reselling", Map.of("days", Integer.toString(days)));
            case Condition.TrailingRevenue revenue -> Map.of("trailing-revenue", trailing(revenue));
            case Condition.Measure(var code, var atLeast) -> Map.of("measure", atLeast("code", code, atLeast));
        };
    }

    private static Map<String, Object> openTo(Set<String> partnerTypes, Set<String> countries) {
        var tree = new LinkedHashMap<String, Object>();
        putUnlessEmpty(tree, "partner-types", sorted(partnerTypes));
        putUnlessEmpty(tree, "countries", sorted(countries));
        return tree;
    }

    private static Object codes(Set<String> anyOf, @Nullable String level) {
        var codes = sorted(anyOf);
        if (level == null) {
            return codes.size() == 1 ? codes.getFirst() : codes;
        }
        var detail = new LinkedHashMap<String, Object>();
        detail.put("any-of", codes);
        detail.put("level", level);
        return detail;
    }

    private static Map<String, Object> atLeast(String key, String of, BigDecimal atLeast) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(key, of);
        tree.put("at-least", plain(atLeast));
        return tree;
    }

    private static Map<String, Object> trailing(Condition.TrailingRevenue revenue) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("days", Integer.toString(revenue.days()));
        tree.put("at-least", money(revenue.atLeast()));
        tree.put("of", Written.word(revenue.of()));
        if (revenue.onceMetStays()) {
            tree.put("once-met", "stays");
        }
        return tree;
    }

    private static void basis(Lever.Basis basis, Map<String, Object> tree) {
        switch (basis) {
            case Lever.Added _ -> {}
            case Lever.Growth(var over, var fixed) -> {
                var growth = new LinkedHashMap<String, Object>();
                growth.put("over", Written.word(over));
                if (fixed != null) {
                    growth.put("baseline", money(fixed));
                }
                tree.put("growth", growth);
            }
            case Lever.HighWater(var lookBack, var atLeast) -> {
                var water = new LinkedHashMap<String, Object>();
                water.put("look-back", months(lookBack));
                if (atLeast != 0) {
                    water.put("at-least", quantity(atLeast));
                }
                tree.put("high-water", water);
            }
            case Lever.CustomerAdd(var threshold, var lookBack, var annualized, var months) -> {
                var add = new LinkedHashMap<String, Object>();
                add.put("threshold", money(threshold));
                add.put("look-back", months(lookBack));
                if (months > 0) {
                    add.put("months", months(months));
                } else {
                    add.put("annualized", Integer.toString(annualized));
                }
                tree.put("customer-add", add);
            }
            case Lever.HigherOf(var unit, var other) -> tree.put("higher-of", List.of(unit, other));
        }
    }

    private static void scope(Lever.Scope scope, Map<String, Object> tree) {
        tree.put("per", Written.word(scope.per()));
        if (scope.per() != Lever.Per.LINE) {
            tree.put("period", Written.word(scope.span()));
        }
    }

    private void formula(Lever.Formula formula, Map<String, Object> tree) {
        switch (formula) {
            case Lever.Flat(var rate) -> tree.put("rate", rate.toString());
            case Lever.PerUnit(var amount) -> tree.put("per-unit", money(amount));
            case Lever.Fixed(var amount) -> tree.put("fixed", money(amount));
            case Lever.Marginal(var measure, var steps) -> tree.put("tiers", tiers("marginal", measure, steps));
            case Lever.Retroactive(var measure, var steps) -> tree.put("tiers", tiers("retroactive", measure, steps));
            case Lever.Smallest(var parts) -> tree.put("smallest-of", parts(parts));
            case Lever.Largest(var parts) -> tree.put("largest-of", parts(parts));
        }
    }

    private Map<String, Object> tiers(String kind, Lever.Measure measure, List<Lever.Step> steps) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", kind);
        tree.put("measure", Written.word(measure));
        tree.put("steps", steps.stream().map(step -> step(measure, step)).toList());
        return tree;
    }

    private Map<String, Object> step(Lever.Measure measure, Lever.Step step) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(
                "from",
                switch (measure) {
                    case REVENUE -> step.from() == 0 ? "0" : money(Money.ofMinor(step.from(), currency));
                    case QUANTITY -> quantity(step.from());
                });
        formula(step.pays(), tree);
        return tree;
    }

    private List<Map<String, Object>> parts(List<Lever.Formula> parts) {
        var found = new ArrayList<Map<String, Object>>();
        for (var part : parts) {
            var tree = new LinkedHashMap<String, Object>();
            formula(part, tree);
            found.add(tree);
        }
        return found;
    }

    private static void limits(Lever lever, Map<String, Object> tree) {
        var floors = new ArrayList<Object>();
        var caps = new ArrayList<Object>();
        for (var limit : lever.limits()) {
            switch (limit) {
                case Lever.Floor _ -> floors.add(bound(limit));
                case Lever.Cap _ -> caps.add(bound(limit));
            }
        }
        putUnlessEmpty(tree, "floor", floors);
        putUnlessEmpty(tree, "cap", caps);
    }

    private static Map<String, Object> bound(Lever.Limit limit) {
        var tree = new LinkedHashMap<String, Object>();
        scope(limit.scope(), tree);
        tree.put("amount", money(limit.amount()));
        return tree;
    }

    private static Map<String, Object> ceiling(Ceiling ceiling) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("id", ceiling.id());
        tree.put("name", names(ceiling.name()));
        putUnlessEmpty(tree, "levers", sorted(ceiling.levers()));
        switch (ceiling.most()) {
            case Ceiling.Amount(var amount) -> {
                scope(ceiling.scope(), tree);
                tree.put("amount", money(amount));
            }
            case Ceiling.OfRevenue(var rate) -> {
                scope(ceiling.scope(), tree);
                tree.put("rate", rate.toString());
            }
            case Ceiling.OfPlan _ -> tree.put("plan", "true");
        }
        return tree;
    }

    private static Map<String, Object> names(Names names) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("en", names.en());
        tree.put("fr", names.fr());
        return tree;
    }

    private static Map<String, Object> split(Terms.Split split) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("rebate", split.rebate().toString());
        tree.put("co-op", split.coop().toString());
        return tree;
    }

    private static void putUnlessEmpty(Map<String, Object> tree, String key, List<?> values) {
        if (!values.isEmpty()) {
            tree.put(key, values.size() == 1 ? values.getFirst() : values);
        }
    }

    private static List<String> sorted(Set<String> values) {
        return List.copyOf(new TreeSet<>(values));
    }

    static String money(Money money) {
        return plain(money.amount()) + " " + money.currency().getCurrencyCode();
    }

    static String quantity(long millionths) {
        return plain(BigDecimal.valueOf(millionths, MILLIONTHS));
    }

    private static String months(int months) {
        return String.format(Locale.ROOT, months == 1 ? "%d month" : "%d months", months);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
