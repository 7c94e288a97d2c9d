package org.espace.web;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.certifications.SigningKeys;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Profiles;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The key of an instance is changed while others work: over all rooms that seal something. */
@RoomTest
class SecretsRotationTest {

    private static final String IBAN = "FR1420041010050500013M02606";

    @Autowired
    SecretsRotation rotation;

    @Autowired
    List<KeepsSecrets> keepers;

    @Autowired
    Secrets secrets;

    @Autowired
    Instance instance;

    @Autowired
    Partners partners;

    @Autowired
    Profiles profiles;

    @Autowired
    Mails mails;

    @Autowired
    SigningKeys signingKeys;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Autowired
    Clock clock;

    PartnerId partner;

    /** Nobody's number. */
    int user;

    int version;
    String reference;

    @BeforeEach
    void somethingIsSealedWhereverSomethingCanBe() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        user = 1_000_000_000 + partner.value();
        reference = "rotation:" + partner;
        partners.register(List.of(new Partner(partner, "ROT-" + partner, "Brisolane SAS", "FR")), List.of());
        version = profiles.handInBank(
                partner,
                Map.of(
                        "profile-name", "Main account",
                        "country", "FR",
                        "sheet", "bank-transfer",
                        "currency", "EUR",
                        "holder", "Brisolane SAS",
                        "iban", IBAN),
                "test");
        mail(reference);
        signingKeys.signing();
        sql.execute(
                "insert into signin.authenticator values ({0}, {1}, 0, now())",
                user, secrets.seal("JBSWY3DPEHPK3PXP", "totp:" + user));
        sql.execute(
                "insert into federation.provider values ({0}, 'https://id.example', 'espace', {1}, false, null, false, now(), 'test')",
                partner.value(), secrets.seal("client secret", "provider:" + partner));
        session(secrets.seal("JBSWY3DPEHPK3PXP", "totp-pending:" + user));
    }

    private void mail(String reference) {
        transaction.executeWithoutResult(_ -> mails.send(new Mail(
                reference,
                "anna@brisolane.example",
                "en",
                "password-reset",
                Map.of("name", "Anna"),
                "https://espace.example/forgotten/token")));
    }

    /** As an authenticator waits there that is being set up. */
    private void session(String sealed) {
        var id = UUID.randomUUID().toString();
        sql.execute(
                "insert into web.spring_session values ({0}, {0}, 0, 0, 7200, {1}, null)",
                id, clock.millis() + 3_600_000);
        sql.execute(
                "insert into web.spring_session_attributes values ({0}, {1}, {2})",
                id, "signin.seed" + SealedInSessions.ENDING, serialized(sealed));
    }

    private static byte[] serialized(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A keeper that this test does not fill is found by its count of nothing: fill it above. */
    @Test
    void afterwardsNothingIsSealedWithAnOlderKeyAndAllOfItOpensWithoutTheOlderKeys() throws IOException {
        var first = SecretsTest.newest(secrets);
        secrets.changeKey();
        assertThat(keepers)
                .allSatisfy(keeper ->
                        assertThat(keeper.countOld()).as(keeper.what()).isPositive());
        assertThat(tablesThatHold(first))
                .contains(
                        "certifications.signing_key",
                        "federation.provider",
                        "notices.mail",
                        "payees.entry",
                        "signin.authenticator",
                        "web.spring_session_attributes");

        var finished = rotation.run(Progress.SILENT);
        assertThat(finished.newKey()).as("the change above is finished").isFalse();
        assertThat(finished.sealed().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        keepers.stream().map(KeepsSecrets::what).toList());
        var changed = rotation.run(Progress.SILENT);
        assertThat(changed.newKey()).isTrue();
        assertThat(changed.left()).isZero();

        var file = instance.home().resolve("secret.key");
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(lines.getFirst()).startsWith(SecretsTest.newest(secrets));
        assertThat(lines.stream().skip(1).flatMap(line -> tablesThatHold(line.split(" ", 2)[0]).stream()))
                .isEmpty();

        Files.writeString(file, lines.getFirst() + "\n");
        assertThat(secrets.olderKeys()).isEmpty();
        assertThat(open("payees.entry", "sealed", "version_id = " + version, "payees.entry:" + version + ":iban"))
                .isEqualTo(IBAN);
        assertThat(open("notices.mail", "sealed", "reference = '" + reference + "'", "mail:" + reference))
                .endsWith("/forgotten/token");
        assertThat(open("signin.authenticator", "seed", "user_id = " + user, "totp:" + user))
                .isEqualTo("JBSWY3DPEHPK3PXP");
        assertThat(open("federation.provider", "client_secret", "partner_id = " + partner, "provider:" + partner))
                .isEqualTo("client secret");
        assertThat(signingKeys.signing().isPrivate()).isTrue();
    }

    private String open(String table, String column, String which, String purpose) {
        return secrets.open(
                sql.fetchSingle("select " + column + " from " + table + " where " + which)
                        .get(0, String.class),
                purpose);
    }

    /** Whatever the column, text or bytes. */
    private List<String> tablesThatHold(String key) {
        var bytes = HexFormat.of().formatHex((key + ".").getBytes(StandardCharsets.US_ASCII));
        return sql
                .fetch(
                        "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                                + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')")
                .getValues(0, String.class)
                .stream()
                .filter(table -> sql.fetchExists(sql.selectFrom(table + " t")
                        .where("t::text like {0} or t::text like {1}", "%" + key + ".%", "%" + bytes + "%")))
                .toList();
    }

    /** A room that seals and has no keeper is found by its call. */
    @Test
    void everyRoomThatSealsIsAmongThoseThatSealAgain() {
        var ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.espace");
        var sealing = ours.get(Secrets.class).getMethodCallsToSelf().stream()
                .filter(call -> call.getTarget().getName().equals("seal"))
                .map(JavaAccess::getOriginOwner)
                .filter(caller -> !caller.isEquivalentTo(Secrets.class))
                .filter(caller -> !caller.getSimpleName().equals("KnownDevices"))
                .map(JavaClass::getPackageName)
                .collect(toCollection(TreeSet::new));
        var keeping = ours.that(assignableTo(KeepsSecrets.class)).stream()
                .map(JavaClass::getPackageName)
                .collect(toCollection(TreeSet::new));

        assertThat(sealing).contains("org.espace.payees", "org.espace.signin");
        assertThat(keeping).containsAll(sealing);
        assertThat(ours.that(name("org.espace.signin.KnownDevices")))
                .as("seals a cookie: when its key is gone, the browser is one that we do not know")
                .hasSize(1);
    }

    @Test
    void whatWasInterruptedIsFinishedByTheNextCallWithoutAnotherKey() {
        for (var i = 0; i < 1_200; i++) {
            mail(reference + ":" + i);
        }
        var failing = keepers.stream()
                .map(keeper -> keeper.what().equals("sealing.mail-secrets") ? new Failing(keeper) : keeper)
                .toList();
        var broken = new SecretsRotation(secrets, failing, sql);
        while (secrets.olderKeys().size() < 1 || countOld() > 0) {
            rotation.run(Progress.SILENT);
        }
        assertThatThrownBy(() -> broken.run(Progress.SILENT)).hasMessage("killed");
        var key = SecretsTest.newest(secrets);
        var left = countOld();
        assertThat(left).isPositive().isLessThan(1_200);

        var outcome = rotation.run(Progress.SILENT);
        assertThat(outcome.newKey()).isFalse();
        assertThat(outcome.sum()).isEqualTo(left);
        assertThat(SecretsTest.newest(secrets)).isEqualTo(key);
        assertThat(countOld()).isZero();
    }

    private int countOld() {
        return keepers.stream().mapToInt(KeepsSecrets::countOld).sum();
    }

    /** Does not come back from the first few that it has sealed again. */
    private record Failing(KeepsSecrets keeper) implements KeepsSecrets {

        @Override
        public String what() {
            return keeper.what();
        }

        @Override
        public int countOld() {
            return keeper.countOld();
        }

        @Override
        public Done sealAgain(IntConsumer done) {
            return keeper.sealAgain(count -> {
                if (count > 0) {
                    throw new IllegalStateException("killed");
                }
            });
        }
    }

    @Test
    void whatSomebodyHadSealedBeforeAndCommitsMeanwhileIsSealedAgainToo() throws Exception {
        var sealed = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = others.submit(() -> {
                transaction.executeWithoutResult(_ -> {
                    mails.send(new Mail(
                            reference + ":late",
                            "bo@brisolane.example",
                            "en",
                            "password-reset",
                            Map.of("name", "Bo"),
                            "https://espace.example/late"));
                    sealed.countDown();
                    await(commit);
                });
                return true;
            });
            await(sealed);
            var rotating = others.submit(() -> rotation.run(Progress.SILENT));
            Thread.sleep(500);
            assertThat(rotating.isDone()).as("waits for the other").isFalse();
            commit.countDown();
            assertThat(writing.get()).isTrue();
            assertThat(rotating.get().left()).isZero();
        }
        assertThat(countOld()).isZero();
        assertThat(open(
                        "notices.mail",
                        "sealed",
                        "reference = '" + reference + ":late'",
                        "mail:" + reference + ":late"))
                .endsWith("/late");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aValueThatWasTamperedWithIsCountedAndKeepsNothingElseFromBeingSealedAgain() {
        var before = secrets.seal("seed", "totp:0");
        sql.execute("update signin.authenticator set seed = {0} where user_id = {1}", before, user);
        try {
            var outcome = rotation.run(Progress.SILENT);
            assertThat(outcome.unreadable()).isEqualTo(1);
            assertThat(outcome.left()).isZero();
            assertThat(rotation.run(Progress.SILENT).newKey())
                    .as("it does not keep the key from being changed again")
                    .isTrue();
        } finally {
            sql.execute("delete from signin.authenticator where user_id = {0}", user);
        }
    }
}
