package org.espace.enrollment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espace.access.SignedIn;
import org.espace.eligibility.Eligibility;
import org.espace.eligibility.Verdict;
import org.espace.enrollment.EnrollmentMail.News;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.PayeeStanding;
import org.espace.payees.Payees;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to invitations and enrollments: what partners and the vendor do with them, and what happens to them by itself.
 * Each step is kept, told to whom it concerns, and to the book of acts; what earns stands in {@link Enrollments}.
 */
@Service
public class Memberships {

    /** Who takes the steps that happen by themselves. */
    static final String BY_ITSELF = "enrollment";

    private static final int LONGEST_NOTE = 1_000;

    private final MembershipStore store;
    private final Candidates candidates;
    private final Enrollments enrollments;
    private final EnrollmentMail mail;
    private final Payees payees;
    private final Partners partners;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Memberships(
            MembershipStore store,
            Candidates candidates,
            Enrollments enrollments,
            EnrollmentMail mail,
            Payees payees,
            Partners partners,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.candidates = candidates;
        this.enrollments = enrollments;
        this.mail = mail;
        this.payees = payees;
        this.partners = partners;
        this.events = events;
        this.clock = clock;
    }

    // --- looking -----------------------------------------------------------------------------------------------------

    /** The partner's locations beside the programs that are for locations like them. */
    public List<Candidate> of(PartnerId partner) {
        return candidates.of(partners.locations(partner));
    }

    /** @throws MembershipNotFound also for a location of another partner */
    public Candidate candidate(PartnerId partner, LocationId location, String program) {
        return candidates.of(location(partner, location, program), program);
    }

    private Location location(PartnerId partner, LocationId location, String program) {
        return partners.locations(partner).stream()
                .filter(one -> one.id().equals(location))
                .findFirst()
                .orElseThrow(() -> new MembershipNotFound(location, program));
    }

    /** All that has happened, the latest first. */
    public List<Step> history(LocationId location, String program) {
        return store.history(location, program);
    }

    /**
     * What waits for somebody who may enroll, and whose message they have not put away yet.
     *
     * @param invitations that can be accepted
     * @param actions how many enrollments wait for bank or tax
     */
    public record Messages(List<Candidate> invitations, int actions) {}

    /** Nothing for whoever may not enroll. */
    public Messages messages(PartnerId partner, SignedIn user) {
        var scope = user.scope(Right.ENROLL, partner);
        if (scope.parts().isEmpty()) {
            return new Messages(List.of(), 0);
        }
        if (!store.isUnderWay(partner)) {
            return new Messages(List.of(), 0);
        }
        var own = of(partner).stream()
                .filter(candidate ->
                        scope.holds(candidate.location().id(), candidate.offer().program()))
                .toList();
        var unread =
                store.unread(partner, user.id()).stream().map(Membership::key).collect(Collectors.toSet());
        return new Messages(
                own.stream()
                        .filter(candidate -> unread.contains(candidate.key())
                                && candidate.position(true).status() == Status.INVITED)
                        .toList(),
                (int) own.stream()
                        .filter(candidate -> candidate.position(true).status() == Status.ACTION_REQUIRED)
                        .count());
    }

    /** Puts the messages of all present invitations away, for this reader. */
    @Transactional
    public void markRead(PartnerId partner, SignedIn user) {
        store.markRead(partner, user.id(), clock.instant());
    }

    // --- what partners do --------------------------------------------------------------------------------------------

    /**
     * Accepts for the location. The default bank and tax profiles are proposed; where all of it is approved already, the
     * location is enrolled at once. Accepting twice accepts once.
     *
     * @return what is still missing
     * @throws NotPossibleNow where the location is not invited
     */
    @Transactional
    public PayeeStanding accept(PartnerId partner, LocationId location, String program, String by) {
        location(partner, location, program);
        var standing = payees.assignDefaults(location, program, by);
        store.lock();
        var candidate = candidate(partner, location, program);
        if (candidate.stage() == Stage.ACCEPTED || candidate.stage() == Stage.ENROLLED) {
            return standing;
        }
        if (candidate.position(true).next() != Position.Next.ENROLL) {
            throw new NotPossibleNow(Step.Kind.ACCEPTED, candidate);
        }
        take(List.of(new Move(candidate, Step.Kind.ACCEPTED, today(), null, null)), by);
        complete(List.of(candidate(partner, location, program)), by);
        return standing;
    }

    /**
     * From the field reason.
     *
     * @throws FormRefused with the field at fault
     * @throws NotPossibleNow where the location is not invited
     */
    @Transactional
    public void decline(PartnerId partner, LocationId location, String program, Map<String, String> typed, String by) {
        var note = note(typed);
        store.lock();
        var candidate = candidate(partner, location, program);
        if (candidate.stage() != Stage.DECLINED) {
            require(candidate.stage() == Stage.INVITED, Step.Kind.DECLINED, candidate);
            take(List.of(new Move(candidate, Step.Kind.DECLINED, today(), null, note)), by);
        }
    }

