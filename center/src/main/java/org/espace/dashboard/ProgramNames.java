package org.espace.dashboard;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Names;
import org.espace.terms.Terms;

/** What programs and levers are called in one language, by the newest terms that know them. */
record ProgramNames(List<Terms> newestFirst, Locale locale) {

    static ProgramNames of(List<PublishedTerms> all, Locale locale) {
        return new ProgramNames(
                all.stream()
                        .map(PublishedTerms::terms)
                        .sorted(Comparator.comparing(
                                        (Terms terms) -> terms.effective().from())
                                .reversed())
                        .toList(),
                locale);
    }

    String program(String code) {
        return versions(code).findFirst().map(terms -> terms.name().in(locale)).orElse(code);
    }

    String lever(String program, String id) {
        return versions(program)
                .flatMap(terms -> named(terms, id))
                .findFirst()
                .map(name -> name.in(locale))
                .orElse(id);
    }

    private Stream<Terms> versions(String program) {
        return newestFirst.stream().filter(terms -> terms.program().equals(program));
    }

    private static Stream<Names> named(Terms terms, String id) {
        return Stream.concat(
                terms.levers().stream().filter(lever -> lever.id().equals(id)).map(Lever::name),
                terms.ceilings().stream()
                        .filter(ceiling -> ceiling.id().equals(id))
                        .map(Ceiling::name));
    }
}
