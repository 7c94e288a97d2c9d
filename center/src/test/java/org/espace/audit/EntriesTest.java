package org.espace.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

/** The book, written by acts and read by those who may. */
@RoomTest
class EntriesTest {

    private static final PartnerId OURS = new PartnerId(710001);
    private static final PartnerId THEIRS = new PartnerId(710002);

    @Autowired
    Entries entries;

    @Autowired
    EntryStore store;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Autowired
    Partners partners;

    @Autowired
    Clock clock;

    @Autowired
    MockMvcTester web;

    @BeforeEach
    void twoPartners() {
        if (partners.find(OURS).isEmpty()) {
            transaction.executeWithoutResult(_ -> partners.register(
                    List.of(new Partner(OURS, "AUDIT-1", "Ours", "FR"), new Partner(THEIRS, "AUDIT-2", "Theirs", "FR")),
                    List.of(new Location(
                            new LocationId(710001), OURS, "AUDIT-1-1", "Ours Lyon", "FR", "indirect-reseller"))));
        }
    }

    @Test
    void anActIsWrittenDownInTheTransactionThatDoesIt() {
        var before = head();
        transaction.executeWithoutResult(_ -> {
            events.publishEvent(act("user.created", "one"));
            events.publishEvent(act("user.created", "two"));
            assertThat(head())
                    .as("the end of the chain is free until the commit")
                    .isEqualTo(before);
        });
        assertThat(head()).isEqualTo(before + 2);
        assertThat(entries.verify(Optional.empty()).isSound()).isTrue();
    }

