package org.espace.federation.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.espace.db.federation.Tables.SCIM_TOKEN;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.federation.Credential;
import org.espace.federation.TwoAreGood;
import org.espace.partners.PartnerId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An organization's directory provisions its users and groups by SCIM 2.0. */
@RoomTest
class ScimTest {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    @Autowired
    MockMvcTester web;

    @Autowired
    ScimTokens tokens;

    @Autowired
    Users users;

    @Autowired
    DSLContext sql;

    @Autowired
    JsonMapper json;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final PartnerId contoso = somePartner();
    private final PartnerId fabrikam = somePartner();
    private String token = "";

    @BeforeEach
    void theAdministratorMakesAToken() {
        token = tokens.issue(contoso, "admin@contoso.example").value();
    }

    @Test
    void aUserIsCreatedReadChangedAndRemoved() {
        var created = post("/Users", user("ada"));

        assertThat(created).hasStatus(201);
        var id = read(created).get("id").asString();
        assertThat(created.getResponse().getHeader("Location")).endsWith("/scim/v2/Users/" + id);
        assertThat(read(get("/Users/" + id)).at("/name/familyName").asString()).isEqualTo("Lovelace");
        assertThat(read(get("/Users/" + id)).get("active").asBoolean()).isTrue();

        var changed = put("/Users/" + id, user("ada").replace("Lovelace", "King"));
        assertThat(changed).hasStatusOk();
        assertThat(changed.getResponse().getHeader("ETag"))
                .isEqualTo(read(changed).at("/meta/version").asString());
        assertThat(read(changed).at("/name/familyName").asString()).isEqualTo("King");
        assertThat(users.find(address("ada")).orElseThrow().name()).isEqualTo("Ada King");

        assertThat(delete("/Users/" + id)).hasStatus(204);
        assertThat(get("/Users/" + id)).hasStatus(404);
        assertThat(post("/Users", user("ada"))).as("the address is free again").hasStatus(201);
    }

