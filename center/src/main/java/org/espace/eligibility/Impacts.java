package org.espace.eligibility;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.batch.Progress;
import org.espace.eligibility.Impact.Change;
import org.espace.eligibility.Impact.Move;
import org.espace.eligibility.Impact.OfCondition;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.terms.Condition;
import org.espace.terms.Terms;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tries draft terms on all that is known; nothing is written. */
@Component
class Impacts {

    /** So few that whoever waits sees it go on. */
    private static final int PARTNERS_AT_A_TIME = 500;

    private static final String STEP = "impact.looking";

    private final Knowledge knowledge;
    private final Programs programs;
    private final Partners partners;

    Impacts(Knowledge knowledge, Programs programs, Partners partners) {
        this.knowledge = knowledge;
        this.programs = programs;
        this.partners = partners;
    }

    /** @param progress counts partners; what it throws ends the work */
    @Transactional(readOnly = true)
    public Impact of(Terms draft, LocalDate day, Progress progress) {
        progress.at(STEP, 0, 0);
        var standing =
                Offer.on(day, programs.versions(draft.program())).stream().findFirst();
        var trial = new Trial(Offer.of(draft), standing, day, partners.closed(day));
        var shared = knowledge.shared(day);
        var companies = shared.partners();
        for (var from = 0; from < companies.size(); from += PARTNERS_AT_A_TIME) {
            progress.at(STEP, from, companies.size());
            knowledge
                    .of(companies.subList(from, Math.min(from + PARTNERS_AT_A_TIME, companies.size())), shared)
                    .forEach(trial::take);
        }
        progress.at(STEP, companies.size(), companies.size());
        return trial.impact();
    }

    private static final class Trial {

        private final Offer draft;
        private final Optional<Offer> standing;
        private final LocalDate day;
        private final Set<LocationId> closed;
        private final Map<Change, Integer> counts = new HashMap<>();
        private final List<Move> moves = new ArrayList<>();
        private final Map<Condition, Map<Answer.State, Integer>> states = new HashMap<>();
        private final Map<Condition, Integer> alone = new HashMap<>();

        Trial(Offer draft, Optional<Offer> standing, LocalDate day, Set<LocationId> closed) {
            this.draft = draft;
            this.standing = standing;
            this.day = day;
            this.closed = closed;
        }

        void take(Known known) {
            if (closed.contains(known.location().id())) {
                return;
            }
            var after = answers(draft, known);
            var before = standing.isEmpty() ? null : standing.get().verdict(answers(standing.get(), known));
            var change = new Change(before, draft.verdict(after));
            counts.merge(change, 1, Integer::sum);
            var missing = after.stream()
                    .filter(answer -> answer.state() != Answer.State.MET)
                    .map(Answer::condition)
                    .toList();
            if (change.before() != change.after()) {
                moves.add(new Move(known.location(), change, missing));
            }
            after.forEach(answer -> states.computeIfAbsent(answer.condition(), _ -> new EnumMap<>(Answer.State.class))
                    .merge(answer.state(), 1, Integer::sum));
            if (missing.size() == 1) {
                alone.merge(missing.getFirst(), 1, Integer::sum);
            }
        }

        private List<Answer> answers(Offer offer, Known known) {
            return offer.conditions().stream()
                    .map(new Question(known, day)::answer)
                    .toList();
        }

        Impact impact() {
            return new Impact(
                    draft.terms(),
                    standing.map(offer -> offer.terms().version()).orElse(null),
                    Map.copyOf(counts),
                    List.copyOf(moves),
                    draft.conditions().stream().map(this::ofCondition).toList());
        }

        private OfCondition ofCondition(Condition condition) {
            var counts = states.getOrDefault(condition, Map.of());
            return new OfCondition(
                    condition,
                    counts.getOrDefault(Answer.State.MET, 0),
                    counts.getOrDefault(Answer.State.NOT_MET, 0),
                    counts.getOrDefault(Answer.State.NOT_YET_KNOWN, 0),
                    alone.getOrDefault(condition, 0));
        }
    }
}
