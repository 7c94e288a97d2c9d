package org.espace.federation.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.federation.Tables.ACCESS_TOKEN;
import static org.espace.db.federation.Tables.API_SECRET;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.eligibility.Measures;
import org.espace.federation.Credential;
import org.espace.federation.TwoAreGood;
import org.espace.federation.clients.ApiClients.Made;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Machines ask for themselves, within their scopes and their organization. */
@RoomTest
class ApiClientsTest {

    @Autowired
    ApiClients clients;

    @Autowired
    Users users;

    @Autowired
    Partners partners;

    @Autowired
    Measures measures;

    @Autowired
    MockMvcTester web;

    @Autowired
    DSLContext sql;

    @Autowired
    JsonMapper json;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final PartnerId contoso = new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 90_000_000));
    private final PartnerId fabrikam = new PartnerId(contoso.value() + 1);

    @BeforeEach
    void twoOrganizations() {
        partners.register(
                List.of(
                        new Partner(contoso, "C" + unique, "Contoso " + unique, "FR"),
                        new Partner(fabrikam, "F" + unique, "Fabrikam " + unique, "FR")),
                List.of());
    }

    @Test
    void aMachineGetsATokenForItsSecretByHeaderOrInTheBody() {
        var client = machine(contoso, ApiScope.EARNINGS_READ, ApiScope.USERS_READ);

        for (var answer : List.of(byHeader(client, ""), inBody(client, ""))) {
            assertThat(answer).hasStatusOk();
            assertThat(answer.getResponse().getHeader("Cache-Control")).isEqualTo("no-store");
            var token = read(answer);
            assertThat(token.get("token_type").asString()).isEqualTo("Bearer");
            assertThat(token.get("expires_in").asInt()).isEqualTo(3600);
            assertThat(token.get("scope").asString()).isEqualTo("earnings.read users.read");
            assertThat(get(
                            "/api/v1/partners/" + contoso + "/users",
                            token.get("access_token").asString()))
                    .hasStatusOk();
        }
    }

    @Test
    void aMachineMayAskForLessThanItHasAndNotForMore() {
        var client = machine(contoso, ApiScope.EARNINGS_READ, ApiScope.USERS_READ);
        var less = read(inBody(client, "users.read"));

        assertThat(less.get("scope").asString()).isEqualTo("users.read");
        assertThat(get(
                        "/api/v1/partners/" + contoso + "/earnings/totals",
                        less.get("access_token").asString()))
                .hasStatus(403)
                .hasContentTypeCompatibleWith("application/problem+json");
        assertThat(error(inBody(client, "users.write"))).isEqualTo("invalid_scope");
        assertThat(error(inBody(client, "everything"))).isEqualTo("invalid_scope");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            body                                                                  | status | error
            grant_type=password&username=a&password=b                             | 400    | unsupported_grant_type
            client_id=x&client_secret=y                                           | 400    | unsupported_grant_type
            grant_type=client_credentials                                         | 401    | invalid_client
            grant_type=client_credentials&client_id=x&client_secret=y             | 401    | invalid_client
            grant_type=client_credentials&grant_type=client_credentials           | 400    | invalid_request
            """)
    void aRequestThatIsNoneOfOursIsRefusedAsTheStandardSays(String body, int status, String error) {
        var answer = token(body, null);
        assertThat(answer).hasStatus(status);
        assertThat(error(answer)).isEqualTo(error);
    }

    @Test
    void twoSecretsAreGoodAtOnceSoThatOneFollowsTheOther() {
        var first = machine(contoso, ApiScope.USERS_READ);
        var token = tokenOf(first);
        var second = clients.addSecret(contoso, first.client().id(), "admin");

        assertThat(inBody(first, "")).hasStatusOk();
        assertThat(inBody(second, "")).hasStatusOk();
        assertThatExceptionOfType(TwoAreGood.class)
                .isThrownBy(() -> clients.addSecret(contoso, first.client().id(), "admin"));

        clients.revokeSecret(
                contoso,
                first.client().id(),
                second.client().secrets().getFirst().id(),
                "admin");
        assertThat(inBody(first, "")).hasStatus(401);
        assertThat(inBody(second, "")).hasStatusOk();
        assertThat(get("/api/v1/partners/" + contoso + "/users", token))
                .as("what was got for the revoked secret")
                .hasStatus(401);
    }

    @Test
    void secretsAndTokensExpire() {
        var client = machine(contoso, ApiScope.USERS_READ);
        var token = tokenOf(client);
        sql.update(ACCESS_TOKEN)
                .set(ACCESS_TOKEN.EXPIRES_AT, Instant.now())
                .where(ACCESS_TOKEN.TOKEN_HASH.eq(new Credential(token).hash()))
                .execute();
        assertThat(get("/api/v1/partners/" + contoso + "/users", token)).hasStatus(401);

        sql.update(API_SECRET)
                .set(API_SECRET.MADE_AT, Instant.EPOCH)
                .set(API_SECRET.EXPIRES_AT, Instant.now())
                .where(API_SECRET.CLIENT_ID.eq(client.client().id()))
                .execute();
        assertThat(inBody(client, "")).hasStatus(401);
    }

    @Test
    void ofSecretsAndTokensOnlyHashesAreKept() {
        var client = machine(contoso, ApiScope.USERS_READ);
        var token = tokenOf(client);

        assertThat(sql.fetch("select * from federation.api_secret").format()
                        + sql.fetch("select * from federation.access_token").format())
                .doesNotContain(client.secret().value(), token);
    }

    @Test
    void aMachineAsksForItsOrganizationOnlyAndTheVendorsForAll() {
        var theirs = tokenOf(machine(contoso, ApiScope.USERS_READ, ApiScope.EARNINGS_READ, ApiScope.USERS_WRITE));
        var vendors = tokenOf(machine(null, ApiScope.USERS_READ, ApiScope.EARNINGS_READ));

        for (var path : List.of("/users", "/earnings/totals")) {
            assertThat(get("/api/v1/partners/" + contoso + path, theirs)).hasStatusOk();
            assertThat(get("/api/v1/partners/" + fabrikam + path, theirs)).hasStatus(403);
            assertThat(get("/api/v1/partners/" + fabrikam + path, vendors)).hasStatusOk();
        }
        assertThat(send(HttpMethod.POST, "/api/v1/partners/" + fabrikam + "/users", "{}", theirs))
                .hasStatus(403);
        assertThat(get("/api/v1/partners/999999999/users", vendors)).hasStatus(404);
    }

    @Test
    void usersAreReadInPages() {
        for (var name : List.of("ada", "bob", "carol")) {
            users.create(contoso, name + unique + "@contoso.example", name, List.of(), "test");
        }
        var token = tokenOf(machine(contoso, ApiScope.USERS_READ));
        var first = read(get("/api/v1/partners/" + contoso + "/users?most=2", token));
        var rest = read(get(
                "/api/v1/partners/" + contoso + "/users?most=2&after="
                        + first.get("after").asInt(),
                token));

        assertThat(first.at("/users/1/name").asString()).isEqualTo("bob");
        assertThat(rest.at("/users/0/name").asString()).isEqualTo("carol");
        assertThat(rest.get("after").isNull()).isTrue();
        assertThat(get("/api/v1/partners/" + contoso + "/users?most=0", token)).hasStatus(422);
        assertThat(get("/api/v1/partners/" + contoso + "/users?after=x", token)).hasStatus(400);
    }

    @Test
    void aMachineCreatesAndClosesUsersAndGivesNobodyARole() {
        var token = tokenOf(machine(contoso, ApiScope.USERS_WRITE));
        var path = "/api/v1/partners/" + contoso + "/users";
        var ada = """
                {"email": "ada%s@contoso.example", "name": "Ada", "roles": ["global-administrator"]}
                """.formatted(unique);

        var created = send(HttpMethod.POST, path, ada, token);
        assertThat(created).hasStatus(201);
        var id = read(created).get("id").asInt();
        assertThat(sql.fetch("select 1 from access.role_grant where user_id = ?", id))
                .isEmpty();
        assertThat(send(HttpMethod.POST, path, ada, token)).hasStatus(409);
        assertThat(send(HttpMethod.POST, path, "{\"email\": \"no address\", \"name\": \"x\"}", token))
                .hasStatus(422);
        assertThat(send(HttpMethod.POST, path, "{", token)).hasStatus(400);

        assertThat(read(send(HttpMethod.PATCH, path + "/" + id, "{\"active\": false}", token))
                        .get("active")
                        .asBoolean())
                .isFalse();
        assertThat(send(HttpMethod.PATCH, "/api/v1/partners/" + contoso + "/users/1", "{\"active\": false}", token))
                .as("somebody of another organization")
                .hasStatus(404);
    }

    @Test
    void whatWasDoneForTheOrganizationIsReadTheLatestFirst() {
        users.create(contoso, "ada" + unique + "@contoso.example", "Ada", List.of(), "test");
        var token = tokenOf(machine(contoso, ApiScope.ACTIVITY_READ));
        var second = clients.create(contoso, "Second " + unique, Set.of(ApiScope.USERS_READ), "admin@contoso.example");
        var path = "/api/v1/partners/" + contoso + "/activity";
        var latest = read(get(path + "?most=1", token));

        assertThat(latest.at("/activity/0/action").asString()).isEqualTo("api-client.created");
        assertThat(latest.at("/activity/0/subject").asString())
                .isEqualTo(second.client().name());
        var earlier = read(get(path + "?before=" + latest.get("before").asLong(), token));
        assertThat(earlier.at("/activity/0/number").asLong())
                .isLessThan(latest.at("/activity/0/number").asLong());
        assertThat(get(path + "?from=yesterday", token)).hasStatus(400);
        assertThat(get("/api/v1/partners/" + fabrikam + "/activity", token)).hasStatus(403);
    }

    @Test
    void theLastGlobalAdministratorStays() {
        users.create(
                contoso,
                "root" + unique + "@contoso.example",
                "Root",
                List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)),
                "test");
        var id = sql.fetchSingle(
                        "select id from access.user_account where email = ?", "root" + unique + "@contoso.example")
                .get(0, int.class);
        var token = tokenOf(machine(contoso, ApiScope.USERS_WRITE));

        assertThat(send(HttpMethod.PATCH, "/api/v1/partners/" + contoso + "/users/" + id, "{\"active\": false}", token))
                .hasStatus(409);
    }

    @Test
    void refusalsAreProblemsThatMachinesRead() {
        var token = tokenOf(machine(contoso, ApiScope.EARNINGS_READ));
        for (var answer : List.of(
                get("/api/v1/partners/" + contoso + "/users", "nonsense"),
                web.get().uri("/api/v1/partners/" + contoso + "/users").exchange(),
                get("/api/v1/partners/" + contoso + "/users", token),
                get("/api/v1/nothing", token),
                get("/api/v1/partners/" + contoso + "/earnings/totals?by=moon", token))) {
            assertThat(answer.getResponse().getContentType()).startsWith("application/problem+json");
            assertThat(read(answer).get("status").asInt())
                    .isEqualTo(answer.getResponse().getStatus());
        }
        assertThat(get("/api/v1/nothing", token)).hasStatus(404);
    }

    @Test
    void onlyAMachineOfTheVendorBringsMeasuresAndWhatItBringsAgainIsKnown() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> machine(contoso, ApiScope.CERTIFICATIONS_WRITE));
        var token = tokenOf(machine(null, ApiScope.CERTIFICATIONS_WRITE));
        var body = """
                {"measures": [
                  {"partner": "C%s", "area": "modern-work", "figure": "smb-adds", "day": "2026-03-31", "value": "6"},
                  {"partner": "C%s", "area": "modern-work", "figure": "no-such", "day": "2026-03-31", "value": 7}
                ]}""".formatted(unique, unique);
        for (var added : List.of(1, 0)) {
            var answer = read(send(HttpMethod.POST, "/api/v1/certifications/measures", body, token));
            assertThat(answer.get("added").asInt()).isEqualTo(added);
            assertThat(answer.get("known").asInt()).isEqualTo(1 - added);
            assertThat(answer.get("refused").get(0).get("row").asInt()).isEqualTo(2);
            assertThat(answer.get("refused").get(0).get("code").asString()).isEqualTo("UNKNOWN_FIGURE");
        }
        assertThat(send(HttpMethod.POST, "/api/v1/certifications/results", "{\"results\": []}", token))
                .hasStatus(422);
        assertThat(send(
                        HttpMethod.POST,
                        "/api/v1/certifications/results",
                        body,
                        tokenOf(machine(contoso, ApiScope.USERS_WRITE))))
                .hasStatus(403);
    }

    @Test
    void onlyAMachineOfTheVendorBringsNumbersAboutLocationsAndTheLastOneOfADayStands() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> machine(contoso, ApiScope.MEASURES_WRITE));
        var place = new LocationId(contoso.value());
        partners.register(
                List.of(), List.of(new Location(place, contoso, "L" + unique, "Lyon", "FR", "indirect-reseller")));
        var token = tokenOf(machine(null, ApiScope.MEASURES_WRITE));
        var path = "/api/v1/eligibility/measures";
        var body = """
                {"measures": [
                  {"location": "L%1$s", "code": "visits", "day": "2026-06-30", "value": 12.5},
                  {"location": "L%1$s", "code": "visits", "day": "2026-06-31", "value": "1"},
                  {"location": "L%1$s", "code": "Visits", "day": "2026-06-30", "value": "1"},
                  {"location": "L%1$s", "code": "visits", "day": "2026-06-30", "value": "1e5"},
                  {"location": "=1+1", "code": "visits", "day": "2026-06-30", "value": "1"},
                  {"location": "L%1$s", "code": "visits", "day": "2026-06-30", "value": "1", "unit": "days"}
                ]}""".formatted(unique);
        for (var added : List.of(1, 0)) {
            var answer = read(send(HttpMethod.POST, path, body, token));
            assertThat(answer.get("added").asInt()).isEqualTo(added);
            assertThat(answer.get("known").asInt()).isEqualTo(1 - added);
            assertThat(answer.get("refused").valueStream())
                    .extracting(refused -> refused.get("row").asInt() + " "
                            + refused.get("field").asString() + " "
                            + refused.get("code").asString())
                    .containsExactly(
                            "2 day NO_DAY",
                            "3 code NO_CODE",
                            "4 value NO_NUMBER",
                            "5 location UNKNOWN_LOCATION",
                            "6  WRONG_WIDTH");
        }
        send(HttpMethod.POST, path, body.replace("12.5", "13"), token);
        assertThat(measures.of(List.of(place)))
                .singleElement()
                .satisfies(measure -> assertThat(measure.value()).isEqualByComparingTo("13"));
        assertThat(send(HttpMethod.POST, path, "{}", token)).hasStatus(422);
        assertThat(send(HttpMethod.POST, path, body, tokenOf(machine(null, ApiScope.CERTIFICATIONS_WRITE))))
                .hasStatus(403);
    }

    @Test
    void aMachineOpensNoPage() {
        var token = tokenOf(machine(contoso, ApiScope.EARNINGS_READ));
        assertThat(get("/partners/" + contoso + "/earnings", token)).hasStatus3xxRedirection();
        assertThat(get("/scim/v2/Users", token)).hasStatus(403);
    }

    @Test
    void aMachineThatAsksWithoutPauseHasToWait() {
        for (var i = 0; i < 60; i++) {
            token("grant_type=client_credentials&client_id=x&client_secret=y", null, "192.0.2.9");
        }
        var answer = token("grant_type=client_credentials&client_id=x&client_secret=y", null, "192.0.2.9");
        assertThat(answer).hasStatus(429);
        assertThat(answer.getResponse().getHeader("Retry-After")).isNotNull();
    }

    private Made machine(@Nullable PartnerId partner, ApiScope... scopes) {
        return clients.create(partner, "Machine " + UUID.randomUUID(), Set.of(scopes), "admin@contoso.example");
    }

    private String tokenOf(Made client) {
        return read(inBody(client, "")).get("access_token").asString();
    }

    private MvcTestResult byHeader(Made client, String scope) {
        var login = client.client().publicId() + ":" + client.secret().value();
        return token(
                "grant_type=client_credentials&scope=" + scope,
                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private MvcTestResult inBody(Made client, String scope) {
        return token(
                "grant_type=client_credentials&client_id=" + client.client().publicId() + "&client_secret="
                        + client.secret().value() + "&scope=" + scope,
                null);
    }

    private MvcTestResult token(String body, @Nullable String authorization) {
        return token(
                body, authorization, "198.51.100." + ThreadLocalRandom.current().nextInt(1, 255));
    }

    private MvcTestResult token(String body, @Nullable String authorization, String from) {
        var request = web.post()
                .uri("/oauth2/token")
                .with(one -> {
                    one.setRemoteAddr(from);
                    for (var pair : body.split("&", -1)) {
                        var parts = pair.split("=", 2);
                        one.addParameter(parts[0], parts[1]);
                    }
                    return one;
                })
                .header("Content-Type", "application/x-www-form-urlencoded");
        return (authorization == null ? request : request.header("Authorization", authorization)).exchange();
    }

    private MvcTestResult get(String path, String token) {
        return send(HttpMethod.GET, path, null, token);
    }

    private MvcTestResult send(HttpMethod method, String path, @Nullable String content, String token) {
        var request = web.method(method).uri(path).header("Authorization", "Bearer " + token);
        if (content != null) {
            request = request.header("Content-Type", "application/json").content(content);
        }
        return request.exchange();
    }

    private String error(MvcTestResult answer) {
        return read(answer).get("error").asString();
    }

    private JsonNode read(MvcTestResult answer) {
        return Objects.requireNonNull(json.readTree(answer.getResponse().getContentAsByteArray()));
    }
}
