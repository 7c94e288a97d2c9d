package org.espace.partners;

import java.io.InputStream;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.espace.documents.DocumentRefused;
import org.espace.documents.Documents;
import org.espace.partners.Verification.Appeal;
import org.espace.partners.Verification.State;
import org.espace.partners.Verification.Step;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to what the vendor asks about partners: question, verdict with its reason, appeal, verdict. */
@Service
public class Verifications {

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_COMMENT = 2_000;

    private final VerificationStore store;
    private final Documents documents;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Verifications(VerificationStore store, Documents documents, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.documents = documents;
        this.events = events;
        this.clock = clock;
    }

    /** Of each step the question that stands, then those that it has replaced; the locations' last. */
    public List<Verification> of(PartnerId partner) {
        return store.of(partner).stream()
                .sorted(Comparator.comparing(Verification::step))
                .toList();
    }

    /** Of each step of the partner itself, the question that stands. */
    public List<Verification> standing(PartnerId partner) {
        var seen = new HashSet<Step>();
        return of(partner).stream()
                .filter(verification -> verification.application() == null && seen.add(verification.step()))
                .toList();
    }

    /** Whether all that was asked about the partner itself is accepted. */
    public boolean isVerified(PartnerId partner) {
        var standing = standing(partner);
        return !standing.isEmpty()
                && standing.stream().allMatch(verification -> verification.state() == State.ACCEPTED);
    }

    /** Those that wait for a verdict, the longest waiting first. */
    public List<Verification> pending() {
        return store.all().stream()
                .filter(verification -> verification.state() == State.PENDING)
                .sorted(Comparator.comparing(Verification::pendingSince))
                .toList();
    }

    public Verification verification(int id) {
        return store.find(id).orElseThrow(() -> new VerificationNotFound(id));
    }

    /** @throws VerificationNotFound for another partner's, too */
    public Verification verification(PartnerId partner, int id) {
        return store.find(id)
                .filter(verification -> verification.partner().equals(partner))
                .orElseThrow(() -> new VerificationNotFound(id));
    }

    /** Asks, unless the question is pending. */
    @Transactional
    public void open(PartnerId partner, Step step, String by) {
        var standing = standing(partner).stream()
                .filter(verification -> verification.step() == step)
                .findFirst();
        if (standing.isEmpty() || standing.get().state() != State.PENDING) {
            var id = store.insert(partner, step, null, by, clock.instant());
            events.publishEvent(Act.of("verification.opened", by, partner.value(), subject(step, id)));
        }
    }

    void open(PartnerId partner, LocationApplication application, String by) {
        var id = store.insert(partner, Step.LOCATION, application.id(), by, clock.instant());
        events.publishEvent(Act.of("verification.opened", by, partner.value(), subject(Step.LOCATION, id)));
    }

    /** @throws NotItsTurn when no verdict is awaited */
    @Transactional
    public void accept(int id, String by) {
        var verification = locked(id);
        if (verification.step() == Step.LOCATION) {
            throw new IllegalArgumentException("a location is accepted with its number");
        }
        decide(verification, by);
    }

    /** Where what follows from it is done beside. */
    void decide(Verification verification, String by) {
        requireState(verification, State.PENDING);
        store.insert(verification, true, null, by, clock.instant());
        events.publishEvent(act("verification.accepted", verification, by)
                .changing(Map.of("state", State.PENDING.code()), Map.of("state", State.ACCEPTED.code())));
    }

    /**
     * From the field reason.
     *
     * @throws FormRefused without one
     * @throws NotItsTurn when no verdict is awaited
     */
    @Transactional
    public void reject(int id, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var reason = fields.lines("reason", 10, LONGEST_REASON);
        fields.refuseFaulty();
        var verification = locked(id);
        requireState(verification, State.PENDING);
        store.insert(verification, false, reason, by, clock.instant());
        events.publishEvent(act("verification.rejected", verification, by)
                .changing(
                        Map.of("state", State.PENDING.code()),
                        Map.of("state", State.REJECTED.code(), "reason", reason)));
    }

    /**
     * From the field comment and a document.
     *
     * @throws FormRefused with the fields at fault
     * @throws NotItsTurn when nothing is rejected
     */
    @Transactional
    public void appeal(PartnerId partner, int id, Map<String, String> typed, InputStream content, String by) {
        var fields = new Fields(typed);
        var comment = fields.lines("comment", 10, LONGEST_COMMENT);
        fields.refuseFaulty();
        verification(partner, id);
        var verification = locked(id);
        requireState(verification, State.REJECTED);
        try {
            var document = documents.keep(content);
            store.insert(verification, comment, document, by, clock.instant());
            events.publishEvent(act("verification.appealed", verification, by)
                    .changing(Map.of(), Map.of("comment", comment, "document", document.sha256())));
        } catch (DocumentRefused refused) {
            throw switch (refused.why()) {
                case EMPTY -> new FormRefused("document", "document-empty");
                case TOO_LARGE -> new FormRefused("document", "document-large");
                case UNKNOWN_TYPE -> new FormRefused("document", "document-type");
            };
        }
    }

    /** @throws VerificationNotFound when the verification has no such appeal */
    static Appeal appeal(Verification verification, int appeal) {
        return verification.appeal(appeal).orElseThrow(() -> new VerificationNotFound(verification.id()));
    }

    Verification locked(int id) {
        store.lock(id);
        return verification(id);
    }

    private static void requireState(Verification verification, State state) {
        if (verification.state() != state) {
            throw new NotItsTurn(verification);
        }
    }

    private static Act act(String action, Verification verification, String by) {
        return Act.of(action, by, verification.partner().value(), subject(verification.step(), verification.id()));
    }

    private static String subject(Step step, int id) {
        return step.code() + " " + id;
    }
}
