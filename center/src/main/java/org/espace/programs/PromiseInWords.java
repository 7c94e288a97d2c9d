package org.espace.programs;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.espace.money.Money;
import org.espace.terms.Ceiling;
import org.espace.terms.Condition;
import org.espace.terms.Lever;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.espace.web.Page;
import org.jspecify.annotations.Nullable;

/** Terms as one would tell them: what each lever is for, what it pays, and within which bounds. */
public final class PromiseInWords {

    private final Terms terms;
    private final Page page;

    public PromiseInWords(Terms terms, Page page) {
        this.terms = terms;
        this.page = page;
    }

    /** What a formula pays: a sentence, and tiers or parts beneath it where it has any. */
    public record Pays(String sentence, List<Tier> tiers, List<Pays> parts) {}

    /** @param below where the next tier begins; null for the highest */
    public record Tier(String from, @Nullable String below, String pays) {}

    /** Which sales: attribute by attribute. */
    public List<String> selects(Selection selection) {
        var sentences = new ArrayList<String>();
        attributes(selection.only()).forEach(sentences::add);
        if (sentences.isEmpty()) {
            sentences.add(page.t("promise.all-sales"));
        }
        for (var except : selection.except()) {
            sentences.add(
                    page.t("promise.except", Map.of("what", String.join(page.t("promise.and"), attributes(except)))));
        }
        return sentences;
    }