    /**
     * Leaves as of today: what was sold before keeps what it has earned. From the field reason.
     *
     * @throws FormRefused with the field at fault
     * @throws NotPossibleNow where the location has neither accepted nor is enrolled
     */
    @Transactional
    public void leave(PartnerId partner, LocationId location, String program, Map<String, String> typed, String by) {
        var note = note(typed);
        store.lock();
        var candidate = candidate(partner, location, program);
        if (candidate.stage() != Stage.LEFT) {
            require(
                    candidate.stage() == Stage.ACCEPTED || candidate.stage() == Stage.ENROLLED,
                    Step.Kind.LEFT,
                    candidate);
            take(List.of(new Move(candidate, Step.Kind.LEFT, today(), null, note)), by);
        }
    }

    /**
     * A new invitation for an eligible location whose last one is over.
     *
     * @throws NotPossibleNow where the location is not eligible
     */
    @Transactional
    public void askForInvitation(PartnerId partner, LocationId location, String program, String by) {
        store.lock();
        var candidate = candidate(partner, location, program);
        if (candidate.stage() != Stage.INVITED) {
            require(candidate.position(true).next() == Position.Next.ASK_FOR_INVITATION, Step.Kind.INVITED, candidate);
            take(List.of(new Move(candidate, Step.Kind.INVITED, invitedUntil(), "asked", null)), by);
        }
    }

    private static String note(Map<String, String> typed) {
        var fields = new Fields(typed);
        var note = fields.lines("reason", 1, LONGEST_NOTE);
        fields.refuseFaulty();
        return note;
    }

    private static void require(boolean possible, Step.Kind kind, Candidate candidate) {
        if (!possible) {
            throw new NotPossibleNow(kind, candidate);
        }
    }

    // --- what the vendor does ----------------------------------------------------------------------------------------

    /**
     * Carries the decision out where nothing stands in its way.
     *
     * @return what stands in its way, as a code, by location; empty where it was carried out
     */
    @Transactional
    public Map<LocationId, Optional<String>> decide(Decision decision, Collection<Location> locations) {
        store.lock();
        var moves = new ArrayList<Move>();
        var outcomes = new HashMap<LocationId, Optional<String>>();
        for (var candidate : candidates.of(locations, decision.program())) {
            var obstacle = decision.obstacle(candidate, today());
            outcomes.put(candidate.location().id(), obstacle);
            if (obstacle.isEmpty()) {
                moves.add(new Move(
                        candidate, decision.step(candidate), decision.day(candidate), null, decision.reason()));
            }
        }
        take(moves, decision.askedBy());
        return outcomes;
    }

    // --- what happens by itself --------------------------------------------------------------------------------------

    /** Follows what has changed of eligibility, in the transaction that found it out. */
    @Transactional
    public void follow(Collection<Eligibility> changes) {
        var changed = changes.stream()
                .map(change -> new Membership.Key(change.location(), change.program()))
                .collect(Collectors.toSet());
        var locations =
                partners.locations(changes.stream().map(Eligibility::location).toList());
        store.lock();
        settle(candidates.of(locations).stream()
                .filter(candidate -> changed.contains(candidate.key()))
                .toList());
    }

    /** Completes what has waited for bank and tax, in the transaction that approves them. */
    @Transactional
    public void complete(Collection<LocationId> locations) {
        store.lock();
        complete(candidates.of(partners.locations(locations)), BY_ITSELF);
    }

    /** A location that is closed leaves everything. */
    @Transactional
    public void close(LocationId location, LocalDate on) {
        store.lock();
        take(
                candidates.of(partners.locations(List.of(location))).stream()
                        .filter(candidate -> candidate.stage().isLive())
                        .map(candidate -> new Move(
                                candidate,
                                candidate.stage() == Stage.INVITED ? Step.Kind.WITHDRAWN : Step.Kind.ENDED,
                                on,
                                "closed",
                                null))
                        .toList(),
                BY_ITSELF);
        enrollments.end(location, on);
    }

    /**
     * Everything that the day brings: expiries, reminders, roll-overs, ends, and invitations that are still owed.
     *
     * @return how many steps were taken
     */
    @Transactional
    public int keep() {
        store.lock();
        return settle(candidates.all());
    }

    private int settle(List<Candidate> some) {
        var reminders = store.reminders(BY_ITSELF);
        var moves = new ArrayList<Move>();
        for (var candidate : some) {
            var due = Due.of(candidate, today(), reminders.getOrDefault(candidate.key(), 0));
            if (due != null) {
                moves.add(new Move(candidate, due.kind(), due.day(), due.reason(), null));
            }
        }
        return take(moves, BY_ITSELF) + complete(some, BY_ITSELF);
    }

