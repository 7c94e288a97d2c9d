package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** One partner with a global administrator and a user-management administrator. */
@RoomTest
class UserPagesTest {

    @Autowired
    Users users;

    @Autowired
    Directory directory;

    @Autowired
    Groups groups;

    @Autowired
    Partners partners;

    @Autowired
    MockMvcTester web;

    private final String suffix = UUID.randomUUID() + ".example";
    private PartnerId partner = new PartnerId(0);
    private int location;

    @BeforeEach
    void onePartnerWithTwoAdministrators() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        location = partners.newLocationIds().getAsInt();
        partners.register(
                List.of(new Partner(partner, "PAGES-" + partner, "Brisolane", "FR")),
                List.of(new Location(
                        new LocationId(location),
                        partner,
                        "PAGES-" + partner + "-1",
                        "Lyon",
                        "FR",
                        "indirect-reseller")));
        user("global", Role.GLOBAL_ADMINISTRATOR);
        user("manager", Role.USER_ADMINISTRATOR);
    }

    @Test
    void aUserIsAddedAndTheTemporaryPasswordShownOnce() {
        var answer = post(
                "/new",
                "manager",
                Map.of(
                        "email", "Anna@" + suffix,
                        "first", "Anna",
                        "last", "Roche",
                        "roles", "incentives-user",
                        "location", Integer.toString(location)));

        assertThat(answer).hasStatusOk().headers().hasValue("Cache-Control", "no-store");
        var page = body(answer);
        var word = Pattern.compile("\\b(\\w{4}-\\w{4}-\\w{4}-\\w{4})\\b").matcher(page);
        assertThat(word.find()).isTrue();
        assertThat(users.withPassword("anna@" + suffix, word.group(1))).isPresent();
        assertThat(find("anna").grants())
                .containsExactly(Grant.at(partner, Role.INCENTIVES_USER, new LocationId(location), null));
        assertThat(get("/" + find("anna").id(), "manager")).doesNotContain(word.group(1));
    }

    @Test
    void whatIsWrongStandsBesideItsFieldAndWhatWasTypedIsKept() {
        var answer = post(
                "/new", "manager", Map.of("email", "global@" + suffix, "first", "Anna", "roles", "incentives-user"));
        assertThat(answer).hasStatus(422);
        assertThat(body(answer)).contains("Somebody has this address already", "value=\"Anna\"");

        var tooWide = post(
                "/new",
                "global",
                Map.of(
                        "email",
                        "anna@" + suffix,
                        "first",
                        "Anna",
                        "roles",
                        "billing-administrator",
                        "location",
                        Integer.toString(location)));
        assertThat(tooWide).hasStatus(422);
        assertThat(body(tooWide)).contains("holds for the whole organization");
    }

    @Test
    void aRoleThatIsNotOnTheFormIsRefusedInWords() {
        var answer = post(
                "/new", "manager", Map.of("email", "anna@" + suffix, "first", "Anna", "roles", "global-administrator"));

        assertThat(answer).hasStatus(403);
        assertThat(body(answer)).contains("This role is not yours to give");
        assertThat(users.exists("anna@" + suffix)).isFalse();
        assertThat(post("/new", "global", Map.of("email", "anna@" + suffix, "first", "Anna", "roles", "operator")))
                .hasStatus(403);
    }

    @Test
    void usersAreFoundByNameAddressRoleAndStateAndTheExportHasWhatIsListed() {
        user("anna", Role.INCENTIVES_USER);
        user("=cmd", Role.SALES_AGENT);
        users.close(find("anna"), Closing.DEACTIVATED, "test");

        assertThat(get("?q=ANN", "manager"))
                .contains("One user", "anna@" + suffix)
                .doesNotContain("global@" + suffix);
        assertThat(get("?role=sales-agent", "manager")).contains("One user", "=cmd");
        assertThat(get("?state=deactivated", "manager")).contains("One user", "anna@" + suffix);
        assertThat(get("?q=nobody", "manager")).contains("Nobody is like that");
        assertThat(get("?state=nonsense&role=nonsense&page=99999", "manager")).contains("4 users");
        assertThat(get(".csv?role=sales-agent", "manager"))
                .contains("\"'=cmd@" + suffix + "\"", "Sales agent")
                .doesNotContain("global@");
    }

    @Test
    void theUsersOfAnotherPartnerAreNotFoundUnderOnesOwnPath() {
        var other = new PartnerId(partners.newPartnerIds().getAsInt());
        users.create(other, "far@" + suffix, "Far", List.of(), "test");
        var far = directory.find("far@" + suffix).orElseThrow().id();

        assertThat(web.get().uri(path("/" + far)).with(as("global"))).hasStatus(404);
        for (var act : List.of("password", "roles", "deactivation", "removal", "sessions", "profile")) {
            assertThat(post(
                            "/" + far + "/" + act,
                            "global",
                            Map.of("roles", "sales-agent", "name", "X", "from", "center")))
                    .hasStatus(404);
        }
        assertThat(users.find("far@" + suffix)).isPresent();
    }

    @Test
    void removingSaysFromWhereAndDoesThat() {
        var anna = user("anna", Role.INCENTIVES_USER);
        post("/" + anna.id() + "/removal", "manager", Map.of("from", "center"));
        assertThat(find("anna").state()).isEqualTo(User.State.REMOVED);
        assertThat(get("/" + anna.id(), "manager"))
                .contains("From the organization")
                .doesNotContain("value=\"center\"");

        assertThat(post("/" + anna.id() + "/removal", "manager", Map.of("from", "organization")))
                .hasRedirectedUrl(path(""));
        assertThat(users.exists("anna@" + suffix)).isFalse();
    }

    @Test
    void theLastGlobalAdministratorIsKeptInWords() {
        var global = find("global");
        assertThat(get("", "global")).contains("Two are better");
        assertThat(post("/" + global.id() + "/deactivation", "manager", Map.of()))
                .hasStatus(403);
        var answer = post("/" + global.id() + "/roles/removal", "global", Map.of("role", "global-administrator"));
        assertThat(answer).hasStatus(409);
        assertThat(body(answer)).contains("the last administrator who can sign in");
    }

    @Test
    void invitationsGoToTenAddressesAtMostAllOrNone() {
        var many = String.join(
                ";",
                IntStream.range(0, 11).mapToObj(i -> "i" + i + "@" + suffix).toList());
        assertThat(body(post("/invitations", "manager", Map.of("emails", many, "roles", "sales-agent"))))
                .contains("At most ten at a time");
        assertThat(body(post(
                        "/invitations",
                        "manager",
                        Map.of("emails", "good@" + suffix + ", nonsense", "roles", "sales-agent"))))
                .contains("These are no addresses", "nonsense");
        assertThat(get("", "manager")).doesNotContain("good@" + suffix);

        assertThat(post(
                        "/invitations",
                        "manager",
                        Map.of("emails", "a@" + suffix + ";b@" + suffix + "\nc@" + suffix, "roles", "sales-agent")))
                .hasRedirectedUrl(path("#invitations"));
        assertThat(get("", "manager")).contains("Invitations pending", "a@" + suffix, "b@" + suffix, "c@" + suffix);
    }

    @Test
    void aFileIsCheckedSavedAndItsPasswordsDownloadedOnce() throws Exception {
        var file = "email,first_name,last_name,roles\nanna@" + suffix + ",Anna,Roche,incentives-user\nbad,B,B,none\n";
        var checked = web.post()
                .uri(path("/lists"))
                .multipart()
                .file(new MockMultipartFile("file", "../../people.csv", "text/csv", file.getBytes(UTF_8)))
                .with(as("manager"))
                .with(csrf())
                .exchange();
        var list = String.valueOf(checked.getResponse().getRedirectedUrl());
        var page = body(web.get().uri(list).with(as("manager")).exchange());
        assertThat(page)
                .contains("One row is good", "and one is refused", "people.csv", "UNKNOWN_ROLE")
                .doesNotContain("..");
        assertThat(users.exists("anna@" + suffix)).isFalse();

        post(list.substring(path("").length()) + "/saving", "manager", Map.of());
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (!body(web.get().uri(list).with(as("manager")).exchange()).contains("log.csv")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
        var log = body(post(list.substring(path("").length()) + "/log.csv", "manager", Map.of()));
        assertThat(log).containsPattern("anna@.*\\w{4}-\\w{4}-\\w{4}-\\w{4}");
        assertThat(body(post(list.substring(path("").length()) + "/log.csv", "manager", Map.of())))
                .contains("anna@")
                .doesNotContainPattern("\\w{4}-\\w{4}-\\w{4}-\\w{4}\"");
    }

    @Test
    void aGroupIsMadeGivenRolesAndMembers() {
        user("anna");
        var made = post("/groups", "manager", Map.of("name", "Incentives team"));
        var group = String.valueOf(made.getResponse().getRedirectedUrl()).substring(path("").length());
        post(group + "/roles", "manager", Map.of("roles", "incentives-user"));
        post(group + "/members", "manager", Map.of("email", "anna@" + suffix));

        assertThat(users.find("anna@" + suffix).orElseThrow().grants())
                .containsExactly(Grant.at(partner, Role.INCENTIVES_USER));
        assertThat(body(post(group + "/members", "manager", Map.of("email", "nobody@" + suffix))))
                .contains("No user of this organization has this address");
        assertThat(body(post(group + "/roles", "global", Map.of("roles", "global-administrator"))))
                .contains("A group cannot make global administrators");
        assertThat(body(post("/groups", "manager", Map.of("name", "INCENTIVES TEAM"))))
                .contains("of this name already");
    }

    @Test
    void theOperatorLooksAndCreatesOnlyTheFirstGlobalAdministrator() {
        var bare = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(bare, "BARE-" + bare, "Bare", "FR")), List.<Location>of());
        var operator = new SignedIn(
                new UserId(2), "op@" + suffix, "Op", null, null, null, List.of(Grant.atVendor(Role.OPERATOR)));

        assertThat(body(web.get()
                        .uri("/partners/" + bare + "/users")
                        .with(as(operator))
                        .exchange()))
                .contains("Create the first global administrator")
                .doesNotContain("Add a user");
        var first = "/partners/" + bare + "/users/first-administrator";
        assertThat(web.post()
                        .uri(first)
                        .with(as(operator))
                        .with(csrf())
                        .param("email", "first@" + suffix)
                        .param("first", "First"))
                .hasStatusOk();
        assertThat(web.post()
                        .uri(first)
                        .with(as(operator))
                        .with(csrf())
                        .param("email", "second@" + suffix)
                        .param("first", "Second"))
                .hasStatus(422);
        assertThat(web.get().uri(path("/new")).with(as(operator))).hasStatus(403);
    }

    @Test
    void myAccessNamesWhatILackAndWhomToAsk() {
        user("anna", Role.REPORT_VIEWER);
        var page = body(web.get().uri("/access").with(as("anna")).exchange());

        assertThat(page)
                .contains("Report viewer", "Incentives user", "global@" + suffix, "manager@" + suffix)
                .doesNotContain("Operator");
    }

    @Test
    void aChangedRoleIsFeltAtTheNextRequest() {
        var anna = user("anna", Role.INCENTIVES_USER);
        post("/" + anna.id() + "/roles", "manager", Map.of("roles", "sales-agent"));
        post("/" + anna.id() + "/roles/removal", "manager", Map.of("role", "incentives-user"));

        assertThat(find("anna").grants()).containsExactly(Grant.at(partner, Role.SALES_AGENT));
    }

    private User user(String name, Role... roles) {
        users.create(
                partner,
                name + "@" + suffix,
                name,
                Stream.of(roles).map(role -> Grant.at(partner, role)).toList(),
                "test");
        return find(name);
    }

    private User find(String name) {
        return directory.find(name + "@" + suffix).orElseThrow();
    }

    private String path(String rest) {
        return "/partners/" + partner + "/users" + rest;
    }

    private String get(String rest, String by) {
        var answer = web.get().uri(path(rest)).with(as(by)).exchange();
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private MvcTestResult post(String rest, String by, Map<String, String> form) {
        var request = web.post().uri(path(rest)).with(as(by)).with(csrf());
        form.forEach(request::param);
        return request.exchange();
    }

    private static String body(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), UTF_8);
    }

    private RequestPostProcessor as(String name) {
        return as(users.find(name + "@" + suffix).orElseThrow().owing(null));
    }

    private static RequestPostProcessor as(SignedIn user) {
        return authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }
}
