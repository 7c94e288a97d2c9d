package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Lever;
import org.espace.terms.Names;
import org.espace.terms.Terms;
import org.espace.terms.TermsDiff;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a program promises that another one did not, and the other way round.
 *
 * @param path under which the pages of all terms are: the console's or a partner's
 */
public record DifferencesView(String path, PublishedTerms before, PublishedTerms after, List<Part> parts) {

    /** @param lever whose changes they are; null for those of the program itself */
    public record Part(@Nullable String lever, List<TermsDiff.Change> changes) {}

    private static final String LEVERS = "levers";

    static DifferencesView of(String path, PublishedTerms before, PublishedTerms after, Locale locale) {
        var parts = TermsDiff.between(before.terms(), after.terms()).stream()
                .collect(groupingBy(DifferencesView::lever, LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(entry -> new Part(
                        entry.getKey()
                                .map(id -> name(id, before.terms(), after.terms(), locale))
                                .orElse(null),
                        entry.getValue()))
                .toList();
        return new DifferencesView(path, before, after, parts);
    }

    private static Optional<String> lever(TermsDiff.Change change) {
        return change.path().size() > 1 && change.path().getFirst().equals(LEVERS)
                ? Optional.of(change.path().get(1))
                : Optional.empty();
    }

    private static String name(String id, Terms before, Terms after, Locale locale) {
        return List.of(after, before).stream()
                .flatMap(terms -> terms.levers().stream())
                .filter(lever -> lever.id().equals(id))
                .map(Lever::name)
                .map((Names name) -> name.in(locale))
                .findFirst()
                .orElse(id);
    }

    /** Below the lever that the part is about. */
    public String where(Part part, TermsDiff.Change change) {
        var path = part.lever() == null
                ? change.path()
                : change.path().subList(2, change.path().size());
        return String.join(" › ", path);
    }

    public String href(PublishedTerms published) {
        return TermsView.href(
                path, published.terms().program(), published.terms().version());
    }
}
