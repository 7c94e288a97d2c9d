package org.espace.certifications;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.espace.access.PeopleChanged;
import org.espace.access.Provisioning;
import org.espace.access.Provisioning.Person;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.espace.web.Fields;
import org.espace.web.FormRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to people who learn. Each counts for one company on one day: the one that their open account belongs to. Somebody
 * who leaves takes along what they have passed, and it counts for the next company from the day on which they are there.
 */
@Service
public class Learners {

    private static final int LONGEST_REASON = 1_000;
    private static final int TOKEN_BYTES = 16;

    private final LearnerStore store;
    private final CatalogueStore catalogue;
    private final Provisioning people;
    private final Users users;
    private final Alerts alerts;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Learners(
            LearnerStore store,
            CatalogueStore catalogue,
            Provisioning people,
            Users users,
            Alerts alerts,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.people = people;
        this.users = users;
        this.alerts = alerts;
        this.events = events;
        this.clock = clock;
    }

    Optional<Learner> find(UserId user) {
        return store.present(user);
    }

    /** From today on they count for their company, unless they do already. */
    @Transactional
    public Learner learner(SignedIn user) {
        var partner = user.partner().orElseThrow(OnlyForPartners::new);
        return learner(user.id(), partner, today());
    }

    private Learner learner(UserId user, PartnerId partner, LocalDate since) {
        return store.present(user).orElseGet(() -> {
            store.lock();
            return store.present(user).orElseGet(() -> {
                store.begin(store.insert(clock.instant()), user, partner, since);
                return store.present(user).orElseThrow();
            });
        });
    }

    Set<String> signedUp(Learner learner) {
        return store.signedUp(learner.number());
    }

    /** The ids of sessions. */
    Set<Integer> booked(Learner learner) {
        return store.booked(learner.number());
    }

    /** The latest first. */
    List<Result> results(Learner learner) {
        var rows = store.results(learner.number());
        var shares = store.shares(rows.stream().map(LearnerStore.Row::id).toList());
        return results(rows, shares);
    }

    /** Of everybody who counts for the company now; without links, which are their holders'. */
    Map<Integer, List<Result>> results(PartnerId partner) {
        return results(store.results(partner), Map.of()).stream().collect(Collectors.groupingBy(Result::learner));
    }

    private List<Result> results(List<LearnerStore.Row> rows, Map<Integer, Result.Share> shares) {
        var certifications =
                catalogue.certifications().stream().collect(Collectors.toMap(Certification::code, one -> one));
        return rows.stream()
                .map(row -> new Result(
                        row.id(),
                        row.learner(),
                        Optional.ofNullable(certifications.get(row.certification()))
                                .orElseThrow(),
                        row.passed(),
                        row.expires(),
                        row.withdrawn(),
                        row.reason(),
                        shares.get(row.id())))
                .toList();
    }

    Optional<Result> result(int id) {
        return store.result(id)
                .map(row -> results(List.of(row), store.shares(List.of(id))).getFirst());
    }

    /** Who the company's people are, by the number under which they learn. */
    Map<Integer, Person> people(PartnerId partner) {
        var known = people.people(partner).stream().collect(Collectors.toMap(Person::id, one -> one));
        return store.present(partner).stream()
                .filter(learner -> known.containsKey(learner.user()))
                .collect(Collectors.toMap(
                        Learner::number,
                        learner ->
                                Optional.ofNullable(known.get(learner.user())).orElseThrow()));
    }

    Optional<String> name(int learner) {
        return store.present(learner)
                .flatMap(present -> users.signedIn(present.user()))
                .map(SignedIn::name);
    }

    /** @throws CertificationNotFound when there is none of this code */
    @Transactional
    public void signUp(SignedIn user, String certification) {
        var wanted = catalogue.certification(certification).orElseThrow(() -> new CertificationNotFound(certification));
        var learner = learner(user);
        if (store.signUp(learner, wanted.code(), clock.instant())) {
            tell("learning.signed-up", user.email(), learner, certification);
        }
    }

    /** Seats that were booked for it are free again; what was passed stays. */
    @Transactional
    public void giveUp(SignedIn user, String certification) {
        var learner = learner(user);
        if (store.giveUp(learner.number(), certification)) {
            tell("learning.given-up", user.email(), learner, certification);
        }
    }

    /**
     * A seat for whoever has signed up; a second one for the same person is none.
     *
     * @throws CertificationNotFound when the session has begun, or is of something that they have not signed up for
     * @throws SessionFull when every seat is taken
     */
    @Transactional
    public void book(SignedIn user, int session) {
        var learner = learner(user);
        store.lockSession(session);
        var wanted = session(learner, session);
        if (store.booked(learner.number()).contains(session)) {
            return;
        }
        if (wanted.free() == 0) {
            throw new SessionFull(session);
        }
        if (store.book(session, learner, clock.instant())) {
            tell("learning.booked", user.email(), learner, Integer.toString(session));
        }
    }

    private Session session(Learner learner, int id) {
        return catalogue
                .session(id)
                .filter(session -> session.begins().isAfter(clock.instant())
                        && store.signedUp(learner.number()).contains(session.certification()))
                .orElseThrow(() -> new CertificationNotFound("session " + id));
    }

    @Transactional
    public void cancel(SignedIn user, int session) {
        var learner = learner(user);
        if (store.cancel(session, learner.number())) {
            tell("learning.cancelled", user.email(), learner, Integer.toString(session));
        }
    }

