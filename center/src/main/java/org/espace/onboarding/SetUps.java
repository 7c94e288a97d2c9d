package org.espace.onboarding;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.EmailAddress;
import org.espace.access.Grant;
import org.espace.access.HandedPassword;
import org.espace.access.Handing;
import org.espace.access.Invitations;
import org.espace.access.Role;
import org.espace.access.Roster;
import org.espace.access.RosterFinished;
import org.espace.access.RosterRow;
import org.espace.access.Rosters;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.onboarding.ListTaken.Organization;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to set-up by list. The vendor hands a list of an organization's users; its administrator corrects and confirms
 * it; its users are created at once; from then on the organization sees its data.
 */
@Service
public class SetUps {

    private static final int NAMED_IN_MAIL = 100;

    /** Who of a list is asked to set the organization up, where nobody is there yet. */
    private static final List<Role> ADMINISTRATORS = List.of(
            Role.GLOBAL_ADMINISTRATOR,
            Role.ACCOUNT_ADMINISTRATOR,
            Role.USER_ADMINISTRATOR,
            Role.INCENTIVES_ADMINISTRATOR);

    private final SetUpStore store;
    private final VendorList lists;
    private final Users users;
    private final Invitations invitations;
    private final Rosters rosters;
    private final Partners partners;
    private final Mails mails;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String url;

