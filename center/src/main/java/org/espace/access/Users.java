package org.espace.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espace.partners.PartnerId;
import org.espace.web.Act;
import org.espace.web.LocalPath;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may sign in, and as what. Each change is told to the book of acts, ends the sessions of whom it concerns, and leaves
 * an organization with a global administrator. Whether whoever asks for it may do so is another question.
 */
@Service
public class Users {

    static final Duration TEMPORARY = Duration.ofDays(7);
    private static final int MANY = 100;

    private final UserStore store;
    private final Directory directory;
    private final PasswordEncoder encoder;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final ObjectProvider<OwnProvider> providers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Users(
            UserStore store,
            Directory directory,
            PasswordEncoder encoder,
            FindByIndexNameSessionRepository<? extends Session> sessions,
            ObjectProvider<OwnProvider> providers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.directory = directory;
        this.encoder = encoder;
        this.sessions = sessions;
        this.providers = providers;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param organization the partner that they work for; null for somebody of the vendor
     * @throws UserExists when the address is somebody's already
     * @throws EmailAddressRefused when it is no address, or could pass for somebody else's
     */
    @Transactional
    public TemporaryPassword create(
            @Nullable PartnerId organization, String email, String name, List<Grant> grants, String by) {
        var address = new EmailAddress(email);
        return setTemporaryPassword(add(organization, address, name, null, grants, by), address.value());
    }

    /** Without a password, for whoever comes through another door. */
    @Transactional
    public UserId add(
            @Nullable PartnerId organization,
            EmailAddress email,
            String name,
            @Nullable String language,
            List<Grant> grants,
            String by) {
        requireNoLookalike(email);
        var now = clock.instant();
        var user = store.insert(organization, email, new PersonName(name).value(), language, by, now)
                .orElseThrow(() -> new UserExists(email.value()));
        grants.forEach(grant -> store.insert(user, grant, by, now));
        tell("user.created", by, organization, email.value(), Map.of(), Map.of("name", name, "roles", words(grants)));
        return new UserId(user);
    }

    /** The old password opens nothing any more, and what it had opened is closed. */
    @Transactional
    public TemporaryPassword resetPassword(String email, String by) {
        var user = account(email);
        endSessions(user.email());
        tell("user.password-reset", by, user, Map.of(), Map.of());
        return setTemporaryPassword(new UserId(user.id()), user.email());
    }

    @Transactional
    public void grant(String email, Grant grant, String by) {
        grant(user(address(email)), List.of(grant), by);
    }

    @Transactional
    public void revoke(String email, Grant grant, String by) {
        revoke(user(address(email)), grant, by);
    }

    /** Whoever was removed from the center and is given a role again is let in again. */
    @Transactional
    public void grant(User user, List<Grant> grants, String by) {
        var now = clock.instant();
        var added = grants.stream()
                .filter(grant -> store.insert(user.id().value(), grant, by, now))
                .toList();
        if (user.state() == User.State.REMOVED) {
            store.reopen(user.id());
            tellOfPresence(user);
        }
        if (!added.isEmpty()) {
            endSessions(user.email().value());
            tell("user.granted", by, user, Map.of(), Map.of("roles", words(added)));
        }
    }

    /** @throws LastAdministrator when nobody would be left who can give roles */
    @Transactional
    public void revoke(User user, Grant grant, String by) {
        if (grant.role() == keeper(user)) {
            requireAnotherKeeper(user);
        }
        if (store.delete(user.id().value(), grant)) {
            endSessions(user.email().value());
            tell("user.revoked", by, user, Map.of("roles", words(List.of(grant))), Map.of());
        }
    }

    /** @throws LastAdministrator when nobody would be left who can give roles */
    @Transactional
    public void close(User user, Closing how, String by) {
        if (user.holds(keeper(user))) {
            requireAnotherKeeper(user);
        }
        endSessions(user.email().value());
        if (how != Closing.DEACTIVATED) {
            store.deleteRolesAndGroups(user.id());
        }
        store.close(user.id(), how, by, clock.instant());
        if (how == Closing.REMOVED_FROM_ORGANIZATION) {
            store.freeAddress(user.id());
        }
        tell("user." + how.code(), by, user, Map.of("roles", words(user.grants())), Map.of());
        tellOfPresence(user);
    }

    @Transactional
    public void reopen(User user, String by) {
        if (store.reopen(user.id())) {
            tell("user.reactivated", by, user, Map.of(), Map.of());
            tellOfPresence(user);
        }
    }

    /** @param language en or fr; null where it is not known */
    @Transactional
    public void setProfile(User user, String name, @Nullable String language, String by) {
        var called = new PersonName(name).value();
        store.setProfile(user.id(), called, language);
        if (!called.equals(user.name())) {
            endSessions(user.email().value());
            tell("user.renamed", by, user, Map.of("name", user.name()), Map.of("name", called));
        }
    }

    /** The global administrators of a partner who can sign in, by name. */
    public List<User> administrators(PartnerId partner) {
        return directory.holders(partner, List.of(Role.GLOBAL_ADMINISTRATOR), MANY);
    }

    /** Open or closed; not whoever was removed from their organization. */
    public Optional<User> find(UserId user) {
        return directory.find(user);
    }

    /** @throws UserNotFound also for somebody of another organization */
    public User user(@Nullable PartnerId organization, UserId user) {
        return find(user)
                .filter(found ->
                        Objects.equals(found.organization(), organization == null ? null : organization.value()))
                .orElseThrow(() -> new UserNotFound(user.toString()));
    }

    private User user(String email) {
        return directory.find(email).orElseThrow(() -> new UserNotFound(email));
    }

    /**
     * Whoever the address and the password open an account to; it takes the same time whether or not we know the address. A
     * temporary password is used up by it: the session that begins now is the only one that may replace it.
     */
    public Optional<SignedIn> withPassword(String email, String password) {
        var found = EmailAddress.find(email).flatMap(address -> store.find(address.value()));
        var hash = found.flatMap(known -> Optional.ofNullable(known.hash()));
        var matches = encoder.matches(password, hash.orElse(null));
        return found.filter(known -> matches && !onlyProviderOpens(store.signedIn(known)) && opens(known))
                .map(store::signedIn);
    }

    /** Whether nothing of ours opens their account, since their organization has a provider of its own for that. */
    public boolean onlyProviderOpens(SignedIn user) {
        return providers.stream().anyMatch(provider -> provider.closesPasswords(user));
    }

    /** Whether there is a password that opens their account. */
    public boolean hasPassword(SignedIn user) {
        return !onlyProviderOpens(user)
                && store.find(user.id())
                        .filter(account -> account.hash() != null)
                        .isPresent();
    }

    /** Where their organization's provider says once more that it is them; empty where it has never said so. */
    public Optional<String> confirmationByProvider(SignedIn user, LocalPath next) {
        return providers.stream()
                .flatMap(provider -> provider.confirmation(user, next).stream())
                .findFirst();
    }

    private boolean opens(UserStore.Account account) {
        return account.expires() == null || store.consumeTemporary(account, clock.instant());
    }

    /** Somebody who may sign in and has proved who they are in another way than by password. */
    public Optional<SignedIn> find(String email) {
        return EmailAddress.find(email)
                .flatMap(address -> store.find(address.value()))
                .map(store::signedIn);
    }

    /** Somebody who may sign in, by the id that stays theirs whatever their address. */
    public Optional<SignedIn> signedIn(UserId user) {
        return store.find(user).map(store::signedIn);
    }

    /** Whoever may sign in of one organization, by address; of the vendor where it is null. */
    public List<SignedIn> ofOrganization(@Nullable Integer organization) {
        return store.signedIn(store.ofOrganization(organization));
    }

    /** The same of many organizations at once. */
    public Map<PartnerId, List<SignedIn>> ofOrganizations(Collection<PartnerId> organizations) {
        return store.signedIn(store.ofOrganizations(organizations)).stream()
                .collect(Collectors.groupingBy(user -> new PartnerId(Objects.requireNonNull(user.organization()))));
    }

    /** By themselves. */
    @Transactional
    public SignedIn rename(SignedIn user, String name) {
        store.setName(user.id(), name);
        events.publishEvent(Act.of("account.renamed", user.email(), user.organization(), user.email())
                .changing(Map.of("name", user.name()), Map.of("name", name)));
        return signedIn(user.id()).orElseThrow();
    }

    /**
     * Until when the temporary password opens the account, which is over once it has been used; empty once they have chosen
     * their own.
     */
    public Optional<Instant> temporaryUntil(String email) {
        return store.find(address(email))
                .flatMap(user -> Optional.ofNullable(user.used()).or(() -> Optional.ofNullable(user.expires())));
    }

    public boolean exists(String email) {
        return !store.taken(List.of(address(email))).isEmpty();
    }

    /** Their own choice; every session of theirs ends, this one too. Whoever asks tells of it: there are several ways there. */
    @Transactional
    public SignedIn choosePassword(String email, String password) {
        var user = account(email);
        store.setPassword(user.id(), String.valueOf(encoder.encode(password)), clock.instant(), null);
        endSessions(user.email());
        return store.signedIn(account(email));
    }

    /** Whatever they have open anywhere is closed at once. */
    public void endSessions(String email) {
        sessions.findByPrincipalName(email).keySet().forEach(sessions::deleteById);
    }

    /** When they did something last, in each session that is open. */
    List<Instant> lastSeen(User user) {
        return sessions.findByPrincipalName(user.email().value()).values().stream()
                .map(Session::getLastAccessedTime)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    void chooseLanguage(String email, String language) {
        store.setLanguage(email, language);
    }

    /** In the one form in which it is kept. */
    static String address(String email) {
        return EmailAddress.find(email).map(EmailAddress::value).orElseGet(email::strip);
    }

    TemporaryPassword setTemporaryPassword(UserId user, String email) {
        var now = clock.instant();
        var temporary = TemporaryPassword.random(email, now.plus(TEMPORARY));
        store.setPassword(user.value(), PasswordHashes.ofTemporary(temporary.password()), now, temporary.expires());
        return temporary;
    }

    /**
     * Holds until the transaction ends, so that of two addresses that look alike one comes first.
     *
     * @throws EmailAddressRefused when the address could pass for somebody else's
     */
    void requireNoLookalike(EmailAddress email) {
        store.lockAddresses();
        for (var other : store.lookalikes(List.of(email.skeleton())).getOrDefault(email.skeleton(), List.of())) {
            if (!other.equals(email.value()) && !(email.isAscii() && new EmailAddress(other).isAscii())) {
                throw new EmailAddressRefused(EmailAddressRefused.Code.LOOKS_LIKE_ANOTHER, email.value());
            }
        }
    }

    private void requireAnotherKeeper(User user) {
        var organization = organization(user);
        store.lockKeepers(organization);
        if (user.isOpen()
                && store.holds(user.id().value(), keeper(user))
                && store.others(user.id().value(), organization, keeper(user)) == 0) {
            throw new LastAdministrator(keeper(user));
        }
    }

    /** The role without which nobody could give roles. */
    private static Role keeper(User user) {
        return user.organization() == null ? Role.OPERATOR : Role.GLOBAL_ADMINISTRATOR;
    }

    private static @Nullable PartnerId organization(User user) {
        return user.organization() == null ? null : new PartnerId(user.organization());
    }

    private UserStore.Account account(String email) {
        return store.find(address(email)).orElseThrow(() -> new UserNotFound(email));
    }

    /** As the book of acts writes them: incentives-user (location 7, csp-direct-bill). */
    static String words(List<Grant> grants) {
        return grants.stream().map(Grant::inWords).collect(Collectors.joining(", "));
    }

    private void tellOfPresence(User user) {
        var organization = organization(user);
        if (organization != null) {
            events.publishEvent(new PeopleChanged(organization));
        }
    }

    private void tell(String action, String by, User user, Map<String, String> before, Map<String, String> after) {
        tell(action, by, organization(user), user.email().value(), before, after);
    }

    private void tell(
            String action, String by, UserStore.Account user, Map<String, String> before, Map<String, String> after) {
        var organization = user.organization() == null ? null : new PartnerId(user.organization());
        tell(action, by, organization, user.email(), before, after);
    }

    private void tell(
            String action,
            String by,
            @Nullable PartnerId organization,
            String subject,
            Map<String, String> before,
            Map<String, String> after) {
        events.publishEvent(Act.of(action, by, organization == null ? null : organization.value(), subject)
                .changing(before, after));
    }
}
