package org.espace.terms;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.money.Rate;

/** Reads terms from YAML. {@code docs/terms.md} describes the format. */
public final class TermsReader {

    private static final Set<String> PARTNER_TYPES =
            Set.of("direct-reseller", "indirect-provider", "indirect-reseller");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int MOST_LEVERS = 200;

    private final List<TermsInvalid.Problem> problems = new ArrayList<>();

    private TermsReader() {}

    /** Throws {@link TermsInvalid} with every problem found. */
    public static Terms read(String yaml) {
        var reader = new TermsReader();
        var root = YamlSection.parse(yaml, reader.problems);
        var terms = reader.terms(root);
        root.refuseTheRest();
        if (!reader.problems.isEmpty()) {
            throw new TermsInvalid(reader.problems);
        }
        return terms.orElseThrow();
    }

    private Optional<Terms> terms(YamlSection root) {
        var program = root.required("program", TermsReader::code);
        var name = names(root, program.orElse(""));
        var version = root.required("version", text -> text);
        var effective = root.required("effective", TermsReader::period);
        var currency = root.required("currency", TermsReader::currency);
        var year = root.optional("fiscal-year-starts", text -> MonthDay.parse("--" + text))
                .orElse(MonthDay.of(1, 1));
        if (year.getDayOfMonth() != 1) {
            root.problem(root.lineOf("fiscal-year-starts"), "a fiscal year starts on the first day of a month");
        }
        var exchange = root.optional("exchange", text -> oneOf(Terms.Exchange.class, text))
                .orElse(Terms.Exchange.MONTHLY);
        var openTo = root.section("open-to");
        var types = openTo.map(section -> known(section, "partner-types", PARTNER_TYPES))
                .orElse(Set.of());
        var countries =
                openTo.map(section -> known(section, "countries", COUNTRIES)).orElse(Set.of());
        var split = root.section("split").flatMap(this::split).orElse(new Terms.Split(Rate.ALL));
        var source = root.text("source").orElse("");
        var levers = currency.map(money -> levers(root, money)).orElse(List.of());
        if (problems.isEmpty()) {
            return Optional.of(new Terms(
                    program.orElseThrow(),
                    name,
                    version.orElseThrow(),
                    effective.orElseThrow(),
                    currency.orElseThrow(),
                    year,
                    exchange,
                    Terms.Rounding.HALF_UP,
                    types,
                    countries,
                    List.of(),
                    false,
                    split,
                    source,
                    levers,
                    List.of()));
        }
        return Optional.empty();
    }

    private static Names names(YamlSection section, String otherwise) {
        if (section.isText("name")) {
            var name = section.text("name").orElse(otherwise);
            return new Names(name, name);
        }
        return section.section("name")
                .map(names -> {
                    var en = names.text("en").orElse(otherwise);
                    return new Names(en, names.text("fr").orElse(en));
                })
                .orElse(new Names(otherwise, otherwise));
    }

    private Set<String> known(YamlSection section, String key, Set<String> allowed) {
        var found = section.texts(key);
        if (found.equals(Set.of("all"))) {
            return Set.of();
        }
        refuseUnknown(section, key, found, allowed);
        return found;
    }

    private static void refuseUnknown(YamlSection section, String key, Set<String> found, Set<String> allowed) {
        for (var value : found) {
            if (!allowed.contains(value)) {
                section.problem(section.lineOf(key), "%s: %s is not known".formatted(key, value));
            }
        }
    }

    private Optional<Terms.Split> split(YamlSection section) {
        var rebate = section.required("rebate", TermsReader::share);
        var coop = section.optional("co-op", TermsReader::share).orElse(Rate.ZERO);
        return rebate.flatMap(share -> {
            if (share.partsPerMillion() + coop.partsPerMillion() != Rate.ALL.partsPerMillion()) {
                section.problem(section.line(), "split: %s and %s are not 100%%".formatted(share, coop));
                return Optional.empty();
            }
            return Optional.of(new Terms.Split(share));
        });
    }

