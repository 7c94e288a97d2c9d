package org.espace.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a location must hold. */
final class Requirements {

    private Requirements() {}

    static List<Requirement> read(YamlSection section) {
        var found = new ArrayList<Requirement>();
        for (var requirement : section.sections("requires")) {
            var kinds = Stream.of(Requirement.Kind.values())
                    .filter(kind -> requirement.has(kind.key()))
                    .toList();
            Stream.of(Requirement.Kind.values()).forEach(kind -> requirement.ask(kind.key()));
            if (kinds.size() != 1) {
                requirement.problem(requirement.line(), Wrong.REQUIREMENT_KIND);
            }
            kinds.stream()
                    .limit(1)
                    .flatMap(kind -> one(requirement, kind).stream())
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    static Optional<Requirement> one(YamlSection section, Requirement.Kind kind) {
        if (!section.isSection(kind.key())) {
            return unlessEmpty(section.texts(kind.key(), Written::code))
                    .map(codes -> new Requirement(kind, codes, null));
        }
        var detail = section.section(kind.key()).orElseThrow();
        var codes = anyOf(detail);
        var level = detail.optional("level", text -> {
            if (!Requirement.LEVELS.contains(text)) {
                throw new Unwritten(Wrong.UNKNOWN_WORD, "value", text, "known", Requirement.LEVELS);
            }
            return text;
        });
        var hasLevels = switch (kind) {
            case COMPETENCY, SPECIALIZATION -> true;
            case AGREEMENT, CO_SELL -> false;
        };
        if (detail.has("level") && !hasLevels) {
            detail.problem(detail.lineOf("level"), Wrong.NO_LEVELS, "kind", kind.key());
        }
        return codes.map(anyOf -> new Requirement(kind, anyOf, level.orElse(null)));
    }

    /** Codes of which one is enough: by themselves, or as any-of. */
    static Optional<Set<String>> codes(YamlSection section, String key) {
        return section.isSection(key)
                ? anyOf(section.section(key).orElseThrow())
                : unlessEmpty(section.texts(key, Written::code));
    }

    private static Optional<Set<String>> anyOf(YamlSection detail) {
        if (!detail.has("any-of")) {
            detail.problem(detail.line(), Wrong.MISSING, "key", "any-of");
        }
        return unlessEmpty(detail.texts("any-of", Written::code));
    }

    private static Optional<Set<String>> unlessEmpty(Set<String> codes) {
        return Optional.of(codes).filter(some -> !some.isEmpty());
    }
}
