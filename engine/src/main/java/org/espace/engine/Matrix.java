package org.espace.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espace.terms.Lever;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Which levers of a version take which sales. Conditions are looked at once for each product, customer and kind of line,
 * and sorted into classes of those for which the same ones hold; what a pair of classes comes to is worked out when it
 * is first met. So rating a line reads arrays.
 *
 * <p>Immutable, and shared by threads; {@link Cells} are not.
 */
final class Matrix {

    /** Segments of customers that the reason code of their own is for. */
    private static final Set<String> PUBLIC_SECTOR = Set.of("public", "public-sector", "government");

    private final List<Lever> levers;
    private final Rule[] rules;
    private final List<Condition> conditions;
    private final List<List<Clause>> clauses = new ArrayList<>();
    private final Asked[] asked;

    private final List<Without> withouts = new ArrayList<>();
    private final boolean asksForHoldings;
    private final Classes products = new Classes();
    private final Classes customers = new Classes();
    private final Classes kinds = new Classes();
    private final int[] productClass;
    private final int[] customerClass;
    private final int[] kindClass;

    /** For each age that levers ask for, from the least: until which day a customer is below it. */
    private final List<int[]> youngUntil = new ArrayList<>();

    private final List<Integer> ages;

    /** Few cells differ; what many share stays near the processor. */
    private final Map<Outcome, Cell> distinct = new ConcurrentHashMap<>();

    private record Outcome(List<Rule> paying, List<Rule> watching, List<Rule> bought, List<Rule> asked, short reason) {}

    Matrix(Terms terms, Rule[] rules, Facts facts) {
        this.rules = rules;
        levers = terms.levers();
        var numbers = new LinkedHashMap<Condition, Integer>();
        for (var rule : rules) {
            clauses.add(Clause.of(rule.lever, numbers));
            if (rule.kind == Rule.Kind.WITHOUT) {
                withouts.add(new Without(
                        rule,
                        Asked.of(Clause.ofBought(rule.lever.trigger(), rule.without(), numbers)),
                        Asked.of(Clause.ofAsked(rule.without(), numbers))));
            }
        }
        for (var trigger : Lever.Trigger.values()) {
            numbers.putIfAbsent(new Happened(trigger), numbers.size());
        }
        conditions = List.copyOf(numbers.keySet());
        asksForHoldings = conditions.stream().anyMatch(Holds.class::isInstance);
        ages = levers.stream()
                .map(Lever::customerAge)
                .filter(age -> age != null)
                .map(Lever.CustomerAge::months)
                .distinct()
                .sorted()
                .toList();
        asked = IntStream.range(0, rules.length)
                .mapToObj(i -> new Asked(clauses.get(i), levers.get(i).customerAge(), ages))
                .toArray(Asked[]::new);

        productClass = new int[1 + largest(facts.products().stream().mapToInt(Facts.Product::id))];
        for (var product : facts.products()) {
            productClass[product.id()] =
                    products.of(holding(Selection.Side.PRODUCT, (attribute, oneOf) -> has(product, attribute, oneOf)));
        }
        var size = 1 + largest(facts.customers().stream().mapToInt(Facts.Customer::id));
        customerClass = new int[size];
        customerClass[0] = customers.of(new BitSet());
        ages.forEach(_ -> youngUntil.add(filled(size)));
        var known = new HashMap<Alike, Integer>();
        var named = named(Attribute.CUSTOMER);
        var listed = named(Attribute.CUSTOMER_LIST);
        for (var customer : facts.customers()) {
            customerClass[customer.id()] = known.computeIfAbsent(
                    Alike.of(customer, named, listed),
                    _ -> customers.of(holding(
                            Selection.Side.CUSTOMER, (attribute, oneOf) -> has(customer, attribute, oneOf))));
            var since = customer.since();
            if (since != null) {
                for (var i = 0; i < ages.size(); i++) {
                    youngUntil.get(i)[customer.id()] =
                            (int) since.plusMonths(ages.get(i)).toEpochDay();
                }
            }
        }
        kindClass = new int[1 + largest(facts.lineKinds().stream().mapToInt(Facts.LineKind::id))];
        kindClass[0] = kinds.of(holding(new Facts.LineKind(0, Lever.Trigger.INVOICED, Map.of())));
        for (var kind : facts.lineKinds()) {
            kindClass[kind.id()] = kinds.of(holding(kind));
        }
    }

