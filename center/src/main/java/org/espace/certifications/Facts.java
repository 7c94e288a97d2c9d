package org.espace.certifications;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.espace.certifications.Definition.Figure;
import org.jspecify.annotations.Nullable;

/** What is known of one company: what providers have measured, and what its people have proved while they were with it. */
public record Facts(List<Measured> measured, List<Proved> proved) {

    static final Facts NONE = new Facts(List.of(), List.of());

    /** Holds from its day until the next one of the same area and figure. */
    public record Measured(String area, String figure, LocalDate day, BigDecimal value) {}

    /**
     * A person's certificate, as long as it is good and they are with the company. Half-open.
     *
     * @param learner a person has several of these
     */
    public record Proved(
            int learner,
            String certification,
            String level,
            LocalDate from,
            @Nullable LocalDate until) {

        boolean holdsOn(LocalDate day) {
            return !day.isBefore(from) && (until == null || day.isBefore(until));
        }
    }

    public Facts {
        measured = List.copyOf(measured);
        proved = List.copyOf(proved);
    }

    /** What the definition counts, on that day. */
    Map<String, BigDecimal> figures(Definition definition, LocalDate day) {
        var figures = new HashMap<String, BigDecimal>();
        for (var figure : definition.figures().values()) {
            figures.put(
                    figure.code(),
                    figure.certified() == null
                            ? measured(definition.code(), figure.code(), day).orElse(BigDecimal.ZERO)
                            : BigDecimal.valueOf(people(figure, day).size()));
        }
        return figures;
    }

    private Optional<BigDecimal> measured(String area, String figure, LocalDate day) {
        return measured.stream()
                .filter(one -> one.area().equals(area)
                        && one.figure().equals(figure)
                        && !one.day().isAfter(day))
                .max(Comparator.comparing(Measured::day))
                .map(Measured::value);
    }

    /** The people who count for a figure, each once. */
    SortedSet<Integer> people(Figure figure, LocalDate day) {
        var people = new TreeSet<Integer>();
        for (var proof : proved) {
            if (figure.certified() != null
                    && proof.holdsOn(day)
                    && figure.certified().counts(proof.certification(), proof.level())) {
                people.add(proof.learner());
            }
        }
        return people;
    }

    /** The days, from the first one to the last one, on which a figure can be another than the day before. */
    SortedSet<LocalDate> changes(LocalDate first, LocalDate last) {
        var days = new TreeSet<LocalDate>();
        days.add(first);
        Stream.concat(
                        measured.stream().map(Measured::day),
                        proved.stream()
                                .flatMap(proof ->
                                        Stream.concat(Stream.of(proof.from()), Stream.ofNullable(proof.until()))))
                .filter(day -> day.isAfter(first) && !day.isAfter(last))
                .forEach(days::add);
        return days;
    }
}
