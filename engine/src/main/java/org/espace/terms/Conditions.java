package org.espace.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a location must meet. */
final class Conditions {

    private static final List<String> KEYS = Stream.concat(
                    Stream.of(Requirement.Kind.values()).map(Requirement.Kind::key),
                    Stream.of(
                            "designation",
                            "points",
                            "any-of",
                            "first-sale",
                            "actively-reselling",
                            "trailing-revenue",
                            "measure"))
            .toList();

    private Conditions() {}

    static List<Condition> read(YamlSection section) {
        return all(section.sections("requires"), false);
    }

    static Condition read(String written) {
        var problems = new ArrayList<TermsInvalid.Problem>();
        var section = YamlSection.parse(written, problems);
        var read = section.has("open-to") ? section.section("open-to").map(Conditions::openTo) : one(section, false);
        if (!problems.isEmpty()) {
            throw new TermsInvalid(problems);
        }
        return read.orElseThrow();
    }

    static Condition openTo(YamlSection section) {
        return new Condition.OpenTo(
                TermsReader.partnerTypes(section, "partner-types"), TermsReader.countries(section, "countries"));
    }

    private static List<Condition> all(List<YamlSection> sections, boolean within) {
        return sections.stream()
                .flatMap(section -> one(section, within).stream())
                .toList();
    }

    private static Optional<Condition> one(YamlSection section, boolean within) {
        var keys = KEYS.stream().filter(section::has).toList();
        KEYS.forEach(section::ask);
        if (keys.size() != 1) {
            section.problem(section.line(), Wrong.CONDITION_KIND, "known", KEYS);
        }
        return keys.stream().findFirst().flatMap(key -> one(section, key, within));
    }

    private static Optional<Condition> one(YamlSection section, String key, boolean within) {
        return switch (key) {
            case "designation" -> Requirements.codes(section, key).map(Condition.Designation::new);
            case "points" ->
                section.section(key).flatMap(points -> {
                    var area = points.required("area", Written::code);
                    var atLeast = points.required("at-least", Written::numberAboveZero);
                    return area.flatMap(code -> atLeast.map(least -> new Condition.Points(code, least)));
                });
            case "any-of" -> choice(section, within);
            case "first-sale" -> section.required(key, Conditions::firstSale);
            case "actively-reselling" ->
                section.section(key)
                        .flatMap(active -> active.required("days", Written::days))
                        .map(Condition.ActivelyReselling::new);
            case "trailing-revenue" -> section.section(key).flatMap(Conditions::trailing);
            case "measure" ->
                section.section(key).flatMap(measure -> {
                    var code = measure.required("code", Written::code);
                    var atLeast = measure.required("at-least", Written::numberAboveZero);
                    return code.flatMap(name -> atLeast.map(least -> new Condition.Measure(name, least)));
                });
            default -> Requirements.one(section, kind(key)).map(requirement -> requirement);
        };
    }

    private static Requirement.Kind kind(String key) {
        return Stream.of(Requirement.Kind.values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Condition> choice(YamlSection section, boolean within) {
        if (within) {
            section.problem(section.lineOf("any-of"), Wrong.ANY_OF_WITHIN);
            return Optional.empty();
        }
        var sections = section.sections("any-of");
        if (sections.size() < 2) {
            section.problem(section.lineOf("any-of"), Wrong.TWO_CONDITIONS);
        }
        return Optional.of(new Condition.AnyOf(all(sections, true)));
    }

    private static Condition firstSale(String text) {
        if (!text.equals("true")) {
            throw new Unwritten(Wrong.FIRST_SALE_TRUE);
        }
        return new Condition.FirstSale();
    }

    private static Optional<Condition> trailing(YamlSection section) {
        var days = section.required("days", Written::days);
        var atLeast = section.required("at-least", Written::moneyOfAnyCurrency);
        var of = section.optional("of", text -> Written.oneOf(Condition.Of.class, text))
                .orElse(Condition.Of.LOCATION);
        var onceMet = section.optional("once-met", Conditions::stays).isPresent();
        return days.flatMap(length -> atLeast.map(least -> new Condition.TrailingRevenue(length, least, of, onceMet)));
    }

    private static String stays(String text) {
        if (!text.equals("stays")) {
            throw new Unwritten(Wrong.UNKNOWN_WORD, "value", text, "known", List.of("stays"));
        }
        return text;
    }
}