    private List<Lever> levers(YamlSection root, Currency currency) {
        var levers = new ArrayList<Lever>();
        var ids = new HashSet<String>();
        for (var section : root.sections("levers")) {
            lever(section, currency).ifPresent(lever -> {
                if (!ids.add(lever.id())) {
                    section.problem(section.line(), "lever %s stands twice".formatted(lever.id()));
                }
                levers.add(lever);
            });
        }
        if (!root.has("levers") || levers.size() > MOST_LEVERS) {
            root.problem(root.lineOf("levers"), "levers: 1 to %d are needed".formatted(MOST_LEVERS));
        }
        return List.copyOf(levers);
    }

    private Optional<Lever> lever(YamlSection section, Currency currency) {
        var id = section.required("id", TermsReader::code);
        var name = names(section, id.orElse(""));
        var of = selection(section);
        var tiers = section.section("tiers");
        var scope = tiers.flatMap(TermsReader::scope).orElse(Lever.Scope.LINE);
        var formula = formula(section, tiers, currency);
        var caps = caps(section, currency);
        if (id.isEmpty() || formula.isEmpty()) {
            return Optional.empty();
        }
        var lever = new Lever(
                id.get(),
                name,
                of,
                Lever.Trigger.INVOICED,
                null,
                List.of(),
                new Lever.Added(),
                scope,
                formula.get(),
                caps,
                Set.of(),
                Set.of(),
                null);
        refuseSumsThatDependOnOrder(section, lever);
        return Optional.of(lever);
    }

    private static Selection selection(YamlSection lever) {
        if (!lever.has("of")) {
            lever.problem(lever.line(), "of is missing: name what the lever is for, or write \"of: all\"");
            return Selection.ALL;
        }
        if (lever.isText("of")) {
            lever.optional("of", text -> {
                if (!text.equals("all")) {
                    throw new IllegalArgumentException("write \"all\", or name attributes");
                }
                return text;
            });
            return Selection.ALL;
        }
        var of = lever.section("of").orElseThrow();
        return new Selection(
                attributes(of),
                of.sections("except").stream().map(TermsReader::attributes).toList());
    }

    private static Map<Selection.Attribute, Set<String>> attributes(YamlSection section) {
        var found = new EnumMap<Selection.Attribute, Set<String>>(Selection.Attribute.class);
        for (var attribute : Selection.Attribute.values()) {
            var values = section.texts(attribute.key());
            if (values.isEmpty()) {
                continue;
            }
            switch (attribute) {
                case PARTNER_TYPE -> refuseUnknown(section, attribute.key(), values, PARTNER_TYPES);
                case PARTNER_COUNTRY, CUSTOMER_COUNTRY -> refuseUnknown(section, attribute.key(), values, COUNTRIES);
                case PRODUCT,
                        PRODUCT_FAMILY,
                        SOLUTION_AREA,
                        CUSTOMER,
                        CUSTOMER_SEGMENT,
                        PARTNER_LIST,
                        PARTNER_ROLE,
                        BILLING,
                        ORDER_TYPE,
                        TRIAL,
                        UNIT -> {}
            }
            found.put(attribute, values);
        }
        return found;
    }

    private Optional<Lever.Formula> formula(YamlSection lever, Optional<YamlSection> tiers, Currency currency) {
        var found = new ArrayList<Lever.Formula>();
        lever.optional("rate", Rate::percent).map(Lever.Flat::new).ifPresent(found::add);
        lever.optional("per-unit", text -> money(text, currency))
                .map(Lever.PerUnit::new)
                .ifPresent(found::add);
        tiers.flatMap(section -> tiers(section, currency)).ifPresent(found::add);
        var written = Stream.of("rate", "per-unit", "tiers").filter(lever::has).count();
        if (written != 1) {
            lever.problem(lever.line(), "a lever has exactly one of rate, per-unit and tiers");
        }
        return found.stream().findFirst();
    }

    private Optional<Lever.Formula> tiers(YamlSection tiers, Currency currency) {
        var kind = tiers.required("kind", text -> switch (text) {
            case "marginal", "retroactive" -> text;
            default -> throw new IllegalArgumentException("write marginal or retroactive");
        });
        var measure = tiers.optional("measure", text -> oneOf(Lever.Measure.class, text))
                .orElse(Lever.Measure.REVENUE);
        var steps = steps(tiers, measure, currency);
        if (kind.isEmpty() || steps.isEmpty()) {
            return Optional.empty();
        }
        if (kind.get().equals("retroactive")) {
            return Optional.of(new Lever.Retroactive(measure, steps));
        }
        if (measure != Lever.Measure.REVENUE) {
            tiers.problem(tiers.lineOf("measure"), "marginal tiers are measured in revenue");
        }
        return Optional.of(new Lever.Marginal(measure, steps));
    }

