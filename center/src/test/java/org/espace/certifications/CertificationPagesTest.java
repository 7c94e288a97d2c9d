package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.Visitor;
import org.espace.access.Grant;
import org.espace.access.PeopleFile.Row;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.partners.Partners;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class CertificationPagesTest {

    private static final String CODE = "modern-work-expert";

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
    MockMvcTester web;

    @Autowired
    Clock clock;

    Company company;
    SignedIn manager;
    SignedIn operator;
    LocalDate today;

    @BeforeEach
    void aCompanyWithSomebodyCertified() {
        Company.offer(catalogue, CODE, "advanced", "24");
        company = Company.of(partners, users);
        manager = company.person(Role.MEMBERSHIP_ADMINISTRATOR);
        operator = new SignedIn(
                new UserId(1),
                "operator@example.com",
                "Operator",
                null,
                null,
                null,
                List.of(Grant.atVendor(Role.OPERATOR)));
        today = LocalDate.now(clock);
    }

    @Test
    void theCompanysPageSaysWhatIsMissingInBothLanguages() {
        measured("small-and-midmarket-cloud", "new-customers", "20");
        assertThat(body("/partners/" + company.id() + "/certifications", "en", manager))
                .contains("Small and Midmarket Cloud Solutions", "5 more: new customers", "2 more people: people with");
        assertThat(body("/partners/" + company.id() + "/certifications", "fr", manager))
                .contains(
                        "Solutions cloud pour PME",
                        "Encore 5\u00a0: nouveaux clients",
                        "Encore 2\u00a0personnes\u00a0:");
    }

    @Test
    void whoeverManagesAttainsAndWhoeverSeesIsOfferedNothing() {
        measured("small-and-midmarket-cloud", "new-customers", "4");
        var page = "/partners/" + company.id() + "/certifications/small-and-midmarket-cloud";
        var user = company.person(Role.INCENTIVES_USER);
        assertThat(body(page, "en", manager)).contains("Attain it Silver");
        assertThat(body(page, "en", user))
                .doesNotContain("<form class=\"form\"")
                .contains("qualifies today");
        assertThat(post(page + "/attainments", Map.of("level", "silver"), user)).hasStatus(403);
        assertThat(post(page + "/attainments", Map.of("level", "gold"), manager))
                .hasStatus(409);
        assertThat(post(page + "/attainments", Map.of("level", "silver", "payment", "Order <7>"), manager))
                .hasRedirectedUrl(page);
        assertThat(body(page, "fr", manager)).contains("Argent").doesNotContain("L’obtenir Argent");
    }

    @Test
    void theScoreHasAChartWithATableAndASimulatorThatKeepsNothing() {
        passed(manager);
        measured("modern-work", "smb-adds", "6");
        var page = "/partners/" + company.id() + "/certifications/modern-work";
        assertThat(body(page, "en", manager))
                .contains(
                        "27 points, on the track Small and medium business",
                        "<svg class=\"chart__plot",
                        "Show as table");
        assertThat(body(page + "/simulation?smb-adds=10", "en", manager)).contains("35 points");
        assertThat(body(page + "/simulation?smb-adds=10", "fr", manager)).contains("35 points");
        var refused = get(page + "/simulation?smb-adds=many&smb-growth-csp=2000", "en", manager);
        assertThat(refused).hasStatus(422).bodyText().contains("value=\"many\"", "href=\"#smb-adds\"", "57 points");
        assertThat(body(page, "en", manager)).contains("27 points");
        assertThat(get("/partners/" + company.id() + "/certifications/cloud-productivity/simulation", "en", manager))
                .hasStatus(404);
    }

    @Test
    void somebodySignsUpSeesStepsAndSessionsAndWhatTheyHavePassed() {
        var person = company.person();
        assertThat(body("/certifications", "en", person)).contains("Certified " + CODE);
        assertThat(body("/certifications/" + CODE, "fr", person)).contains("Apprendre", "M’inscrire");
        assertThat(post("/certifications/" + CODE + "/sign-up", Map.of(), person))
                .hasRedirectedUrl("/certifications/" + CODE);
        passed(person);
        assertThat(body("/certifications", "en", person)).contains("Download the certificate", "learner’s number is");
        var result = learners.results(learners.find(person.id()).orElseThrow()).getFirst();
        assertThat(get("/certifications/results/" + result.id() + "/certificate", "en", person))
                .hasStatusOk()
                .headers()
                .hasValue("Content-Disposition", "attachment; filename=\"certificate-" + result.id() + ".jwt\"");
        assertThat(post("/certifications/results/" + result.id() + "/share", Map.of("named", "yes"), person))
                .hasRedirectedUrl("/certifications");
        assertThat(body("/certifications", "fr", person)).contains("montre votre nom", "/verify/");
    }

    @Test
    void aFullSessionSaysSoAndBooksNothing() {
        catalogue.addSession(
                CODE,
                Map.of(
                        "session-place",
                        "Full " + company.number(),
                        "session-day",
                        today.plusDays(9).toString(),
                        "session-time",
                        "09:30",
                        "seats",
                        "1"),
                "test");
        var session = catalogue.sessions(CODE).stream()
                .filter(one -> one.place().equals("Full " + company.number()))
                .findFirst()
                .orElseThrow()
                .id();
        var one = company.person();
        var other = company.person();
        learners.signUp(one, CODE);
        learners.signUp(other, CODE);
        assertThat(post("/certifications/sessions/" + session + "/booking", Map.of(), one))
                .hasRedirectedUrl("/certifications/" + CODE);
        assertThat(post("/certifications/sessions/" + session + "/booking", Map.of(), other))
                .hasStatus(409)
                .bodyText()
                .contains("Every seat of this session is taken.");
    }

    @Test
    void theVendorsPeopleReadThatItIsForPartners() {
        assertThat(body("/certifications", "en", operator)).contains("for the people of partners");
        assertThat(post("/certifications/" + CODE + "/sign-up", Map.of(), operator))
                .hasStatus(403);
    }

    @Test
    void theCatalogueIsKeptByTheVendorAndABadFormComesBackAsItWasTyped() {
        for (var language : List.of("en", "fr")) {
            for (var page : List.of(
                    "/console/certifications",
                    "/console/certifications/new",
                    "/console/certifications/" + CODE,
                    "/console/competencies",
                    "/console/competencies/new",
                    "/console/competencies/modern-work/FY23",
                    "/console/results",
                    "/console/learners?email=" + manager.email())) {
                assertThat(get(page, language, operator)).as(page).hasStatusOk();
            }
        }
        assertThat(post(
                        "/console/certifications",
                        Map.of(
                                "certificate-code",
                                "No Code",
                                "english-name",
                                "<b>",
                                "good-for",
                                "0",
                                "steps-english",
                                "one"),
                        operator))
                .hasStatus(422)
                .bodyText()
                .contains(
                        "value=\"No Code\"",
                        "href=\"#certificate-code\"",
                        "href=\"#good-for\"",
                        "href=\"#steps-french\"")
                .doesNotContain("<b>");
        assertThat(post(
                        "/console/certifications/" + CODE + "/sessions",
                        Map.of("session-day", "2020-01-01", "session-time", "9 h"),
                        operator))
                .hasStatus(422)
                .bodyText()
                .contains("href=\"#session-place\"", "This is not a time.");
        assertThat(post("/console/certifications", Map.of(), manager)).hasStatus(403);
    }

    @Test
    void aDefinitionThatIsAtFaultComesBackWithLineAndWords() {
        var refused = post("/console/competencies", Map.of("text", "kind: badge\ncode: x-1\n"), operator);
        assertThat(refused).hasStatus(422).bodyText().contains("Line 1: ", "kind: badge");
        assertThat(post("/console/competencies", Map.of("text", "{"), operator)).hasStatus(422);
    }

    @Test
    void aFileIsCheckedThenSavedAndItsFaultsCanBeDownloaded() throws Exception {
        var file = new MockMultipartFile(
                "file",
                "../march.csv",
                "text/csv",
                ("person,certification,passed_on\n" + manager.email() + "," + CODE + ",2026-03-14\n=cmd(),x,y\n")
                        .getBytes(UTF_8));
        var checked = web.post()
                .uri("/console/results")
                .multipart()
                .file(file)
                .param("kind", "results")
                .with(csrf())
                .with(new Visitor(web, operator).signedIn())
                .exchange();
        var path = Objects.requireNonNull(checked.getResponse().getRedirectedUrl());
        assertThat(path).matches("/console/results/\\d+");
        assertThat(body(path, "en", operator)).contains("march.csv", "One row can be taken", "UNKNOWN_PERSON");
        assertThat(body(path, "fr", operator)).contains("1 ligne peut être prise");
        assertThat(body(path + "/faults.csv", "en", operator)).contains("\"'=cmd()\"");
        assertThat(post(path + "/saving", Map.of(), operator)).hasRedirectedUrl(path);
        assertThat(body(path, "en", operator)).contains("One row was new");
    }

    @Test
    void whoeverHasNoAccountChecksACertificate() {
        passed(manager);
        assertThat(web.get().uri("/verify")).hasStatusOk();
        assertThat(web.post().uri("/verify").with(csrf()).param("certificate", "<script>"))
                .hasStatusOk()
                .bodyText()
                .contains("Not genuine", "&lt;script")
                .doesNotContain("<script>");
        assertThat(web.get().uri("/.well-known/certificate-revocations")).hasStatusOk();
        assertThat(web.get().uri("/.well-known/certificate-keys/none")).hasStatus(404);
    }

    private void measured(String area, String figure, String value) {
        intakes.takeMeasures(
                List.of(new Row(
                        1,
                        true,
                        Map.of(
                                "partner", company.number(),
                                "area", area,
                                "figure", figure,
                                "day", today.toString(),
                                "value", value))),
                "test");
    }

    private void passed(SignedIn person) {
        intakes.takeResults(
                List.of(new Row(
                        1,
                        true,
                        Map.of("person", person.email(), "certification", CODE, "passed_on", today.toString()))),
                "test");
    }

    private String body(String path, String language, SignedIn user) {
        return Visitor.body(get(path, language, user));
    }

    private MvcTestResult get(String path, String language, SignedIn user) {
        return new Visitor(web, user).get(path, language);
    }

    private MvcTestResult post(String path, Map<String, String> typed, SignedIn user) {
        return new Visitor(web, user).post(path, typed);
    }
}
