package org.espace.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static Optional<Requirement> one(YamlSection section, Requirement.Kind kind) {
        if (!section.isSection(kind.key())) {
            var codes = section.texts(kind.key(), Written::code);
            return codes.isEmpty() ? Optional.empty() : Optional.of(new Requirement(kind, codes, null));
        }
        var detail = section.section(kind.key()).orElseThrow();
        if (!detail.has("any-of")) {
            detail.problem(detail.line(), Wrong.MISSING, "key", "any-of");
        }
        var codes = detail.texts("any-of", Written::code);
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
        return codes.isEmpty() ? Optional.empty() : Optional.of(new Requirement(kind, codes, level.orElse(null)));
    }
}
