package org.espace.dashboard;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Names;
import org.espace.terms.Terms;
import org.springframework.stereotype.Component;

/** What programs and levers are called, by the newest terms that know them. */
@Component
class ProgramNames {

    private final Programs programs;

    ProgramNames(Programs programs) {
        this.programs = programs;
    }

    String program(String code, Locale locale) {
        return newest(code).map(terms -> terms.name().in(locale)).orElse(code);
    }

    String lever(String program, String id, Locale locale) {
        return programs.all().stream()
                .map(PublishedTerms::terms)
                .filter(terms -> terms.program().equals(program))
                .sorted(newestFirst())
                .flatMap(terms -> named(terms, id))
                .findFirst()
                .map(name -> name.in(locale))
                .orElse(id);
    }

    private static Stream<Names> named(Terms terms, String id) {
        return Stream.concat(
                terms.levers().stream().filter(lever -> lever.id().equals(id)).map(Lever::name),
                terms.ceilings().stream()
                        .filter(ceiling -> ceiling.id().equals(id))
                        .map(Ceiling::name));
    }

    private Optional<Terms> newest(String code) {
        return programs.all().stream()
                .map(PublishedTerms::terms)
                .filter(terms -> terms.program().equals(code))
                .min(newestFirst());
    }

    private static Comparator<Terms> newestFirst() {
        return Comparator.comparing((Terms terms) -> terms.effective().from()).reversed();
    }
}
