package org.espace.terms;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espace.money.Money;
import org.espace.money.Rate;

/** Terms made up at random: any that a text could say. */
final class AnyTerms {

    private static final List<String> TEXTS = List.of(
            "plain",
            "93750 USD",
            "a: b",
            "#",
            "null",
            "~",
            "{}",
            "[x]",
            "it's \"so\"",
            "C:\\dir",
            "é\u00a0: ü",
            "- x",
            "a #b",
            "*a",
            "&a",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "`",
            "0x1F",
            "1e3",
            "tab\there",
            "line\u2028break",
            "\ud83d\ude00",
            "true",
            "a,b");

    private final SplittableRandom random;
    private final Currency currency;

    AnyTerms(SplittableRandom random) {
        this.random = random;
        currency = Currency.getInstance(List.of("USD", "JPY", "KWD").get(random.nextInt(3)));
    }

    Terms terms() {
        var first = LocalDate.of(2000 + random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(28));
        var levers = IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(i -> lever("lever-" + i, i))
                .toList();
        return new Terms(
                "any-program",
                names(),
                text(),
                new Period(first, first.plusDays(1 + random.nextInt(700))),
                currency,
                MonthDay.of(1 + random.nextInt(12), 1),
                any(Terms.Exchange.class),
                any(Terms.Rounding.class),
                some(List.of("direct-reseller", "indirect-provider", "indirect-reseller")),
                some(List.of("FR", "NO", "US")),
                conditions(),
                random.nextBoolean(),
                split(),
                random.nextBoolean() ? "" : text(),
                levers,
                random.nextBoolean() ? List.of() : List.of(ceiling(levers)));
    }

