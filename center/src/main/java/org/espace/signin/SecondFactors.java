package org.espace.signin;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.web.Act;
import org.espace.web.SecretUnreadable;
import org.espace.web.Secrets;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What somebody proves who they are with besides the password: an authenticator, passkeys, recovery codes. */
@Service
public class SecondFactors {

    private final SecondFactorStore store;
    private final Users users;
    private final Secrets secrets;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SecondFactors(
            SecondFactorStore store, Users users, Secrets secrets, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.users = users;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /** Recovery codes alone are none: they stand in for one. */
    public boolean has(UserId user) {
        return store.authenticator(user).isPresent() || store.hasPasskey(user);
    }

    /** Which of these have one. */
    public Set<UserId> having(Collection<UserId> people) {
        return store.having(people);
    }

    Optional<Instant> authenticatorSince(UserId user) {
        return store.authenticator(user).map(SecondFactorStore.Authenticator::setUpAt);
    }

    int recoveryCodesLeft(UserId user) {
        return store.recoveryCodesLeft(user);
    }

    /** A seed that has not proved itself yet, to be kept in the session of its owner. */
    String seal(SignedIn user, Seed seed) {
        return secrets.seal(seed.base32(), pending(user.id()));
    }

    /** Empty when the key has been changed meanwhile and the old one is gone. */
    Optional<Seed> pending(SignedIn user, String sealed) {
        try {
            return Optional.of(new Seed(secrets.open(sealed, pending(user.id()))));
        } catch (SecretUnreadable _) {
            return Optional.empty();
        }
    }

    /** Empty when the code is not one of the seed's now: then nothing has changed. */
    @Transactional
    Optional<RecoveryCodes> setUpAuthenticator(SignedIn user, Seed seed, String code) {
        var step = Totp.step(seed, digits(code), clock.instant(), 0);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        store.insertAuthenticator(
                user.id(), secrets.seal(seed.base32(), purpose(user.id())), step.getAsLong(), clock.instant());
        events.publishEvent(act("second-factor.set-up", user).changing(Map.of(), Map.of("kind", "authenticator")));
        return Optional.of(makeRecoveryCodes(user));
    }

    /** New ones; the earlier ones open nothing any more. */
    @Transactional
    RecoveryCodes makeRecoveryCodes(SignedIn user) {
        var codes = RecoveryCodes.random();
        store.replaceRecoveryCodes(user.id(), codes, clock.instant());
        events.publishEvent(act("recovery-codes.made", user));
        return codes;
    }

    /** Whether it is a code of the authenticator that has not counted before, or an unused recovery code. */
    @Transactional
    boolean isGiven(SignedIn user, String code) {
        if (RecoveryCodes.looksLikeOne(code)) {
            var used = store.useRecoveryCode(user.id(), code, clock.instant());
            if (used) {
                events.publishEvent(act("recovery-code.used", user));
            }
            return used;
        }
        return store.authenticator(user.id())
                .filter(authenticator -> counts(user.id(), authenticator, code))
                .isPresent();
    }

    @Transactional
    void removeAuthenticator(SignedIn user) {
        if (store.deleteAuthenticator(user.id())) {
            removed(user, user.email(), "authenticator");
        }
    }

    /**
     * Somebody has lost everything: from the next sign-in on the password alone leads to where a new one is set up, and
     * whatever is open ends.
     *
     * @throws SecondFactorOfAdministrator for a global administrator, by anybody but another one
     */
    @Transactional
    public void reset(SignedIn of, SignedIn by) {
        if (of.id().equals(by.id()) || (isGlobalAdministrator(of) && !isGlobalAdministrator(by) && !mayAll(by))) {
            throw new SecondFactorOfAdministrator();
        }
        store.deleteAuthenticator(of.id());
        store.deletePasskeys(of.id());
        store.deleteRecoveryCodes(of.id());
        users.endSessions(of.email());
        events.publishEvent(Act.of("second-factor.reset", by.email(), of.organization(), of.email()));
    }

    void removed(SignedIn user, String by, String kind) {
        if (!has(user.id())) {
            store.deleteRecoveryCodes(user.id());
        }
        events.publishEvent(Act.of("second-factor.removed", by, user.organization(), user.email())
                .changing(Map.of("kind", kind), Map.of()));
    }

    void passkeySetUp(SignedIn user, String label) {
        events.publishEvent(
                act("second-factor.set-up", user).changing(Map.of(), Map.of("kind", "passkey", "label", label)));
    }

    private boolean counts(UserId user, SecondFactorStore.Authenticator authenticator, String code) {
        var seed = secrets.open(authenticator.seed(), purpose(user));
        var step = Totp.step(new Seed(seed), digits(code), clock.instant(), authenticator.lastStep());
        return step.isPresent() && store.advance(user, step.getAsLong());
    }

    private static boolean isGlobalAdministrator(SignedIn user) {
        return user.grants().stream().anyMatch(grant -> grant.role() == Role.GLOBAL_ADMINISTRATOR);
    }

    /** At the vendor the operators are what global administrators are elsewhere. */
    private static boolean mayAll(SignedIn user) {
        return user.grants().stream().anyMatch(grant -> grant.role() == Role.OPERATOR);
    }

    private static Act act(String action, SignedIn user) {
        return Act.of(action, user.email(), user.organization(), user.email());
    }

    static String purpose(UserId user) {
        return "totp:" + user.value();
    }

    private static String pending(UserId user) {
        return "totp-pending:" + user.value();
    }

    /** Many applications show the code in two groups. */
    private static String digits(String code) {
        return code.replaceAll("\\s", "");
    }
}