    private List<String> attributes(Map<Selection.Attribute, Set<String>> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> page.t(
                        "promise.attribute",
                        Map.of(
                                "attribute",
                                page.t("attribute." + entry.getKey().name()),
                                "values",
                                values(entry.getKey(), entry.getValue()))))
                .toList();
    }

    private String values(Selection.Attribute attribute, Set<String> values) {
        return switch (attribute) {
            case CUSTOMER_COUNTRY, PARTNER_COUNTRY -> page.countries(values);
            case PRODUCT,
                    PRODUCT_FAMILY,
                    SOLUTION_AREA,
                    CUSTOMER,
                    CUSTOMER_SEGMENT,
                    CUSTOMER_LIST,
                    PARTNER_TYPE,
                    PARTNER_LIST,
                    PARTNER_ROLE,
                    BILLING,
                    ORDER_TYPE,
                    TRIAL,
                    UNIT -> page.words(values);
        };
    }

    /** What must hold besides; empty when nothing must. */
    public List<String> conditions(Lever lever) {
        var sentences = new ArrayList<String>();
        switch (lever.trigger()) {
            case INVOICED -> {}
            case PAID, CONSUMED ->
                sentences.add(page.t("promise.trigger." + lever.trigger().name()));
        }
        var age = lever.customerAge();
        if (age != null) {
            sentences.add(page.t(
                    age.fresh() ? "promise.new-customers" : "promise.old-customers", Map.of("months", age.months())));
        }
        var without = lever.without();
        if (without != null) {
            var arguments = Map.of(
                    "what", String.join(page.t("promise.and"), selects(without.bought())),
                    "months", without.months(),
                    "asked", String.join(page.t("promise.and"), attributes(without.askedOf())));
            sentences.add(page.t(
                    without.askedOf().isEmpty() ? "promise.without" : "promise.without-asked", arguments));
        }
        lever.requires().forEach(requirement -> sentences.add(requires(requirement)));
        if (!lever.stacksOn().isEmpty()) {
            sentences.add(page.t("promise.stacks-on", Map.of("levers", names(lever.stacksOn()))));
        }
        if (!lever.yieldsTo().isEmpty()) {
            sentences.add(page.t("promise.yields-to", Map.of("levers", names(lever.yieldsTo()))));
        }
        return sentences;
    }

    public String requires(Condition condition) {
        return ConditionInWords.of(condition, page);
    }

    /** What is added up before the formula is applied to it. */
    public String counts(Lever lever) {
        return switch (lever.basis()) {
            case Lever.Added _ -> added(lever.scope());
            case Lever.Growth(var over, var fixed) ->
                scoped(
                        "promise.growth." + over.name(),
                        lever.scope(),
                        Map.of("baseline", fixed == null ? "" : page.money(fixed)));
            case Lever.HighWater(var lookBack, var atLeast) ->
                scoped("promise.high-water", lever.scope(), Map.of("lookBack", lookBack, "atLeast", units(atLeast)));
            case Lever.CustomerAdd add ->
                scoped(
                        add.months() > 0 ? "promise.customer-add.months" : "promise.customer-add.annualized",
                        lever.scope(),
                        Map.of(
                                "threshold", page.money(add.threshold()),
                                "lookBack", add.lookBack(),
                                "annualized", add.annualized(),
                                "months", add.months()));
            case Lever.HigherOf(var unit, var other) ->
                scoped(
                        "promise.higher-of",
                        lever.scope(),
                        Map.of("unit", page.words(List.of(unit)), "other", page.words(List.of(other))));
        };
    }

    private String added(Lever.Scope scope) {
        return scope.per() == Lever.Per.LINE ? page.t("promise.each-sale") : scoped("promise.added", scope, Map.of());
    }

    public Pays pays(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ -> new Pays(simple(formula), List.of(), List.of());
            case Lever.Marginal(var measure, var steps) ->
                new Pays(page.t("promise.marginal"), tiers(measure, steps), List.of());
            case Lever.Retroactive(var measure, var steps) ->
                new Pays(page.t("promise.retroactive"), tiers(measure, steps), List.of());
            case Lever.Smallest(var parts) ->
                new Pays(
                        page.t("promise.smallest"),
                        List.of(),
                        parts.stream().map(this::pays).toList());
            case Lever.Largest(var parts) ->
                new Pays(
                        page.t("promise.largest"),
                        List.of(),
                        parts.stream().map(this::pays).toList());
        };
    }

    private String simple(Lever.Formula formula) {
        return switch (formula) {
            case Lever.Flat(var rate) ->
                page.t("promise.flat", Map.of("rate", page.formats().percent(rate)));
            case Lever.PerUnit(var amount) -> page.t("promise.per-unit", Map.of("amount", page.money(amount)));
            case Lever.Fixed(var amount) -> page.t("promise.fixed", Map.of("amount", page.money(amount)));
            case Lever.Marginal _, Lever.Retroactive _, Lever.Smallest _, Lever.Largest _ ->
                pays(formula).sentence();
        };
    }

    private List<Tier> tiers(Lever.Measure measure, List<Lever.Step> steps) {
        var tiers = new ArrayList<Tier>();
        for (var i = 0; i < steps.size(); i++) {
            var below = i + 1 < steps.size() ? begin(measure, steps.get(i + 1)) : null;
            tiers.add(new Tier(
                    begin(measure, steps.get(i)), below, simple(steps.get(i).pays())));
        }
        return tiers;
    }

    private String begin(Lever.Measure measure, Lever.Step step) {
        return switch (measure) {
            case REVENUE -> page.money(Money.ofMinor(step.from(), terms.currency()));
            case QUANTITY -> page.t("promise.units", Map.of("count", units(step.from())));
        };
    }

    public String limit(Lever.Limit limit) {
        var code = switch (limit) {
            case Lever.Cap _ -> "promise.cap";
            case Lever.Floor _ -> "promise.floor";
        };
        return scoped(code, limit.scope(), Map.of("amount", page.money(limit.amount())));
    }

    public String split(Terms.Split split) {
        return page.t(
                "terms.split.shares",
                Map.of(
                        "rebate", page.formats().percent(split.rebate()),
                        "coop", page.formats().percent(split.coop())));
    }

    public String ceiling(Ceiling ceiling) {
        var most = switch (ceiling.most()) {
            case Ceiling.Amount(var amount) -> page.money(amount);
            case Ceiling.OfRevenue(var rate) ->
                page.t("promise.of-revenue", Map.of("rate", page.formats().percent(rate)));
            case Ceiling.OfPlan _ -> page.t("promise.of-plan");
        };
        return scoped("promise.ceiling", ceiling.scope(), Map.of("most", most));
    }

    public String over(Ceiling ceiling) {
        return ceiling.levers().isEmpty() ? page.t("promise.all-levers") : names(ceiling.levers());
    }

    private String names(Collection<String> levers) {
        return levers.stream()
                .map(id -> terms.lever(id).name().in(page.messages().locale()))
                .sorted()
                .collect(joining(", "));
    }

    private String scoped(String code, Lever.Scope scope, Map<String, Object> arguments) {
        var all = new HashMap<>(arguments);
        all.put("per", word(scope.per()));
        all.put("period", word(scope.span()));
        return page.worded("promise", code.substring("promise.".length()), all);
    }

    private String units(long millionths) {
        return page.formats().number(BigDecimal.valueOf(millionths, 6));
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
