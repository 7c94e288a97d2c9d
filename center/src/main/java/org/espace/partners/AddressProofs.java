package org.espace.partners;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.espace.db.partners.Tables.ADDRESS_PROOF;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.Verification.State;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks whether an address is somebody's own by writing to it: whoever opens the link of the mail has the address. */
@Service
class AddressProofs {

    private static final Duration VALID = Duration.ofDays(14);
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DSLContext sql;
    private final Verifications verifications;
    private final Partners partners;
    private final Mails mails;
    private final Instance instance;
    private final Clock clock;

    AddressProofs(
            DSLContext sql,
            Verifications verifications,
            Partners partners,
            Mails mails,
            Instance instance,
            Clock clock) {
        this.sql = sql;
        this.verifications = verifications;
        this.partners = partners;
        this.mails = mails;
        this.instance = instance;
        this.clock = clock;
    }

    /** An address that a link is about, and for whom. */
    record Proof(int verification, String partner, String email) {}

    /** A new link for a question that is pending; one that was sent before opens nothing any more. */
    void send(Verification question, String email) {
        var random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var now = clock.instant();
        sql.insertInto(ADDRESS_PROOF)
                .set(ADDRESS_PROOF.VERIFICATION_ID, question.id())
                .set(ADDRESS_PROOF.PARTNER_ID, question.partner().value())
                .set(ADDRESS_PROOF.EMAIL, email)
                .set(ADDRESS_PROOF.TOKEN_HASH, hash(token))
                .set(ADDRESS_PROOF.SENT_AT, now)
                .set(ADDRESS_PROOF.EXPIRES_AT, now.plus(VALID))
                .onConflict(ADDRESS_PROOF.VERIFICATION_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
        mails.send(new Mail(
                "address-proof:" + question.id() + ":" + hash(token).substring(0, 16),
                email,
                null,
                "address-proof",
                Map.of(
                        "partner",
                        partners.partner(question.partner()).name(),
                        "until",
                        now.plus(VALID).toString()),
                instance.url() + "/contact-address/" + token));
    }

    /** Empty for a link that is unknown, too old, replaced, or whose question is answered. */
    Optional<Proof> find(String token) {
        return sql.selectFrom(ADDRESS_PROOF)
                .where(ADDRESS_PROOF.TOKEN_HASH.eq(hash(token)), ADDRESS_PROOF.EXPIRES_AT.gt(clock.instant()))
                .fetchOptional()
                .filter(row ->
                        verifications.verification(row.getVerificationId()).state() == State.PENDING)
                .map(row -> new Proof(
                        row.getVerificationId(),
                        partners.partner(new PartnerId(row.getPartnerId())).name(),
                        row.getEmail()));
    }

    /** True when the address is now proved by the link. */
    @Transactional
    public boolean prove(String token) {
        var proof = find(token);
        proof.ifPresent(found -> verifications.accept(found.verification(), found.email()));
        return proof.isPresent();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
