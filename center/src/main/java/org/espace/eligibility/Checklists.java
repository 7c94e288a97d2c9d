package org.espace.eligibility;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.espace.eligibility.ChecklistView.Checklist;
import org.espace.eligibility.ChecklistView.Line;
import org.espace.partners.LocationId;
import org.espace.programs.Programs;
import org.espace.terms.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One location's conditions for one program: as we know them now, and as we knew them on an earlier day. */
@Component
class Checklists {

    private final Knowledge knowledge;
    private final Programs programs;
    private final EligibilityStore store;

    Checklists(Knowledge knowledge, Programs programs, EligibilityStore store) {
        this.knowledge = knowledge;
        this.programs = programs;
        this.store = store;
    }

    /** Answered anew from all that is known of that day. */
    Optional<Checklist> now(LocationId location, String program, LocalDate day) {
        return Offer.on(day, programs.versions(program)).stream()
                .findFirst()
                .map(offer -> checklist(offer, new Question(knowledge.of(location, day), day)::answer));
    }

    /** As the last evaluation before then has left it; a condition that was not answered by then is not there. */
    Optional<Checklist> then(LocationId location, String program, Instant before) {
        return store.rulings(List.of(location), before).stream()
                .filter(ruling -> ruling.program().equals(program) && ruling.verdict() != null)
                .findFirst()
                .flatMap(ruling -> programs.find(program, ruling.version()))
                .map(published -> {
                    Map<Condition, Answer> answers =
                            store.answers(List.of(location), before).getOrDefault(location, Map.of()).values().stream()
                                    .collect(toMap(Answer::condition, answer -> answer, (_, later) -> later));
                    return checklist(Offer.of(published.terms()), answers::get);
                });
    }

    private static Checklist checklist(Offer offer, Function<Condition, @Nullable Answer> answered) {
        var lines = offer.conditions().stream()
                .flatMap(condition -> line(condition, answered).stream())
                .toList();
        var answers = lines.stream().map(Line::answer).toList();
        var verdict = offer.verdict(answers);
        return new Checklist(offer.terms().version(), verdict, offer.since(verdict, answers), lines);
    }

    private static Optional<Line> line(Condition condition, Function<Condition, @Nullable Answer> answered) {
        var choices = condition instanceof Condition.AnyOf choice ? choice.conditions() : List.<Condition>of();
        return Optional.ofNullable(answered.apply(condition))
                .map(answer -> new Line(
                        answer,
                        choices.stream()
                                .flatMap(one -> Optional.ofNullable(answered.apply(one)).stream())
                                .toList()));
    }
}