    private Lever lever(String id, int place) {
        var limits = new ArrayList<Lever.Limit>();
        var partner = new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM);
        if (random.nextBoolean()) {
            limits.add(new Lever.Floor(partner, money(1 + random.nextInt(50))));
        }
        if (random.nextBoolean()) {
            limits.add(new Lever.Cap(partner, money(50 + random.nextInt(1_000_000))));
        }
        var basis = basis();
        var without = basis instanceof Lever.Added && random.nextBoolean() ? without() : null;
        var scope = without == null ? scope(basis) : new Lever.Scope(Lever.Per.CUSTOMER, any(Lever.Span.class));
        return new Lever(
                id,
                names(),
                selection(),
                any(Lever.Trigger.class),
                random.nextBoolean() ? null : new Lever.CustomerAge(random.nextBoolean(), 1 + random.nextInt(30)),
                without,
                requires(),
                basis,
                scope,
                without == null ? formula(basis, 1) : pays(random.nextBoolean()),
                List.copyOf(limits),
                place > 1 && random.nextBoolean() ? Set.of("lever-1") : Set.of(),
                place > 2 && random.nextBoolean() ? Set.of("lever-2") : Set.of(),
                random.nextBoolean() ? null : split());
    }

    private Lever.Without without() {
        return new Lever.Without(
                selection(), 1 + random.nextInt(24), random.nextBoolean() ? Map.of() : attributes());
    }

    private Lever.Basis basis() {
        return switch (random.nextInt(6)) {
            case 0 -> new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null);
            case 1 -> new Lever.Growth(Lever.Over.FIXED, money(1 + random.nextInt(1_000_000)));
            case 2 -> new Lever.HighWater(1 + random.nextInt(24), random.nextInt(2) * random.nextLong(1_000_000_000L));
            case 3 ->
                random.nextBoolean()
                        ? new Lever.CustomerAdd(money(1 + random.nextInt(1_000)), 1 + random.nextInt(24), 12, 0)
                        : new Lever.CustomerAdd(money(1 + random.nextInt(1_000)), 1, 0, 1 + random.nextInt(24));
            case 4 -> new Lever.HigherOf("users", "desk tops");
            default -> new Lever.Added();
        };
    }

    private Lever.Scope scope(Lever.Basis basis) {
        return switch (basis) {
            case Lever.CustomerAdd _ -> new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.TERM);
            case Lever.Growth _, Lever.HighWater _, Lever.HigherOf _ ->
                new Lever.Scope(random.nextBoolean() ? Lever.Per.CUSTOMER : Lever.Per.PARTNER, notTerm());
            case Lever.Added _ ->
                random.nextBoolean() ? Lever.Scope.LINE : new Lever.Scope(Lever.Per.ORDER, any(Lever.Span.class));
        };
    }

    private Lever.Span notTerm() {
        var span = any(Lever.Span.class);
        return span == Lever.Span.TERM ? Lever.Span.MONTH : span;
    }

    private Lever.Formula formula(Lever.Basis basis, int depth) {
        var byQuantity = switch (basis) {
            case Lever.HighWater _, Lever.HigherOf _ -> true;
            case Lever.Growth _, Lever.CustomerAdd _ -> false;
            case Lever.Added _ -> random.nextBoolean();
        };
        var measure = byQuantity ? Lever.Measure.QUANTITY : Lever.Measure.REVENUE;
        return switch (random.nextInt(depth < 3 ? 5 : 3)) {
            case 0 -> pays(byQuantity);
            case 1 -> new Lever.Marginal(measure, steps(byQuantity));
            case 2 -> new Lever.Retroactive(measure, steps(byQuantity));
            case 3 -> new Lever.Smallest(List.of(formula(basis, depth + 1), formula(basis, depth + 1)));
            default ->
                new Lever.Largest(List.of(formula(basis, depth + 1), formula(basis, depth + 1), pays(byQuantity)));
        };
    }

    private List<Lever.Step> steps(boolean byQuantity) {
        var steps = new ArrayList<Lever.Step>();
        var from = random.nextInt(2) * random.nextLong(1_000_000);
        for (var i = random.nextInt(3); i >= 0; i--) {
            steps.add(new Lever.Step(from, pays(byQuantity)));
            from += 1 + random.nextLong(100_000_000_000L);
        }
        return List.copyOf(steps);
    }

    private Lever.Formula pays(boolean byQuantity) {
        if (random.nextInt(3) == 0) {
            return new Lever.Fixed(money(random.nextInt(1_000_000)));
        }
        return byQuantity ? new Lever.PerUnit(money(random.nextInt(100_000))) : new Lever.Flat(rate(2_000_000));
    }

    private Selection selection() {
        if (random.nextInt(4) == 0) {
            return Selection.ALL;
        }
        return new Selection(
                attributes(),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(_ -> attributes())
                        .toList());
    }

    private Map<Selection.Attribute, Set<String>> attributes() {
        var found = new EnumMap<Selection.Attribute, Set<String>>(Selection.Attribute.class);
        for (var attribute :
                List.of(Selection.Attribute.PRODUCT_FAMILY, Selection.Attribute.TRIAL, Selection.Attribute.CUSTOMER)) {
            var values = some(TEXTS);
            if (!values.isEmpty()) {
                found.put(attribute, values);
            }
        }
        found.put(Selection.Attribute.CUSTOMER_COUNTRY, Set.of("FR"));
        return found;
    }

    private List<Requirement> requires() {
        var kind = any(Requirement.Kind.class);
        var codes = some(List.of("one", "two", "three"));
        if (codes.isEmpty()) {
            return List.of();
        }
        var hasLevels = kind == Requirement.Kind.COMPETENCY && random.nextBoolean();
        return List.of(new Requirement(kind, codes, hasLevels ? "gold" : null));
    }

    private List<Condition> conditions() {
        var all = new ArrayList<Condition>(requires());
        for (var i = random.nextInt(4); i > 0; i--) {
            all.add(random.nextInt(4) == 0 ? new Condition.AnyOf(List.of(single(), single())) : single());
        }
        return List.copyOf(all);
    }

    private Condition single() {
        return switch (random.nextInt(6)) {
            case 0 -> new Condition.Designation(Set.of("one", "two"));
            case 1 -> new Condition.Points("one", BigDecimal.valueOf(1 + random.nextInt(1_000), 1));
            case 2 -> new Condition.FirstSale();
            case 3 -> new Condition.ActivelyReselling(1 + random.nextInt(400));
            case 4 ->
                new Condition.TrailingRevenue(
                        1 + random.nextInt(400),
                        money(1 + random.nextInt(1_000_000)),
                        any(Condition.Of.class),
                        random.nextBoolean());
            default -> new Condition.Measure("two", BigDecimal.valueOf(1 + random.nextInt(100_000), 2));
        };
    }

    private Ceiling ceiling(List<Lever> levers) {
        var scope = new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM);
        var most = switch (random.nextInt(3)) {
            case 0 -> new Ceiling.OfPlan();
            case 1 -> new Ceiling.Amount(money(1 + random.nextInt(1_000)));
            default -> new Ceiling.OfRevenue(new Rate(1 + random.nextInt(1_000_000)));
        };
        return new Ceiling(
                "ceiling", names(), some(levers.stream().map(Lever::id).toList()), scope, most);
    }

    private Names names() {
        return new Names(text(), text());
    }

    private Terms.Split split() {
        return new Terms.Split(rate(1_000_001));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Money money(long minor) {
        return Money.ofMinor(minor, currency);
    }

    private Rate rate(int below) {
        return new Rate(random.nextInt(below));
    }

    private Set<String> some(List<String> of) {
        var found = new HashSet<String>();
        for (var i = random.nextInt(3); i > 0; i--) {
            found.add(of.get(random.nextInt(of.size())));
        }
        return found;
    }

    private <E extends Enum<E>> E any(Class<E> kind) {
        var all = kind.getEnumConstants();
        return all[random.nextInt(all.length)];
    }
}