    /**
     * Keeps that somebody has passed; the same certification on the same day again changes nothing. Whoever was not known
     * as a learner counts for their company from the day of the result on, or of their account if that is later.
     *
     * @return whether it was new
     */
    boolean pass(
            Person person, PartnerId partner, Certification certification, LocalDate passed, String source, String by) {
        var account = person.since().atZone(clock.getZone()).toLocalDate();
        var learner = learner(person.id(), partner, passed.isAfter(account) ? passed : account);
        return store.insert(
                        learner.number(),
                        certification.code(),
                        passed,
                        certification.expiryOf(passed),
                        source,
                        clock.instant(),
                        by)
                .isPresent();
    }

    /**
     * From the field reason: the result counts no longer from today on, and its certificate says so.
     *
     * @throws CertificationNotFound when there is no such result
     */
    @Transactional
    public void withdraw(int result, Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var reason = fields.lines("reason", 10, LONGEST_REASON);
        fields.refuseFaulty();
        withdraw(store.result(result).orElseThrow(() -> new CertificationNotFound("result " + result)), reason, by);
    }

    /** @return whether it was not withdrawn before */
    boolean withdraw(LearnerStore.Row result, String reason, String by) {
        var withdrawn = store.withdraw(result.id(), today(), reason, clock.instant(), by);
        if (withdrawn) {
            store.present(result.learner()).ifPresent(learner -> {
                events.publishEvent(
                        Act.of("result.withdrawn", by, learner.partner().value(), result.certification())
                                .changing(Map.of(), Map.of("reason", reason)));
                changed(learner.partner());
            });
        }
        return withdrawn;
    }

    /**
     * From the fields learner, their number, and email, that of their new account: from today on they count for the company
     * of that account, with all that they have passed.
     *
     * @throws FormRefused with the fields at fault
     */
    @Transactional
    public void move(Map<String, String> typed, String by) {
        var fields = new Fields(typed);
        var text = fields.needed("learner", 12);
        var email = fields.email("email");
        fields.refuseFaulty();
        var number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        var learned = store.results(number);
        var signedIn = users.find(email).filter(user -> user.partner().isPresent());
        if (learned.isEmpty() && store.present(number).isEmpty()) {
            fields.fault("learner", "no-learner");
        }
        if (signedIn.isEmpty()) {
            fields.fault("email", "no-account");
        } else if (store.present(signedIn.get().id()).isPresent()) {
            fields.fault("email", "learner-already");
        }
        fields.refuseFaulty();
        store.lock();
        var user = signedIn.orElseThrow();
        var partner = user.partner().orElseThrow();
        var before = store.present(number);
        before.ifPresent(learner -> store.end(learner, today()));
        store.begin(number, user.id(), partner, today());
        events.publishEvent(Act.of("learner.moved", by, partner.value(), text)
                .changing(
                        before.map(learner ->
                                        Map.of("partner", learner.partner().toString()))
                                .orElse(Map.of()),
                        Map.of("partner", partner.toString(), "account", user.email())));
        before.ifPresent(learner -> changed(learner.partner()));
        changed(partner);
    }

    @EventListener
    void on(PeopleChanged changed) {
        follow(changed.partner());
    }

    /** Whoever has left counts no longer from today on; whoever is back counts again. */
    @Transactional
    public void follow(PartnerId partner) {
        var open = people.people(partner).stream()
                .filter(Person::active)
                .map(Person::id)
                .collect(Collectors.toSet());
        var left = store.present(partner).stream()
                .filter(learner -> !open.contains(learner.user()))
                .toList();
        var back = store.gone(partner).entrySet().stream()
                .filter(gone -> open.contains(gone.getKey()))
                .toList();
        if (left.isEmpty() && back.isEmpty()) {
            return;
        }
        store.lock();
        left.forEach(learner -> store.end(learner, today()));
        back.forEach(learner -> store.begin(learner.getValue(), learner.getKey(), partner, today()));
        changed(partner);
    }

    private void changed(PartnerId partner) {
        alerts.look(partner, today());
        events.publishEvent(new CompetenciesChanged(List.of(partner)));
    }

    /** A link for whoever the holder gives it to; the one that there was before opens nothing any more. */
    @Transactional
    public void share(SignedIn user, int result, boolean named) {
        var learner = own(user, result);
        store.revokeShare(result, clock.instant());
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        store.share(result, Base64.getUrlEncoder().withoutPadding().encodeToString(token), named, clock.instant());
        tell("certificate.shared", user.email(), learner, Integer.toString(result));
    }

    @Transactional
    public void revokeShare(SignedIn user, int result) {
        var learner = own(user, result);
        store.revokeShare(result, clock.instant());
        tell("certificate.share-revoked", user.email(), learner, Integer.toString(result));
    }

    private Learner own(SignedIn user, int result) {
        return find(user.id())
                .filter(learner -> store.result(result)
                        .filter(row -> row.learner() == learner.number())
                        .isPresent())
                .orElseThrow(() -> new CertificationNotFound("result " + result));
    }

    private void tell(String action, String by, Learner learner, String subject) {
        events.publishEvent(Act.of(action, by, learner.partner().value(), subject));
    }

    LocalDate today() {
        return LocalDate.now(clock);
    }
}