    /** Earning begins on the first day of the month in which the last of what is asked for has come together. */
    private int complete(List<Candidate> some, String by) {
        var moves = some.stream()
                .filter(candidate -> candidate.stage() == Stage.ACCEPTED
                        && candidate.offer().state().isOpen()
                        && candidate.verdict() == Verdict.ELIGIBLE
                        && candidate.payees() == PayeeStanding.APPROVED)
                .map(candidate -> new Move(candidate, Step.Kind.ENROLLED, earningFrom(candidate), null, null))
                .toList();
        return take(moves, by);
    }

    private LocalDate earningFrom(Candidate candidate) {
        return earningFrom(
                Objects.requireNonNull(candidate.membership()).day(),
                Objects.requireNonNull(candidate.eligibility()).since(),
                payees.completeSince(
                                candidate.location().id(), candidate.offer().program())
                        .orElseGet(this::today));
    }

    static LocalDate earningFrom(LocalDate accepted, LocalDate eligible, LocalDate paid) {
        return Stream.of(accepted, eligible, paid)
                .max(LocalDate::compareTo)
                .orElseThrow()
                .withDayOfMonth(1);
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    /** A step that a candidate is going to take. */
    private record Move(
            Candidate candidate,
            Step.Kind kind,
            LocalDate day,
            @Nullable String reason,
            @Nullable String note) {}

    /** How many of them were taken: what has been taken before is not taken again. */
    private int take(List<Move> moves, String by) {
        if (moves.isEmpty()) {
            return 0;
        }
        var rounds = store.lastRounds(
                moves.stream().map(move -> move.candidate().location().id()).toList());
        var byKey = moves.stream()
                .collect(Collectors.toMap(move -> move.candidate().key(), Function.identity(), (one, _) -> one));
        var steps = byKey.values().stream()
                .map(move -> step(move, rounds.getOrDefault(move.candidate().key(), -1), by))
                .toList();
        var taken = store.insert(steps).stream()
                .map(step -> new News(
                        Objects.requireNonNull(byKey.get(new Membership.Key(step.location(), step.program())))
                                .candidate(),
                        step))
                .toList();
        register(taken);
        mail.tell(taken);
        taken.forEach(news -> tell(news.candidate(), news.step()));
        return taken.size();
    }

    private Step step(Move move, int lastRound, String by) {
        var candidate = move.candidate();
        var membership = candidate.membership();
        var year = candidate.offer().year();
        var begins = move.kind() == Step.Kind.RENEWED
                || membership == null
                || !membership.stage().isLive();
        return new Step(
                candidate.location().partner(),
                candidate.location().id(),
                candidate.offer().program(),
                begins || membership == null ? year : membership.year(),
                !begins && membership != null
                        ? membership.last().round()
                        : candidate.hasBegunThisYear() ? lastRound + 1 : 0,
                move.kind(),
                move.day(),
                move.reason(),
                move.note(),
                clock.instant(),
                by);
    }

    private void register(List<News> taken) {
        var joins = new ArrayList<Step>();
        var ends = new ArrayList<Enrollments.End>();
        for (var step : taken.stream().map(News::step).toList()) {
            switch (step.kind()) {
                case ENROLLED, BACK_DATED -> joins.add(step);
                case LEFT, ENDED -> ends.add(new Enrollments.End(step.location(), step.program(), step.day()));
                case INVITED, REMINDED, PROLONGED, WITHDRAWN, EXPIRED, DECLINED, ACCEPTED, RENEWED, WARNED -> {}
            }
        }
        if (!joins.isEmpty()) {
            join(joins);
        }
        if (!ends.isEmpty()) {
            enrollments.end(ends);
        }
    }

    /** Days on which the location is in the program already stay. */
    private void join(List<Step> joins) {
        var known = enrollments.of(joins.stream().map(Step::location).toList()).stream()
                .collect(Collectors.groupingBy(one -> new Membership.Key(one.location(), one.program())));
        enrollments.register(joins.stream()
                .map(step -> new Enrollment(
                        step.location(),
                        step.program(),
                        since(step, known.getOrDefault(new Membership.Key(step.location(), step.program()), List.of())),
                        null))
                .toList());
    }

    private static LocalDate since(Step step, List<Enrollment> known) {
        return known.stream()
                .filter(one -> one.until() == null || one.until().isAfter(step.day()))
                .map(Enrollment::since)
                .filter(since -> since.isBefore(step.day()))
                .min(LocalDate::compareTo)
                .orElse(step.day());
    }

    private void tell(Candidate candidate, Step step) {
        events.publishEvent(Act.of(
                        "enrollment." + step.kind().code(),
                        step.by(),
                        step.partner().value(),
                        candidate.location().number() + " " + step.program())
                .changing(Map.of("stage", candidate.stage().code()), after(step)));
    }

    private static Map<String, String> after(Step step) {
        return Stream.of(
                        Map.entry("day", step.day().toString()),
                        Map.entry("reason", Objects.requireNonNullElse(step.reason(), "")),
                        Map.entry("note", Objects.requireNonNullElse(step.note(), "")))
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private LocalDate invitedUntil() {
        return today().plusDays(Due.INVITED_DAYS);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
