package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Scope;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** A random world: one location, whatever it may hold, terms with levers of every kind, and what was sold. */
final class Imagined {

    static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final List<String> SEGMENTS = List.of("corporate", "nonprofit", "public-sector");
    private static final List<String> UNITS = List.of("seats", "users", "desktops");
    private static final List<String> ROLES = List.of("owner", "reader");

    final Facts facts;
    final List<Sale> sales = new ArrayList<>();
    private final Random random;

    Imagined(long seed) {
        this(seed, everyKind());
    }

    Imagined(long seed, List<Lever> levers) {
        random = new Random(seed);
        var kinds = kinds();
        facts = new Facts(
                List.of(new Facts.Published(1, 1, terms(levers))),
                List.of(location()),
                List.of(
                        new Facts.Product(1, "P1", "suite", "modern-work"),
                        new Facts.Product(2, "P2", "cloud", "azure"),
                        new Facts.Product(3, "P3", null, null)),
                customers(),
                kinds,
                random.nextInt(3) == 0
                        ? List.of()
                        : List.of(new Facts.RateSet(
                                1, LocalDate.of(2026, 3, 31), Map.of(USD, new BigDecimal("1.0837")))));
        var count = random.nextInt(30);
        for (var i = 0; i <= count; i++) {
            sales.add(sale(kinds.size()));
        }
    }

    /** The last one is what is asked about. */
    Sale last() {
        return sales.getLast();
    }

    Rating.Carried before() {
        return carried(sales.subList(0, sales.size() - 1));
    }

    Rating.Carried after() {
        return carried(sales);
    }

    private Rating.Carried carried(List<Sale> some) {
        var held = Held.of(Rating.Carried.NOTHING, 1);
        some.forEach(sale -> rate(facts, held, sale));
        return held;
    }

    static EarningLines rate(Facts facts, Rating.Carried carried, Sale sale) {
        var journal = new EarningLines();
        var rating = new Rating(new Rulebook(facts, 0), carried, new Totals());
        rating.rate(sale.asLines(), journal);
        rating.finish();
        return journal;
    }

