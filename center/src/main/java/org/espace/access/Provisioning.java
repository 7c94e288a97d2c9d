package org.espace.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The users and groups of one organization, as a system of its own keeps them. Nobody gets a password or a role here: they
 * sign in by the organization's provider or by an invitation, and what a group may do is decided by people.
 */
@Service
public class Provisioning {

    private final ProvisioningStore store;
    private final UserStore users;
    private final Users sessions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Provisioning(
            ProvisioningStore store, UserStore users, Users sessions, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.users = users;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /** @param active whether they may sign in */
    public record Person(
            UserId id, String email, String name, @Nullable String language, boolean active, Instant since) {}

    public record Group(int id, String name, Set<UserId> members, Instant since) {

        public Group {
            members = Set.copyOf(members);
        }
    }

    /** Holds until the transaction ends: what is read meanwhile stays as it is until it is written. */
    @Transactional
    public void lock(PartnerId partner) {
        store.lock(partner);
    }

    /** All that have not been removed from the organization, by id. */
    public List<Person> people(PartnerId partner) {
        return store.people(partner);
    }

    /** @param partner whose person they are */
    public record Member(PartnerId partner, Person person) {}

    /** Whoever has one of the addresses in an organization; nobody of the vendor. */
    public List<Member> members(Collection<String> emails) {
        return store.members(emails);
    }

    public List<Member> membersOf(Collection<UserId> users) {
        return store.membersOf(users);
    }

    public Optional<Person> find(PartnerId partner, UserId id) {
        return store.person(partner, id);
    }

    public Optional<Person> find(PartnerId partner, EmailAddress email) {
        return store.person(partner, email.value());
    }

    /** As they would be after signing in; empty when they may not. */
    public Optional<SignedIn> signedIn(PartnerId partner, UserId id) {
        return find(partner, id).filter(Person::active).map(person -> signedIn(partner, person));
    }

    /** Whether somebody of another organization, or of the vendor, has an address in this domain. */
    public boolean isUsedByOthers(PartnerId partner, String domain) {
        return store.isDomainOfOthers(partner, domain);
    }

    /** The active global administrators, of whom one at least has to stay. */
    public List<Person> administrators(PartnerId partner) {
        var ids = store.globalAdministrators(partner);
        return people(partner).stream()
                .filter(person -> person.active() && ids.contains(person.id()))
                .toList();
    }

    /**
     * @throws UserExists when the address is somebody's, in this organization or in another one
     * @throws EmailAddressRefused when it could pass for somebody else's
     */
    @Transactional
    public Person create(PartnerId partner, EmailAddress email, String name, @Nullable String language, String by) {
        sessions.requireNoLookalike(email);
        var id = users.insert(partner, email, name, language, by, clock.instant())
                .orElseThrow(() -> new UserExists(email.value()));
        publish("provisioning.user-created", by, partner, email.value(), Map.of(), Map.of("name", name));
        return find(partner, new UserId(id)).orElseThrow();
    }

    /** @throws UserExists when the new address is somebody else's */
    @Transactional
    public void change(
            PartnerId partner, UserId id, EmailAddress email, String name, @Nullable String language, String by) {
        var person = person(partner, id);
        var changed = new Person(id, email.value(), name, language, person.active(), person.since());
        if (changed.equals(person)) {
            return;
        }
        if (!person.email().equals(email.value())) {
            sessions.requireNoLookalike(email);
        }
        if (!store.update(changed)) {
            throw new UserExists(email.value());
        }
        if (!person.email().equals(email.value())) {
            sessions.endSessions(person.email());
        }
        publish("provisioning.user-changed", by, partner, email.value(), said(person), said(changed));
    }

    /** Ends whatever they have open, at once. */
    @Transactional
    public Person deactivate(PartnerId partner, UserId id, String by) {
        lock(partner);
        var person = person(partner, id);
        if (person.active()) {
            keepAnAdministrator(partner, person);
            store.close(id, "deactivated", clock.instant(), by);
            sessions.endSessions(person.email());
            publish("provisioning.user-deactivated", by, partner, person.email(), Map.of(), Map.of());
            events.publishEvent(new PeopleChanged(partner));
        }
        return person(partner, id);
    }

    @Transactional
    public Person reactivate(PartnerId partner, UserId id, String by) {
        var person = person(partner, id);
        if (!person.active()) {
            store.reopen(id);
            publish("provisioning.user-reactivated", by, partner, person.email(), Map.of(), Map.of());
            events.publishEvent(new PeopleChanged(partner));
        }
        return person(partner, id);
    }

    /** Takes everything from them that the organization gave: roles, groups, the password, and the address becomes free. */
    @Transactional
    public void remove(PartnerId partner, UserId id, String by) {
        lock(partner);
        var person = person(partner, id);
        keepAnAdministrator(partner, person);
        store.close(id, "removed-from-organization", clock.instant(), by);
        store.strip(id);
        sessions.endSessions(person.email());
        publish("provisioning.user-removed", by, partner, person.email(), Map.of("name", person.name()), Map.of());
        events.publishEvent(new PeopleChanged(partner));
    }

    /** By id. */
    public List<Group> groups(PartnerId partner) {
        return store.groups(partner);
    }

    public Optional<Group> group(PartnerId partner, int id) {
        return store.group(partner, id);
    }

    /** @throws GroupExists when the name is another group's */
    @Transactional
    public Group createGroup(PartnerId partner, String name, Set<UserId> members, String by) {
        var id = store.insertGroup(partner, name, by, clock.instant()).orElseThrow(() -> new GroupExists(name));
        publish("provisioning.group-created", by, partner, name, Map.of(), Map.of());
        var group = new Group(id, name, Set.of(), clock.instant());
        setMembers(partner, group, members, by);
        return group(partner, id).orElseThrow();
    }

    /** @throws GroupExists when the new name is another group's */
    @Transactional
    public void changeGroup(PartnerId partner, int id, String name, Set<UserId> members, String by) {
        lock(partner);
        var group = group(partner, id).orElseThrow(() -> new UserNotFound("group " + id));
        if (!group.name().equals(name)) {
            if (!store.renameGroup(id, name)) {
                throw new GroupExists(name);
            }
            publish(
                    "provisioning.group-changed",
                    by,
                    partner,
                    name,
                    Map.of("name", group.name()),
                    Map.of("name", name));
        }
        setMembers(partner, group, members, by);
    }

    /** Whoever was in it loses at once what it gave. */
    @Transactional
    public void removeGroup(PartnerId partner, int id, String by) {
        lock(partner);
        var group = group(partner, id).orElseThrow(() -> new UserNotFound("group " + id));
        setMembers(partner, group, Set.of(), by);
        store.deleteGroup(id);
        publish("provisioning.group-removed", by, partner, group.name(), Map.of(), Map.of());
    }

    /** @throws UserNotFound when one of them is not a user of the organization */
    private void setMembers(PartnerId partner, Group group, Set<UserId> members, String by) {
        var known = store.emails(partner, members);
        members.stream()
                .filter(member -> !known.containsKey(member))
                .findFirst()
                .ifPresent(stranger -> {
                    throw new UserNotFound(stranger.toString());
                });
        var before = store.emails(partner, group.members());
        var added = members.stream()
                .filter(member -> !group.members().contains(member))
                .toList();
        var gone = group.members().stream()
                .filter(member -> !members.contains(member))
                .toList();
        store.addMembers(partner, group.id(), added, by, clock.instant());
        store.removeMembers(group.id(), gone);
        added.forEach(member -> sessions.endSessions(Objects.requireNonNull(known.get(member))));
        gone.forEach(member -> Optional.ofNullable(before.get(member)).ifPresent(sessions::endSessions));
        if (!added.isEmpty() || !gone.isEmpty()) {
            publish(
                    "provisioning.members-changed",
                    by,
                    partner,
                    group.name(),
                    Map.of("left", listed(gone, before)),
                    Map.of("joined", listed(added, known)));
        }
    }

    private static String listed(List<UserId> people, Map<UserId, String> emails) {
        var names = new TreeSet<String>();
        people.forEach(one -> names.add(emails.getOrDefault(one, one.toString())));
        return String.join(", ", names);
    }

    private void keepAnAdministrator(PartnerId partner, Person person) {
        users.lockKeepers(partner);
        var administrators = administrators(partner);
        if (administrators.size() == 1 && administrators.getFirst().id().equals(person.id())) {
            throw new LastAdministrator(Role.GLOBAL_ADMINISTRATOR);
        }
    }

    private Person person(PartnerId partner, UserId id) {
        return find(partner, id).orElseThrow(() -> new UserNotFound(id.toString()));
    }

    private SignedIn signedIn(PartnerId partner, Person person) {
        return new SignedIn(
                person.id(),
                person.email(),
                person.name(),
                person.language(),
                partner.value(),
                null,
                users.grants(person.id().value()));
    }

    private static Map<String, String> said(Person person) {
        return Map.of(
                "email",
                person.email(),
                "name",
                person.name(),
                "language",
                Objects.requireNonNullElse(person.language(), ""));
    }

    private void publish(
            String action,
            String by,
            PartnerId partner,
            String subject,
            Map<String, String> before,
            Map<String, String> after) {
        events.publishEvent(Act.of(action, by, partner.value(), subject).changing(before, after));
    }
}