    private static List<Lever.Step> steps(YamlSection tiers, Lever.Measure measure, Currency currency) {
        var steps = new ArrayList<Lever.Step>();
        for (var section : tiers.sections("steps")) {
            var from = section.required("from", text -> switch (measure) {
                case REVENUE -> text.equals("0") ? 0 : money(text, currency).minor();
                case QUANTITY -> new BigDecimal(text).movePointRight(6).longValueExact();
            });
            var rate = section.required("rate", Rate::percent);
            if (from.isEmpty() || rate.isEmpty()) {
                continue;
            }
            if (from.get() < 0 || (!steps.isEmpty() && steps.getLast().from() >= from.get())) {
                section.problem(section.line(), "a step must begin at 0 or more, and above the step before it");
            }
            steps.add(new Lever.Step(from.get(), new Lever.Flat(rate.get())));
        }
        if (steps.isEmpty()) {
            tiers.problem(tiers.line(), "tiers need steps");
        }
        return List.copyOf(steps);
    }

    private List<Lever.Limit> caps(YamlSection lever, Currency currency) {
        var caps = new ArrayList<Lever.Limit>();
        for (var section : lever.sections("cap")) {
            var scope = scope(section);
            var amount = section.required("amount", text -> money(text, currency));
            if (scope.isPresent() && amount.isPresent()) {
                if (amount.get().amount().signum() <= 0) {
                    section.problem(section.lineOf("amount"), "a cap must be above zero");
                }
                caps.add(new Lever.Cap(scope.get(), amount.get()));
            }
        }
        return List.copyOf(caps);
    }

    private static Optional<Lever.Scope> scope(YamlSection section) {
        var per = section.required("per", text -> oneOf(Lever.Per.class, text));
        var span = section.required("period", text -> oneOf(Lever.Span.class, text));
        return per.flatMap(who -> span.map(when -> new Lever.Scope(who, when)));
    }

    /** A cap on part of what a tier adds up would pay by who came first: such terms are refused. */
    private static void refuseSumsThatDependOnOrder(YamlSection section, Lever lever) {
        var scopes = new ArrayList<Lever.Scope>();
        scopes.add(lever.scope());
        lever.limits().forEach(limit -> scopes.add(limit.scope()));
        for (var i = 1; i < scopes.size(); i++) {
            if (!scopes.get(i).holds(scopes.get(i - 1))) {
                section.problem(
                        section.lineOf("cap"),
                        "a cap must add up at least what the tiers, or the cap before it, add up together");
            }
        }
    }

    private static Period period(String text) {
        var days = text.split("/", -1);
        if (days.length != 2) {
            throw new IllegalArgumentException("write two days as 2021-10-01/2022-10-01");
        }
        return new Period(LocalDate.parse(days[0]), LocalDate.parse(days[1]));
    }

    private static Currency currency(String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " is no ISO 4217 currency", e);
        }
    }

    private static Money money(String text, Currency currency) {
        var parts = text.split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("write an amount as \"10000 " + currency + "\"");
        }
        if (!parts[1].equals(currency.getCurrencyCode())) {
            throw new IllegalArgumentException(parts[1] + " is not the program's currency, " + currency);
        }
        return Money.of(parts[0], parts[1]);
    }

    private static Rate share(String text) {
        var rate = Rate.percent(text);
        if (rate.partsPerMillion() < 0 || rate.partsPerMillion() > Rate.ALL.partsPerMillion()) {
            throw new IllegalArgumentException(text + " is not between 0% and 100%");
        }
        return rate;
    }

    private static String code(String text) {
        if (!text.matches("[a-z][a-z0-9-]{1,59}")) {
            throw new IllegalArgumentException("write 2 to 60 small letters, digits and hyphens");
        }
        return text;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> kind, String text) {
        for (var value : kind.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(text + " is not known; known are "
                + Stream.of(kind.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }
}
