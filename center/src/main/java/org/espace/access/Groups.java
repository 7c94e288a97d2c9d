package org.espace.access;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to groups: what a group holds, each of its members holds. Each change ends the sessions of those whom it
 * concerns.
 */
@Service
public class Groups {

    private final GroupStore store;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Groups(GroupStore store, Users users, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    public List<UserGroup> all(PartnerId partner) {
        return store.all(partner);
    }

    /** @throws GroupNotFound also for another partner's */
    public UserGroup group(PartnerId partner, int group) {
        return store.find(partner, group).orElseThrow(() -> new GroupNotFound(group));
    }

    /** Those that somebody belongs to. */
    public List<UserGroup> of(PartnerId partner, UserId user) {
        return store.of(partner, user);
    }

    /** The members' addresses, in the order of their names. */
    public List<String> members(UserGroup group) {
        return store.members(group);
    }

    /** @throws GroupExists when another one of the partner's has the name, in capital or small letters */
    @Transactional
    public UserGroup create(PartnerId partner, String name, String by) {
        var called = new PersonName(name).value();
        var group = store.insert(partner, called, by, clock.instant()).orElseThrow(() -> new GroupExists(called));
        var created = group(partner, group);
        tell("group.created", by, created, Map.of(), Map.of());
        return created;
    }

    @Transactional
    public void delete(UserGroup group, String by) {
        endSessions(group);
        store.delete(group);
        tell("group.deleted", by, group, Map.of("roles", Users.words(group.grants())), Map.of());
    }

    /** @throws IllegalArgumentException for a global administrator: who is one is said of a person */
    @Transactional
    public void grant(UserGroup group, List<Grant> grants, String by) {
        if (grants.stream().anyMatch(grant -> grant.role() == Role.GLOBAL_ADMINISTRATOR)) {
            throw new IllegalArgumentException("a group of global administrators");
        }
        var now = clock.instant();
        var added = grants.stream()
                .filter(grant -> store.insert(group, grant, by, now))
                .toList();
        if (!added.isEmpty()) {
            endSessions(group);
            tell("group.granted", by, group, Map.of(), Map.of("roles", Users.words(added)));
        }
    }

    @Transactional
    public void revoke(UserGroup group, Grant grant, String by) {
        if (store.delete(group, grant)) {
            endSessions(group);
            tell("group.revoked", by, group, Map.of("roles", Users.words(List.of(grant))), Map.of());
        }
    }

    @Transactional
    public void add(UserGroup group, User user, String by) {
        if (store.insert(group, user.id(), by, clock.instant())) {
            users.endSessions(user.email().value());
            tell(
                    "group.joined",
                    by,
                    group,
                    Map.of(),
                    Map.of("user", user.email().value()));
        }
    }

    @Transactional
    public void remove(UserGroup group, User user, String by) {
        if (store.delete(group, user.id())) {
            users.endSessions(user.email().value());
            tell("group.left", by, group, Map.of("user", user.email().value()), Map.of());
        }
    }

    private void endSessions(UserGroup group) {
        store.members(group).forEach(users::endSessions);
    }

    private void tell(
            String action, String by, UserGroup group, Map<String, String> before, Map<String, String> after) {
        events.publishEvent(
                Act.of(action, by, group.partner().value(), group.name()).changing(before, after));
    }
}