    SetUps(
            SetUpStore store,
            VendorList lists,
            Users users,
            Invitations invitations,
            Rosters rosters,
            Partners partners,
            Mails mails,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${espace.url:http://localhost:${server.port:8080}}") String url) {
        this.store = store;
        this.lists = lists;
        this.users = users;
        this.invitations = invitations;
        this.rosters = rosters;
        this.partners = partners;
        this.mails = mails;
        this.events = events;
        this.clock = clock;
        this.url = url;
    }

    /** The latest first. */
    List<SetUp> page(int page, int size) {
        return store.page(page, size);
    }

    int size() {
        return store.size();
    }

    public Optional<SetUp> find(PartnerId partner) {
        return store.find(partner);
    }

    /** @throws SetUpNotFound when the vendor has handed no list of it */
    public SetUp setUp(PartnerId partner) {
        return find(partner).orElseThrow(() -> new SetUpNotFound(partner));
    }

    /** Whether its data waits until its users are created; an organization without a list does not wait. */
    public boolean isWaiting(PartnerId partner) {
        return store.isWaiting(partner);
    }

    /** The same, looked up once for a request: the gate, the frame and the page agree on it. */
    public boolean isWaiting(PartnerId partner, HttpServletRequest request) {
        var name = SetUps.class.getName() + ".isWaiting." + partner;
        if (request.getAttribute(name) instanceof Boolean known) {
            return known;
        }
        var waits = isWaiting(partner);
        request.setAttribute(name, waits);
        return waits;
    }

    /** Of those of the organizations that have a list. */
    public Map<PartnerId, SetUp.State> states(Collection<PartnerId> some) {
        return store.some(some).stream().collect(toMap(SetUp::partner, SetUp::state));
    }

    /** As it stands now; those who were dropped, too. */
    public List<ListedUser> users(PartnerId partner) {
        return store.users(partner);
    }

    /**
     * Takes the vendor's file: good rows go on the lists of their organizations, whose administrators get a mail. The same
     * file again changes nothing and mails nobody.
     *
     * @throws org.espace.access.RosterFileRefused when it is no such file
     */
    @Transactional
    public ListTaken load(byte[] file, String by) {
        var content = lists.read(file, by);
        var organizations = new ArrayList<Organization>();
        content.users().forEach((partner, listed) -> organizations.add(take(partner, listed, by)));
        return new ListTaken(organizations, content.faults());
    }

    private Organization take(Partner partner, List<ListedUser> listed, String by) {
        store.insert(partner.id(), by, clock.instant());
        var setUp = store.lock(partner.id()).orElseThrow();
        var added = setUp.isConfirmed()
                ? 0
                : (int) listed.stream().filter(store::add).count();
        if (added > 0) {
            tell("set-up.listed", by, partner, Map.of("users", Integer.toString(added)));
            tellAdministrator(partner, by);
        }
        var now = setUp(partner.id());
        return new Organization(
                partner.number(),
                partner.name(),
                added,
                listed.size() - added,
                added > 0 && now.told() != null ? now.told() : "",
                now.state());
    }

    /**
     * Sends the list to the organization's administrator: a global administrator if there is one, or else the first
     * administrator on the list, who is invited as one.
     *
     * @throws SetUpOver when the list has been confirmed
     */
    @Transactional
    public void tellAgain(PartnerId partner, String by) {
        requireOpen(partner);
        tellAdministrator(partners.partner(partner), by);
    }

    private void tellAdministrator(Partner partner, String by) {
        var listed = store.users(partner.id()).stream()
                .filter(user -> !user.dropped())
                .toList();
        var there = users.administrators(partner.id());
        if (!there.isEmpty()) {
            there.forEach(user -> mail(partner, user.email(), user.language(), listed));
            store.tell(partner.id(), there.getFirst().email().value(), clock.instant());
            return;
        }
        listed.stream()
                .filter(user -> ADMINISTRATORS.contains(user.role()))
                .min(Comparator.comparingInt(user -> ADMINISTRATORS.indexOf(user.role())))
                .filter(user -> !users.exists(user.email().value()))
                .ifPresent(user -> {
                    var grants = Stream.of(Role.GLOBAL_ADMINISTRATOR, user.role())
                            .distinct()
                            .map(role -> Grant.at(partner.id(), role))
                            .toList();
                    invitations.invite(partner.id(), user.email(), grants, by);
                    mail(partner, user.email(), null, listed);
                    store.tell(partner.id(), user.email().value(), clock.instant());
                });
    }

    private void mail(Partner partner, EmailAddress to, @Nullable String language, List<ListedUser> listed) {
        var now = clock.instant();
        mails.send(new Mail(
                "set-up:" + partner.id() + ":" + to.value() + ":" + now.toEpochMilli(),
                to.value(),
                language,
                "set-up",
                Map.of(
                        "organization",
                        partner.name(),
                        "count",
                        Integer.toString(listed.size()),
                        "list",
                        listed.stream()
                                .limit(NAMED_IN_MAIL)
                                .map(user -> "- " + user.name() + ", " + user.email())
                                .collect(joining("\n")),
                        "link",
                        url + "/partners/" + partner.id() + "/setup"),
                null));
    }

    /**
     * Corrects what is proposed for somebody, or drops them, or takes them back.
     *
     * @throws SetUpOver when the list has been confirmed
     */
    @Transactional
    public void correct(List<ListedUser> corrected, SignedIn by) {
        for (var user : corrected) {
            requireOpen(user.partner());
            store.begin(user.partner(), by.email(), clock.instant());
            store.correct(user, by.email(), clock.instant());
        }
    }

    /**
     * False when the address is on the list already.
     *
     * @throws SetUpOver when the list has been confirmed
     */
    @Transactional
    public boolean add(ListedUser user, SignedIn by) {
        requireOpen(user.partner());
        store.begin(user.partner(), by.email(), clock.instant());
        return store.add(user);
    }

    /**
     * From now on the users of the list are created in the background. Confirmed twice, they are created once.
     *
     * @throws org.espace.access.RoleNotYours when a role on the list is not theirs to give
     */
    @Transactional
    public void confirm(PartnerId partner, Handing handing, SignedIn by) {
        var setUp = store.lock(partner).orElseThrow(() -> new SetUpNotFound(partner));
        if (setUp.isConfirmed()) {
            return;
        }
        var rows = store.users(partner).stream()
                .filter(user -> !user.dropped())
                .map(user -> new RosterRow(
                        user.number(),
                        user.email(),
                        user.name(),
                        null,
                        List.of(user.role()),
                        user.location(),
                        user.program()))
                .toList();
        var roster = rosters.keep(
                partner, "set-up:" + partner, partners.partner(partner).name(), rows, by.email());
        store.begin(partner, by.email(), clock.instant());
        store.confirm(partner, roster.id(), by.email(), clock.instant());
        tell(
                "set-up.confirmed",
                by.email(),
                partners.partner(partner),
                Map.of("users", Integer.toString(rows.size()), "passwords", handing.code()));
        rosters.save(roster, handing, by);
    }

    /** The confirmed list, as far as it has come. */
    public Optional<Roster> roster(PartnerId partner) {
        return find(partner)
                .flatMap(setUp -> Optional.ofNullable(setUp.roster()))
                .map(roster -> rosters.roster(partner, roster));
    }

    /** The temporary passwords, once: see {@link Rosters#handOut}. */
    @Transactional
    public List<HandedPassword> handOut(PartnerId partner, SignedIn by) {
        var roster = roster(partner).orElseThrow(() -> new SetUpNotFound(partner));
        return rosters.handOut(roster, by.email());
    }

    /** In the transaction that creates the last user. */
    @EventListener
    void on(RosterFinished finished) {
        var partner = finished.partner();
        if (store.finish(partner, finished.roster(), clock.instant())) {
            tell("set-up.done", "list " + finished.roster(), partners.partner(partner), Map.of());
        }
    }

    /** An incentives administrator has signed in. */
    @Transactional
    void seen(PartnerId partner, String by) {
        if (store.migrate(partner, by, clock.instant())) {
            tell("set-up.migrated", by, partners.partner(partner), Map.of());
        }
    }

    private void requireOpen(PartnerId partner) {
        if (store.lock(partner).orElseThrow(() -> new SetUpNotFound(partner)).isConfirmed()) {
            throw new SetUpOver();
        }
    }

    private void tell(String action, String by, Partner partner, Map<String, String> after) {
        events.publishEvent(
                Act.of(action, by, partner.id().value(), partner.name()).changing(Map.of(), after));
    }
}