    /** Customers between whom no condition makes a difference. */
    private record Alike(
            @Nullable String country,
            @Nullable String segment,
            @Nullable String number,
            Set<String> lists) {

        static Alike of(Facts.Customer customer, Set<String> named, Set<String> listed) {
            return new Alike(
                    customer.country(),
                    customer.segment(),
                    named.contains(customer.number()) ? customer.number() : null,
                    listed.isEmpty() ? Set.of() : customer.lists());
        }
    }

    /** What one condition asks for; several levers may ask for the same. */
    sealed interface Condition {}

    /** Of a product, a customer, a location or a kind of line. */
    record Has(Attribute attribute, Set<String> oneOf) implements Condition {}

    record Holds(Requirement requirement) implements Condition {}

    record Happened(Lever.Trigger trigger) implements Condition {}

    /** An age does not belong to a class, since it depends on the day. */
    record Age(Lever.CustomerAge age) implements Condition {}

    /** That an exception does not match: all of these do. */
    record Unlike(List<Condition> exception) implements Condition {}

    /** That the levers take the sale that it stacks on, and none that it yields to. */
    record Stacked(boolean yields) implements Condition {}

    /** @param exception takes away what it matches; there is one clause besides, which must hold */
    private record Clause(boolean exception, List<Integer> conditions) {

        static List<Clause> of(Lever lever, Map<Condition, Integer> numbers) {
            var clauses = new ArrayList<Clause>();
            var all = new ArrayList<>(has(lever.of().only()));
            if (lever.basis() instanceof Lever.HigherOf(var unit, var other)) {
                all.add(new Has(Attribute.UNIT, Set.of(unit, other)));
            }
            all.add(new Happened(lever.trigger()));
            lever.requires().forEach(requirement -> all.add(new Holds(requirement)));
            clauses.add(new Clause(false, numbers(all, numbers)));
            for (var exception : lever.of().except()) {
                clauses.add(new Clause(true, numbers(has(exception), numbers)));
            }
            return clauses;
        }

        /** What was only used, or only invoiced, is bought where the lever is for such lines. */
        static List<Clause> ofBought(Lever.Trigger trigger, Lever.Without without, Map<Condition, Integer> numbers) {
            var clauses = new ArrayList<Clause>();
            var all = new ArrayList<>(has(without.bought().only()));
            all.add(new Happened(trigger == Lever.Trigger.CONSUMED ? trigger : Lever.Trigger.INVOICED));
            clauses.add(new Clause(false, numbers(all, numbers)));
            for (var exception : without.bought().except()) {
                clauses.add(new Clause(true, numbers(has(exception), numbers)));
            }
            return clauses;
        }

        static List<Clause> ofAsked(Lever.Without without, Map<Condition, Integer> numbers) {
            return List.of(new Clause(false, numbers(has(without.askedOf()), numbers)));
        }

