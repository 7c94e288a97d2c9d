package org.espace.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What one person may do to another of an organization: whoever changes somebody may give each of the roles that these
 * hold, and nobody changes themselves. What is allowed is then done by {@link Users} and the doors beside it.
 */
@Service
class Administration {

    private static final int ALL = 10_000;

    private final Users users;
    private final UserStore store;
    private final Directory directory;
    private final Groups groups;
    private final Invitations invitations;

    Administration(Users users, UserStore store, Directory directory, Groups groups, Invitations invitations) {
        this.users = users;
        this.store = store;
        this.directory = directory;
        this.groups = groups;
        this.invitations = invitations;
    }

    /** Whether somebody may change the other one at all. */
    static boolean mayChange(SignedIn by, User other) {
        var organization = other.organization() == null ? null : new PartnerId(other.organization());
        return !by.id().equals(other.id())
                && Stream.concat(other.grants().stream(), other.groupGrants().stream())
                        .allMatch(grant -> by.mayGrant(organization, grant.role()));
    }

    @Transactional
    TemporaryPassword create(
            @Nullable PartnerId organization,
            EmailAddress email,
            PersonName name,
            @Nullable String language,
            List<Grant> grants,
            SignedIn by) {
        requireMayGrant(by, organization, grants);
        var user = users.add(organization, email, name.value(), language, grants, by.email());
        return users.setTemporaryPassword(user, email.value());
    }

    /** @throws LastAdministrator never; {@link UserExists} when the partner has a global administrator already */
    @Transactional
    TemporaryPassword createFirstAdministrator(PartnerId partner, EmailAddress email, PersonName name, SignedIn by) {
        store.lockKeepers(partner);
        directory.holders(partner, Set.of(Role.GLOBAL_ADMINISTRATOR), 1).forEach(one -> {
            throw new UserExists(one.email().value());
        });
        return users.create(
                partner,
                email.value(),
                name.value(),
                List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)),
                by.email());
    }

    @Transactional
    void invite(PartnerId partner, Collection<EmailAddress> emails, List<Grant> grants, SignedIn by) {
        requireMayGrant(by, partner, grants);
        emails.forEach(email -> invitations.invite(partner, email, grants, by.email()));
    }

    @Transactional
    void resend(Invitation invitation, SignedIn by) {
        requireMayGrant(by, invitation.partner(), invitation.grants());
        invitations.resend(invitation, by.email());
    }

    @Transactional
    void withdraw(Invitation invitation, SignedIn by) {
        requireMayGrant(by, invitation.partner(), invitation.grants());
        invitations.withdraw(invitation, by.email());
    }

    @Transactional
    void grant(User user, List<Grant> grants, SignedIn by) {
        requireMayChange(by, user);
        requireMayGrant(by, organization(user), grants);
        users.grant(user, grants, by.email());
    }

    /** A global administrator may also give up roles of their own. */
    @Transactional
    void revoke(User user, Grant grant, SignedIn by) {
        var givesUp = by.id().equals(user.id()) && user.holds(Role.GLOBAL_ADMINISTRATOR);
        if (!givesUp) {
            requireMayChange(by, user);
        }
        requireMayGrant(by, organization(user), List.of(grant));
        users.revoke(user, grant, by.email());
    }

    @Transactional
    void close(User user, Closing how, SignedIn by) {
        requireMayChange(by, user);
        users.close(user, how, by.email());
    }

    @Transactional
    void reopen(User user, SignedIn by) {
        requireMayChange(by, user);
        users.reopen(user, by.email());
    }

    /** A global administrator's only by another one: nobody else may give that role. */
    @Transactional
    TemporaryPassword resetPassword(User user, SignedIn by) {
        requireMayChange(by, user);
        return users.resetPassword(user.email().value(), by.email());
    }

    @Transactional
    void setProfile(User user, PersonName name, @Nullable String language, SignedIn by) {
        requireMayChange(by, user);
        users.setProfile(user, name.value(), language, by.email());
    }

    void endSessions(User user, SignedIn by) {
        requireMayChange(by, user);
        users.endSessions(user.email().value());
    }

    @Transactional
    void grant(UserGroup group, List<Grant> grants, SignedIn by) {
        requireMayGrant(by, group.partner(), grants);
        requireNotMember(group, by);
        groups.grant(group, grants, by.email());
    }

    @Transactional
    void revoke(UserGroup group, Grant grant, SignedIn by) {
        requireMayGrant(by, group.partner(), List.of(grant));
        requireNotMember(group, by);
        groups.revoke(group, grant, by.email());
    }

    @Transactional
    void delete(UserGroup group, SignedIn by) {
        requireMayGrant(by, group.partner(), group.grants());
        requireNotMember(group, by);
        groups.delete(group, by.email());
    }

    @Transactional
    void add(UserGroup group, User user, SignedIn by) {
        requireMayGrant(by, group.partner(), group.grants());
        requireMayChange(by, user);
        groups.add(group, user, by.email());
    }

    @Transactional
    void remove(UserGroup group, User user, SignedIn by) {
        requireMayGrant(by, group.partner(), group.grants());
        requireMayChange(by, user);
        groups.remove(group, user, by.email());
    }

    /** Whoever can give somebody a role or take it, for the page that says whom to ask. */
    List<User> whoCanGrant(@Nullable PartnerId organization, Role role) {
        var granting = Arrays.stream(Role.values())
                .filter(one -> one.atVendor() == (organization == null) && one.mayGrant(role))
                .toList();
        return directory.holders(organization, granting, ALL);
    }

    static void requireMayGrant(SignedIn by, @Nullable PartnerId organization, Collection<Grant> grants) {
        for (var grant : grants) {
            if (!by.mayGrant(organization, grant.role())) {
                throw new RoleNotYours(grant.role());
            }
        }
    }

    private static void requireMayChange(SignedIn by, User user) {
        if (by.id().equals(user.id())) {
            throw new OwnAccount();
        }
        requireMayGrant(by, organization(user), user.grants());
        requireMayGrant(by, organization(user), user.groupGrants());
    }

    private void requireNotMember(UserGroup group, SignedIn by) {
        if (groups.of(group.partner(), by.id()).stream().anyMatch(one -> one.id() == group.id())) {
            throw new OwnAccount();
        }
    }

    private static @Nullable PartnerId organization(User user) {
        return user.organization() == null ? null : new PartnerId(user.organization());
    }
}
