package org.espace.earnings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.espace.engine.Change;
import org.espace.engine.WhatNext;
import org.espace.engine.WhyNot;
import org.espace.money.Money;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told to people: what would have helped, what is missing, what comes next.
 *
 * @param key of the message
 * @param arguments by name: figures, days, lists of words, or {@link Word}s
 */
public record Advice(String key, Map<String, Object> arguments) {

    private static final int HUNDRED = 100;

    public Advice {
        arguments = Map.copyOf(arguments);
    }

    /** A word that is itself a message. */
    public record Word(String key) {}

    public String in(Locale locale) {
        var words = Messages.in(locale);
        var readable = new HashMap<String, Object>();
        arguments.forEach((name, value) -> readable.put(name, readable(value, words, Formats.in(words.locale()))));
        return words.text(key, readable);
    }

    private static Object readable(Object value, Messages words, Formats formats) {
        return switch (value) {
            case Word(var key) -> words.has(key) ? words.text(key) : key.substring(key.indexOf('.') + 1);
            case Collection<?> some ->
                some.stream()
                        .map(one -> readable(one, words, formats).toString())
                        .collect(Collectors.joining(", "));
            case String word when words.has("word." + word) -> words.text("word." + word);
            default -> formats.argument(value);
        };
    }

    /**
     * @param programs the name of a program by its number
     * @param codes the code of a vendor's decision by its number
     */
    public static Advice of(Change change, IntFunction<String> programs, IntFunction<String> codes) {
        return switch (change) {
            case Change.EnrollBy(var program, var day) ->
                new Advice("change.EnrollBy", Map.of("program", programs.apply(program), "day", day));
            case Change.Hold(var requirement, var by) -> hold(requirement, Map.of("day", by));
            case Change.Have(var attribute, var oneOf, var noneOf) ->
                oneOf.isEmpty()
                        ? new Advice("change.HaveNone", Map.of("attribute", word(attribute), "noneOf", sorted(noneOf)))
                        : new Advice("change.HaveOne", Map.of("attribute", word(attribute), "oneOf", sorted(oneOf)));
            case Change.CustomerSince(var after, var before) ->
                after == null
                        ? new Advice("change.CustomerBefore", Map.of("before", before))
                        : new Advice("change.CustomerSince", Map.of("after", after));
            case Change.Happen(var trigger) -> new Advice("change.Happen", Map.of("trigger", trigger.name()));
            case Change.LoadRates(var day, var currencies) ->
                new Advice(
                        "change.LoadRates",
                        Map.of(
                                "day",
                                day,
                                "currencies",
                                sorted(currencies.stream()
                                        .map(currency -> currency.getCurrencyCode())
                                        .toList())));
            case Change.Clear(var disposition) -> new Advice("change.Clear", Map.of("code", codes.apply(disposition)));
            case Change.SellOn(var day) -> new Advice("change.SellOn", Map.of("day", day));
            case Change.SellMore(var more) -> new Advice("change.SellMore", Map.of("more", more));
            case Change.LargerAmount(var least) -> new Advice("change.LargerAmount", Map.of("least", least));
            case Change.SellUnits(var more) -> new Advice("change.SellUnits", Map.of("more", more));
            case Change.OtherCustomer _ -> new Advice("change.OtherCustomer", Map.of());
            case Change.ApprovePlan plan -> plan(plan.days(), plan.atLeast());
        };
    }

    private static Advice hold(Requirement requirement, Map<String, Object> more) {
        var arguments = new LinkedHashMap<>(more);
        arguments.put("codes", sorted(requirement.anyOf()));
        arguments.put("kind", new Word("about." + requirement.kind().key()));
        if (requirement.level() != null) {
            arguments.put("level", requirement.level());
        }
        return new Advice(requirement.level() == null ? "change.Hold" : "change.HoldLevel", arguments);
    }

    private static Advice plan(Period days, Money least) {
        var last = days.until().minusDays(1);
        return last.equals(days.from())
                ? new Advice("change.ApprovePlanOn", Map.of("day", last, "least", least))
                : new Advice("change.ApprovePlan", Map.of("from", days.from(), "last", last, "least", least));
    }

    private static Word word(Selection.Attribute attribute) {
        return new Word("attribute." + attribute);
    }

    private static List<String> sorted(Collection<String> words) {
        return words.stream().sorted().toList();
    }