    @Test
    void whatTheDirectorySaysOfAUserComesBackAsItWasSent() {
        var id = created("/Users", """
                {"schemas": ["%s", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "userName": "%s", "externalId": "ext-1", "displayName": "Ada L.", "title": "Analyst",
                 "preferredLanguage": "fr-FR",
                 "phoneNumbers": [{"value": "+33 1 23 45 67 89", "type": "work"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Engines"}}
                """.formatted(USER, address("ada")));
        var read = read(get("/Users/" + id));

        assertThat(read.get("externalId").asString()).isEqualTo("ext-1");
        assertThat(read.get("title").asString()).isEqualTo("Analyst");
        assertThat(read.at("/phoneNumbers/0/value").asString()).isEqualTo("+33 1 23 45 67 89");
        assertThat(read.get("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .get("department")
                        .asString())
                .isEqualTo("Engines");
        assertThat(read.at("/emails/0/value").asString()).isEqualTo(address("ada"));
    }

    @Test
    void aPasswordIsNeitherKeptNorAnswered() {
        var created = post("/Users", user("ada").replaceFirst("\\{", "{\"password\": \"tidal-otter-lamp-94\", "));

        assertThat(created).hasStatus(201).bodyText().doesNotContain("tidal");
        assertThat(users.withPassword(address("ada"), "tidal-otter-lamp-94")).isEmpty();
        assertThat(sql.fetch(
                                "select attributes::text from federation.provisioned_user where user_name = ?",
                                address("ada"))
                        .format())
                .doesNotContain("tidal");
    }

    @Test
    void userNamesAreComparedWithoutRegardToCase() {
        var id = created("/Users", user("ada"));

        assertThat(post("/Users", user("ADA"))).hasStatus(409);
        var found = read(get("/Users?filter="
                + filter("USERNAME eq \"" + address("Ada").toUpperCase(java.util.Locale.ROOT) + "\"")));
        assertThat(found.get("totalResults").asInt()).isEqualTo(1);
        assertThat(found.at("/Resources/0/id").asString()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            filter                                                       | found
            externalId eq "of-ada"                                       | 1
            name.familyName co "ovel"                                    | 1
            emails[type eq "work" and value sw "ada"]                    | 1
            displayName pr and not (active eq false)                     | 2
            userName eq "nobody@elsewhere.example"                       | 0
            userName sw "ada" or userName sw "grace"                     | 2
            meta.created gt "2020-01-01T00:00:00Z"                       | 2
            """)
    void usersAreFoundByFilters(String filter, int found) {
        created("/Users", user("ada").replaceFirst("\\{", "{\"externalId\": \"of-ada\", \"displayName\": \"Ada\", "));
        created(
                "/Users",
                user("grace").replace("Lovelace", "Hopper").replaceFirst("\\{", "{\"displayName\": \"Grace\", "));

        var answer = get("/Users?filter=" + filter(filter));
        assertThat(answer).hasStatusOk();
        assertThat(read(answer).get("totalResults").asInt()).isEqualTo(found);
    }

    @Test
    void aFilterThatSaysNothingIsRefused() {
        assertThat(get("/Users?filter=" + filter("userName equals ada")))
                .hasStatus(400)
                .bodyText()
                .contains("invalidFilter");
    }

    @Test
    void aListIsSortedAndComesInPages() {
        for (var name : List.of("carol", "ada", "bob")) {
            created("/Users", user(name));
        }
        var page = read(get("/Users?sortBy=userName&sortOrder=descending&startIndex=2&count=1"));

        assertThat(page.get("totalResults").asInt()).isEqualTo(3);
        assertThat(page.get("startIndex").asInt()).isEqualTo(2);
        assertThat(page.get("itemsPerPage").asInt()).isEqualTo(1);
        assertThat(page.at("/Resources/0/userName").asString()).isEqualTo(address("bob"));
        assertThat(read(get("/Users?count=0")).get("totalResults").asInt()).isEqualTo(3);
    }

    @Test
    void onlyTheAttributesThatAreAskedForAreAnswered() {
        var id = created("/Users", user("ada"));

        assertThat(read(get("/Users/" + id + "?attributes=userName")).propertyNames())
                .containsExactlyInAnyOrder("schemas", "id", "userName");
        assertThat(read(get("/Users/" + id + "?excludedAttributes=name")).has("name"))
                .isFalse();
    }

    @Test
    void aSearchMayBePosted() {
        created("/Users", user("ada"));

        var found = post("/Users/.search", """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName sw \\"ada\\""}
                """);
        assertThat(found).hasStatusOk();
        assertThat(read(found).get("totalResults").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig"})
    void whatTheServiceOffersIsOnlyRead(String path) {
        assertThat(get(path)).hasStatusOk();
        for (var method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            var answer = send(method, path, "{}", token);
            assertThat(answer).hasStatus(405);
            assertThat(answer.getResponse().getHeader("Allow")).isEqualTo("GET, HEAD");
            assertThat(answer.getResponse().getContentType()).startsWith("application/scim+json");
        }
    }

    @Test
    void whatIsNotOfferedIsDeclared() {
        var offered = read(get("/ServiceProviderConfig"));

        assertThat(offered.at("/patch/supported").asBoolean()).isTrue();
        assertThat(offered.at("/filter/supported").asBoolean()).isTrue();
        assertThat(offered.at("/sort/supported").asBoolean()).isTrue();
        assertThat(offered.at("/etag/supported").asBoolean()).isTrue();
        assertThat(offered.at("/changePassword/supported").asBoolean()).isFalse();
        assertThat(read(get("/Schemas/" + USER)).toString()).doesNotContain("\"name\":\"password\"");
        assertThat(get("/Me")).hasStatus(501);
    }

    @Test
    void everyAnswerIsScimJson() {
        var id = created("/Users", user("ada"));
        for (var answer : List.of(
                get("/Users"),
                get("/Users/" + id),
                get("/Users/0"),
                get("/Nothing"),
                get("/Users?filter=x"),
                post("/Users", "{"),
                post("/Users", "{}"),
                send(HttpMethod.GET, "/Users", null, "none"),
                web.get().uri("/scim/v2/Users").exchange())) {
            assertThat(answer.getResponse().getContentType()).startsWith("application/scim+json");
        }
    }

    @Test
    void aClientMaySayThatItWritesLatinLetters() {
        var content = user("ada").replace("Lovelace", "Müller").getBytes(StandardCharsets.ISO_8859_1);
        var answer = web.post()
                .uri("/scim/v2/Users")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json; charset=ISO-8859-1")
                .content(content)
                .exchange();

        assertThat(answer).hasStatus(201);
        assertThat(read(answer).at("/name/familyName").asString()).isEqualTo("Müller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"active\": false}", "{\"active\": \"False\"}"})
    void aUserIsDeactivatedByAPatch(String value) {
        var id = created("/Users", user("ada"));

        var patched = patch("/Users/" + id, "{\"op\": \"replace\", \"value\": %s}".formatted(value));
        assertThat(patched).hasStatusOk();
        assertThat(read(get("/Users/" + id)).get("active").asBoolean()).isFalse();

        patch("/Users/" + id, "{\"op\": \"Replace\", \"path\": \"active\", \"value\": true}");
        assertThat(read(get("/Users/" + id)).get("active").asBoolean()).isTrue();
    }

    @Test
    void anAddressThatRepeatsTheUserNameFollowsIt() {
        var id = created("/Users", "{\"schemas\": [\"%s\"], \"userName\": \"%s\"}".formatted(USER, address("ada")));

        patch(
                "/Users/" + id,
                "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"%s\"}".formatted(address("ada.king")));

        var read = read(get("/Users/" + id));
        assertThat(read.get("userName").asString()).isEqualTo(address("ada.king"));
        assertThat(read.at("/emails/0/value").asString()).isEqualTo(address("ada.king"));
    }

    @Test
    void aUserWhoIsDeactivatedOrRemovedCannotGoOnInAnOpenSession() {
        for (var end : List.of("deactivated", "removed")) {
            var name = end + "." + unique;
            var session = session(signedIn(name));
            assertThat(page("/password", session)).hasStatusOk();
            var id = idOf(address(name));

            if (end.equals("removed")) {
                assertThat(delete("/Users/" + id)).hasStatus(204);
            } else {
                assertThat(patch("/Users/" + id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}"))
                        .hasStatusOk();
            }
            assertThat(page("/password", session)).as(end).hasRedirectedUrl("/login?next=%2Fpassword");
            assertThat(users.find(address(name)))
                    .as(end + ", and they come in no other way")
                    .isEmpty();
        }
    }

    @Test
    void theLastGlobalAdministratorStays() {
        users.create(contoso, address("root"), "Root", List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)), "test");
        var root = idOf(address("root"));

        assertThat(delete("/Users/" + root)).hasStatus(400).bodyText().contains("mutability");
        assertThat(patch("/Users/" + root, "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}"))
                .hasStatus(400)
                .bodyText()
                .contains("mutability");
        assertThat(read(get("/Users/" + root)).get("active").asBoolean()).isTrue();

        users.create(contoso, address("toor"), "Toor", List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)), "test");
        assertThat(delete("/Users/" + root)).hasStatus(204);
    }

    @Test
    void groupsAreCreatedFilledEmptiedAndRemoved() {
        var ada = created("/Users", user("ada"));
        var grace = created("/Users", user("grace"));
        var group = created("/Groups", group("Sales", ada));

        assertThat(read(get("/Users/" + ada)).at("/groups/0/display").asString())
                .isEqualTo("Sales");
        patch(
                "/Groups/" + group,
                "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(grace));
        assertThat(read(get("/Groups/" + group)).get("members").size()).isEqualTo(2);
        assertThat(read(get("/Groups/" + group)).at("/members/0/$ref").asString())
                .endsWith("/scim/v2/Users/" + ada);
        patch("/Groups/" + group, "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(ada));
        assertThat(read(get("/Groups/" + group)).at("/members/0/value").asString())
                .isEqualTo(grace);
        patch("/Groups/" + group, "{\"op\": \"replace\", \"value\": {\"displayName\": \"Sellers\"}}");
        assertThat(read(get("/Groups?filter=" + filter("displayName eq \"sellers\"")))
                        .get("totalResults")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("/Groups", group("SELLERS", ada))).hasStatus(409);
        assertThat(delete("/Groups/" + group)).hasStatus(204);
        assertThat(read(get("/Users/" + grace)).has("groups")).isFalse();
    }

    @Test
    void whoeverEntersOrLeavesAGroupSignsInAgain() {
        var session = session(signedIn("ada"));
        var id = idOf(address("ada"));

        created("/Groups", group("Sales", id));
        assertThat(page("/password", session)).hasRedirectedUrl("/login?next=%2Fpassword");
    }

    @Test
    void nobodySeesTheUsersAndGroupsOfAnotherOrganization() {
        var theirs = tokens.issue(fabrikam, "admin@fabrikam.example").value();
        var ada = created("/Users", user("ada"));
        var sales = created("/Groups", group("Sales", ada));

        assertThat(send(HttpMethod.GET, "/Users/" + ada, null, theirs)).hasStatus(404);
        assertThat(send(HttpMethod.GET, "/Groups/" + sales, null, theirs)).hasStatus(404);
        assertThat(send(HttpMethod.PUT, "/Users/" + ada, user("ada"), theirs)).hasStatus(404);
        assertThat(send(HttpMethod.DELETE, "/Users/" + ada, null, theirs)).hasStatus(404);
        assertThat(send(HttpMethod.DELETE, "/Groups/" + sales, null, theirs)).hasStatus(404);
        for (var filter : List.of(
                "userName eq \"" + address("ada") + "\"", "id eq \"" + ada + "\"", "userName pr", "emails.value pr")) {
            var found = read(send(HttpMethod.GET, "/Users?filter=" + filter(filter), null, theirs));
            assertThat(found.get("totalResults").asInt()).as(filter).isZero();
        }
        assertThat(send(HttpMethod.POST, "/Groups", group("Theirs", ada), theirs))
                .as("a member of another organization")
                .hasStatus(400);
        assertThat(send(HttpMethod.POST, "/Users", user("ada"), theirs))
                .as("an address of another organization")
                .hasStatus(409);
        assertThat(read(get("/Users/" + ada)).get("active").asBoolean()).isTrue();
    }

    @Test
    void aVersionKeepsTwoDirectoriesFromOverwritingEachOther() {
        var id = created("/Users", user("ada"));
        var version = Objects.requireNonNull(get("/Users/" + id).getResponse().getHeader("ETag"));

        assertThat(with("If-None-Match", version, HttpMethod.GET, "/Users/" + id, null))
                .hasStatus(304);
        assertThat(with(
                        "If-Match",
                        version,
                        HttpMethod.PUT,
                        "/Users/" + id,
                        user("ada").replace("Lovelace", "King")))
                .hasStatusOk();
        assertThat(with("If-Match", version, HttpMethod.PUT, "/Users/" + id, user("ada")))
                .hasStatus(412);
        assertThat(with("If-Match", version, HttpMethod.DELETE, "/Users/" + id, null))
                .hasStatus(412);
        assertThat(with("If-Match", "*", HttpMethod.DELETE, "/Users/" + id, null))
                .hasStatus(204);
    }

    @Test
    void aRefusedPatchChangesNothing() {
        var id = created("/Users", user("ada"));

        assertThat(send(HttpMethod.PATCH, "/Users/" + id, """
                {"schemas": ["%s"], "Operations": [
                   {"op": "replace", "path": "title", "value": "Countess"},
                   {"op": "replace", "path": "noSuchThing", "value": "x"}]}
                """.formatted(PATCH), token))
                .hasStatus(400);
        assertThat(read(get("/Users/" + id)).has("title")).isFalse();
    }

    @Test
    void aDocumentThatIsTooLargeIsRefused() {
        assertThat(post("/Users", user("ada").replace("Lovelace", "L".repeat(3 << 20))))
                .hasStatus(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "аda@contoso.example"})
    void whatIsNoAddressIsRefused(String userName) {
        assertThat(post("/Users", "{\"schemas\": [\"%s\"], \"userName\": \"%s\"}".formatted(USER, userName)))
                .hasStatus(400)
                .bodyText()
                .contains("invalidValue");
    }

    @Test
    void twoTokensAreGoodAtOnceAndNoThirdOne() {
        var second = tokens.issue(contoso, "admin@contoso.example").value();
        assertThat(send(HttpMethod.GET, "/Users", null, token)).hasStatusOk();
        assertThat(send(HttpMethod.GET, "/Users", null, second)).hasStatusOk();
        assertThatExceptionOfType(TwoAreGood.class).isThrownBy(() -> tokens.issue(contoso, "admin@contoso.example"));

        tokens.revoke(contoso, tokens.of(contoso).getFirst().id(), "admin@contoso.example");
        assertThat(send(HttpMethod.GET, "/Users", null, token)).hasStatus(401);
        assertThat(send(HttpMethod.GET, "/Users", null, second)).hasStatusOk();
    }

    @Test
    void aTokenExpires() {
        sql.update(SCIM_TOKEN)
                .set(SCIM_TOKEN.MADE_AT, java.time.Instant.EPOCH)
                .set(SCIM_TOKEN.EXPIRES_AT, java.time.Instant.now())
                .where(SCIM_TOKEN.TOKEN_HASH.eq(new Credential(token).hash()))
                .execute();

        var answer = get("/Users");
        assertThat(answer).hasStatus(401);
        assertThat(answer.getResponse().getHeader("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void ofATokenOnlyItsHashIsKept() {
        assertThat(sql.fetch("select * from federation.scim_token").format()).doesNotContain(token);
    }

    @Test
    void aTokenOpensNoPage() {
        assertThat(web.get().uri("/partners/" + contoso + "/earnings").header("Authorization", "Bearer " + token))
                .hasStatus3xxRedirection();
        assertThat(web.get().uri("/api/v1/partners/" + contoso + "/users").header("Authorization", "Bearer " + token))
                .hasStatus(403);
    }

    private String address(String name) {
        return (name + "." + unique + "@contoso.example").toLowerCase(java.util.Locale.ROOT);
    }

    private String user(String name) {
        return """
                {"schemas": ["%s"], "userName": "%s", "name": {"givenName": "Ada", "familyName": "Lovelace"},
                 "emails": [{"value": "%s", "type": "work", "primary": true}]}
                """.formatted(
                        USER,
                        name.equals("ADA") ? address(name).toUpperCase(java.util.Locale.ROOT) : address(name),
                        address(name));
    }

    private static String group(String name, String... members) {
        var values = java.util.Arrays.stream(members)
                .map("{\"value\": \"%s\"}"::formatted)
                .toList();
        return "{\"schemas\": [\"%s\"], \"displayName\": \"%s\", \"members\": [%s]}"
                .formatted(GROUP, name, String.join(", ", values));
    }

    private String created(String path, String content) {
        var answer = post(path, content);
        assertThat(answer).hasStatus(201);
        return read(answer).get("id").asString();
    }

    private String idOf(String userName) {
        return read(get("/Users?filter=" + filter("userName eq \"" + userName + "\"")))
                .at("/Resources/0/id")
                .asString();
    }

    private MvcTestResult get(String path) {
        return send(HttpMethod.GET, path, null, token);
    }

    private MvcTestResult post(String path, String content) {
        return send(HttpMethod.POST, path, content, token);
    }

    private MvcTestResult put(String path, String content) {
        return send(HttpMethod.PUT, path, content, token);
    }

    private MvcTestResult patch(String path, String operation) {
        return send(
                HttpMethod.PATCH,
                path,
                "{\"schemas\": [\"%s\"], \"Operations\": [%s]}".formatted(PATCH, operation),
                token);
    }

    private MvcTestResult delete(String path) {
        return send(HttpMethod.DELETE, path, null, token);
    }

    private MvcTestResult send(HttpMethod method, String path, @Nullable String content, String bearer) {
        return exchange(method, path, content, bearer, "Accept", "application/scim+json");
    }

    private MvcTestResult with(String header, String value, HttpMethod method, String path, @Nullable String content) {
        return exchange(method, path, content, token, header, value);
    }

    private MvcTestResult exchange(
            HttpMethod method, String path, @Nullable String content, String bearer, String header, String value) {
        var request = web.method(method)
                .uri(java.net.URI.create("/scim/v2" + path))
                .header("Authorization", "Bearer " + bearer)
                .header(header, value);
        if (content != null) {
            request = request.header("Content-Type", "application/scim+json").content(content);
        }
        return request.exchange();
    }

    private JsonNode read(MvcTestResult answer) {
        return json.readTree(answer.getResponse().getContentAsByteArray());
    }

    private static String filter(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    private MvcTestResult signedIn(String name) {
        var temporary = users.create(
                contoso, address(name), "Ada Lovelace", List.of(Grant.at(contoso, Role.INCENTIVES_USER)), "test");
        return web.post()
                .uri("/login")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(
                            "192.0.2." + ThreadLocalRandom.current().nextInt(1, 255));
                    return request;
                })
                .param("email", temporary.email())
                .param("password", temporary.password())
                .exchange();
    }

    private MvcTestResult page(String path, Cookie session) {
        return web.get().uri(path).cookie(session).exchange();
    }

    private static Cookie session(MvcTestResult answer) {
        return Objects.requireNonNull(answer.getResponse().getCookie("SESSION"), "no session");
    }

    private static PartnerId somePartner() {
        return new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 900_000_000));
    }
}
