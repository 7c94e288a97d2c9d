package org.espace.federation.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A directory does many things in one request, each as if it were one of its own: RFC 7644 section 3.7. */
@RoomTest
class ScimBulkTest {

    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String WORK = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
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
    void whatIsOfferedIsDeclaredWithItsLimits() {
        var bulk = read(get("/ServiceProviderConfig")).get("bulk");

        assertThat(bulk.get("supported").asBoolean()).isTrue();
        assertThat(bulk.get("maxOperations").asInt()).isEqualTo(1000);
        assertThat(bulk.get("maxPayloadSize").asInt()).isEqualTo(1_048_576);
    }

    @Test
    void aGroupNamesUsersThatTheSameRequestMakesAfterIt() {
        var results = bulk(
                post("/Groups", "sales", group("Sales", "bulkId:ada", "bulkId:grace")),
                post("/Users", "ada", user("ada")),
                post("/Users", "grace", user("grace")));

        assertThat(texts(results, "status")).containsExactly("201", "201", "201");
        assertThat(texts(results, "bulkId")).containsExactly("sales", "ada", "grace");
        assertThat(texts(results, "method")).containsOnly("POST");
        var sales = read(get(path(results.getFirst())));
        assertThat(sales.get("members").size()).isEqualTo(2);
        assertThat(sales.at("/meta/version").asString())
                .isEqualTo(results.getFirst().get("version").asString());
        assertThat(results.getFirst().has("response"))
                .as("only a refusal is told")
                .isFalse();
        assertThat(acts("provisioning.user-created")).isEqualTo(2);
        assertThat(acts("provisioning.group-created")).isEqualTo(1);
        assertThat(acts("provisioning.members-changed")).isEqualTo(1);
    }

    @Test
    void changesAndRemovalsNameWhatIsMadeByItsBulkId() {
        var results = bulk(
                operation("PATCH", "/Groups/bulkId:sales", """
                        {"schemas": ["%s"], "Operations": [
                          {"op": "add", "path": "members", "value": [{"value": "bulkId:ada"}]}]}
                        """.formatted(PATCH)),
                post("/Users", "ada", user("ada")),
                post("/Groups", "sales", group("Sales")),
                post("/Users", "grace", user("grace")),
                operation("PUT", "/Users/bulkId:grace", user("grace").replace("Lovelace", "Hopper")),
                operation("DELETE", "/Users/bulkId:grace", null));

        assertThat(texts(results, "status")).containsExactly("200", "201", "201", "201", "200", "204");
        assertThat(read(get(path(results.getFirst()))).get("members").size()).isEqualTo(1);
        assertThat(get(path(results.get(3)))).hasStatus(404);
    }

