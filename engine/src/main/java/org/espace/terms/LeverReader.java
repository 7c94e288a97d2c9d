package org.espace.terms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one lever. A combination that could not mean anything, or would pay by who came first, is refused. */
final class LeverReader {

    private static final Lever.Scope CUSTOMER_OVER_THE_TERM = new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.TERM);
    private static final List<String> BASES = List.of("growth", "high-water", "customer-add", "higher-of");

    private final YamlSection lever;
    private final Currency currency;
    private final Markets markets;

    LeverReader(YamlSection lever, Currency currency, Markets markets) {
        this.lever = lever;
        this.currency = currency;
        this.markets = markets;
    }

    Optional<Lever> read() {
        var id = lever.required("id", Written::code);
        var name = TermsReader.names(lever, id.orElse(""));
        var of = of();
        var trigger = lever.optional("trigger", text -> Written.oneOf(Lever.Trigger.class, text))
                .orElse(Lever.Trigger.INVOICED);
        var customers = lever.section("customers");
        var age = customers.flatMap(LeverReader::age);
        var without = customers.filter(section -> section.has("without")).flatMap(this::without);
        var requires = Requirements.read(lever);
        var basis = basis();
        var scope = basis.isPresent() && basis.get() instanceof Lever.CustomerAdd ? ofCustomerAdd() : scope(lever);
        var formula = new FormulaReader(currency).read(lever);
        var limits = limits();
        var stacksOn = lever.texts("stacks-on");
        var yieldsTo = lever.texts("yields-to");
        var split = lever.section("split").flatMap(TermsReader::split);
        if (id.isEmpty() || formula.isEmpty() || basis.isEmpty() || scope.isEmpty()) {
            return Optional.empty();
        }
        var read = new Lever(
                id.get(),
                name,
                of,
                trigger,
                age.orElse(null),
                without.orElse(null),
                requires,
                basis.get(),
                scope.get(),
                formula.get(),
                limits,
                stacksOn,
                yieldsTo,
                orNull(split));
        refuseWhatMeansNothing(read);
        refuseSumsThatDependOnOrder(read);
        return Optional.of(read);
    }

    private static Terms.@Nullable Split orNull(Optional<Terms.Split> split) {
        return split.orElse(null);
    }

    // --- which sales -------------------------------------------------------------------------------------------------

    private Selection of() {
        if (!lever.has("of")) {
            lever.problem(lever.line(), Wrong.OF_MISSING);
            return Selection.ALL;
        }
        return selection(lever, "of");
    }

    private Selection selection(YamlSection section, String key) {
        if (section.isText(key)) {
            section.optional(key, text -> {
                if (!text.equals("all")) {
                    throw new Unwritten(Wrong.OF_ALL);
                }
                return text;
            });
            return Selection.ALL;
        }
        var selected = section.section(key).orElseThrow();
        var only = attributes(selected);
        var except = selected.sections("except").stream().map(this::attributes).toList();
        if (except.stream().anyMatch(Map::isEmpty)) {
            selected.problem(selected.lineOf("except"), Wrong.NAMES_NOTHING, "key", "except");
        }
        if (only.isEmpty() && except.isEmpty()) {
            section.problem(section.lineOf(key), Wrong.OF_NOTHING, "key", key);
        }
        return new Selection(only, except);
    }

    private Map<Selection.Attribute, Set<String>> attributes(YamlSection section) {
        var found = new EnumMap<Selection.Attribute, Set<String>>(Selection.Attribute.class);
        for (var attribute : Selection.Attribute.values()) {
            var values = switch (attribute) {
                case PARTNER_TYPE -> TermsReader.partnerTypes(section, attribute.key());
                case PARTNER_COUNTRY -> countries(section, attribute.key(), "partner-market");
                case CUSTOMER_COUNTRY -> countries(section, attribute.key(), "customer-market");
                case PRODUCT,
                        PRODUCT_FAMILY,
                        SOLUTION_AREA,
                        CUSTOMER,
                        CUSTOMER_SEGMENT,
                        CUSTOMER_LIST,
                        PARTNER_LIST,
                        PARTNER_ROLE,
                        BILLING,
                        ORDER_TYPE,
                        TRIAL,
                        UNIT -> section.texts(attribute.key());
            };
            if (!values.isEmpty()) {
                found.put(attribute, values);
            }
        }
        return found;
    }

    private Set<String> countries(YamlSection section, String key, String market) {
        var named = TermsReader.countries(section, key);
        var ofMarkets = markets.resolve(section, market);
        if (section.has(key) && section.has(market)) {
            section.problem(section.lineOf(market), Wrong.EITHER, "one", key, "other", market);
        }
        return named.isEmpty() ? ofMarkets : named;
    }

    private static Optional<Lever.CustomerAge> age(YamlSection customers) {
        var fresh = customers.optional("new-for", Written::months);
        var old = customers.optional("older-than", Written::months);
        var both = customers.has("new-for") && customers.has("older-than");
        var neither = !customers.has("new-for") && !customers.has("older-than") && !customers.has("without");
        if (both || neither) {
            customers.problem(customers.line(), Wrong.CUSTOMER_AGE);
        }
        return fresh.map(months -> new Lever.CustomerAge(true, months))
                .or(() -> old.map(months -> new Lever.CustomerAge(false, months)));
    }

    private Optional<Lever.Without> without(YamlSection customers) {
        var bought = selection(customers, "without");
        var lookBack = customers.required("look-back", Written::months);
        var askedOf = customers.section("asked-of").map(this::attributes);
        if (askedOf.isPresent() && askedOf.get().isEmpty()) {
            customers.problem(customers.lineOf("asked-of"), Wrong.NAMES_NOTHING, "key", "asked-of");
        }
        return lookBack.map(months -> new Lever.Without(bought, months, askedOf.orElse(Map.of())));
    }

    // --- what is added up --------------------------------------------------------------------------------------------

    private Optional<Lever.Basis> basis() {
        var found = new ArrayList<Lever.Basis>();
        lever.section("growth").flatMap(this::growth).ifPresent(found::add);
        lever.section("high-water").flatMap(LeverReader::highWater).ifPresent(found::add);
        lever.section("customer-add").flatMap(this::customerAdd).ifPresent(found::add);
        higherOf().ifPresent(found::add);
        var written = BASES.stream().filter(lever::has).count();
        if (written > 1) {
            lever.problem(lever.line(), Wrong.ONE_BASIS);
        }
        return written == 0 ? Optional.of(new Lever.Added()) : found.stream().findFirst();
    }

    private Optional<Lever.Basis> growth(YamlSection section) {
        var over = section.required("over", text -> Written.oneOf(Lever.Over.class, text));
        var baseline = section.optional("baseline", text -> Written.moneyAboveZero(text, currency));
        if (over.isPresent() && (over.get() == Lever.Over.FIXED) != section.has("baseline")) {
            section.problem(section.line(), Wrong.BASELINE);
        }
        return over.map(than -> new Lever.Growth(than, baseline.orElse(null)));
    }

    private static Optional<Lever.Basis> highWater(YamlSection section) {
        var lookBack = section.required("look-back", Written::months);
        var atLeast = section.has("at-least") ? section.optional("at-least", Written::quantity) : Optional.of(0L);
        return lookBack.flatMap(months -> atLeast.map(least -> new Lever.HighWater(months, least)));
    }

    private Optional<Lever.Basis> customerAdd(YamlSection section) {
        var threshold = section.required("threshold", text -> Written.moneyAboveZero(text, currency));
        var lookBack = section.required("look-back", Written::months);
        var annualized = section.optional("annualized", text -> {
            if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1) {
                throw new Unwritten(Wrong.ANNUALIZED);
            }
            return Integer.valueOf(text);
        });
        var months = section.optional("months", text -> Written.months(text));
        if (section.has("annualized") == section.has("months")) {
            section.problem(section.line(), Wrong.ANNUALIZED_OR_MONTHS);
            return Optional.empty();
        }
        if (threshold.isEmpty() || lookBack.isEmpty() || (annualized.isEmpty() && months.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                new Lever.CustomerAdd(threshold.get(), lookBack.get(), annualized.orElse(0), months.orElse(0)));
    }

    private Optional<Lever.Basis> higherOf() {
        var units = lever.list("higher-of");
        if (!lever.has("higher-of")) {
            return Optional.empty();
        }
        if (units.size() != 2 || units.getFirst().equals(units.getLast())) {
            lever.problem(lever.lineOf("higher-of"), Wrong.TWO_UNITS);
            return Optional.empty();
        }
        return Optional.of(new Lever.HigherOf(units.getFirst(), units.getLast()));
    }

    private Optional<Lever.Scope> ofCustomerAdd() {
        if (lever.has("per") || lever.has("period")) {
            lever.ask("per");
            lever.ask("period");
            lever.problem(lever.lineOf("per"), Wrong.CUSTOMER_ADD_SCOPE);
        }
        return Optional.of(CUSTOMER_OVER_THE_TERM);
    }

    /** Without {@code per}, each line by itself. */
    static Optional<Lever.Scope> scope(YamlSection section) {
        var per = section.optional("per", text -> Written.oneOf(Lever.Per.class, text));
        var span = section.optional("period", text -> Written.oneOf(Lever.Span.class, text));
        var line = section.has("per") ? per.filter(Lever.Per.LINE::equals).isPresent() : true;
        if (line) {
            if (section.has("period")) {
                section.problem(section.lineOf("period"), Wrong.LINE_HAS_NO_PERIOD);
            }
            return Optional.of(Lever.Scope.LINE);
        }
        if (!section.has("period")) {
            section.problem(section.line(), Wrong.MISSING, "key", "period");
        }
        return per.flatMap(who -> span.map(when -> new Lever.Scope(who, when)));
    }

    // --- bounds ------------------------------------------------------------------------------------------------------

    /** Finer scopes come first, and in one scope the floor before the cap: the order of writing makes no difference. */
    private List<Lever.Limit> limits() {
        var limits = new ArrayList<Lever.Limit>();
        for (var section : lever.sections("floor")) {
            bound(section).ifPresent(bound -> limits.add(new Lever.Floor(bound.scope(), bound.amount())));
        }
        for (var section : lever.sections("cap")) {
            bound(section).ifPresent(limits::add);
        }
        limits.sort(Comparator.comparing((Lever.Limit limit) -> limit.scope().per())
                .thenComparing(limit -> limit.scope().span())
                .thenComparing(limit -> limit instanceof Lever.Cap));
        return List.copyOf(limits);
    }

    private Optional<Lever.Cap> bound(YamlSection section) {
        section.required("per", text -> text);
        var scope = scope(section);
        var amount = section.required("amount", text -> Written.moneyAboveZero(text, currency));
        return scope.flatMap(within -> amount.map(money -> new Lever.Cap(within, money)));
    }

    // --- what is refused ---------------------------------------------------------------------------------------------

    private void refuseWhatMeansNothing(Lever read) {
        var reads = Reads.of(read.formula());
        switch (read.basis()) {
            case Lever.Added _ -> {
                var single = read.formula() instanceof Lever.Flat || read.formula() instanceof Lever.PerUnit;
                if (!single && !lever.has("per")) {
                    lever.problem(lever.line(), Wrong.PER_MISSING);
                }
            }
            case Lever.Growth growth -> {
                refuseFinerThanACustomer(read, "growth");
                if (growth.over() != Lever.Over.FIXED && read.scope().span() == Lever.Span.TERM) {
                    lever.problem(lever.lineOf("period"), Wrong.NO_TERM_BEFORE);
                }
                if (growth.over() == Lever.Over.FIXED && reads.quantity()) {
                    lever.problem(lever.lineOf("growth"), Wrong.FIXED_IS_REVENUE);
                }
            }
            case Lever.HighWater _ -> {
                refuseFinerThanACustomer(read, "high-water");
                if (reads.revenue()) {
                    lever.problem(lever.lineOf("high-water"), Wrong.HIGH_WATER_COUNTS);
                }
            }
            case Lever.CustomerAdd _ -> {
                if (reads.quantity()) {
                    lever.problem(lever.lineOf("customer-add"), Wrong.CUSTOMER_ADD_COUNTS);
                }
            }
            case Lever.HigherOf _ -> {
                if (read.scope().per() == Lever.Per.LINE) {
                    lever.problem(lever.lineOf("higher-of"), Wrong.HIGHER_OF_SUMS);
                }
                if (reads.revenue()) {
                    lever.problem(lever.lineOf("higher-of"), Wrong.HIGHER_OF_COUNTS);
                }
                if (read.of().only().containsKey(Selection.Attribute.UNIT)) {
                    lever.problem(lever.lineOf("of"), Wrong.HIGHER_OF_UNIT);
                }
            }
        }
        if (read.without() != null) {
            refuseWhatDoesNotGoWithout(read, reads);
        }
        var both = new TreeSet<>(read.stacksOn());
        both.retainAll(read.yieldsTo());
        for (var other : both) {
            lever.problem(lever.line(), Wrong.STACKS_AND_YIELDS, "lever", other);
        }
    }

    /** What counts, or no longer does, is months of a customer: so it is added up by months, and of one kind. */
    private void refuseWhatDoesNotGoWithout(Lever read, Reads reads) {
        var line = lever.lineOf("customers");
        if (!(read.basis() instanceof Lever.Added)) {
            BASES.stream()
                    .filter(lever::has)
                    .forEach(key -> lever.problem(line, Wrong.WITHOUT_COMPARES_NOTHING, "key", key));
        } else if (read.scope().per().compareTo(Lever.Per.CUSTOMER) < 0) {
            lever.problem(line, Wrong.WITHOUT_SUMS);
        }
        switch (read.formula()) {
            case Lever.Flat _, Lever.PerUnit _, Lever.Fixed _ -> {}
            case Lever.Marginal _, Lever.Retroactive _ -> {
                if (reads.revenue() && reads.quantity()) {
                    lever.problem(line, Wrong.WITHOUT_READS_BOTH);
                }
            }
            case Lever.Smallest _, Lever.Largest _ -> lever.problem(line, Wrong.WITHOUT_READS_BOTH);
        }
    }

    private void refuseFinerThanACustomer(Lever read, String what) {
        if (read.scope().per().compareTo(Lever.Per.CUSTOMER) < 0) {
            lever.problem(lever.lineOf(what), Wrong.FINER_THAN_A_CUSTOMER, "key", what);
        }
    }

    /** A limit on part of what is added up together would pay by who came first. */
    private void refuseSumsThatDependOnOrder(Lever read) {
        var within = read.scope();
        Lever.Limit before = null;
        for (var limit : read.limits()) {
            var key = limit instanceof Lever.Cap ? "cap" : "floor";
            if (!limit.scope().holds(within)) {
                lever.problem(lever.lineOf(key), "order-of-arrival", Wrong.LIMIT_ADDS_LESS, "limit", key);
            }
            if (before != null && before.scope().equals(limit.scope())) {
                refuseInOneScope(before, limit, key);
            }
            within = limit.scope();
            before = limit;
        }
    }

    private void refuseInOneScope(Lever.Limit first, Lever.Limit second, String key) {
        if (first.getClass().equals(second.getClass())) {
            lever.problem(lever.lineOf(key), Wrong.ONE_LIMIT, "limit", key);
        } else if (first.amount().compareTo(second.amount()) > 0) {
            lever.problem(lever.lineOf(key), Wrong.FLOOR_ABOVE_CAP);
        }
    }
}