    @Test
    void whatIsTakenBackWasNotDone() {
        var before = head();
        transaction.executeWithoutResult(status -> {
            events.publishEvent(act("user.created", "nobody"));
            status.setRollbackOnly();
        });
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void anActWithoutATransactionIsWrittenDownAtOnce() {
        var before = head();
        events.publishEvent(act("sign-in.refused", "somebody\0 \ud800"));
        assertThat(head()).isEqualTo(before + 1);
        assertThat(entries.verify(Optional.empty()).isSound()).isTrue();
    }

    @Test
    void manyAtTheSameTimeMakeOneChain() throws Exception {
        var before = head();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var writers = IntStream.range(0, 40)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> transaction.executeWithoutResult(
                            _ -> events.publishEvent(act("user.created", "writer " + i)))))
                    .toList();
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(head()).isEqualTo(before + 40);
        assertThat(entries.verify(Optional.empty()).isSound()).isTrue();
    }

    @Test
    void nobodyChangesAnEntry() {
        events.publishEvent(act("user.created", "for good"));
        for (var change : List.of(
                "update audit.entry set subject = 'other'", "delete from audit.entry", "truncate audit.entry")) {
            assertThatThrownBy(() -> sql.execute(change)).hasMessageContaining("never changed");
        }
    }

    @Test
    void whoeverChangesAnEntryBehindOurBackIsFoundOut() {
        events.publishEvent(act("role.granted", "the entry"));
        events.publishEvent(act("role.granted", "the one after"));
        var number = head() - 1;
        assertFound("update audit.entry set subject = 'other' where number = " + number, number, Verdict.Kind.CHANGED);
        assertFound(
                "update audit.entry set after = '{\"role\": \"operator\"}' where number = " + number,
                number,
                Verdict.Kind.CHANGED);
        assertFound("delete from audit.entry where number = " + number, number, Verdict.Kind.MISSING);
        assertFound(
                "update audit.entry set previous = sha256('x') where number = " + number,
                number,
                Verdict.Kind.DETACHED);
    }

    @Test
    void anAnchorFindsOutWhoeverCutsTheEndOffOrWritesTheChainAnew() {
        events.publishEvent(act("role.granted", "the end"));
        var anchor = entries.verify(Optional.empty()).head();
        assertThat(entries.verify(Optional.of(Anchor.of(anchor.toString()))).isSound())
                .isTrue();
        tamper("delete from audit.entry where number = " + anchor.number(), () -> {
            assertThat(entries.verify(Optional.empty()).isSound()).isTrue();
            assertThat(entries.verify(Optional.of(anchor)).fault())
                    .isEqualTo(new Verdict.Fault(anchor.number(), Verdict.Kind.MISSING));
        });
        var other = new Anchor(anchor.number(), "0".repeat(64));
        assertThat(entries.verify(Optional.of(other)).fault())
                .isEqualTo(new Verdict.Fault(anchor.number(), Verdict.Kind.ANOTHER_CHAIN));
    }

    @Test
    void noValueCanPassForSeveral() {
        var one = Entry.of(act("a", "b\naction 1 c"), Origin.INSIDE, clock.instant());
        var other =
                new Entry(one.at(), one.by(), one.origin(), one.partner(), null, "a", "b", one.before(), one.after());
        assertThat(one.canonical(1)).isNotEqualTo(other.canonical(1));
        assertThat(one.hash(1, new byte[32])).isNotEqualTo(one.hash(2, new byte[32]));
    }

    @Test
    void anOrganizationSeesWhatConcernsItAndNothingElse() {
        events.publishEvent(Act.of("user.created", "anna@example.com", OURS.value(), "ours@example.com")
                .changing(Map.of("role", "<none>"), Map.of("role", "incentives-user")));
        events.publishEvent(Act.of("user.created", "anna@example.com", THEIRS.value(), "theirs@example.com"));
        events.publishEvent(Act.of("month.closed", "operator@example.com", null, "2026-09"));

        var page = body(get("/partners/" + OURS + "/activity", administrator()));
        assertThat(page)
                .contains("ours@example.com")
                .contains("&lt;none&gt; → incentives-user")
                .doesNotContain("theirs@example.com")
                .doesNotContain("2026-09</span>");
        assertThat(get("/console/audit", administrator())).hasStatus(403);
        assertThat(body(get("/console/audit?organization=AUDIT-2", auditor())))
                .contains("theirs@example.com")
                .doesNotContain("ours@example.com");
    }

    @Test
    void entriesAreFoundByPersonActionSubjectAndDays() {
        events.publishEvent(Act.of("user.created", "findme@example.com", null, "subject-100%"));
        assertThat(body(get("/console/audit?by=FINDME&action=user.created&subject=100%25", auditor())))
                .contains("findme@example.com");
        assertThat(body(get("/console/audit?by=findme&subject=100_", auditor())))
                .doesNotContain("subject-100%");
        var tomorrow = LocalDate.now(clock).plusDays(2);
        assertThat(body(get("/console/audit?by=findme&from=" + tomorrow + "&to=" + tomorrow, auditor())))
                .doesNotContain("subject-100%");
    }

    @Test
    void daysThatCannotBeReadAreSaidBesideTheField() {
        var result = get("/console/audit?from=yesterday&by=kept", auditor());
        assertThat(result).hasStatus(422);
        assertThat(body(result)).contains("from-fault").contains("yesterday").contains("kept");
    }

    @Test
    void theFileHasWhatThePageFindsAndNoFormulas() {
        events.publishEvent(Act.of("user.created", "csv@example.com", OURS.value(), "=HYPERLINK(\"x\")"));
        var csv = body(get("/partners/" + OURS + "/activity.csv?by=csv@", administrator()));
        assertThat(csv).contains("\"'=HYPERLINK(\"\"x\"\")\"").contains("user.created");
        assertThat(csv.lines()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void theFileHasTheWordsOfTheReaderBesideTheCodes() {
        events.publishEvent(Act.of("month.closed", "words@example.com", OURS.value(), "2026-08")
                .changing(
                        Map.of("roles", "incentives-user", "=what", "1"),
                        Map.of("roles", "incentives-administrator", "lines", "7")));
        for (var path : List.of("/console/audit.csv", "/partners/" + OURS + "/activity.csv")) {
            var reader = path.startsWith("/console") ? auditor() : administrator();
            assertThat(body(get(path + "?by=words@", reader)))
                    .as(path)
                    .contains("\"710001\",\"Ours\"")
                    .contains("\"month.closed\",\"Month closed\"")
                    .contains("\"'=what: 1\nroles: incentives-user\",\"lines: 7\nroles: incentives-administrator\"")
                    .contains("\"'=what: no longer 1\nlines: 7\nroles: incentives-user → incentives-administrator\"");
            assertThat(body(get(path + "?by=words@", "fr", reader)))
                    .as(path + " in French")
                    .contains("\"month.closed\",\"Mois")
                    .contains("lignes\u00a0: 7")
                    .contains("rôles\u00a0: incentives-user → incentives-administrator");
        }
    }

    private static Act act(String action, String subject) {
        return Act.of(action, "test", null, subject).changing(Map.of("a", "1"), Map.of("b", "2", "a", "3"));
    }

    private long head() {
        return sql.fetchSingle("select coalesce(max(number), 0) from audit.entry")
                .get(0, long.class);
    }

    private void assertFound(String tampering, long number, Verdict.Kind kind) {
        tamper(
                tampering,
                () -> assertThat(entries.verify(Optional.empty()).fault()).isEqualTo(new Verdict.Fault(number, kind)));
    }

    /** As somebody could who owns the database; afterwards everything is as it was. */
    private void tamper(String tampering, Runnable check) {
        transaction.executeWithoutResult(status -> {
            sql.execute("alter table audit.entry disable trigger entries_are_append_only");
            sql.execute(tampering);
            check.run();
            status.setRollbackOnly();
        });
    }

    private static SignedIn administrator() {
        return person(OURS.value(), Grant.at(OURS, Role.GLOBAL_ADMINISTRATOR));
    }

    private static SignedIn auditor() {
        return person(null, Grant.atVendor(Role.AUDITOR));
    }

    private static SignedIn person(@Nullable Integer organization, Grant grant) {
        return new SignedIn(new UserId(1), "audit@example.com", "Audit", "en", organization, null, List.of(grant));
    }

    private MvcTestResult get(String path, SignedIn user) {
        return get(path, "en", user);
    }

    private MvcTestResult get(String path, String language, SignedIn user) {
        return web.get()
                .uri(URI.create(path))
                .header("Accept-Language", language)
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())))
                .exchange();
    }

    private static String body(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), UTF_8);
    }
}
