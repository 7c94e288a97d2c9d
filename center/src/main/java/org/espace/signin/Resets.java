package org.espace.signin;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.web.Act;
import org.espace.web.Instance;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Forgotten passwords: a link by mail, good for half an hour and for one new password. The second factor is still asked for. */
@Service
class Resets {

    static final Duration LASTS = Duration.ofMinutes(30);

    /** Nobody's inbox is filled by somebody else. */
    private static final Duration BETWEEN = Duration.ofMinutes(2);

    private static final int TOKEN_BYTES = 32;

    private final ResetStore store;
    private final Users users;
    private final Rules rules;
    private final Passwords passwords;
    private final Mails mails;
    private final Instance instance;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Resets(
            ResetStore store,
            Users users,
            Rules rules,
            Passwords passwords,
            Mails mails,
            Instance instance,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.rules = rules;
        this.passwords = passwords;
        this.mails = mails;
        this.instance = instance;
        this.events = events;
        this.clock = clock;
    }

    /** A mail to whoever has the address; nothing to anybody else, and whoever asks learns nothing. */
    @Transactional
    void ask(String email) {
        users.find(email)
                .filter(user -> !store.wasAskedSince(user.id(), clock.instant().minus(BETWEEN)))
                .ifPresent(this::ask);
    }

    private void ask(SignedIn user) {
        var now = clock.instant();
        var token = newToken();
        store.deleteUnused(user.id());
        store.insert(user.id(), hash(token), now, now.plus(LASTS));
        var reference = "reset:" + HexFormat.of().formatHex(hash(token), 0, 8);
        if (rules.of(user.organization()).selfReset()) {
            mails.send(new Mail(
                    reference,
                    user.email(),
                    user.language(),
                    "password-reset",
                    Map.of("name", user.name()),
                    instance.url() + "/forgotten/" + token));
        } else {
            store.use(hash(token), now);
            mails.send(new Mail(
                    reference,
                    user.email(),
                    user.language(),
                    "password-reset-by-administrator",
                    Map.of("name", user.name()),
                    null));
        }
        events.publishEvent(Act.of("password.reset-asked", user.email(), user.organization(), user.email()));
    }

    /** Whose link it is; empty when it has expired, has been used, or never was one. */
    Optional<SignedIn> find(String token) {
        return store.find(hash(token), clock.instant()).flatMap(users::signedIn);
    }

    /** @throws LinkExpired when somebody was faster, or it has expired */
    @Transactional
    void choose(String token, SignedIn user, String password) {
        if (!store.use(hash(token), clock.instant())) {
            throw new LinkExpired();
        }
        passwords.choose(user, password, "password.reset");
    }

    private static String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        return Sha256.of("reset:" + token);
    }
}
