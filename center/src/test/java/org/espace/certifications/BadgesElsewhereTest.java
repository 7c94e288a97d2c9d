package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Signature;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.espace.RoomTest;
import org.espace.access.PeopleFile.Row;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/**
 * A certificate before judges that share nothing with us: the cryptography of the JDK alone, and, where Node is, the
 * libraries of the Digital Credentials Consortium with the contexts that W3C and 1EdTech publish.
 */
@RoomTest
class BadgesElsewhereTest {

    private static final String CODE = "badges-elsewhere";
    private static final Path SCRIPT = Path.of("src/test/badges");
    private static final Path INSTALLED = Path.of("target/badges");
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Badges badges;

    @Autowired
    SigningKeys keys;

    @Autowired
    Learners learners;

    @Autowired
    Intakes intakes;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    Instance instance;

    @Autowired
    MockMvcTester web;

    @Autowired
    Clock clock;

    SignedIn holder;
    int result;

    @BeforeEach
    void somebodyHasPassed() {
        Company.offer(catalogue, CODE, "advanced", "12");
        holder = Company.of(partners, users).person();
        intakes.takeResults(
                List.of(new Row(
                        1,
                        true,
                        Map.of(
                                "person", holder.email(),
                                "certification", CODE,
                                "passed_on", LocalDate.now(clock).toString()))),
                "test");
        result = learners.results(learners.find(holder.id()).orElseThrow())
                .getFirst()
                .id();
    }

    /** What is signed is the two parts as they stand there; the key is the published one. */
    @Test
    void theSignatureHoldsForTheCryptographyOfTheJdkAlone() throws Exception {
        var parts = badges.certificate(holder, result, true).split("\\.", -1);
        assertThat(isSigned(parts[0] + "." + parts[1], parts[2])).isTrue();
        assertThat(isSigned(parts[0] + "." + parts[1].substring(1), parts[2])).isFalse();
    }

    private boolean isSigned(String text, String signature) throws Exception {
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(keys.published().getKeys().getFirst().toECKey().toECPublicKey());
        verifier.update(text.getBytes(UTF_8));
        return verifier.verify(Base64.getUrlDecoder().decode(signature));
    }

    /** The signature by another library, the data model, the claims, and that each word is one of the standards'. */
    @Test
    void theLibrariesOfTheDigitalCredentialsConsortiumTakeIt() throws Exception {
        install();
        for (var named : List.of(true, false)) {
            var judged = judge(badges.certificate(holder, result, named));
            assertThat(judged.code()).as(judged.said()).isZero();
            assertThat(judged.said())
                    .contains(
                            "\"algorithm\":\"ES256\"",
                            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
                            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject",
                            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria",
                            "Certified " + CODE,
                            "\"https://schema.org/name\":[{\"@value\":\"" + instance.name() + "\"}]");
            assertThat(judged.said().contains(holder.name())).isEqualTo(named);
        }
    }

    @Test
    void theyRefuseWhatSomebodyHasChangedOrSomebodyElseHasSigned() throws Exception {
        install();
        var parts = badges.certificate(holder, result, false).split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        parts[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.replace("advanced", "godlike").getBytes(UTF_8));
        assertThat(judge(String.join(".", parts))).satisfies(judged -> {
            assertThat(judged.code()).isEqualTo(1);
            assertThat(judged.said()).contains("signature verification failed");
        });
        assertThat(judge("no.certificate.here").code()).isEqualTo(1);
    }

    private record Judged(int code, String said) {}

    private Judged judge(String certificate) throws IOException, InterruptedException {
        var published = web.get().uri("/.well-known/certificate-keys").exchange();
        var node = new ProcessBuilder("node", "check.mjs")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = node.getOutputStream()) {
            in.write(JSON.writeValueAsBytes(Map.of(
                    "certificate",
                    certificate,
                    "keys",
                    JSON.readTree(published.getResponse().getContentAsByteArray()),
                    "issuer",
                    instance.url())));
        }
        var said = new String(node.getInputStream().readAllBytes(), UTF_8);
        return new Judged(node.waitFor(), said);
    }

    /** Skips the test where there is no Node, or where the libraries cannot be had. */
    private static synchronized void install() throws IOException, InterruptedException {
        var lock = INSTALLED.resolve("package-lock.json");
        var isInstalled = Files.exists(INSTALLED.resolve("node_modules/jose"))
                && Files.mismatch(lock, SCRIPT.resolve("package-lock.json")) == -1;
        Files.createDirectories(INSTALLED);
        for (var file : List.of("package.json", "package-lock.json", ".npmrc", "check.mjs")) {
            Files.copy(SCRIPT.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!isInstalled) {
            assumeTrue(run("npm", "ci"), "skipped: npm is not here, or does not get the libraries of src/test/badges");
        }
        assumeTrue(run("node", "--version"), "skipped: no Node on this machine");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(INSTALLED.resolve("npm.log").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
