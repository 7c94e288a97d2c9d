package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.Visitor.body;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.Visitor;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.eligibility.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class EnrollmentPagesTest {

    @Autowired
    Reseller.World world;

    @Autowired
    Memberships memberships;

    @Autowired
    MockMvcTester web;

    @Autowired
    Clock clock;

    Reseller reseller;
    String path;
    String lyon;

    @BeforeEach
    void anInvitedReseller() {
        reseller = world.reseller();
        path = "/partners/" + reseller.partner() + "/enrollments";
        lyon = path + "/" + reseller.lyon().id() + "/" + reseller.program();
        world.say(
                reseller,
                Verdict.ELIGIBLE,
                true,
                LocalDate.now(clock),
                reseller.lyon().id());
    }

    @Test
    void theTableSaysByProgramAndByLocationWhereEachStandsAndWhatIsNext() {
        assertThat(body(get(path, "en", administrator())))
                .contains(
                        "Growth of ENR", "0 of 2 locations enrolled", "Invited", "Ineligible", "href=\"" + lyon + "\"")
                .contains("aria-sort=\"ascending\"");
        assertThat(body(get(path + "?by=location&sort=status&order=down", "fr", administrator())))
                .contains("Par site", "Croissance de ENR", "Non éligible", "aria-sort=\"descending\"");
    }

    @Test
    void whoeverCannotEnrollIsToldWhomToAsk() {
        var reader = reader(Grant.at(reseller.partner(), Role.INCENTIVES_USER));
        assertThat(body(get(lyon, "en", reader)))
                .contains("An incentives administrator of your organization enrolls")
                .doesNotContain("acceptance", "Decline");
        assertThat(post(lyon + "/acceptance", Map.of("accepted", "yes"), reader))
                .hasStatus(403);
    }

    @Test
    void aRoleForOneLocationSeesAndEnrollsNoOther() {
        var reader = reader(Grant.at(
                reseller.partner(),
                Role.INCENTIVES_ADMINISTRATOR,
                reseller.namur().id(),
                null));
        assertThat(body(get(path, "en", reader))).contains("Namur").doesNotContain("Lyon");
        assertThat(get(lyon, "en", reader)).hasStatus(404);
        assertThat(post(lyon + "/acceptance", Map.of("accepted", "yes"), reader))
                .hasStatus(403);
    }

    @Test
    void acceptingWithoutTheTickComesBackAndThenLeadsOnToPayment() {
        assertThat(post(lyon + "/acceptance", Map.of(), administrator()))
                .hasStatus(422)
                .bodyText()
                .contains("href=\"#accepted\"", "Without this, nothing is accepted.");
        assertThat(post(lyon + "/acceptance", Map.of("accepted", "yes"), administrator()))
                .hasStatus3xxRedirection()
                .hasRedirectedUrl("/partners/" + reseller.partner() + "/payment");
        assertThat(body(get(lyon, "en", administrator())))
                .contains("Action required", "Continue to payment and tax", "Invited, until", "Accepted");
    }

    @Test
    void whatIsTypedIntoARefusalIsKeptAndShownAsText() {
        assertThat(post(lyon + "/refusal", Map.of("reason", " "), administrator()))
                .hasStatus(422);
        assertThat(post(lyon + "/refusal", Map.of("reason", "Not <now>."), administrator()))
                .hasStatus3xxRedirection();
        assertThat(body(get(lyon, "en", administrator()))).contains("Not &lt;now&gt;.", "Ask for a new invitation");
        assertThat(post(lyon + "/refusal", Map.of("reason", "again"), administrator()))
                .hasStatus3xxRedirection();
        assertThat(post(lyon + "/departure", Map.of("reason", "again"), administrator()))
                .hasStatus(409);
    }

    @Test
    void theHomePageTellsOfTheInvitationUntilItIsPutAway() {
        var home = "/partners/" + reseller.partner() + "/earnings";
        assertThat(body(get(home, "en", administrator())))
                .contains("You are invited to a program", "href=\"" + lyon + "\"");
        assertThat(body(get(home, "fr", administrator()))).contains("Vous êtes invité à un programme");
        assertThat(post(path + "/messages", Map.of(), administrator())).hasRedirectedUrl("/");
        assertThat(body(get(home, "en", administrator()))).doesNotContain("You are invited to a program");
    }

    @Test
    void theConsoleCountsFiltersAndExports() {
        var manager = reader(Grant.atVendor(Role.PROGRAM_MANAGER));
        assertThat(body(get("/console/enrollments?program=" + reseller.program() + "&stage=invited", "en", manager)))
                .contains("One location and program", "Lyon", reseller.lyon().number(), "Decide for many locations");
        assertThat(body(get("/console/enrollments?q=" + reseller.lyon().number(), "fr", manager)))
                .contains("Lyon", "Croissance de ENR");
        assertThat(body(get("/console/enrollments?q=nobody-at-all", "en", manager)))
                .contains("There is no invitation and no enrollment here.");
        assertThat(body(get("/console/enrollments.csv?program=" + reseller.program(), "en", manager)))
                .contains(
                        "\"Lyon\",\"" + reseller.lyon().number() + "\",\"" + reseller.program() + "\"", "\"Invited\"");
        assertThat(body(get("/console/enrollments", "en", reader(Grant.atVendor(Role.AUDITOR)))))
                .doesNotContain("Decide for many locations");
    }

    @Test
    void aDecisionIsLookedAtFirst() {
        var manager = reader(Grant.atVendor(Role.PROGRAM_MANAGER));
        assertThat(body(get("/console/enrollments/decisions/new", "fr", manager)))
                .contains("Voir ce qui changerait");
        var refused = post("/console/enrollments/decisions", Map.of("kind", "withdraw", "numbers", "77"), manager);
        assertThat(refused).hasStatus(422).bodyText().contains("href=\"#reason\"", ">77</textarea>");

        var typed = Map.of("kind", "withdraw", "program", reseller.program(), "reason", "As announced.");
        var request = web.post()
                .uri("/console/enrollments/decisions")
                .multipart()
                .file(new MockMultipartFile(
                        "list",
                        "list.csv",
                        "text/csv",
                        (reseller.lyon().number() + "\r\n\"NOBODY\"\r\n").getBytes(StandardCharsets.UTF_8)))
                .with(csrf())
                .with(manager.signedIn());
        typed.forEach((name, value) -> request.param(name, value));
        var page = Objects.requireNonNull(request.exchange().getResponse().getRedirectedUrl());
        assertThat(body(get(page, "en", manager)))
                .contains(
                        "One location would change",
                        "Nothing has changed yet.",
                        "There is no location of this number.",
                        "Do this for one location");
        assertThat(memberships
                        .candidate(reseller.partner(), reseller.lyon().id(), reseller.program())
                        .stage())
                .isEqualTo(Stage.INVITED);
    }

    @Test
    void theVendorSaysThatAProgramIsExtendedWithinAYear() {
        var manager = reader(Grant.atVendor(Role.PROGRAM_MANAGER));
        var typed = new HashMap<>(Map.of("program", reseller.program(), "kind", "extended", "reason", "More time."));
        typed.put("day", LocalDate.now(clock).toString());
        assertThat(post("/console/enrollments/programs", typed, manager))
                .hasStatus(422)
                .bodyText()
                .contains("A day after the end of the program’s year", ">More time.</textarea>");
        typed.put("day", LocalDate.now(clock).getYear() + 1 + "-04-01");
        assertThat(post("/console/enrollments/programs", typed, manager)).hasStatus3xxRedirection();
        assertThat(body(get("/console/enrollments/programs", "fr", manager))).contains("Prolongé", "More time.");
    }

    private Visitor administrator() {
        return new Visitor(web, world.signedIn(reseller.administrator()));
    }

    private Visitor reader(Grant grant) {
        return Visitor.with(web, grant);
    }

    private static MvcTestResult get(String path, String language, Visitor reader) {
        return reader.get(path, language);
    }

    private static MvcTestResult post(String path, Map<String, String> typed, Visitor reader) {
        return reader.post(path, typed);
    }
}
