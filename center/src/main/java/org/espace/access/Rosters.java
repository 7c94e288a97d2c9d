package org.espace.access;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The door to lists of people who become users at once. A list is looked at, then saved; from then on its rows become users
 * in the background, some hundreds a transaction, and a process that is killed leaves the rest to the next one. Temporary
 * passwords are made at the moment they are handed out, so that none is kept anywhere in between.
 */
@Service
public class Rosters {

    static final int AT_ONCE = 500;
    private static final int MOST = 50;
    private static final int EVERYBODY = Integer.MAX_VALUE;

    private final RosterStore store;
    private final RosterCheck check;
    private final UserStore accounts;
    private final Users users;
    private final Partners partners;
    private final Mails mails;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String url;

    Rosters(
            RosterStore store,
            RosterCheck check,
            UserStore accounts,
            Users users,
            Partners partners,
            Mails mails,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${espace.url:http://localhost:${server.port:8080}}") String url) {
        this.store = store;
        this.check = check;
        this.accounts = accounts;
        this.users = users;
        this.partners = partners;
        this.mails = mails;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
        this.url = url;
    }

    public List<Roster> all(PartnerId partner) {
        return store.all(partner, MOST);
    }

    /** @throws RosterNotFound also for another partner's */
    public Roster roster(PartnerId partner, int roster) {
        return store.find(roster)
                .filter(found -> found.partner().equals(partner))
                .orElseThrow(() -> new RosterNotFound(roster));
    }

    List<RosterRow> rows(Roster roster, int offset, int most) {
        return store.rows(roster.id(), offset, most);
    }

    List<RosterFault> faults(Roster roster, int offset, int most) {
        return store.faults(roster.id(), offset, most);
    }

    int countFaults(Roster roster) {
        return store.countFaults(roster.id());
    }

    /**
     * Keeps what a file says to be looked at; nobody becomes a user yet. What the same person had looked at before and not
     * saved is dropped.
     *
     * @throws RosterFileRefused when it is no list of people at all
     */
    @Transactional
    public Roster validate(PartnerId partner, String name, byte[] file, SignedIn by) {
        var checked = check.check(PeopleFile.read(file, RosterCheck.REQUIRED, RosterCheck.OPTIONAL), partner, by);
        store.deleteUnsaved(partner, by.email());
        var roster = store.insert(partner, "file:" + UUID.randomUUID(), name, by.email(), clock.instant())
                .orElseThrow();
        store.insertRows(roster, checked.rows());
        store.insertFaults(roster, checked.faults());
        return roster(partner, roster);
    }

    /**
     * Keeps a list under a reference of its own. The same reference again changes nothing.
     *
     * @param reference such as {@code set-up:7}
     */
    @Transactional
    public Roster keep(PartnerId partner, String reference, String name, List<RosterRow> rows, String by) {
        store.insert(partner, reference, name, by, clock.instant()).ifPresent(id -> store.insertRows(id, rows));
        return store.find(reference)
                .filter(found -> found.partner().equals(partner))
                .orElseThrow();
    }

    /**
     * From now on its rows become users; saving it again changes nothing.
     *
     * @throws RoleNotYours when whoever saves it may not give one of its roles any more
     */
    @Transactional
    public void save(Roster roster, Handing handing, SignedIn by) {
        for (var row : store.rows(roster.id(), 0, EVERYBODY)) {
            Administration.requireMayGrant(by, roster.partner(), row.grants(roster.partner()));
        }
        if (store.save(roster.id(), handing, by.email(), clock.instant())) {
            events.publishEvent(Act.of(
                            "roster.saved", by.email(), roster.partner().value(), roster.name())
                    .changing(
                            Map.of(),
                            Map.of(
                                    "users", Integer.toString(roster.rows()),
                                    "passwords", handing.code())));
            events.publishEvent(new RosterSaved(roster.id()));
        }
    }

    /** Does what is left of each list that has been saved, unless another process is at it. */
    void finishAll() {
        store.unfinished().forEach(this::work);
    }

    /** Row after row, some hundreds at once, until nothing is left or somebody else is at it. */
    void work(int roster) {
        while (Boolean.TRUE.equals(transaction.execute(status -> step(roster)))) {
            // each step is kept
        }
    }

    /** Whether another step may follow. */
    boolean step(int id) {
        if (!store.lockUnfinished(id)) {
            return false;
        }
        var roster = store.find(id).orElseThrow();
        var now = clock.instant();
        var rows = store.waiting(id, AT_ONCE);
        if (!rows.isEmpty()) {
            create(roster, rows, now);
            return true;
        }
        if (roster.handing() == Handing.MAIL && mail(roster)) {
            return true;
        }
        store.finish(id, now);
        if (roster.handing() == Handing.MAIL) {
            store.handOut(id, by(roster), now);
        }
        events.publishEvent(new RosterFinished(id, roster.partner()));
        return false;
    }

    private void create(Roster roster, List<RosterRow> rows, Instant now) {
        accounts.lockAddresses();
        var lookalikes = accounts.lookalikes(
                rows.stream().map(row -> row.email().skeleton()).toList());
        var free = rows.stream()
                .filter(row -> !looksLikeAnother(row.email(), lookalikes))
                .toList();
        var created = store.insertUsers(roster.partner(), free, by(roster), now);
        var known = store.usersOf(
                roster.partner(),
                rows.stream()
                        .map(row -> row.email().value())
                        .filter(email -> !created.containsKey(email))
                        .toList());
        var grants = new HashMap<Integer, List<Grant>>();
        for (var row : rows) {
            var email = row.email().value();
            var user = created.containsKey(email) ? created.get(email) : known.get(email);
            if (user != null) {
                grants.put(user, row.grants(roster.partner()));
            }
        }
        store.insertGrants(roster.partner(), grants, by(roster), now);
        known.keySet().forEach(users::endSessions);
        store.settle(roster.id(), rows, created, known);
        events.publishEvent(Act.of(
                        "roster.created", by(roster), roster.partner().value(), roster.name())
                .changing(
                        Map.of(),
                        Map.of(
                                "users",
                                rows.stream()
                                        .filter(row ->
                                                created.containsKey(row.email().value()))
                                        .map(row -> row.email() + ": " + Users.words(row.grants(roster.partner())))
                                        .collect(Collectors.joining("; ")))));
    }

    private static boolean looksLikeAnother(EmailAddress email, Map<String, List<String>> lookalikes) {
        return lookalikes.getOrDefault(email.skeleton(), List.of()).stream()
                .anyMatch(other ->
                        !other.equals(email.value()) && !(email.isAscii() && new EmailAddress(other).isAscii()));
    }

    /** Whether somebody was left to mail. */
    private boolean mail(Roster roster) {
        var made = makePasswords(roster, AT_ONCE);
        var organization = partners.partner(roster.partner()).name();
        made.forEach((user, handed) -> {
            var temporary = Objects.requireNonNull(handed.temporary());
            mails.send(new Mail(
                    "temporary-password:" + user + ":" + roster.id(),
                    temporary.email(),
                    handed.row().language(),
                    "temporary-password",
                    Map.of(
                            "organization",
                            organization,
                            "email",
                            temporary.email(),
                            "until",
                            temporary.expires().toString(),
                            "url",
                            url),
                    temporary.password()));
        });
        return !made.isEmpty();
    }

    /**
     * Makes the temporary passwords of those whom the list has created: whoever calls it sees them now or never. The second
     * time there are none.
     */
    @Transactional
    public List<HandedPassword> handOut(Roster roster, String by) {
        var first = store.handOut(roster.id(), by, clock.instant());
        var made = first ? makePasswords(roster, EVERYBODY) : Map.<Integer, HandedPassword>of();
        if (first) {
            events.publishEvent(Act.of("roster.handed-out", by, roster.partner().value(), roster.name())
                    .changing(Map.of(), Map.of("passwords", Integer.toString(made.size()))));
        }
        var byRow = made.values().stream().collect(Collectors.toMap(HandedPassword::row, one -> one));
        var all = new ArrayList<HandedPassword>();
        store.outcomes(roster.id())
                .forEach((row, outcome) -> all.add(byRow.getOrDefault(row, new HandedPassword(row, outcome, null))));
        return all;
    }

    private Map<Integer, HandedPassword> makePasswords(Roster roster, int most) {
        var now = clock.instant();
        var expires = now.plus(Users.TEMPORARY);
        var waiting = store.withoutPassword(roster.id(), most);
        var passwords = new HashMap<Integer, TemporaryPassword>();
        var hashes = new LinkedHashMap<Integer, String>();
        waiting.forEach((user, row) -> {
            var temporary = TemporaryPassword.random(row.email().value(), expires);
            passwords.put(user, temporary);
            hashes.put(user, PasswordHashes.ofTemporary(temporary.password()));
        });
        var made = new HashMap<Integer, HandedPassword>();
        for (var user : accounts.setFirstPasswords(hashes, now, expires)) {
            made.put(
                    user,
                    new HandedPassword(
                            Optional.ofNullable(waiting.get(user)).orElseThrow(), "created", passwords.get(user)));
        }
        return made;
    }

    private static String by(Roster roster) {
        return roster.savedBy() == null ? roster.madeBy() : roster.savedBy();
    }
}
