package org.espace.terms;

import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.espace.money.Rate;

/** Reads terms from YAML. {@code docs/terms.md} describes the format. */
public final class TermsReader {

    private static final Set<String> PARTNER_TYPES =
            Set.of("direct-reseller", "indirect-provider", "indirect-reseller");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int MOST_LEVERS = 200;
    private static final int LONGEST_VERSION = 40;

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
        var program = root.required("program", Written::code);
        var name = names(root, program.orElse(""));
        var version = root.required("version", TermsReader::version);
        var effective = root.required("effective", Written::period);
        var currency = root.required("currency", Written::currency);
        var year = root.optional("fiscal-year-starts", text -> MonthDay.parse("--" + text))
                .orElse(MonthDay.of(1, 1));
        if (year.getDayOfMonth() != 1) {
            root.problem(root.lineOf("fiscal-year-starts"), Wrong.FISCAL_YEAR_START);
        }
        var exchange = root.optional("exchange", text -> Written.oneOf(Terms.Exchange.class, text))
                .orElse(Terms.Exchange.MONTHLY);
        var rounding = root.optional("rounding", text -> Written.oneOf(Terms.Rounding.class, text))
                .orElse(Terms.Rounding.HALF_UP);
        var openTo = root.section("open-to");
        var types =
                openTo.map(section -> partnerTypes(section, "partner-types")).orElse(Set.of());
        var countries = openTo.map(section -> countries(section, "countries")).orElse(Set.of());
        var conditions = Conditions.read(root);
        var wholeMonths = root.optional("counts-from", TermsReader::wholeMonths).orElse(false);
        var split = root.section("split").flatMap(TermsReader::split).orElse(new Terms.Split(Rate.ALL));
        var source = root.text("source").orElse("");
        var markets = new Markets(root, COUNTRIES);
        var levers = currency.map(money -> levers(root, money, markets)).orElse(List.of());
        var ceilings = currency.map(money -> ceilings(root, money, levers)).orElse(List.of());
        if (currency.isPresent()) {
            markets.refuseUnused();
        } else {
            root.ask("levers");
            root.ask("ceilings");
        }
        if (problems.isEmpty()) {
            return Optional.of(new Terms(
                    program.orElseThrow(),
                    name,
                    version.orElseThrow(),
                    effective.orElseThrow(),
                    currency.orElseThrow(),
                    year,
                    exchange,
                    rounding,
                    types,
                    countries,
                    conditions,
                    wholeMonths,
                    split,
                    source,
                    levers,
                    ceilings));
        }
        return Optional.empty();
    }

    private static String version(String text) {
        if (text.length() > LONGEST_VERSION) {
            throw new Unwritten(Wrong.TOO_LONG, "most", LONGEST_VERSION);
        }
        return text;
    }

    private static boolean wholeMonths(String text) {
        return switch (text) {
            case "day" -> false;
            case "first-of-month" -> true;
            default -> throw new Unwritten(Wrong.COUNTS_FROM);
        };
    }

    /** The name of a thing: one for both languages, or one in each. */
    public static Names names(YamlSection section, String otherwise) {
        if (section.isText("name")) {
            var name = section.text("name").orElse(otherwise);
            return new Names(name, name);
        }
        return section.section("name")
                .map(names -> {
                    var en = names.required("en", text -> text).orElse(otherwise);
                    return new Names(en, names.text("fr").orElse(en));
                })
                .orElse(new Names(otherwise, otherwise));
    }

    static Set<String> partnerTypes(YamlSection section, String key) {
        return known(section, key, PARTNER_TYPES, "unknown-partner-type");
    }

    static Set<String> countries(YamlSection section, String key) {
        return known(section, key, COUNTRIES, "unknown-country");
    }

    /** "all" is as good as nothing. */
    private static Set<String> known(YamlSection section, String key, Set<String> allowed, String code) {
        var found = section.texts(key);
        if (found.equals(Set.of("all"))) {
            return Set.of();
        }
        refuseUnknown(section, key, found, allowed, code);
        return found;
    }

    static void refuseUnknown(YamlSection section, String key, Set<String> found, Set<String> allowed, String code) {
        for (var value : found) {
            if (!allowed.contains(value)) {
                section.problemAt(key, code, Wrong.UNKNOWN_VALUE, "value", value);
            }
        }
    }

    static Optional<Terms.Split> split(YamlSection section) {
        var rebate = section.required("rebate", Written::share);
        var coop = section.optional("co-op", Written::share).orElse(Rate.ZERO);
        return rebate.flatMap(share -> {
            if (share.partsPerMillion() + coop.partsPerMillion() != Rate.ALL.partsPerMillion()) {
                section.problem(section.line(), "split-not-whole", Wrong.SPLIT, "rebate", share, "coop", coop);
                return Optional.empty();
            }
            return Optional.of(new Terms.Split(share));
        });
    }

    private List<Lever> levers(YamlSection root, Currency currency, Markets markets) {
        var levers = new ArrayList<Lever>();
        var ids = new HashSet<String>();
        var sections = root.sections("levers");
        for (var section : sections) {
            new LeverReader(section, currency, markets).read().ifPresent(lever -> {
                if (!ids.add(lever.id())) {
                    section.problem(section.line(), Wrong.LEVER_TWICE, "lever", lever.id());
                }
                levers.add(lever);
            });
        }
        if (sections.isEmpty() || sections.size() > MOST_LEVERS) {
            root.problem(root.lineOf("levers"), Wrong.HOW_MANY_LEVERS, "most", MOST_LEVERS);
        }
        if (levers.size() == sections.size()) {
            for (var i = 0; i < levers.size(); i++) {
                var lever = levers.get(i);
                refuseUnknownLevers(sections.get(i), "stacks-on", lever.id(), lever.stacksOn(), ids);
                refuseUnknownLevers(sections.get(i), "yields-to", lever.id(), lever.yieldsTo(), ids);
            }
        }
        return List.copyOf(levers);
    }

    private static void refuseUnknownLevers(
            YamlSection section, String key, String own, Set<String> named, Set<String> known) {
        for (var other : named) {
            if (other.equals(own)) {
                section.problemAt(key, Wrong.NAMES_ITSELF);
            } else if (!known.contains(other)) {
                section.problemAt(key, "unknown-lever", Wrong.NO_LEVER, "lever", other);
            }
        }
    }

    private static List<Ceiling> ceilings(YamlSection root, Currency currency, List<Lever> levers) {
        var ceilings = new ArrayList<Ceiling>();
        var ids = new HashSet<>(levers.stream().map(Lever::id).toList());
        for (var section : root.sections("ceilings")) {
            new CeilingReader(section, currency, levers).read().ifPresent(ceiling -> {
                if (!ids.add(ceiling.id())) {
                    section.problem(section.line(), Wrong.ID_TWICE, "id", ceiling.id());
                }
                ceilings.stream()
                        .filter(other -> ceiling.overlaps(other, levers)
                                && !ceiling.isWithin(other, levers)
                                && !other.isWithin(ceiling, levers))
                        .forEach(other -> section.problem(
                                section.line(),
                                "ceilings-overlap",
                                Wrong.CEILINGS_OVERLAP,
                                "one",
                                other.id(),
                                "other",
                                ceiling.id()));
                ceilings.add(ceiling);
            });
        }
        return List.copyOf(ceilings);
    }
}
