package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espace.RoomTest;
import org.espace.federation.scim.ScimTokens;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.ContextConfiguration;

/**
 * An administrator of one partner tries to reach another one's, on a real server, with every byte of the request as they
 * choose it.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RoomTest.Home.class)
class CrossingTest {

    private static final PartnerId OURS = new PartnerId(730001);
    private static final PartnerId THEIRS = new PartnerId(730002);
    private static final String PASSWORD = "tidal-otter-lamp-94";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String SECRET = "Their Secret Name";

    @LocalServerPort
    int port;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    ScimTokens tokens;

    @Autowired
    ApplicationEventPublisher events;

    private final String email = "crossing-" + UUID.randomUUID() + "@example.com";
    private final Browser browser = new Browser();

    @BeforeEach
    void anAdministratorOfOneOfTwoPartnersSignsIn() throws IOException {
        if (partners.find(THEIRS).isEmpty()) {
            partners.register(
                    List.of(new Partner(OURS, "CROSS-1", "Ours", "FR"), new Partner(THEIRS, "CROSS-2", SECRET, "FR")),
                    List.of(new Location(
                            new LocationId(730002), THEIRS, "CROSS-2-1", SECRET, "FR", "indirect-reseller")));
            user(THEIRS, "their.administrator@example.com");
            events.publishEvent(Act.of("user.created", "test", THEIRS.value(), SECRET));
        }
        user(OURS, email);
        assertThat(browser.signIn(email).status()).isEqualTo(302);
    }

    private void user(PartnerId partner, String address) {
        users.create(partner, address, "Somebody", List.of(Grant.at(partner, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.choosePassword(address, PASSWORD);
    }

    @Test
    void theirOwnPageOpens() throws IOException {
        assertThat(browser.get("/partners/730001/activity").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/partners/730002/activity",
                "/partners/730001/../730002/activity",
                "/partners/730001/%2e%2e/730002/activity",
                "/partners/730001/..;/730002/activity",
                "/partners/730001;x=1/../730002/activity",
                "/partners/730002;/activity",
                "/partners/730002;partner=730001/activity",
                "/partners/730001%2f..%2f730002/activity",
                "/partners/730001%5c..%5c730002/activity",
                "/partners//730002/activity",
                "//partners/730002/activity",
                "/partners/0730002/activity",
                "/partners/+730002/activity",
                "/partners/%3730002/activity",
                "/partners/730002%00/activity",
                "/partners/730002%20/activity",
                "/partners/730002.0/activity",
                "/partners/730002/activity/",
                "/PARTNERS/730002/activity",
                "/partners/730001/activity?partner=730002&organization=CROSS-2",
                "/partners/730001/activity.csv?partner=730002&organization=CROSS-2",
                "/partners/730002/activity.csv",
                "/partners/730002/activity.csv?partner=730001",
                "/partners/730001/earnings/lines?location=730002",
                "/partners/730001/earnings/lines.csv?location=730002",
                "/partners/730001/earnings/lines/730002-4294967297-1-1-20250910",
                "/partners/730001/next?location=730002",
                "/partners/4295697298/activity",
                "/partners/-730002/activity",
                "/console",
                "/console/audit",
                "/console/partners",
                "/error?partner=730002"
            })
    void noAddressLeadsToTheOtherPartner(String target) throws IOException {
        var answer = browser.get(target);
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(answer.status()).isLessThan(500);
        if (!target.startsWith("/partners/730001/") || target.contains("..") || target.contains("%2f")) {
            assertThat(answer.status()).isIn(302, 400, 403, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//partners/730002/activity", "/partners/730001/..;/730002/activity"})
    void anAddressThatIsRefusedAtOnceHasAPageOfOurs(String target) throws IOException {
        var answer = browser.get(target);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("<main id=\"content\"", "href=\"/\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PROPFIND", "get"})
    void noMethodLeadsAroundTheGuard(String method) throws IOException {
        for (var target : List.of("/partners/730002/activity", "/console/adjustments/1/approval")) {
            var answer = browser.ask(method, target, Map.of("X-XSRF-TOKEN", browser.csrf()), "");
            assertThat(answer.status()).as(target).isIn(400, 403, 404, 405, 501);
            assertThat(answer.headers()).doesNotContainKey("allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void aMethodIsTheOneOfTheRequest(String header) throws IOException {
        assertThat(browser.ask("GET", "/logout", Map.of(header, "POST"), "").status())
                .isIn(200, 302, 404, 405);
        assertThat(browser.ask("GET", "/language?_method=POST&language=fr", Map.of(header, "POST"), "")
                        .status())
                .isIn(404, 405);
        assertThat(browser.get("/partners/730001/activity").status())
                .as("still signed in")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path"})
    void noHeaderChangesTheAddress(String header) throws IOException {
        var answer = browser.ask("GET", "/partners/730001/activity", Map.of(header, "/partners/730002/activity"), "");
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @Test
    void aHostThatIsMadeUpStandsInNoRedirect() throws IOException {
        for (var headers : List.of(
                Map.of("Host", "evil.example"),
                Map.of("X-Forwarded-Host", "evil.example"),
                Map.of("Forwarded", "host=evil.example"))) {
            for (var target : List.of("/", "/partners/730001/earnings")) {
                var answer = new Browser().ask("GET", target, headers, "");
                assertThat(answer.status()).isEqualTo(302);
                assertThat(answer.headers().get("location")).startsWith("/").doesNotContain("evil.example");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example",
                "/\t/evil.example",
                "javascript:alert(1)",
                "/%0d%0aLocation:%20https://evil.example"
            })
    void nobodyIsLedToAnotherSite(String next) throws IOException {
        var visitor = new Browser();
        var language = visitor.post("/language", Map.of("language", "fr", "next", next));
        assertThat(language.headers().getOrDefault("location", "/")).matches("/([^/\\\\].*)?");
        var signedIn = visitor.post("/login", Map.of("email", email, "password", PASSWORD, "next", next));
        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.headers().get("location")).matches("/([^/\\\\].*)?");
    }

    @Test
    void aFormWithoutTheTokenOfItsOwnBrowserChangesNothing() throws IOException {
        var another = new Browser();
        for (var form : List.of(
                Map.of("password", "x"),
                Map.of("password", "x", "_csrf", ""),
                Map.of("password", "x", "_csrf", another.csrf()),
                Map.of("password", "x", "_csrf", UUID.randomUUID().toString()))) {
            assertThat(browser.send("/password", form).status()).isEqualTo(403);
        }
        assertThat(browser.get("/partners/730001/activity").status()).isEqualTo(200);
    }

    @Test
    void fieldsThatNobodyAskedForChangeNothing() throws IOException {
        var before = users.find("their.administrator@example.com").orElseThrow();
        browser.post(
                "/password",
                Map.of(
                        "password", "shiny-canal-goat-58",
                        "repeated", "shiny-canal-goat-58",
                        "email", "their.administrator@example.com",
                        "id", before.id().toString(),
                        "organization", "730002",
                        "grants[0].role", "operator",
                        "role", "operator",
                        "owes", ""));
        assertThat(users.withPassword("their.administrator@example.com", PASSWORD))
                .isPresent();
        assertThat(users.withPassword(email, "shiny-canal-goat-58")).isPresent();
        var after = users.find(email).orElseThrow();
        assertThat(after.organization()).isEqualTo(730001);
        assertThat(after.grants()).containsExactly(Grant.at(OURS, Role.GLOBAL_ADMINISTRATOR));
    }

    @Test
    void aRoleThatWasTakenAwayOpensNothingInTheNextRequest() throws IOException {
        assertThat(browser.get("/partners/730001/activity").status()).isEqualTo(200);
        users.create(OURS, "other-" + email, "Other", List.of(Grant.at(OURS, Role.GLOBAL_ADMINISTRATOR)), "test");
        users.revoke(email, Grant.at(OURS, Role.GLOBAL_ADMINISTRATOR), "test");
        var answer = browser.get("/partners/730001/activity");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().get("location")).contains("/login");
    }

    @Test
    void aSessionThatWasSignedOutOpensNothing() throws IOException {
        var stolen = Map.copyOf(browser.cookies);
        browser.post("/logout", Map.of());
        var thief = new Browser();
        thief.cookies.putAll(stolen);
        assertThat(thief.get("/partners/730001/activity").status()).isEqualTo(302);
    }

    @Test
    void signingInGivesANewSession() throws IOException {
        var visitor = new Browser();
        visitor.get("/login");
        visitor.cookies.put("SESSION", "ZmFrZS1zZXNzaW9u");
        visitor.post("/login", Map.of("email", email, "password", PASSWORD));
        assertThat(visitor.cookies.get("SESSION")).isNotEqualTo("ZmFrZS1zZXNzaW9u");
    }

    @Test
    void aPartnersDirectoryReachesNobodyElsesUsers() throws IOException {
        var token =
                Map.of("Authorization", "Bearer " + tokens.issue(OURS, "test").value());
        try {
            var their =
                    users.find("their.administrator@example.com").orElseThrow().id();
            var machine = new Browser();
            assertThat(machine.ask("GET", "/scim/v2/Users/" + their, token, "").status())
                    .isEqualTo(404);
            assertThat(machine.ask("DELETE", "/scim/v2/Users/" + their, token, "")
                            .status())
                    .isEqualTo(404);
            for (var filter : List.of(
                    "userName eq \"their.administrator@example.com\"",
                    "userName sw \"their\" or userName pr",
                    "id eq \"" + their + "\"")) {
                var found = machine.ask("GET", "/scim/v2/Users?filter=" + encoded(filter), token, "");
                assertThat(found.body()).doesNotContain("their.administrator@example.com");
            }
            assertThat(machine.ask("GET", "/partners/730001/activity", token, "")
                            .status())
                    .as("a machine's token opens no page")
                    .isEqualTo(302);
            assertThat(machine.ask("GET", "/api/v1/partners/730002/users", token, "")
                            .status())
                    .isEqualTo(403);
        } finally {
            tokens.of(OURS).forEach(one -> tokens.revoke(OURS, one.id(), "test"));
        }
        assertThat(users.find("their.administrator@example.com")).isPresent();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** @param headers by name in small letters; of several with one name the last */
    private record Answer(int status, Map<String, String> headers, List<String> cookies, String body) {}

    /** Sends what it is told to, and keeps cookies as browsers do. */
    private final class Browser {

        private final Map<String, String> cookies = new LinkedHashMap<>();

        Answer signIn(String address) throws IOException {
            return post("/login", Map.of("email", address, "password", PASSWORD));
        }

        Answer get(String target) throws IOException {
            return ask("GET", target, Map.of(), "");
        }

        Answer post(String target, Map<String, String> fields) throws IOException {
            var all = new LinkedHashMap<>(fields);
            all.put("_csrf", csrf());
            return send(target, all);
        }

        Answer send(String target, Map<String, String> fields) throws IOException {
            var form = fields.entrySet().stream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            return ask("POST", target, Map.of("Content-Type", "application/x-www-form-urlencoded"), form);
        }

        /** As a page of this browser has it in its forms. */
        String csrf() throws IOException {
            var token = TOKEN.matcher(get("/login").body());
            assertThat(token.find()).isTrue();
            return token.group(1);
        }

        Answer ask(String method, String target, Map<String, String> more, String body) throws IOException {
            var headers = new LinkedHashMap<String, String>();
            headers.put("Host", "localhost:" + port);
            headers.put("Connection", "close");
            headers.put("Content-Length", Integer.toString(body.getBytes(UTF_8).length));
            if (!cookies.isEmpty()) {
                headers.put(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            headers.putAll(more);
            var request = headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining("", method + " " + target + " HTTP/1.1\r\n", "\r\n" + body));
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(request.getBytes(UTF_8));
                socket.getOutputStream().flush();
                return keep(answer(new String(socket.getInputStream().readAllBytes(), UTF_8)));
            }
        }

        private Answer keep(Answer answer) {
            for (var cookie : answer.cookies()) {
                var pair = cookie.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty()) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
            return answer;
        }

        private static Answer answer(String text) {
            var parts = text.split("\r\n\r\n", 2);
            var lines = parts[0].split("\r\n", -1);
            var headers = new LinkedHashMap<String, String>();
            var cookies = new ArrayList<String>();
            for (var line : List.of(lines).subList(1, lines.length)) {
                var header = line.split(": ?", 2);
                var name = header[0].toLowerCase(Locale.ROOT);
                headers.put(name, header[1]);
                if (name.equals("set-cookie")) {
                    cookies.add(header[1]);
                }
            }
            var status = Integer.parseInt(lines[0].split(" ", 3)[1]);
            return new Answer(status, headers, cookies, parts.length == 1 ? "" : parts[1]);
        }
    }
}
