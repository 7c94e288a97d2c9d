package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to invitations: links by which people make themselves users, each good for 14 days and one person. */
@Service
public class Invitations {

    private static final Duration GOOD_FOR = Duration.ofDays(14);
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InvitationStore store;
    private final UserStore accounts;
    private final Users users;
    private final Partners partners;
    private final Mails mails;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String url;

    Invitations(
            InvitationStore store,
            UserStore accounts,
            Users users,
            Partners partners,
            Mails mails,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${espace.url:http://localhost:${server.port:8080}}") String url) {
        this.store = store;
        this.accounts = accounts;
        this.users = users;
        this.partners = partners;
        this.mails = mails;
        this.events = events;
        this.clock = clock;
        this.url = url;
    }

    public List<Invitation> pending(PartnerId partner) {
        return store.pending(partner);
    }

    /** @throws InvitationNotFound also for one that has been accepted or is another partner's */
    public Invitation pending(PartnerId partner, int invitation) {
        return store.pending(partner, invitation).orElseThrow(() -> new InvitationNotFound(invitation));
    }

    /**
     * Sends a link. Whoever has been invited before gets a new one, and the old one opens nothing any more.
     *
     * @throws UserExists when the address is a user's already
     */
    @Transactional
    public void invite(PartnerId partner, EmailAddress email, List<Grant> grants, String by) {
        if (users.exists(email.value())) {
            throw new UserExists(email.value());
        }
        var token = token();
        var now = clock.instant();
        var expires = now.plus(GOOD_FOR);
        var id = store.upsert(partner, email, grants, hash(token), by, now, expires);
        mails.send(new Mail(
                "invitation:" + id + ":" + now.toEpochMilli(),
                email.value(),
                null,
                "invitation",
                Map.of(
                        "organization", partners.partner(partner).name(),
                        "by", by,
                        "until", expires.toString()),
                url + "/invitations/" + token));
        tell("user.invited", by, partner, email, Map.of("roles", Users.words(grants)));
    }

    @Transactional
    public void resend(Invitation invitation, String by) {
        invite(invitation.partner(), invitation.email(), invitation.grants(), by);
    }

    @Transactional
    public void withdraw(Invitation invitation, String by) {
        store.delete(invitation);
        tell("user.invitation-withdrawn", by, invitation.partner(), invitation.email(), Map.of());
    }

    /** @throws InvitationOver when the link opens nothing */
    Invitation open(String token) {
        var invitation = store.find(hash(token)).orElseThrow(InvitationOver::new);
        requireOpen(invitation);
        return invitation;
    }

    /**
     * Makes whoever holds the link a user, who has to choose a password next. Until they have, the link leads there again.
     *
     * @throws InvitationOver when the link opens nothing
     */
    @Transactional
    SignedIn accept(String token, String name) {
        var invitation = store.lock(hash(token)).orElseThrow(InvitationOver::new);
        requireOpen(invitation);
        var email = invitation.email();
        if (!store.isAccepted(invitation)) {
            users.add(invitation.partner(), email, name, null, invitation.grants(), email.value());
            store.accept(invitation, clock.instant());
            tell("user.invitation-accepted", email.value(), invitation.partner(), email, Map.of());
        }
        return users.find(email.value()).orElseThrow(InvitationOver::new).owing(NextStep.CHOOSE_PASSWORD);
    }

    private void requireOpen(Invitation invitation) {
        var begun = store.isAccepted(invitation);
        var account = accounts.find(invitation.email().value());
        var waits = account.filter(one -> one.hash() == null && isOf(invitation, one))
                .isPresent();
        if (invitation.isOver(clock.instant()) || (begun && !waits)) {
            throw new InvitationOver();
        }
    }

    private static boolean isOf(Invitation invitation, UserStore.Account account) {
        return account.organization() != null
                && account.organization() == invitation.partner().value();
    }

    private static String token() {
        var token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** 256 random bits need no slow hash. */
    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(String action, String by, PartnerId partner, EmailAddress email, Map<String, String> after) {
        events.publishEvent(Act.of(action, by, partner.value(), email.value()).changing(Map.of(), after));
    }
}