    private Terms terms(List<Lever> levers) {
        return new Terms(
                "imagined",
                new Names("Imagined", "Imaginé"),
                "V1",
                new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1)),
                USD,
                MonthDay.of(7, 1),
                random.nextBoolean() ? Terms.Exchange.DAILY : Terms.Exchange.MONTHLY,
                random.nextBoolean() ? Terms.Rounding.HALF_UP : Terms.Rounding.HALF_EVEN,
                random.nextBoolean() ? Set.of() : Set.of("indirect-reseller", "direct-reseller"),
                random.nextBoolean() ? Set.of() : Set.of("FR", "BE"),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new Requirement(Requirement.Kind.AGREEMENT, Set.of("network"), null)),
                random.nextBoolean(),
                new Terms.Split(Rate.percent("60%")),
                "",
                levers,
                levers.size() < 3 ? List.of() : ceilings());
    }

    /** Over levers of {@link #everyKind}, each by a fifth of the worlds or more; some within others. */
    private List<Ceiling> ceilings() {
        var all = List.of(
                ceiling("share", Per.PARTNER, Span.FISCAL_YEAR, share("5%"), "capped", "proved"),
                ceiling("share-of-month", Per.CUSTOMER, Span.MONTH, share("3%"), "old-customer"),
                ceiling("units", Per.PARTNER, Span.QUARTER, share("2%"), "used", "seats"),
                ceiling(
                        "tiers",
                        Per.PARTNER,
                        Span.FISCAL_YEAR,
                        new Ceiling.Amount(usd("40")),
                        "marginal",
                        "retroactive"),
                ceiling("paid", Per.CUSTOMER, Span.QUARTER, new Ceiling.Amount(usd("25")), "paid", "new-customer"),
                ceiling("bought", Per.PARTNER, Span.HALF_YEAR, share("4%"), "paid", "new-customer", "least"),
                ceiling("line", Per.LINE, Span.TERM, new Ceiling.Amount(usd("3")), "yielding", "campaign"),
                ceiling("plan", Per.PARTNER, Span.TERM, new Ceiling.OfPlan(), "growth", "fixed-base", "high-water"),
                ceiling("plan-of-most", Per.PARTNER, Span.TERM, new Ceiling.OfPlan(), "most"));
        return all.stream().filter(_ -> random.nextInt(5) < 2).toList();
    }

    private static Ceiling.Most share(String rate) {
        return new Ceiling.OfRevenue(Rate.percent(rate));
    }

    private static Ceiling ceiling(String id, Per per, Span span, Ceiling.Most most, String... levers) {
        return new Ceiling(id, new Names(id, id), Set.of(levers), new Scope(per, span), most);
    }

    private List<Facts.Plan> plans() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 ->
                List.of(new Facts.Plan(1, LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1), random.nextInt(50_00)));
            case 2 -> List.of(new Facts.Plan(1, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1), 500_00));
            default ->
                List.of(
                        new Facts.Plan(1, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 7, 1), random.nextInt(5_00)),
                        new Facts.Plan(1, LocalDate.of(2026, 7, 1), LocalDate.of(2027, 1, 1), 300_00));
        };
    }

    private Facts.Location location() {
        return new Facts.Location(
                1,
                one(List.of("indirect-reseller", "direct-reseller", "indirect-provider")),
                one(List.of("FR", "BE", "NO")),
                random.nextBoolean() ? Set.of() : Set.of("SPRING"),
                switch (random.nextInt(6)) {
                    case 0 -> List.of();
                    case 1 -> List.of(new Facts.Enrollment(1, LocalDate.of(2026, 5, 17), null));
                    case 2 -> List.of(new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 15)));
                    default -> List.of(new Facts.Enrollment(1, LocalDate.of(2025, 1, 1), null));
                },
                random.nextBoolean()
                        ? List.of()
                        : List.of(
                                new Facts.Holding(
                                        Requirement.Kind.AGREEMENT,
                                        "network",
                                        null,
                                        LocalDate.of(2025, 3, 1),
                                        random.nextInt(4) == 0 ? LocalDate.of(2026, 5, 1) : null),
                                new Facts.Holding(
                                        Requirement.Kind.COMPETENCY,
                                        "cloud",
                                        random.nextBoolean() ? "silver" : "gold",
                                        LocalDate.of(2026, 2, 10),
                                        null)),
                plans());
    }

    private List<Facts.Customer> customers() {
        var customers = new ArrayList<Facts.Customer>();
        for (var id = 1; id <= 4; id++) {
            customers.add(new Facts.Customer(
                    id,
                    "C" + id,
                    random.nextInt(4) == 0 ? null : one(List.of("FR", "BE", "NO")),
                    random.nextInt(4) == 0 ? null : one(SEGMENTS),
                    random.nextInt(4) == 0 ? null : LocalDate.of(2024, 6, 1).plusDays(random.nextInt(900)),
                    id % 2 == 0 ? Set.of("WON") : Set.of()));
        }
        return customers;
    }

    private List<Facts.LineKind> kinds() {
        var kinds = new ArrayList<Facts.LineKind>();
        for (var id = 1; id <= 8; id++) {
            var attributes = new EnumMap<Attribute, String>(Attribute.class);
            attributes.put(Attribute.UNIT, one(UNITS));
            attributes.put(Attribute.PARTNER_ROLE, one(ROLES));
            attributes.put(Attribute.TRIAL, random.nextInt(4) == 0 ? "true" : "false");
            kinds.add(new Facts.LineKind(
                    id,
                    id <= 3 ? Lever.Trigger.INVOICED : id <= 6 ? Lever.Trigger.PAID : Lever.Trigger.CONSUMED,
                    attributes));
        }
        return kinds;
    }

    private Sale sale(int kinds) {
        var tiny = random.nextInt(5) == 0;
        return new Sale(
                1,
                LocalDate.of(2025, 11, 1).plusDays(random.nextInt(440)),
                random.nextInt(5),
                1 + random.nextInt(3),
                Math.max(0, random.nextInt(14) - 3) * 1_000_000L,
                tiny ? random.nextInt(20) : random.nextInt(60_000),
                random.nextInt(4) == 0 ? EUR : USD,
                random.nextInt(3),
                random.nextInt(1 + kinds),
                random.nextInt(12) == 0 ? 3 : 0);
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    // --- levers ------------------------------------------------------------------------------------------------------

    static List<Lever> everyKind() {
        var all = Selection.ALL;
        var modern = only(Map.of(Attribute.SOLUTION_AREA, Set.of("modern-work")));
        var flat = new Lever.Flat(Rate.percent("4%"));
        var each = new Lever.PerUnit(usd("20"));
        var added = new Lever.Added();
        var quarter = new Scope(Per.PARTNER, Span.QUARTER);
        var month = new Scope(Per.CUSTOMER, Span.MONTH);
        var term = new Scope(Per.CUSTOMER, Span.TERM);
        var levers = new ArrayList<Lever>();
        levers.add(of("capped", modern, added, Scope.LINE, flat)
                .limits(new Lever.Cap(new Scope(Per.CUSTOMER, Span.QUARTER), usd("9")))
                .done());
        levers.add(of("soon-full", all, added, Scope.LINE, flat)
                .limits(new Lever.Cap(new Scope(Per.PARTNER, Span.QUARTER), usd("5")))
                .done());
        levers.add(of("proved", all, added, Scope.LINE, flat)
                .requires(
                        new Requirement(Requirement.Kind.SPECIALIZATION, Set.of("security"), null),
                        new Requirement(Requirement.Kind.CO_SELL, Set.of("established"), null))
                .done());
        levers.add(of(
                        "seats",
                        new Selection(
                                Map.of(Attribute.UNIT, Set.of("seats")),
                                List.of(Map.of(Attribute.TRIAL, Set.of("true")))),
                        added,
                        Scope.LINE,
                        each)
                .requires(new Requirement(Requirement.Kind.COMPETENCY, Set.of("cloud", "data"), "gold"))
                .done());
        levers.add(of(
                        "marginal",
                        all,
                        added,
                        quarter,
                        new Lever.Marginal(
                                Lever.Measure.REVENUE,
                                List.of(
                                        new Lever.Step(500_00, new Lever.Flat(Rate.percent("2%"))),
                                        new Lever.Step(2000_00, new Lever.Flat(Rate.percent("4%"))))))
                .done());
        levers.add(of(
                        "retroactive",
                        all,
                        added,
                        new Scope(Per.PARTNER, Span.HALF_YEAR),
                        new Lever.Retroactive(
                                Lever.Measure.QUANTITY,
                                List.of(
                                        new Lever.Step(40_000_000, new Lever.Flat(Rate.percent("2%"))),
                                        new Lever.Step(90_000_000, new Lever.Flat(Rate.percent("3%"))))))
                .done());
        levers.add(of("growth", all, new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null), quarter, flat)
                .done());
        levers.add(of("year", all, new Lever.Growth(Lever.Over.SAME_PERIOD_LAST_YEAR, null), month, flat)
                .done());
        levers.add(of("fixed-base", all, new Lever.Growth(Lever.Over.FIXED, usd("700")), quarter, flat)
                .done());
        levers.add(of("high-water", all, new Lever.HighWater(3, 5_000_000), month, each)
                .done());
        levers.add(of("customer-add", all, new Lever.CustomerAdd(usd("250"), 2, 12, 0), term, flat)
                .done());
        levers.add(of("customer-months", all, new Lever.CustomerAdd(usd("250"), 2, 0, 3), term, flat)
                .done());
        levers.add(of(
                        "band",
                        all,
                        new Lever.HigherOf("desktops", "users"),
                        quarter,
                        new Lever.Marginal(
                                Lever.Measure.QUANTITY,
                                List.of(
                                        new Lever.Step(10_000_000, new Lever.Fixed(usd("100"))),
                                        new Lever.Step(30_000_000, new Lever.Fixed(usd("50"))))))
                .done());
        levers.add(of("once", all, added, new Scope(Per.CUSTOMER, Span.QUARTER), new Lever.Fixed(usd("75")))
                .done());
        levers.add(of("least", all, added, Scope.LINE, new Lever.Smallest(List.of(flat, each)))
                .done());
        levers.add(of("most", all, added, new Scope(Per.ORDER, Span.TERM), new Lever.Largest(List.of(flat, each)))
                .done());
        levers.add(of("floored", all, added, Scope.LINE, flat)
                .limits(new Lever.Floor(quarter, usd("30")), new Lever.Cap(quarter, usd("60")))
                .done());
        levers.add(of("paid", all, added, Scope.LINE, flat)
                .trigger(Lever.Trigger.PAID)
                .done());
        levers.add(of("used", all, added, Scope.LINE, each)
                .trigger(Lever.Trigger.CONSUMED)
                .done());
        levers.add(
                of("new-customer", all, added, Scope.LINE, flat).age(true, 12).done());
        levers.add(
                of("old-customer", all, added, Scope.LINE, flat).age(false, 18).done());
        levers.add(of("stacked", only(Map.of(Attribute.CUSTOMER_SEGMENT, Set.of("nonprofit"))), added, Scope.LINE, flat)
                .stacksOn("capped")
                .done());
        levers.add(
                of("yielding", all, added, Scope.LINE, flat).yieldsTo("capped").done());
        levers.add(of(
                        "campaign",
                        new Selection(
                                Map.of(
                                        Attribute.PARTNER_LIST, Set.of("SPRING"),
                                        Attribute.PARTNER_ROLE, Set.of("owner"),
                                        Attribute.PARTNER_COUNTRY, Set.of("FR", "NO"),
                                        Attribute.PRODUCT, Set.of("P1", "P2")),
                                List.of(
                                        Map.of(Attribute.CUSTOMER_SEGMENT, Set.of("public-sector")),
                                        Map.of(
                                                Attribute.PRODUCT, Set.of("P1"),
                                                Attribute.CUSTOMER_COUNTRY, Set.of("FR")))),
                        added,
                        Scope.LINE,
                        flat)
                .done());
        levers.add(of("annual", all, added, quarter, flat)
                .without(new Lever.Without(
                        only(Map.of(Attribute.PRODUCT, Set.of("P2"))),
                        4,
                        Map.of(Attribute.PRODUCT, Set.of("P1", "P3"))))
                .done());
        levers.add(of("back-again", all, added, month, each)
                .without(new Lever.Without(all, 2, Map.of()))
                .done());
        levers.add(of("listed", only(Map.of(Attribute.CUSTOMER_LIST, Set.of("WON"))), added, Scope.LINE, flat)
                .done());
        return levers;
    }

    static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    static Selection only(Map<Attribute, Set<String>> attributes) {
        return new Selection(attributes, List.of());
    }

    static Draft of(String id, Selection of, Lever.Basis basis, Scope scope, Lever.Formula formula) {
        return new Draft(id, of, basis, scope, formula);
    }

    /** A lever in the making. */
    static final class Draft {

        private final String id;
        private final Selection of;
        private final Lever.Basis basis;
        private final Scope scope;
        private final Lever.Formula formula;
        private Lever.Trigger trigger = Lever.Trigger.INVOICED;
        private Lever.@Nullable CustomerAge age;
        private Lever.@Nullable Without without;
        private List<Requirement> requires = List.of();
        private List<Lever.Limit> limits = List.of();
        private Set<String> stacksOn = Set.of();
        private Set<String> yieldsTo = Set.of();

        private Draft(String id, Selection of, Lever.Basis basis, Scope scope, Lever.Formula formula) {
            this.id = id;
            this.of = of;
            this.basis = basis;
            this.scope = scope;
            this.formula = formula;
        }

        Draft trigger(Lever.Trigger on) {
            trigger = on;
            return this;
        }

        Draft age(boolean fresh, int months) {
            age = new Lever.CustomerAge(fresh, months);
            return this;
        }

        Draft without(Lever.Without asked) {
            without = asked;
            return this;
        }

        Draft requires(Requirement... all) {
            requires = List.of(all);
            return this;
        }

        Draft limits(Lever.Limit... all) {
            limits = List.of(all);
            return this;
        }

        Draft stacksOn(String lever) {
            stacksOn = Set.of(lever);
            return this;
        }

        Draft yieldsTo(String lever) {
            yieldsTo = Set.of(lever);
            return this;
        }

        Lever done() {
            return new Lever(
                    id,
                    new Names(id, id),
                    of,
                    trigger,
                    age,
                    without,
                    List.copyOf(requires),
                    basis,
                    scope,
                    formula,
                    limits,
                    stacksOn,
                    yieldsTo,
                    null);
        }
    }
}