        private static List<Condition> has(Map<Attribute, Set<String>> attributes) {
            return attributes.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .<Condition>map(entry -> new Has(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private static List<Integer> numbers(List<Condition> all, Map<Condition, Integer> numbers) {
            return all.stream()
                    .map(condition -> numbers.computeIfAbsent(condition, _ -> numbers.size()))
                    .toList();
        }
    }

    /** A rule that asks what its customers have bought, and of which sales it asks that. */
    private record Without(Rule rule, Asked bought, Asked askedOf) {}

    /** The same clauses as bits. */
    private static final class Asked {

        private final long[] all;

        /** Of which none may be there as a whole. */
        private final long[][] exceptions;

        /** The place of the age that decides, -1 for none. */
        private final int age;

        private final boolean fresh;

        Asked(List<Clause> clauses, Lever.@Nullable CustomerAge asked, List<Integer> ages) {
            all = bits(clauses.getFirst());
            exceptions = clauses.stream().skip(1).map(Asked::bits).toArray(long[][]::new);
            age = asked == null ? -1 : ages.indexOf(asked.months());
            fresh = asked != null && asked.fresh();
        }

        static Asked of(List<Clause> clauses) {
            return new Asked(clauses, null, List.of());
        }

        private static long[] bits(Clause clause) {
            var bits = new BitSet();
            clause.conditions().forEach(bits::set);
            return bits.toLongArray();
        }

        boolean isMet(long[] holding, int outgrown) {
            if (!holdsAll(holding, all) || (age >= 0 && fresh != (outgrown <= age))) {
                return false;
            }
            for (var exception : exceptions) {
                if (holdsAll(holding, exception)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean holdsAll(long[] holding, long[] these) {
            for (var word = 0; word < these.length; word++) {
                if ((these[word] & ~(word < holding.length ? holding[word] : 0)) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What a pair of classes comes to. */
    static final class Cell {

        /** The rules that take such a sale. */
        final Rule[] paying;

        /** Rules that compare periods and would take it, if the location held what they require. */
        final Rule[] watching;

        /** Rules for which such a sale is one that customers must be without. */
        final Rule[] bought;

        /** Those of the paying rules that ask of such a sale that its customer be without. */
        private final Rule[] asked;

        /** The number of the reason why no rule takes it. */
        final short reason;

        private Cell(Outcome outcome) {
            paying = outcome.paying().toArray(Rule[]::new);
            watching = outcome.watching().toArray(Rule[]::new);
            bought = outcome.bought().toArray(Rule[]::new);
            asked = outcome.asked().toArray(Rule[]::new);
            reason = outcome.reason();
        }

        /** Whether such a sale makes a difference though no rule takes it. */
        boolean isLookedAt() {
            return watching.length > 0 || bought.length > 0;
        }

        boolean asks(Rule rule) {
            for (var one : asked) {
                if (one == rule) {
                    return true;
                }
            }
            return false;
        }
    }

    /** All cells as they are for locations for which the same conditions hold. One thread works with them. */
    final class Cells {

        private final BitSet here;
        private final int[] byProduct = productClass;
        private final int[] byCustomer = customerClass;
        private final int[] byKind = kindClass;
        private final boolean customersDiffer = customers.size() > 1;
        private final boolean kindsDiffer = kinds.size() > 1;
        private final int customerClasses = customers.size();
        private final int kindClasses = kinds.size();
        private final int ageClasses = ages.size() + 1;
        private final Cell[] known = new Cell[products.size() * customerClasses * kindClasses * ageClasses];

        private Cells(BitSet here) {
            this.here = here;
        }

        Cell of(int product, int customer, int kind, int day) {
            var index = byProduct[product];
            if (customersDiffer) {
                index = index * customerClasses + byCustomer[customer];
            }
            if (kindsDiffer) {
                index = index * kindClasses + byKind[kind];
            }
            if (ageClasses > 1) {
                index = index * ageClasses + outgrown(customer, day);
            }
            var cell = known[index];
            if (cell == null) {
                cell = cell(holding(here, product, customer, kind), outgrown(customer, day));
                known[index] = cell;
            }
            return cell;
        }
    }

    Cells cells(BitSet here) {
        return new Cells(here);
    }

    /** Whether some lever requires what a location may hold on one day, and not on another. */
    boolean asksForHoldings() {
        return asksForHoldings;
    }

    /** The conditions that hold for a location on a day. */
    BitSet holding(Facts.Location location, LocalDate day, boolean wholeMonths) {
        var holding = new BitSet();
        for (var i = 0; i < conditions.size(); i++) {
            holding.set(
                    i,
                    switch (conditions.get(i)) {
                        case Has(var attribute, var oneOf) -> has(location, attribute, oneOf);
                        case Holds(var requirement) -> Standing.holds(location, requirement, day, wholeMonths);
                        case Happened _, Age _, Unlike _, Stacked _ -> false;
                    });
        }
        return holding;
    }

    /**
     * The conditions of a lever that do not hold, those about the product first.
     *
     * @param lever counts from 0
     */
    List<Condition> missing(int lever, BitSet here, int product, int customer, int kind, int day) {
        return missing(lever, holding(here, product, customer, kind), outgrown(customer, day));
    }

    /** The reason that says that a condition does not hold for a sale. */
    Reason reason(Condition missing, BitSet here, int product, int customer, int kind) {
        return reason(missing, holding(here, product, customer, kind));
    }

    private BitSet holding(BitSet here, int product, int customer, int kind) {
        var holding = (BitSet) here.clone();
        holding.or(products.get(productClass[product]));
        holding.or(customers.get(customerClass[customer]));
        holding.or(kinds.get(kindClass[kind]));
        return holding;
    }

    private Cell cell(BitSet holding, int outgrown) {
        var taken = taken(holding, outgrown);
        var paying = new ArrayList<Rule>();
        for (var rule : rules) {
            if (pays(rule, taken)) {
                paying.add(rule);
            }
        }
        var watching = asksForHoldings ? watching(holding, outgrown, paying) : List.<Rule>of();
        var reason = paying.isEmpty() ? nearest(holding, outgrown).number() : 0;
        return distinct.computeIfAbsent(
                new Outcome(
                        List.copyOf(paying),
                        watching,
                        without(Without::bought, holding),
                        without(Without::askedOf, holding),
                        reason),
                Cell::new);
    }

    private List<Rule> without(Function<Without, Asked> asked, BitSet holding) {
        var bits = holding.toLongArray();
        return withouts.stream()
                .filter(one -> asked.apply(one).isMet(bits, 0))
                .map(Without::rule)
                .toList();
    }

    private List<Rule> watching(BitSet holding, int outgrown, List<Rule> paying) {
        var everything = (BitSet) holding.clone();
        for (var i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Holds) {
                everything.set(i);
            }
        }
        var wouldTake = taken(everything, outgrown);
        return Arrays.stream(rules)
                .filter(rule -> rule.comparesPeriods() && pays(rule, wouldTake) && !paying.contains(rule))
                .toList();
    }

    private BitSet taken(BitSet holding, int outgrown) {
        var bits = holding.toLongArray();
        var taken = new BitSet();
        for (var i = 0; i < asked.length; i++) {
            if (asked[i].isMet(bits, outgrown)) {
                taken.set(i);
            }
        }
        return taken;
    }

    private static boolean pays(Rule rule, BitSet taken) {
        return taken.get(rule.number - 1)
                && (rule.stacksOn.length == 0 || Arrays.stream(rule.stacksOn).allMatch(taken::get))
                && (rule.yieldsTo.length == 0 || Arrays.stream(rule.yieldsTo).noneMatch(taken::get));
    }

    private List<Condition> missing(int lever, BitSet holding, int outgrown) {
        var missing = new ArrayList<Condition>();
        for (var clause : clauses.get(lever)) {
            var all = clause.conditions().stream();
            if (!clause.exception()) {
                all.filter(i -> !holding.get(i)).map(conditions::get).forEach(missing::add);
            } else if (all.allMatch(holding::get)) {
                missing.add(new Unlike(
                        clause.conditions().stream().map(conditions::get).toList()));
            }
        }
        var age = levers.get(lever).customerAge();
        if (age != null && age.fresh() != (outgrown <= ages.indexOf(age.months()))) {
            missing.add(new Age(age));
        }
        return missing;
    }

    /** Of the lever that lacks the fewest conditions; among several, what the partner can act on comes first. */
    private Reason nearest(BitSet holding, int outgrown) {
        record Near(int missing, int far, Reason reason) {}
        var taken = taken(holding, outgrown);
        return IntStream.range(0, rules.length)
                .mapToObj(i -> {
                    var missing = missing(i, holding, outgrown);
                    if (missing.isEmpty()) {
                        var yields = Arrays.stream(rules[i].yieldsTo).anyMatch(taken::get);
                        missing = List.of(new Stacked(yields));
                    }
                    return new Near(missing.size(), far(missing.getFirst()), reason(missing.getFirst(), holding));
                })
                .min(Comparator.comparingInt(Near::missing)
                        .thenComparing(near -> !near.reason().partnerCanAct())
                        .thenComparingInt(Near::far))
                .map(Near::reason)
                .orElse(Reason.NO_LEVER);
    }

    /** A lever for the same product is nearer than one for the same customer, and so on. */
    private static int far(Condition missing) {
        return switch (missing) {
            case Unlike _, Stacked _ -> 0;
            case Happened _, Holds _, Age _ -> 1;
            case Has has ->
                switch (has.attribute().side()) {
                    case LINE -> 2;
                    case LOCATION -> 3;
                    case CUSTOMER -> 4;
                    case PRODUCT -> 5;
                };
        };
    }

    /** The reason that says that a condition does not hold. */
    private Reason reason(Condition missing, BitSet holding) {
        return switch (missing) {
            case Has has -> reason(has.attribute());
            case Holds(var requirement) -> Reason.missing(requirement.kind());
            case Happened(var trigger) ->
                switch (trigger) {
                    case INVOICED -> Reason.NOT_INVOICED;
                    case PAID -> happened(Lever.Trigger.INVOICED, holding) ? Reason.NOT_PAID_YET : Reason.NOT_INVOICED;
                    case CONSUMED -> Reason.NOT_CONSUMED;
                };
            case Age(var age) -> age.fresh() ? Reason.CUSNOTNEW : Reason.CUSTOMER_TOO_NEW;
            case Unlike(var exception) ->
                exception.stream().allMatch(Matrix::isPublicSector)
                        ? Reason.CUSPUBSEC
                        : reason(((Has) exception.getFirst()).attribute());
            case Stacked(var yields) -> yields ? Reason.YIELDED : Reason.NOT_STACKED;
        };
    }

    private static Reason reason(Attribute attribute) {
        return switch (attribute) {
            case PRODUCT, PRODUCT_FAMILY, SOLUTION_AREA, CUSTOMER, CUSTOMER_SEGMENT, CUSTOMER_COUNTRY, PARTNER_TYPE ->
                Reason.NO_LEVER;
            case PARTNER_COUNTRY -> Reason.IVDGEO;
            case CUSTOMER_LIST -> Reason.CUSTOMER_NOT_ON_LIST;
            case PARTNER_LIST -> Reason.NOT_ON_LIST;
            case PARTNER_ROLE -> Reason.IVDPTRROLE;
            case BILLING, ORDER_TYPE, TRIAL, UNIT -> Reason.KIND_NOT_COVERED;
        };
    }

    private static boolean isPublicSector(Condition condition) {
        return condition instanceof Has(var attribute, var oneOf)
                && attribute == Attribute.CUSTOMER_SEGMENT
                && PUBLIC_SECTOR.containsAll(oneOf);
    }

    private boolean happened(Lever.Trigger trigger, BitSet holding) {
        return holding.get(conditions.indexOf(new Happened(trigger)));
    }

    /** How many of the ages that levers ask for the customer has passed. */
    private int outgrown(int customer, int day) {
        var outgrown = 0;
        while (outgrown < ages.size() && day >= youngUntil.get(outgrown)[customer]) {
            outgrown++;
        }
        return outgrown;
    }

    /** The conditions on one side that hold for what has these attributes. */
    private BitSet holding(Selection.Side side, Attributes attributes) {
        var holding = new BitSet();
        for (var i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Has(var attribute, var oneOf) && attribute.side() == side) {
                holding.set(i, attributes.has(attribute, oneOf));
            }
        }
        return holding;
    }

    private BitSet holding(Facts.LineKind kind) {
        var holding =
                holding(Selection.Side.LINE, (attribute, oneOf) -> {
                    var value = kind.attributes().get(attribute);
                    return value != null && oneOf.contains(value);
                });
        for (var i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof Happened(var trigger)) {
                holding.set(i, serves(trigger, kind.happened()));
            }
        }
        return holding;
    }

    /** What was paid for was invoiced, too; what was used is reported on lines of its own. */
    private static boolean serves(Lever.Trigger asked, Lever.Trigger happened) {
        return switch (asked) {
            case INVOICED -> happened != Lever.Trigger.CONSUMED;
            case PAID, CONSUMED -> happened == asked;
        };
    }

    private static boolean has(Facts.Product product, Attribute attribute, Set<String> oneOf) {
        var value = of(product, attribute);
        return value != null && oneOf.contains(value);
    }

    private static boolean has(Facts.Customer customer, Attribute attribute, Set<String> oneOf) {
        if (attribute == Attribute.CUSTOMER_LIST) {
            return customer.lists().stream().anyMatch(oneOf::contains);
        }
        var value = of(customer, attribute);
        return value != null && oneOf.contains(value);
    }

    private static boolean has(Facts.Location location, Attribute attribute, Set<String> oneOf) {
        return switch (attribute) {
            case PARTNER_TYPE -> oneOf.contains(location.type());
            case PARTNER_COUNTRY -> oneOf.contains(location.country());
            case PARTNER_LIST -> location.lists().stream().anyMatch(oneOf::contains);
            case PRODUCT,
                    PRODUCT_FAMILY,
                    SOLUTION_AREA,
                    CUSTOMER,
                    CUSTOMER_SEGMENT,
                    CUSTOMER_COUNTRY,
                    CUSTOMER_LIST,
                    PARTNER_ROLE,
                    BILLING,
                    ORDER_TYPE,
                    TRIAL,
                    UNIT -> false;
        };
    }

    static @Nullable String of(Facts.Product product, Attribute attribute) {
        return switch (attribute) {
            case PRODUCT -> product.number();
            case PRODUCT_FAMILY -> product.family();
            case SOLUTION_AREA -> product.solutionArea();
            case CUSTOMER,
                    CUSTOMER_SEGMENT,
                    CUSTOMER_COUNTRY,
                    CUSTOMER_LIST,
                    PARTNER_TYPE,
                    PARTNER_COUNTRY,
                    PARTNER_LIST,
                    PARTNER_ROLE,
                    BILLING,
                    ORDER_TYPE,
                    TRIAL,
                    UNIT -> null;
        };
    }

    static @Nullable String of(Facts.Customer customer, Attribute attribute) {
        return switch (attribute) {
            case CUSTOMER -> customer.number();
            case CUSTOMER_SEGMENT -> customer.segment();
            case CUSTOMER_COUNTRY -> customer.country();
            case CUSTOMER_LIST -> customer.lists().isEmpty() ? null : String.join(", ", new TreeSet<>(customer.lists()));
            case PRODUCT,
                    PRODUCT_FAMILY,
                    SOLUTION_AREA,
                    PARTNER_TYPE,
                    PARTNER_COUNTRY,
                    PARTNER_LIST,
                    PARTNER_ROLE,
                    BILLING,
                    ORDER_TYPE,
                    TRIAL,
                    UNIT -> null;
        };
    }

    /** All values of an attribute that some condition asks for. */
    private Set<String> named(Attribute attribute) {
        var named = new TreeSet<String>();
        for (var condition : conditions) {
            if (condition instanceof Has(var one, var oneOf) && one == attribute) {
                named.addAll(oneOf);
            }
        }
        return named;
    }

    private static int[] filled(int size) {
        var days = new int[size];
        Arrays.fill(days, Integer.MIN_VALUE);
        return days;
    }

    private static int largest(IntStream ids) {
        return ids.max().orElse(0);
    }

    private interface Attributes {
        boolean has(Attribute attribute, Set<String> oneOf);
    }

    /** What the same conditions hold for is of one class. */
    private static final class Classes {

        private final List<BitSet> all = new ArrayList<>();
        private final Map<BitSet, Integer> numbers = new HashMap<>();

        int of(BitSet holding) {
            return numbers.computeIfAbsent(holding, _ -> {
                all.add(holding);
                return all.size() - 1;
            });
        }

        BitSet get(int number) {
            return all.get(number);
        }

        int size() {
            return all.size();
        }
    }
}
