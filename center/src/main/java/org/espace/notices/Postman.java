package org.espace.notices;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.espace.web.SecretUnreadable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what is kept to the mail server, one after the other. A crash between the server's yes and our commit sends a mail
 * twice with the same id, which a mail program shows once.
 */
@Component
class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    /** After this time a mail is not sent any more: links in it have expired. */
    static final Duration TOO_OLD = Duration.ofDays(14);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final int LONGEST_REASON = 500;

    private final MailStore store;
    private final Smtp smtp;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Optional<JavaMailSenderImpl> server;

    Postman(MailStore store, Smtp smtp, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.smtp = smtp;
        this.transaction = transaction;
        this.clock = clock;
        this.server = smtp.server();
    }

    boolean hasServer() {
        return server.isPresent();
    }

    /** Sends what is due. */
    void round() {
        var now = clock.instant();
        transaction.executeWithoutResult(_ -> store.sealOlder());
        transaction.executeWithoutResult(_ -> store.giveUpKeptBefore(now.minus(TOO_OLD), now));
        if (server.isPresent()) {
            while (Boolean.TRUE.equals(transaction.execute(_ -> next(server.get(), now)))) {
                // One after the other, each in its own transaction.
            }
        }
    }

    private boolean next(JavaMailSenderImpl server, Instant now) {
        var next = store.lockNext(now);
        next.ifPresent(kept -> {
            var refusal = sent(server, kept);
            if (refusal == null) {
                store.settle(kept.id(), true, clock.instant());
            } else {
                failed(kept, refusal);
            }
        });
        return next.isPresent();
    }

    private void failed(KeptMail kept, Exception refusal) {
        var reason = Objects.requireNonNullElse(
                rootOf(refusal).getMessage(), refusal.getClass().getSimpleName());
        var attempt = store.fail(
                kept.id(),
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
                clock.instant(),
                Postman::pause);
        LOG.warn("mail {} was not sent, attempt {}: {}", kept.mail().reference(), attempt, reason);
        if (isForGood(refusal)) {
            store.settle(kept.id(), false, clock.instant());
        }
    }

    /** 30 s, 1 min, 2 min … 4 h. */
    static Duration pause(int attempt) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private @Nullable Exception sent(JavaMailSenderImpl server, KeptMail kept) {
        try {
            server.send(message(server, kept.mail(), store.secret(kept)));
            return null;
        } catch (MessagingException | MailException | IllegalArgumentException | SecretUnreadable e) {
            return e;
        }
    }

    private MimeMessage message(JavaMailSenderImpl server, Mail mail, @Nullable String secret)
            throws MessagingException {
        var letter = Letter.of(mail, secret, clock.getZone());
        var message = new Message(server, mail.reference());
        var written = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        written.setFrom(smtp.from());
        written.setTo(mail.to());
        written.setSubject(letter.subject());
        written.setText(letter.text(), letter.html());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** The id is a function of the reference. */
    private static final class Message extends MimeMessage {

        private final String reference;

        Message(JavaMailSenderImpl server, String reference) {
            super(server.getSession());
            this.reference = reference;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            var id = UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8));
            setHeader("Message-ID", "<" + id + "@espace.invalid>");
        }
    }

    /** A mail that cannot be written, or an address that the server has refused, not merely us or this moment. */
    private static boolean isForGood(Exception refusal) {
        var written = refusal instanceof MailException || refusal instanceof MessagingException;
        return !written || (isPermanent(rootOf(refusal).getMessage()) && isAboutTheAddress(refusal));
    }

    private static boolean isAboutTheAddress(Exception refusal) {
        return refusal instanceof MailSendException failed
                && failed.getFailedMessages().values().stream().anyMatch(Postman::namesAnAddress);
    }

    private static boolean namesAnAddress(Exception refusal) {
        return refusal instanceof SendFailedException one
                && one.getInvalidAddresses() != null
                && one.getInvalidAddresses().length > 0;
    }

    /** A mail server's answers that begin with 5 are final. */
    private static boolean isPermanent(@Nullable String answer) {
        return answer != null && answer.startsWith("5");
    }

    private static Throwable rootOf(Throwable failure) {
        var deeper = switch (failure) {
            case MailSendException failed
            when !failed.getFailedMessages().isEmpty() ->
                failed.getFailedMessages().values().iterator().next();
            case MessagingException one when one.getNextException() != null -> one.getNextException();
            default -> failure.getCause();
        };
        return deeper == null ? failure : rootOf(deeper);
    }
}
