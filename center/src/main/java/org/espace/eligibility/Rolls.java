package org.espace.eligibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.eligibility.EligibilityStore.AnswerCount;
import org.espace.eligibility.EligibilityStore.Ruling;
import org.espace.eligibility.RollView.Row;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.terms.Condition;
import org.springframework.stereotype.Component;

/** The locations of one program by their verdicts. */
@Component
class Rolls {

    private static final int PAGE_SIZE = 50;

    private final EligibilityStore store;
    private final Programs programs;
    private final Partners partners;
    private final Clock clock;

    Rolls(EligibilityStore store, Programs programs, Partners partners, Clock clock) {
        this.store = store;
        this.programs = programs;
        this.partners = partners;
        this.clock = clock;
    }

    RollView page(String program, RollFilter filter) {
        var found = rulings(program, filter);
        var pages = Math.max(1, (found.size() + PAGE_SIZE - 1) / PAGE_SIZE);
        var from = Math.min(filter.page(), pages - 1) * PAGE_SIZE;
        var versions = programs.versions(program);
        var offer = Offer.on(LocalDate.now(clock), versions).stream()
                .findFirst()
                .orElseGet(() -> Offer.of(versions.getLast().terms()));
        return new RollView(
                program,
                offer.terms().name(),
                offer.terms().version(),
                conditions(offer),
                rows(found.subList(from, Math.min(from + PAGE_SIZE, found.size())), offer),
                found.size(),
                pages,
                filter);
    }

    /** All of them, with what each is missing. */
    List<Row> found(String program, RollFilter filter) {
        var offer = Offer.on(LocalDate.now(clock), programs.versions(program)).stream()
                .findFirst();
        var found = rulings(program, filter);
        return offer.map(one -> rows(found, one))
                .orElseGet(() -> found.stream().map(one -> one.row(List.of())).toList());
    }

    /** As terms write it: a file is read by whoever writes them. */
    String missing(Row row) {
        return row.missing().stream()
                .map(answer -> Condition.written(answer.condition()))
                .collect(joining("; "));
    }

    private record Found(Location location, Ruling ruling) {

        Row row(List<Answer> missing) {
            return new Row(location, Objects.requireNonNull(ruling.verdict()), ruling.since(), missing);
        }
    }

    private List<Found> rulings(String program, RollFilter filter) {
        var rulings = store.rulings(program).stream().collect(toMap(Ruling::location, ruling -> ruling));
        return partners.locations().stream()
                .filter(location -> {
                    var ruling = rulings.get(location.id());
                    return ruling != null && filter.fits(location, Objects.requireNonNull(ruling.verdict()));
                })
                .map(location -> new Found(location, Objects.requireNonNull(rulings.get(location.id()))))
                .toList();
    }

    private List<Row> rows(List<Found> found, Offer offer) {
        Map<LocationId, Map<Integer, Answer>> answers =
                store.answers(found.stream().map(one -> one.location().id()).toList(), null);
        var asked = new HashSet<>(offer.conditions());
        return found.stream()
                .map(one -> one.row(answers.getOrDefault(one.location().id(), Map.of()).values().stream()
                        .filter(answer -> answer.state() != Answer.State.MET && asked.contains(answer.condition()))
                        .toList()))
                .toList();
    }

    private List<RollView.OfCondition> conditions(Offer offer) {
        var counts = store.answerCounts(offer.program()).stream().collect(groupingBy(AnswerCount::condition));
        return offer.conditions().stream()
                .map(condition -> new RollView.OfCondition(
                        condition,
                        counts.getOrDefault(Condition.written(condition), List.of()).stream()
                                .collect(
                                        toMap(AnswerCount::state, AnswerCount::locations, Integer::sum, HashMap::new))))
                .toList();
    }
}