    /** What was looked at, what was there, and what would have done. */
    public static Advice of(WhyNot.Failed failed, IntFunction<String> codes) {
        var arguments = new HashMap<String, Object>();
        arguments.put("about", about(failed.about()));
        arguments.put("expected", sorted(failed.expected()));
        var actual = failed.actual();
        if (actual == null) {
            return new Advice(failed.expected().isEmpty() ? "failed.alone" : "failed.missing", arguments);
        }
        var ceiling = failed.ceiling();
        arguments.put(
                "actual",
                failed.about().equals("disposition")
                        ? codes.apply(Integer.parseInt(actual))
                        : ceiling == null ? actual : ceiling.ceiling().name());
        return new Advice(failed.expected().isEmpty() ? "failed.actual" : "failed.instead", arguments);
    }

    /** Since when it was so, and what is left under a ceiling, as far as that is known. */
    public static List<Advice> besides(WhyNot.Failed failed) {
        var all = new ArrayList<Advice>();
        var since = failed.since();
        if (since != null) {
            all.add(new Advice("failed.since", Map.of("day", since)));
        }
        var ceiling = failed.ceiling();
        if (ceiling != null) {
            all.add(new Advice(
                    "failed.ceiling",
                    Map.of(
                            "left",
                            ceiling.left(),
                            "most",
                            ceiling.most(),
                            "from",
                            ceiling.period().from(),
                            "last",
                            ceiling.period().until().minusDays(1))));
        }
        return List.copyOf(all);
    }

    private static Word about(String about) {
        for (var attribute : Selection.Attribute.values()) {
            if (attribute.key().equals(about)) {
                return word(attribute);
            }
        }
        return new Word("about." + about);
    }

    /** Everything that can be said of how a location stands with a lever, the most urgent first. */
    static List<Advice> of(WhatNext.Prospect prospect) {
        var currency = prospect.nextHundred().currency();
        var all = new ArrayList<Advice>();
        var toEarn = prospect.toEarn();
        var tier = prospect.nextTier();
        if (toEarn != null && !isAsFar(toEarn, tier)) {
            all.add(reach("next.to-earn", toEarn));
        }
        if (tier != null) {
            all.add(reach("next.tier", tier));
        }
        for (var floor : prospect.floors()) {
            all.add(
                    floor.missing().isZero()
                            ? new Advice("next.floor-reached", Map.of("floor", floor.floor()))
                            : new Advice("next.floor", Map.of("floor", floor.floor(), "missing", floor.missing())));
        }
        for (var cap : prospect.caps()) {
            all.add(cap(cap));
        }
        for (var ceiling : prospect.ceilings()) {
            all.add(new Advice("next." + key(ceiling), arguments(ceiling)));
        }
        if (!prospect.nextHundred().isZero()) {
            all.add(new Advice(
                    "next.hundred",
                    Map.of(
                            "hundred",
                            new Money(BigDecimal.valueOf(HUNDRED), currency),
                            "pays",
                            prospect.nextHundred())));
        }
        if (!prospect.nextUnit().isZero()) {
            all.add(new Advice("next.unit", Map.of("pays", prospect.nextUnit())));
        }
        all.add(new Advice("next.until", Map.of("day", prospect.period().until().minusDays(1))));
        return List.copyOf(all);
    }

    private static boolean isAsFar(WhatNext.Reach one, WhatNext.@Nullable Reach other) {
        return other != null && one.measure() == other.measure() && one.distance() == other.distance();
    }

    private static Advice reach(String key, WhatNext.Reach reach) {
        Object distance = reach.measure() == Lever.Measure.REVENUE
                ? Money.ofMinor(reach.distance(), reach.pays().currency())
                : reach.distance();
        return new Advice(key, Map.of("measure", reach.measure().name(), "distance", distance, "pays", reach.pays()));
    }

    /** Completes the message {@code next.…} that says how a ceiling stands. */
    public static String key(WhatNext.Shared shared) {
        var balance = shared.balance();
        if (balance.ceiling().most() instanceof Ceiling.OfPlan && balance.most().isZero()) {
            return "plan-missing";
        }
        if (balance.isUsedUp()) {
            return "ceiling-reached";
        }
        return shared.target() == null ? "ceiling" : "ceiling-target";
    }

    public static Map<String, Object> arguments(WhatNext.Shared shared) {
        var balance = shared.balance();
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("ceiling", balance.ceiling().name());
        arguments.put("most", balance.most());
        arguments.put("left", balance.left());
        arguments.put("day", balance.period().until().minusDays(1));
        if (shared.target() != null) {
            arguments.put("target", shared.target());
        }
        return arguments;
    }

    private static Advice cap(WhatNext.Balance cap) {
        if (cap.left().isZero()) {
            return new Advice("next.cap-reached", Map.of("cap", cap.cap()));
        }
        var target = cap.target();
        return target == null
                ? new Advice("next.cap", Map.of("cap", cap.cap(), "left", cap.left()))
                : new Advice("next.cap-target", Map.of("cap", cap.cap(), "left", cap.left(), "target", target));
    }
}
