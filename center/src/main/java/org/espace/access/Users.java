package org.espace.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who may sign in, and as what. */
@Service
public class Users {

    private static final Duration TEMPORARY = Duration.ofDays(7);

    private final UserStore store;
    private final PasswordEncoder encoder;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;
    private final ObjectProvider<OwnProvider> providers;
    private final Clock clock;
    private final String nobodysHash;

    Users(
            UserStore store,
            PasswordEncoder encoder,
            FindByIndexNameSessionRepository<? extends Session> sessions,
            ObjectProvider<OwnProvider> providers,
            Clock clock) {
        this.store = store;
        this.encoder = encoder;
        this.sessions = sessions;
        this.providers = providers;
        this.clock = clock;
        this.nobodysHash = encoder.encode("nobody has this password");
    }

    /** @param organization the partner that they work for; null for somebody of the vendor */
    @Transactional
    public TemporaryPassword create(
            @Nullable PartnerId organization, String email, String name, List<Grant> grants, String by) {
        var address = address(email);
        var now = clock.instant();
        var user = store.insert(organization, address, name, by, now).orElseThrow(() -> new UserExists(address));
        grants.forEach(grant -> store.insert(user, grant, by, now));
        return setTemporaryPassword(user, address);
    }

    /** The old password opens nothing any more, and what it had opened is closed. */
    @Transactional
    public TemporaryPassword resetPassword(String email) {
        var user = account(email);
        endSessions(user.email());
        return setTemporaryPassword(user.id(), user.email());
    }

    @Transactional
    public void grant(String email, Grant grant, String by) {
        var user = account(email);
        store.insert(user.id(), grant, by, clock.instant());
        endSessions(user.email());
    }

    @Transactional
    public void revoke(String email, Grant grant) {
        var user = account(email);
        store.delete(user.id(), grant);
        endSessions(user.email());
    }

    /** Whoever the address and the password open an account to; it takes the same time whether or not we know the address. */
    public Optional<SignedIn> withPassword(String email, String password) {
        var found = store.find(address(email));
        var matches =
                encoder.matches(password, found.map(UserStore.Account::hash).orElse(nobodysHash));
        return found.filter(known -> matches && !isExpired(known))
                .map(store::signedIn)
                .filter(user -> !onlyProviderOpens(user));
    }

    /** Whether nothing of ours opens their account, since their organization has a provider of its own for that. */
    public boolean onlyProviderOpens(SignedIn user) {
        return providers.stream().anyMatch(provider -> provider.closesPasswords(user));
    }

    /** Somebody who may sign in and has proved who they are in another way than by password. */
    public Optional<SignedIn> find(String email) {
        return store.find(address(email)).map(store::signedIn);
    }

    /** Until when the temporary password opens the account; empty once they have chosen their own. */
    public Optional<Instant> temporaryUntil(String email) {
        return Optional.ofNullable(account(email).expires());
    }

    public boolean exists(String email) {
        return store.find(address(email)).isPresent();
    }

    /** Their own choice; every session of theirs ends, this one too. */
    @Transactional
    public SignedIn choosePassword(String email, String password) {
        var user = account(email);
        store.setPassword(user.id(), encoder.encode(password), clock.instant(), null);
        endSessions(email);
        return store.signedIn(account(email));
    }

    /** Whatever they have open anywhere is closed at once. */
    public void endSessions(String email) {
        sessions.findByPrincipalName(email).keySet().forEach(sessions::deleteById);
    }

    void chooseLanguage(String email, String language) {
        store.setLanguage(email, language);
    }

    /** Addresses are compared without regard to case, as every mail system in use does. */
    static String address(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private TemporaryPassword setTemporaryPassword(int user, String email) {
        var now = clock.instant();
        var temporary = TemporaryPassword.random(email, now.plus(TEMPORARY));
        store.setPassword(user, encoder.encode(temporary.password()), now, temporary.expires());
        return temporary;
    }

    private boolean isExpired(UserStore.Account account) {
        return account.expires() != null && !clock.instant().isBefore(account.expires());
    }

    private UserStore.Account account(String email) {
        return store.find(address(email)).orElseThrow(() -> new UserNotFound(email));
    }
}