    @Test
    void oneRefusalLeavesTheOthersDone() {
        var results = bulk(
                post("/Users", "bad", user("ada").replace(address("ada"), "not an address")),
                post("/Users", "grace", user("grace")),
                operation("DELETE", "/Users/999999999", null));

        assertThat(texts(results, "status")).containsExactly("400", "201", "404");
        assertThat(results.getFirst().at("/response/scimType").asString()).isEqualTo("invalidValue");
        assertThat(results.getFirst().has("location")).as("nothing was made").isFalse();
        assertThat(results.getLast().get("location").asString()).endsWith("/scim/v2/Users/999999999");
        assertThat(users.find(address("grace"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            failOnErrors | done
            1            | 2
            2            | 4
            3            | 5
            0            | 2
            """)
    void afterSoManyErrorsNothingMoreIsDone(int failOnErrors, int done) {
        var answer = send(
                HttpMethod.POST,
                "/Bulk",
                request(
                        "\"failOnErrors\": " + failOnErrors + ",",
                        post("/Users", "ada", user("ada")),
                        operation("DELETE", "/Users/999999998", null),
                        post("/Users", "grace", user("grace")),
                        operation("DELETE", "/Users/999999999", null),
                        post("/Users", "joan", user("joan"))),
                token);

        assertThat(answer).hasStatusOk();
        assertThat(read(answer).get("Operations").size()).isEqualTo(done);
        assertThat(users.find(address("joan")).isPresent()).isEqualTo(done == 5);
    }

    @Test
    void usersWhoNameEachOtherAreMadeTogether() {
        var results = bulk(
                post("/Users", "ada", user("ada", "bulkId:grace")),
                post("/Users", "grace", user("grace", "bulkId:joan")),
                post("/Users", "joan", user("joan", "bulkId:ada")),
                post("/Users", "mary", user("mary", "bulkId:mary")));

        assertThat(texts(results, "status")).containsOnly("201");
        for (var i = 0; i < 3; i++) {
            assertThat(manager(results.get(i))).isEqualTo(id(results.get((i + 1) % 3)));
        }
        assertThat(manager(results.getLast())).as("their own").isEqualTo(id(results.getLast()));
        assertThat(read(get(path(results.getFirst()))).at("/meta/version").asString())
                .isEqualTo(results.getFirst().get("version").asString());
        assertThat(acts("provisioning.user-created")).isEqualTo(4);
    }

    @Test
    void ofUsersWhoNameEachOtherNoneIsMadeWhenOneCannotBe() {
        var results = bulk(
                post("/Users", "ada", user("ada", "bulkId:grace")),
                post("/Users", "grace", user("grace", "bulkId:ada").replace(address("grace"), "not an address")),
                post("/Groups", "sales", group("Sales", "bulkId:ada")),
                post("/Users", "joan", user("joan")));

        assertThat(texts(results, "status")).containsExactly("409", "400", "409", "201");
        assertThat(users.find(address("ada"))).isEmpty();
        assertThat(acts("provisioning.user-created")).isEqualTo(1);
    }

    @Test
    void aNameThatLeadsNowhereIsRefused() {
        var results = bulk(
                post("/Groups", "sales", group("Sales", "bulkId:nobody")),
                operation("DELETE", "/Users/bulkId:nobody", null),
                post("/Groups", "of-groups", group("Groups", "bulkId:plain")),
                post("/Groups", "plain", group("Plain")),
                operation("DELETE", "/Users/bulkId:plain", null));

        assertThat(texts(results, "status")).containsExactly("400", "400", "400", "201", "400");
        assertThat(results.getFirst().at("/response/scimType").asString()).isEqualTo("invalidValue");
        assertThat(results.getFirst().at("/response/detail").asString()).contains("nobody");
        assertThat(get(path(results.get(3))))
                .as("a group is no user of the same number")
                .hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            operation
            {"method": "GET", "path": "/Users/1"}
            {"method": "OPTIONS", "path": "/Users/1"}
            {"path": "/Users/1"}
            {"method": "DELETE"}
            {"method": "DELETE", "path": "/Users"}
            {"method": "DELETE", "path": "/Schemas/1"}
            {"method": "DELETE", "path": "/Users/1/2"}
            {"method": "DELETE", "path": "https://elsewhere.example/Users/1"}
            {"method": "DELETE", "path": "/Users/1?x=y"}
            {"method": "PUT", "path": "/Users/1"}
            {"method": "PUT", "path": "/Users/1", "data": "text"}
            {"method": "POST", "path": "/Users", "data": {}}
            {"method": "POST", "path": "/Users", "bulkId": " ", "data": {}}
            {"method": "POST", "path": "/Users/1", "bulkId": "x", "data": {}}
            {"method": "POST", "path": "/Bulk", "bulkId": "x", "data": {}}
            {"method": "POST", "path": "/Users", "bulkId": "x", "version": "1", "data": {}}
            "DELETE /Users/1"
            7
            """)
    void anOperationThatIsNoneIsRefusedAlone(String operation) {
        var results = bulk(operation, post("/Users", "ada", user("ada")));

        assertThat(texts(results, "status")).containsExactly("400", "201");
        assertThat(results.getFirst().at("/response/scimType").asString()).isEqualTo("invalidSyntax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "7",
                "{}",
                "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": []}",
                "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]}",
                "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"], \"Operations\": {}}",
                "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"], \"failOnErrors\": \"one\","
                        + " \"Operations\": []}"
            })
    void whatIsNoBulkRequestIsRefusedAsAWhole(String content) {
        assertThat(send(HttpMethod.POST, "/Bulk", content, token))
                .hasStatus(400)
                .bodyText()
                .contains("invalidSyntax");
    }

    @Test
    void twoThingsOfOneNameAreRefusedAsAWhole() {
        var answer = send(
                HttpMethod.POST,
                "/Bulk",
                request("", post("/Users", "one", user("ada")), post("/Users", "one", user("grace"))),
                token);

        assertThat(answer).hasStatus(400);
        assertThat(users.find(address("ada"))).isEmpty();
    }

