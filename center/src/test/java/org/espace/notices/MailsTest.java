package org.espace.notices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.val;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;

/** Mail on its way to a real mail server on this machine. */
@RoomTest
class MailsTest {

    private static final String SECRET = "https://espace.example/invitation/token-of-a-test";

    private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    @Autowired
    Mails mails;

    @Autowired
    MailStore store;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Autowired
    Secrets secrets;

    @Autowired
    Clock clock;

    @Autowired
    MockMvcTester web;

    @BeforeEach
    void start() {
        sql.execute("truncate notices.mail cascade");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailArrivesInTheLanguageOfItsReaderWithPlainTextAndHtml() throws Exception {
        mails.send(trial("one", "reader@example.com", "fr", null));
        postman().round();

        var message = received().getFirst();
        assertThat(message.getSubject()).isEqualTo("Un courriel d’essai d’Espace");
        assertThat(message.getFrom()[0].toString()).isEqualTo("espace@example.com");
        assertThat(bodies(message))
                .contains("Les courriels de https://espace.example vous parviennent.")
                .contains("<a href=\"https://espace.example\">https://espace.example</a>");
    }

    @Test
    void whoseLanguageIsNotKnownReadsBoth() throws Exception {
        mails.send(trial("both", "reader@example.com", null, null));
        postman().round();

        var message = received().getFirst();
        assertThat(message.getSubject()).isEqualTo("A trial mail from Espace / Un courriel d’essai d’Espace");
        assertThat(bodies(message)).contains("reaches you").contains("vous parviennent");
    }

    @Test
    void theSameReferenceIsSentOnce() {
        mails.send(trial("once", "reader@example.com", "en", null));
        mails.send(trial("once", "reader@example.com", "en", null));
        postman().round();
        mails.send(trial("once", "reader@example.com", "en", null));
        postman().round();

        assertThat(received()).hasSize(1);
    }

    @Test
    void aMailOfATransactionThatIsTakenBackIsNotSent() {
        transaction.executeWithoutResult(status -> {
            mails.send(trial("taken-back", "reader@example.com", "en", null));
            status.setRollbackOnly();
        });
        postman().round();

        assertThat(received()).isEmpty();
    }

    @Test
    void aSecretIsErasedOnceTheMailIsSent() {
        mails.send(trial("secret", "reader@example.com", "en", SECRET));
        assertThat(Letterbox.secrets(sql, secrets, "reader@example.com")).containsExactly(SECRET);
        postman().round();

        assertThat(received()).hasSize(1);
        assertThat(sealed()).containsOnlyNulls();
    }

    @Test
    void theTableNeverHoldsASecretInClear() throws Exception {
        mails.send(secret("sealed"));
        assertThat(table()).doesNotContain(SECRET);
        postman().round();

        assertThat(bodies(received().getFirst())).contains(SECRET);
        assertThat(table()).doesNotContain(SECRET);
    }

    @Test
    void aSecretFromBeforeTheyWereSealedIsSealedByTheNextRoundAndStillSent() throws Exception {
        mails.send(secret("older"));
        sql.execute("update notices.mail set secret = {0}, sealed = null", val(SECRET));
        new Postman(store, new Smtp("", ""), transaction, clock).round();
        assertThat(table()).doesNotContain(SECRET);

        postman().round();
        assertThat(bodies(received().getFirst())).contains(SECRET);
    }

    @Test
    void aSecretDoesNotOpenInTheRowOfAnotherMail() {
        mails.send(secret("own"));
        mails.send(new Mail("other", "thief@example.com", "en", "password-reset", Map.of("name", "Thief"), "theirs"));
        sql.execute("""
                update notices.mail set sealed = (select sealed from notices.mail where reference = 'own')
                where reference = 'other'""");
        postman().round();

        assertThat(received()).hasSize(1);
        assertThat(state()).isEqualTo(KeptMail.State.GIVEN_UP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            answer                     | to which step | state
            550 no such user           | RCPT          | GIVEN_UP
            450 mailbox busy           | RCPT          | WAITING
            554 we do not take this    | DATA          | WAITING
            530 sign in first          | MAIL          | WAITING
            554 we take mail of nobody | greeting      | WAITING
            """)
    void anAddressThatDoesNotExistIsGivenUpAndWhateverElseIsRefusedIsTriedAgain(
            String answer, String step, KeptMail.State state) throws Exception {
        mails.send(trial("refused", "reader@example.com", "en", null));
        try (var refusing = new RefusingServer(step, answer)) {
            postman(refusing.port(), clock).round();
        }
        assertThat(state()).isEqualTo(state);
        assertThat(store.page(0, 1).getFirst().lastFailure()).contains(answer);
    }

    @Test
    void withoutAMailServerTheMailIsKept() {
        mails.send(trial("kept", "reader@example.com", "en", null));
        new Postman(store, new Smtp("", ""), transaction, clock).round();

        assertThat(state()).isEqualTo(KeptMail.State.WAITING);
        postman().round();
        assertThat(state()).isEqualTo(KeptMail.State.SENT);
    }

    @Test
    void aServerThatIsDownIsTriedAgainLater() {
        mails.send(trial("later", "reader@example.com", "en", null));
        var port = server.getSmtp().getPort();
        server.stop();
        postman(port, clock).round();
        assertThat(store.page(0, 1).getFirst().failures()).isEqualTo(1);
        assertThat(state()).isEqualTo(KeptMail.State.WAITING);

        var back = new GreenMail(new ServerSetup(0, null, ServerSetup.PROTOCOL_SMTP));
        back.start();
        try {
            postman(back.getSmtp().getPort(), clock).round();
            assertThat(back.getReceivedMessages())
                    .as("not before the pause is over")
                    .isEmpty();
            postman(back.getSmtp().getPort(), in(Duration.ofMinutes(1))).round();
            assertThat(back.getReceivedMessages()).hasSize(1);
        } finally {
            back.stop();
        }
    }

    @Test
    void pausesDoubleUpToFourHours() {
        assertThat(List.of(1, 2, 3, 9, 10, 50))
                .extracting(Postman::pause)
                .containsExactly(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(128),
                        Duration.ofHours(4),
                        Duration.ofHours(4));
    }

    @Test
    void aMailThatWaitedTooLongIsGivenUpTogetherWithItsSecret() {
        mails.send(trial("old", "reader@example.com", "en", SECRET));
        postman(server.getSmtp().getPort(), in(Duration.ofDays(15))).round();

        assertThat(received()).isEmpty();
        assertThat(state()).isEqualTo(KeptMail.State.GIVEN_UP);
        assertThat(sealed()).containsOnlyNulls();
    }

    @Test
    void anAddressCannotBringAnotherHeaderOrAnotherReader() {
        for (var address : List.of(
                "reader@example.com\r\nBcc: other@example.com",
                "reader@example.com, other@example.com",
                "Reader <reader@example.com>",
                "reader",
                "\"reader\"@example.com",
                "")) {
            assertThatThrownBy(() -> trial("bad", address, "en", null)).isInstanceOf(MailRefused.class);
        }
    }

    @Test
    void aSubjectCannotBringAnotherHeader() {
        var mail = new Mail("bad", "reader@example.com", "en", "test", Map.of("name", "x\r\nBcc: y@example.com"), null);
        assertThatThrownBy(() -> mails.send(mail)).isInstanceOf(MailRefused.class);
        assertThat(store.size()).isZero();
    }

    @Test
    void whatComesFromOutsideIsTextInTheHtml() throws Exception {
        mails.send(new Mail(
                "html", "reader@example.com", "en", "test", Map.of("name", "<b onclick=\"x\">Anna</b>"), null));
        postman().round();
        assertThat(bodies(received().getFirst())).contains("&lt;b onclick=&quot;x&quot;&gt;Anna&lt;/b&gt;");
    }

    @Test
    void daysAreWrittenAsTheReaderWritesThem() throws Exception {
        mails.send(new Mail("day", "reader@example.com", "fr", "test", Map.of("name", "2026-11-27"), null));
        postman().round();
        assertThat(received().getFirst().getSubject()).isEqualTo("Essai pour 27\u00a0nov.\u00a02026");
    }

    @Test
    void theOutboxShowsAMailWithoutItsSecret() {
        mails.send(trial("shown", "reader@example.com", "en", SECRET));
        var id = store.page(0, 1).getFirst().id();
        assertThat(page("/console/outbox")).contains("A trial mail from Espace").doesNotContain(SECRET);
        assertThat(page("/console/outbox/" + id)).contains("reader@example.com").doesNotContain(SECRET);
    }

    private String page(String path) {
        var auditor = new SignedIn(
                new UserId(1), "auditor@example.com", "A", "en", null, null, List.of(Grant.atVendor(Role.AUDITOR)));
        var result = web.get()
                .uri(path)
                .header("Accept-Language", "en")
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(auditor, null, List.of())))
                .exchange();
        assertThat(result).hasStatusOk();
        return result.getResponse().getContentAsByteArray().length == 0
                ? ""
                : new String(result.getResponse().getContentAsByteArray(), UTF_8);
    }

    private static Mail trial(String reference, String to, @Nullable String language, @Nullable String secret) {
        return new Mail(reference, to, language, "trial", Map.of("url", "https://espace.example"), secret);
    }

    private static Mail secret(String reference) {
        return new Mail(reference, "reader@example.com", "en", "password-reset", Map.of("name", "Camille"), SECRET);
    }

    private Postman postman() {
        return postman(server.getSmtp().getPort(), clock);
    }

    private Postman postman(int port, Clock at) {
        return new Postman(store, new Smtp("smtp://localhost:" + port, "espace@example.com"), transaction, at);
    }

    private Clock in(Duration time) {
        return Clock.fixed(Instant.now(clock).plus(time), ZoneOffset.UTC);
    }

    private List<MimeMessage> received() {
        return List.of(server.getReceivedMessages());
    }

    private KeptMail.State state() {
        return store.page(0, 1).getFirst().state();
    }

    private List<String> sealed() {
        return sql.fetch("select sealed from notices.mail").getValues("sealed", String.class);
    }

    private String table() {
        return sql.fetch("select * from notices.mail").formatCSV();
    }

    private static String bodies(MimeMessage message) throws Exception {
        return bodies((Multipart) message.getContent());
    }

    private static String bodies(Multipart parts) throws Exception {
        var all = new StringBuilder();
        for (var i = 0; i < parts.getCount(); i++) {
            var content = parts.getBodyPart(i).getContent();
            all.append(content instanceof Multipart inner ? bodies(inner) : content.toString());
        }
        return all.toString();
    }
}
