package org.espace.eligibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espace.eligibility.EligibilityStore.Kept;
import org.espace.eligibility.EligibilityStore.Ruling;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.DaySums;
import org.espace.terms.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers every condition of every program for many locations at once. A condition that several programs ask is answered
 * once; only what differs from what stands is kept, all of it in one transaction.
 */
@Component
class Evaluation {

    /** So that memory does not grow with the number of partners. */
    private static final int PARTNERS_AT_A_TIME = 2_000;

    private final EligibilityStore store;
    private final Knowledge knowledge;
    private final Programs programs;
    private final Partners partners;
    private final DaySums sums;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Evaluation(
            EligibilityStore store,
            Knowledge knowledge,
            Programs programs,
            Partners partners,
            DaySums sums,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.knowledge = knowledge;
        this.programs = programs;
        this.partners = partners;
        this.sums = sums;
        this.events = events;
        this.clock = clock;
    }

    /** Whether something was learned that has not been looked at. */
    boolean isWanting() {
        return store.isTouched() || sums.isWanting();
    }

    @Transactional
    void ofAll(LocalDate day) {
        store.lock();
        sums.sumNewLoads();
        store.takeTouched();
        evaluate(null, day);
    }

    @Transactional
    void of(Collection<LocationId> locations, LocalDate day) {
        store.lock();
        store.touch(sums.sumNewLoads());
        evaluate(Set.copyOf(locations), day);
    }

    @Transactional
    void ofTouched(LocalDate day) {
        store.lock();
        var touched = new HashSet<@Nullable LocationId>(sums.sumNewLoads());
        touched.addAll(store.takeTouched());
        if (touched.contains(null)) {
            evaluate(null, day);
        } else if (!touched.isEmpty()) {
            evaluate(touched.stream().map(Objects::requireNonNull).collect(toSet()), day);
        }
    }

    /** What one company sells may count for all of its locations, so they are looked at together. */
    private void evaluate(@Nullable Set<LocationId> only, LocalDate day) {
        var began = clock.instant();
        var shared = knowledge.shared(day);
        var round = new Round(day, Offer.on(day, programs.all()), partners.closed(day));
        var companies = shared.partners().stream()
                .filter(partner -> only == null
                        || shared.places().getOrDefault(partner, List.of()).stream()
                                .anyMatch(place -> only.contains(place.id())))
                .toList();
        for (var from = 0; from < companies.size(); from += PARTNERS_AT_A_TIME) {
            round.look(companies.subList(from, Math.min(from + PARTNERS_AT_A_TIME, companies.size())), shared);
        }
        store.insertEvaluation(day, round.locations, round.answers, round.rulings, began, clock.instant());
        if (!round.changes.isEmpty()) {
            events.publishEvent(new EligibilityChanged(List.copyOf(round.changes)));
        }
    }

    private final class Round {

        private final LocalDate day;
        private final List<Offer> offers;
        private final Set<LocationId> closed;

        /** Every condition that some program asks, choices by themselves as well. */
        private final List<Condition> asked;

        /** Under which number each is kept. */
        private final List<Integer> numbers;

        /** Where the conditions of each offer stand among them: conditions are compared once, not for every location. */
        private final List<List<Integer>> places;

        private final List<Eligibility> changes = new ArrayList<>();
        private int locations;
        private int answers;
        private int rulings;

        Round(LocalDate day, List<Offer> offers, Set<LocationId> closed) {
            this.day = day;
            this.offers = offers;
            this.closed = closed;
            var written = new LinkedHashMap<Condition, String>();
            offers.forEach(offer -> offer.conditions().forEach(condition -> note(condition, written)));
            var known = store.numbers(written.values());
            this.asked = List.copyOf(written.keySet());
            this.numbers = written.values().stream()
                    .map(text -> Objects.requireNonNull(known.get(text)))
                    .toList();
            this.places = offers.stream()
                    .map(offer ->
                            offer.conditions().stream().map(asked::indexOf).toList())
                    .toList();
        }

        private static void note(Condition condition, Map<Condition, String> written) {
            written.put(condition, Condition.written(condition));
            if (condition instanceof Condition.AnyOf choice) {
                choice.conditions().forEach(one -> note(one, written));
            }
        }

        void look(List<PartnerId> companies, Knowledge.Shared shared) {
            var known = knowledge.of(companies, shared);
            var ids = known.stream().map(one -> one.location().id()).toList();
            var answersBefore = store.gists(ids);
            var rulingsBefore = store.rulings(ids, null).stream().collect(groupingBy(Ruling::location));
            var newAnswers = new ArrayList<Kept>();
            var newRulings = new ArrayList<Ruling>();
            for (var one : known) {
                var id = one.location().id();
                var before = rulingsBefore.getOrDefault(id, List.of());
                if (closed.contains(id)) {
                    end(before, Set.of(), newRulings);
                } else {
                    var found = answer(one, answersBefore.getOrDefault(id, Map.of()), newAnswers);
                    rule(id, found, before, newRulings);
                }
            }
            var now = clock.instant();
            store.insertAnswers(newAnswers, day, now);
            store.insertRulings(newRulings, day, now);
            locations += known.size();
            answers += newAnswers.size();
            rulings += newRulings.size();
            newRulings.stream().flatMap(one -> one.eligibility().stream()).forEach(changes::add);
        }

        private List<Answer> answer(Known known, Map<Integer, Answer.Gist> before, List<Kept> into) {
            var found = asked.stream().map(new Question(known, day)::answer).toList();
            for (var i = 0; i < found.size(); i++) {
                if (!found.get(i).gist().equals(before.get(numbers.get(i)))) {
                    into.add(new Kept(known.location().id(), numbers.get(i), found.get(i)));
                }
            }
            return found;
        }

        private void rule(LocationId location, List<Answer> found, List<Ruling> before, List<Ruling> into) {
            var standing = before.stream().collect(toMap(Ruling::program, ruling -> ruling));
            for (var i = 0; i < offers.size(); i++) {
                var offer = offers.get(i);
                var answers = places.get(i).stream().map(found::get).toList();
                var verdict = offer.verdict(answers);
                var ruling = new Ruling(
                        location,
                        offer.program(),
                        offer.terms().version(),
                        verdict,
                        offer.since(verdict, answers),
                        answers.stream().allMatch(Answer::letsStay));
                if (!ruling.equals(standing.get(offer.program()))) {
                    into.add(ruling);
                }
            }
            end(before, offers.stream().map(Offer::program).collect(toSet()), into);
        }

        /** What is not offered any more. */
        private static void end(List<Ruling> before, Set<String> offered, List<Ruling> into) {
            before.stream()
                    .filter(ruling -> ruling.verdict() != null && !offered.contains(ruling.program()))
                    .map(Ruling::withoutTerms)
                    .forEach(into::add);
        }
    }
}
