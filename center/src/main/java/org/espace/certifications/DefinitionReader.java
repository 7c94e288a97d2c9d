package org.espace.certifications;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.certifications.Definition.ByGoals;
import org.espace.certifications.Definition.ByPoints;
import org.espace.certifications.Definition.Certified;
import org.espace.certifications.Definition.Figure;
import org.espace.certifications.Definition.Goal;
import org.espace.certifications.Definition.Kind;
import org.espace.certifications.Definition.Level;
import org.espace.certifications.Definition.Metric;
import org.espace.certifications.Definition.Source;
import org.espace.certifications.Definition.Track;
import org.espace.certifications.Definition.Ways;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.espace.terms.Written;
import org.espace.terms.Wrong;
import org.espace.terms.YamlSection;

/** Reads a definition from YAML. {@code docs/certifications.md} describes the format. */
final class DefinitionReader {

    static final Set<String> LEVELS_OF_CERTIFICATES = Set.of("fundamentals", "intermediate", "advanced");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int LONGEST_VERSION = 40;

    private final List<TermsInvalid.Problem> problems = new ArrayList<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    private DefinitionReader() {}

    /** Throws {@link TermsInvalid} with every problem found. */
    static Definition read(String yaml) {
        var reader = new DefinitionReader();
        var root = YamlSection.parse(yaml, reader.problems);
        var definition = reader.definition(root);
        root.refuseTheRest();
        if (!reader.problems.isEmpty()) {
            throw new TermsInvalid(reader.problems);
        }
        return definition.orElseThrow();
    }

    private Optional<Definition> definition(YamlSection root) {
        var kind = root.required("kind", text -> Written.oneOf(Kind.class, text));
        var code = root.required("code", Written::code);
        var name = TermsReader.names(root, code.orElse(""));
        var version = root.required("version", DefinitionReader::version);
        var effective = root.required("effective", LocalDate::parse);
        var months = root.required("attained-for", Written::months);
        var holds = root.texts("holds");
        for (var section : root.sections("figures")) {
            figure(section);
        }
        var ways = ways(root);
        return problems.isEmpty()
                ? Optional.of(new Definition(
                        kind.orElseThrow(),
                        code.orElseThrow(),
                        version.orElseThrow(),
                        name,
                        effective.orElseThrow(),
                        months.orElseThrow(),
                        figures,
                        holds,
                        ways))
                : Optional.empty();
    }

    private void figure(YamlSection section) {
        var code = section.required("id", Written::code);
        var name = TermsReader.names(section, code.orElse(""));
        var certified = section.section("certified").map(this::certified).orElse(null);
        code.ifPresent(known -> {
            if (figures.put(known, new Figure(known, name, certified)) != null) {
                section.problemAt("id", Wrong.ID_TWICE, "id", known);
            }
        });
    }

    private Certified certified(YamlSection section) {
        var level = section.text("level").orElse(null);
        if (level != null && !LEVELS_OF_CERTIFICATES.contains(level)) {
            section.problemAt("level", Wrong.UNKNOWN_VALUE, "value", level);
        }
        return new Certified(section.texts("any-of"), level);
    }

    private Ways ways(YamlSection root) {
        if (root.has("levels") == root.has("score")) {
            root.problem(root.line(), Wrong.EITHER, "one", "levels", "other", "score");
        }
        var score = root.section("score");
        var levels = root.sections("levels").stream().map(this::level).toList();
        return score.isPresent() ? score(score.get()) : new ByGoals(levels);
    }

    private Level level(YamlSection section) {
        var code = section.optional("level", Written::code).orElse(null);
        var goals = sections(section, "goals").stream().map(this::goal).toList();
        return new Level(code, goals);
    }

    private Goal goal(YamlSection section) {
        var atLeast = positive(section, "at-least");
        var inCountries = new HashMap<String, BigDecimal>();
        for (var other : section.sections("elsewhere")) {
            var less = positive(other, "at-least");
            for (var country : other.texts("countries")) {
                if (!COUNTRIES.contains(country)) {
                    other.problemAt("countries", Wrong.UNKNOWN_VALUE, "value", country);
                }
                inCountries.put(country, less);
            }
        }
        return new Goal(figureOf(section), atLeast, inCountries);
    }

    private Ways score(YamlSection section) {
        var atLeast = positive(section, "at-least");
        var back = section.required("looks-back", Written::months).orElse(0);
        var codes = new HashSet<String>();
        var tracks = new ArrayList<Track>();
        for (var track : sections(section, "tracks")) {
            var code = track.required("id", Written::code).orElse("");
            if (!codes.add(code)) {
                track.problemAt("id", Wrong.ID_TWICE, "id", code);
            }
            var metrics = sections(track, "metrics").stream().map(this::metric).toList();
            tracks.add(new Track(code, TermsReader.names(track, code), metrics));
        }
        return new ByPoints(atLeast, back, tracks);
    }

    private Metric metric(YamlSection section) {
        var code = section.required("id", Written::code).orElse("");
        var sources = sections(section, "best-of").stream()
                .map(source -> new Source(figureOf(source), positive(source, "each")))
                .toList();
        return new Metric(code, TermsReader.names(section, code), positive(section, "most"), sources);
    }

    /** One at least. */
    private static List<YamlSection> sections(YamlSection section, String key) {
        var found = section.sections(key);
        if (found.isEmpty()) {
            section.problem(section.lineOf(key), Wrong.MISSING, "key", key);
        }
        return found;
    }

    private String figureOf(YamlSection section) {
        var code = section.required("figure", text -> text).orElse("");
        if (!code.isEmpty() && !figures.containsKey(code)) {
            section.problemAt("figure", Wrong.UNKNOWN_WORD, "value", code, "known", List.copyOf(figures.keySet()));
        }
        return code;
    }

    private static BigDecimal positive(YamlSection section, String key) {
        var number = section.required(key, Written::number).orElse(BigDecimal.ONE);
        if (number.signum() <= 0) {
            section.problemAt(key, Wrong.AMOUNT_NOT_ABOVE_ZERO);
        }
        return number;
    }

    private static String version(String text) {
        if (text.length() > LONGEST_VERSION) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
