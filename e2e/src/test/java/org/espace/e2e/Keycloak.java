package org.espace.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A real Keycloak with one realm, one application and one person, who has to replace a temporary password. */
final class Keycloak implements AutoCloseable {

    static final String CLIENT = "espace";
    static final String SECRET = "c2VjcmV0LW9mLWVzcGFjZQ";
    static final String TEMPORARY = "temporary-94";

    private static final Duration TO_START = Duration.ofMinutes(3);

    private final Process process;
    private final String issuer;

    private Keycloak(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** Skips the test where there is no Keycloak. */
    static Keycloak start(String returnAddress, String email) throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("keycloak", "none"));
        assumeTrue(
                Files.exists(home.resolve("bin/kc.sh")),
                "skipped: no Keycloak; run with -Pkeycloak, which downloads 160 MB");
        // What an earlier run has left knows another return address, and a realm that is there is not read again.
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        var folder = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(folder.resolve("contoso-realm.json"), realm(returnAddress, email));
        var port = Running.freePort();
        var process = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--import-realm")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keycloak.log").toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("JAVA_OPTS_APPEND", "-Xmx512m --add-opens=java.base/java.lang=ALL-UNNAMED");
        var keycloak = new Keycloak(process.start(), "http://127.0.0.1:" + port + "/realms/contoso");
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
        keycloak.await();
        return keycloak;
    }

    String issuer() {
        return issuer;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() throws IOException, InterruptedException {
        var end = Instant.now().plus(TO_START);
        try (var client = HttpClient.newHttpClient()) {
            while (!answers(client)) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    close();
                    throw new IllegalStateException("Keycloak did not start: see keycloak.log in its folder");
                }
                Thread.sleep(Duration.ofMillis(500));
            }
        }
    }

    private boolean answers(HttpClient client) throws InterruptedException {
        try {
            var asked = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                    .build();
            return client.send(asked, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** A temporary password alone does not stop anybody in an imported realm: the required action does. */
    private static String realm(String returnAddress, String email) {
        return """
                {"realm": "contoso", "enabled": true, "sslRequired": "none",
                 "clients": [{"clientId": "%s", "secret": "%s", "protocol": "openid-connect", "publicClient": false,
                   "standardFlowEnabled": true, "redirectUris": ["%s"],
                   "attributes": {"pkce.code.challenge.method": "S256"}}],
                 "users": [{"username": "ada", "email": "%s", "emailVerified": true, "enabled": true,
                   "firstName": "Ada", "lastName": "Lovelace", "requiredActions": ["UPDATE_PASSWORD"],
                   "credentials": [{"type": "password", "value": "%s", "temporary": true}]}]}
                """.formatted(CLIENT, SECRET, returnAddress, email, TEMPORARY);
    }
}
