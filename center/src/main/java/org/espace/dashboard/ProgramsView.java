package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Period;

/**
 * Every program with its versions.
 *
 * @param path under which the pages of the versions are: the console's or a partner's
 */
public record ProgramsView(String path, List<Program> programs) {

    /**
     * @param versions newest first
     * @param joined how many of the partner's locations are in the program today; 0 in the console
     */
    public record Program(String code, String name, List<Version> versions, int joined) {}

    public record Version(PublishedTerms published, Standing standing) {}

    /** Where a version stands today. */
    public enum Standing {
        UPCOMING,
        IN_FORCE,
        OVER;

        static Standing of(Period effective, LocalDate today) {
            if (effective.contains(today)) {
                return IN_FORCE;
            }
            return today.isBefore(effective.from()) ? UPCOMING : OVER;
        }
    }

    /** Those that a partner has joined first, then by name. */
    static ProgramsView of(
            String path, List<PublishedTerms> all, ToIntFunction<String> joined, LocalDate today, Locale locale) {
        var programs = all.stream()
                .collect(groupingBy(published -> published.terms().program(), LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(entry ->
                        program(entry.getKey(), entry.getValue(), joined.applyAsInt(entry.getKey()), today, locale))
                .sorted(Comparator.comparing((Program program) -> program.joined() == 0)
                        .thenComparing(Program::name))
                .toList();
        return new ProgramsView(path, programs);
    }

    /** What each program is called, by its code. */
    static Map<String, String> names(List<PublishedTerms> all, Locale locale) {
        var names = new TreeMap<String, String>();
        all.forEach(published ->
                names.put(published.terms().program(), published.terms().name().in(locale)));
        return names;
    }

    private static Program program(
            String code, List<PublishedTerms> published, int joined, LocalDate today, Locale locale) {
        var versions = published.stream()
                .map(one -> new Version(one, Standing.of(one.terms().effective(), today)))
                .sorted(Comparator.comparing((Version version) ->
                                version.published().terms().effective().from())
                        .reversed())
                .toList();
        return new Program(code, versions.getFirst().published().terms().name().in(locale), versions, joined);
    }

    public boolean isConsole() {
        return path.startsWith("/console");
    }

    public String href(Version version) {
        var terms = version.published().terms();
        return TermsView.href(path, terms.program(), terms.version());
    }
}