    @Test
    void tooManyOperationsAreRefusedAsAWhole() {
        var most = IntStream.rangeClosed(0, 1000)
                .mapToObj(i -> "{\"method\": \"DELETE\", \"path\": \"/Users/999999999\"}")
                .toArray(String[]::new);

        assertThat(send(HttpMethod.POST, "/Bulk", request("", most), token))
                .hasStatus(413)
                .bodyText()
                .contains("maxOperations is 1000");
        assertThat(bulk(Arrays.copyOf(most, 1000))).hasSize(1000);
    }

    @Test
    void tooManyBytesAreRefusedAsAWhole() {
        assertThat(send(
                        HttpMethod.POST,
                        "/Bulk",
                        request("", post("/Users", "ada", user("ada").replace("Lovelace", "L".repeat(1 << 20)))),
                        token))
                .hasStatus(413)
                .bodyText()
                .contains("maxPayloadSize");
    }

    @Test
    void aVersionThatIsNoMoreIsRefused() {
        var made = bulk(post("/Users", "ada", user("ada"))).getFirst();
        var version = made.get("version").asString();

        var results = bulk(
                versioned("PUT", path(made), version, user("ada").replace("Lovelace", "King")),
                versioned("PUT", path(made), version, user("ada")),
                versioned("DELETE", path(made), version, null),
                versioned("DELETE", path(made), "*", null));

        assertThat(texts(results, "status")).containsExactly("200", "412", "412", "204");
        assertThat(results.getFirst().get("version").asString()).isNotEqualTo(version);
    }

    @Test
    void doneTwiceItIsDoneOnce() {
        var request =
                new String[] {post("/Users", "ada", user("ada")), post("/Groups", "sales", group("Sales", "bulkId:ada"))
                };
        assertThat(texts(bulk(request), "status")).containsExactly("201", "201");

        assertThat(texts(bulk(request), "status")).containsExactly("409", "409");
        assertThat(read(get("/Users")).get("totalResults").asInt()).isEqualTo(1);
        assertThat(acts("provisioning.user-created")).isEqualTo(1);
    }

    @Test
    void aUserWhoIsRemovedCannotGoOnInAnOpenSession() {
        var session = signedIn("ada");
        assertThat(page("/password", session)).hasStatusOk();

        assertThat(texts(bulk(operation("DELETE", "/Users/" + idOf("ada"), null)), "status"))
                .containsExactly("204");
        assertThat(page("/password", session)).hasRedirectedUrl("/login?next=%2Fpassword");
    }

    @Test
    void theLastGlobalAdministratorStays() {
        for (var name : List.of("root", "toor")) {
            users.create(contoso, address(name), name, List.of(Grant.at(contoso, Role.GLOBAL_ADMINISTRATOR)), "test");
        }
        var results = bulk(
                operation("DELETE", "/Users/" + idOf("root"), null),
                operation("DELETE", "/Users/" + idOf("toor"), null));

        assertThat(texts(results, "status")).containsExactly("204", "400");
        assertThat(results.getLast().at("/response/scimType").asString()).isEqualTo("mutability");
        assertThat(users.find(address("toor"))).isPresent();
    }

    @Test
    void nobodyReachesTheUsersAndGroupsOfAnotherOrganization() {
        var made = bulk(post("/Users", "ada", user("ada")), post("/Groups", "sales", group("Sales")));
        var theirs = tokens.issue(fabrikam, "admin@fabrikam.example").value();
        var ada = id(made.getFirst());

        var answer = read(send(
                HttpMethod.POST,
                "/Bulk",
                request(
                        "",
                        operation("DELETE", path(made.getFirst()), null),
                        operation("DELETE", path(made.getLast()), null),
                        operation("PUT", path(made.getFirst()), user("ada")),
                        post("/Groups", "theirs", group("Theirs", ada)),
                        post("/Users", "ada", user("ada"))),
                theirs));

        assertThat(texts(operations(answer), "status")).containsExactly("404", "404", "404", "400", "409");
        assertThat(get(path(made.getFirst()))).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void onlyAPostIsABulkRequest(String method) {
        assertThat(send(HttpMethod.valueOf(method), "/Bulk", "{}", token)).hasStatus(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Users/Bulk", "/Users/k", "/Bulk/Bulk", "/ulk"})
    void whatOnlyEndsLikeItIsNot(String path) {
        assertThat(send(HttpMethod.POST, path, request("", post("/Users", "ada", user("ada"))), token))
                .hasStatus(404);
        assertThat(users.find(address("ada"))).isEmpty();
    }

    private String address(String name) {
        return (name + "." + unique + "@contoso.example").toLowerCase(Locale.ROOT);
    }

    private String user(String name) {
        return """
                {"schemas": ["%s"], "userName": "%s", "name": {"givenName": "Ada", "familyName": "Lovelace"}}
                """.formatted(USER, address(name));
    }

    private String user(String name, String manager) {
        return """
                {"schemas": ["%s", "%s"], "userName": "%s", "name": {"givenName": "Ada", "familyName": "Lovelace"},
                 "%s": {"manager": {"value": "%s"}}}
                """.formatted(USER, WORK, address(name), WORK, manager);
    }

    private static String group(String name, String... members) {
        return "{\"schemas\": [\"%s\"], \"displayName\": \"%s\", \"members\": [%s]}"
                .formatted(
                        GROUP,
                        name,
                        Arrays.stream(members)
                                .map("{\"value\": \"%s\"}"::formatted)
                                .collect(Collectors.joining(", ")));
    }

    private static String post(String path, String bulkId, String data) {
        return "{\"method\": \"POST\", \"path\": \"%s\", \"bulkId\": \"%s\", \"data\": %s}"
                .formatted(path, bulkId, data);
    }

    private static String operation(String method, String path, @Nullable String data) {
        return "{\"method\": \"%s\", \"path\": \"%s\"%s}"
                .formatted(method, path, data == null ? "" : ", \"data\": " + data);
    }

    private static String versioned(String method, String path, String version, @Nullable String data) {
        return "{\"method\": \"%s\", \"path\": \"%s\", \"version\": \"%s\"%s}"
                .formatted(method, path, version.replace("\"", "\\\""), data == null ? "" : ", \"data\": " + data);
    }

    private static String request(String more, String... operations) {
        return "{\"schemas\": [\"%s\"], %s \"Operations\": [%s]}".formatted(BULK, more, String.join(", ", operations));
    }

    private List<JsonNode> bulk(String... operations) {
        var answer = send(HttpMethod.POST, "/Bulk", request("", operations), token);
        assertThat(answer).hasStatusOk();
        return operations(read(answer));
    }

    private static List<JsonNode> operations(JsonNode answer) {
        return StreamSupport.stream(answer.get("Operations").spliterator(), false)
                .toList();
    }

    private static List<String> texts(List<JsonNode> results, String name) {
        return results.stream().map(one -> one.get(name).asString()).toList();
    }

    private static String path(JsonNode result) {
        return result.get("location").asString().replaceFirst(".*/scim/v2", "");
    }

    private static String id(JsonNode result) {
        return path(result).replaceFirst(".*/", "");
    }

    private String manager(JsonNode result) {
        return read(get(path(result))).get(WORK).at("/manager/value").asString();
    }

    private int acts(String action) {
        return sql.fetchSingle(
                        "select count(*) from audit.entry where action = ? and partner_id = ?", action, contoso.value())
                .get(0, int.class);
    }

    private MvcTestResult get(String path) {
        return send(HttpMethod.GET, path, "", token);
    }

    private MvcTestResult send(HttpMethod method, String path, String content, String bearer) {
        return web.method(method)
                .uri("/scim/v2" + path)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/scim+json")
                .content(content)
                .exchange();
    }

    private JsonNode read(MvcTestResult answer) {
        return json.readTree(answer.getResponse().getContentAsByteArray());
    }

    private String idOf(String name) {
        return users.find(address(name)).orElseThrow().id().toString();
    }

    private Cookie signedIn(String name) {
        var temporary = users.create(
                contoso, address(name), "Ada Lovelace", List.of(Grant.at(contoso, Role.INCENTIVES_USER)), "test");
        var answer = web.post()
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
        return Objects.requireNonNull(answer.getResponse().getCookie("SESSION"), "no session");
    }

    private MvcTestResult page(String path, Cookie session) {
        return web.get().uri(path).cookie(session).exchange();
    }

    private static PartnerId somePartner() {
        return new PartnerId(ThreadLocalRandom.current().nextInt(1_000_000, 900_000_000));
    }
}
