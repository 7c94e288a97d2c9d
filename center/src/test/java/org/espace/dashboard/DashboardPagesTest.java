package org.espace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** One partner with four sales: two that earn, one cancelled, one not invoiced yet; and one row in quarantine. */
@RoomTest
class DashboardPagesTest {

    private static final String EMAIL = "dashboard@example.com";

    private static final Path FEED = Path.of("target/room-tests/dashboard");

    private static int run;

    @Autowired
    Sales sales;

    @Autowired
    Earnings earnings;

    @Autowired
    Partners partners;

    @Autowired
    Programs programs;

    @Autowired
    MockMvcTester web;

    @BeforeEach
    void oneFeedIsLoadedAndRefreshed() throws IOException {
        if (partners.find("DASH").isPresent()) {
            return;
        }
        Files.createDirectories(FEED);
        Files.writeString(FEED.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                DASH,Brisolane,FR,DASH-1,Brisolane Lyon,FR,indirect-reseller
                IDLE,Still Water,SE,IDLE-1,Still Water Lund,SE,indirect-reseller
                """);
        Files.writeString(FEED.resolve("products.csv"), """
                product,name,family,solution_area
                DASH-M365,Business Premium,m365,modern-work
                """);
        Files.writeString(FEED.resolve("enrollments.csv"), """
                location,program,since,until
                DASH-1,csp-indirect-reseller,2025-07-01,
                """);
        Files.writeString(FEED.resolve("sales.csv"), """
                line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status
                D-1,DASH-1,2025-09-10,DASH-C1,Atelier Nord,FR,corporate,DASH-M365,10,1000.00,USD,invoiced
                D-2,DASH-1,2025-10-11,DASH-C2,Boulangerie <Sud>,FR,corporate,DASH-M365,20,2000.00,USD,invoiced
                D-3,DASH-1,2025-10-12,DASH-C2,Boulangerie <Sud>,FR,corporate,DASH-M365,1,500.00,USD,cancelled
                D-4,DASH-1,2025-10-13,DASH-C2,Boulangerie <Sud>,FR,corporate,DASH-M365,1,250.00,USD,open
                D-5,DASH-1,2025-10-14,DASH-C2,Boulangerie <Sud>,FR,corporate,DASH-M365,1,=cmd(),USD,invoiced
                """);
        sales.load(FEED.resolve("sales.csv"), new LoadOrder("espace"), "test", Progress.SILENT);
        run = earnings.refresh("test", Progress.SILENT).id();
    }

    @Test
    void theDashboardShowsWhatWasEarnedAndWhatWasNot() {
        assertThat(page("/earnings", "en"))
                .contains("112.50")
                .contains("67.50")
                .contains("45.00")
                .contains("since Sep\u00a02025")
                .contains("CSP indirect reseller")
                .contains("Brisolane Lyon")
                .contains("Boulangerie &lt;Sud&gt;")
                .contains("Cancelled")
                .contains("500.00")
                .contains("Not invoiced yet");
    }

    @Test
    void theSamePageIsFrenchForFrenchReaders() {
        assertThat(page("/earnings", "fr"))
                .contains("112,50")
                .contains("depuis sept.")
                .contains("Revendeur indirect CSP")
                .contains("Annulée")
                .doesNotContain("Earned");
    }

    @Test
    void aMonthsFiguresAreThoseOfItsLines() {
        assertThat(page("/earnings?month=2025-10", "en")).contains("75.00").contains("+37.50");
        assertThat(page("/earnings/lines?month=2025-10&earning=only", "en"))
                .contains("One line")
                .contains("75.00")
                .doesNotContain("Atelier Nord");
    }

    @Test
    void theLinesOnThePageAreTheRowsOfTheExportAndSumToTheSameCent() {
        var shown = page("/earnings/lines?earning=only", "fr");
        assertThat(shown).contains("href=\"/partners/" + partner() + "/earnings/lines.csv?earning=only\"", "112,50");

        var rows = page("/earnings/lines.csv?earning=only", "fr").lines().toList();
        assertThat(rows.getFirst())
                .isEqualTo("\ufeffline,location_number,location,program,version,lever,day,customer,product,reason,"
                        + "currency,basis,rebate,coop,amount,correction");
        assertThat(rows.subList(1, rows.size()))
                .hasSize(2)
                .anySatisfy(
                        row -> assertThat(row)
                                .contains(
                                        ",DASH-1,Brisolane Lyon,csp-indirect-reseller,FY26,",
                                        ",2025-09-10,Atelier Nord,Business Premium,EARNED,USD,1000.00,22.50,15.00,37.50,false"));
        assertThat(rows.stream()
                        .skip(1)
                        .map(row -> row.split(","))
                        .map(cells -> new BigDecimal(cells[14]))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("112.50");
        assertThat(page("/earnings/lines.csv?month=1999-01", "en").lines()).hasSize(1);
        assertThat(page("/earnings/lines.csv", "en").lines()).hasSize(5);
    }

    @Test
    void aLineIsExplainedAsOneWouldWriteItDown() {
        var line = link(page("/earnings/lines?month=2025-09&earning=only", "en"), "/lines/[^?\"]+");

        assertThat(opened(line))
                .containsSubsequence(
                        "Sale D-1", "1,000.00", "Rate of the lever", "3.75", "37.50", "Rebate, 60%", "22.50", "15.00")
                .contains("/terms/csp-indirect-reseller/FY26");
    }

    @Test
    void aLineThatEarnedNothingSaysWhatWouldChangeIt() {
        var line = link(page("/earnings/lines?reason=CANCELLED", "en"), "/lines/[^?\"]+");

        assertThat(opened(line)).contains("ask the vendor to correct its status");
    }

    @Test
    void theTermsBehindALineCanBeReadByThePartner() {
        assertThat(page("/terms/csp-indirect-reseller/FY26", "en"))
                .contains("3.75% of the amount")
                .contains("93,750.00")
                .contains("per customer, fiscal year");
    }

    @Test
    void allTermsCanBeReadByThePartnerThoseItHasJoinedFirst() {
        assertThat(page("/terms", "en"))
                .containsSubsequence("CSP indirect reseller", "joined by 1 location", "CSP direct bill")
                .contains("Over", "In force");
        assertThat(page("/terms/csp-indirect-reseller/FY26", "fr"))
                .contains("3,75\u00a0% du montant")
                .contains("au plus 93\u202f750,00\u00a0USD par client, exercice")
                .contains("un demi-centime est arrondi au centime supérieur");
    }

    @Test
    void whatANewVersionPromisesDifferentlyIsShownChangeByChange() {
        assertThat(page("/terms/csp-indirect-reseller/FY27", "en"))
                .contains("/terms/csp-indirect-reseller/FY27/differences/FY26");
        assertThat(page("/terms/csp-indirect-reseller/FY27/differences/FY26", "en"))
                .contains("From FY26 to FY27", "Azure consumption", "Changed", "2026-07-01/2027-07-01");
    }

    @Test
    void aPartnerWithoutSalesIsToldWhatComesNext() {
        var idle = partners.find("IDLE").orElseThrow().id();
        assertThat(body("/partners/" + idle + "/earnings", "en", Grant.at(idle, Role.INCENTIVES_USER)))
                .contains("Nothing has been earned yet");
    }

    @Test
    void anAddressThatAsksForNonsenseIsRefused() {
        assertThat(web.get()
                        .uri("/partners/" + partner() + "/earnings?month=2025-13")
                        .with(as(Grant.atVendor(Role.OPERATOR))))
                .hasStatus(400);
        assertThat(web.get()
                        .uri("/partners/" + partner() + "/earnings/lines/none")
                        .with(as(Grant.atVendor(Role.OPERATOR))))
                .hasStatus(404);
        assertThat(web.get().uri("/partners/999999/earnings").with(as(Grant.atVendor(Role.OPERATOR))))
                .hasStatus(404);
        assertThat(web.get().uri("/partners/x/earnings").with(as(Grant.atVendor(Role.OPERATOR))))
                .hasStatus(404);
    }

    @Test
    void theConsoleShowsTheLoadAndItsQuarantine() {
        var load = link(console("/console/loads"), "/console/loads/\\d+");

        assertThat(console(load))
                .contains("sales.csv")
                .contains("=cmd()")
                .contains("A spreadsheet’s formula stands where a value belongs");
        assertThat(console(load + "/quarantine.csv")).contains("\"'=cmd()\"").doesNotContain("\"=cmd()\"");
    }

    @Test
    void theConsoleShowsPartnersRunsAndTerms() {
        assertThat(console("/console")).contains("Latest loads");
        assertThat(console("/console/partners?q=briso")).contains("Brisolane").doesNotContain("Still Water");
        assertThat(console("/console/runs")).contains("Refreshes");
        assertThat(console("/console/terms")).contains("CSP indirect reseller");
        assertThat(console("/console/terms/csp-indirect-reseller/FY26")).contains("fiscal-year-starts: 07-01");
    }

    @Test
    void aRunTellsWhatItCountedAndWhatItSkippedAndWhy() {
        assertThat(console("/console/runs/" + run))
                .contains("Looked at", "Locations rated anew", "Took", "Cancelled", "Not invoiced yet")
                .containsSubsequence("What was counted, what was skipped, and why", "Eligible", "Pending", "Ineligible")
                .containsSubsequence("Amounts of these sales", "USD");
    }

    @Test
    void aRunNamesTheFilesThatItReadAndWrote() {
        assertThat(console("/console/runs/" + run))
                .containsSubsequence(
                        "<summary", "Files in the lake", "Read: new sales", "sales/load-", "Written: earnings", ".parquet");
    }

    @Test
    void aDraftIsCheckedLineByLineAndThenPublishedForGood() {
        var visit = new Visit();
        var good = """
                program: dashboard-draft
                name: {en: Draft of a program, fr: Brouillon de programme}
                version: "1"
                effective: 2031-01-01/2032-01-01
                currency: EUR
                open-to: {partner-types: all, countries: all}
                split: {rebate: 100%, co-op: 0%}
                levers:
                  - id: core
                    name: {en: Core, fr: Socle}
                    of: all
                    rate: 2%
                """;

        assertThat(checked(good.replace("rate: 2%", "rate: two"), visit))
                .contains("One fault: it cannot be published like this", "href=\"#line-12\"", "rate: two")
                .doesNotContain("Publish this version");
        var page = checked(good, visit);
        assertThat(page).contains("Publish this version", "2% of the amount");

        assertThat(visit.post("/console/terms", "fingerprint", "of another text"))
                .hasRedirectedUrl("/console/terms/draft");
        assertThat(programs.find("dashboard-draft", "1")).isEmpty();
        var fingerprint =
                Pattern.compile("name=\"fingerprint\" value=\"(\\w+)\"").matcher(page);
        assertThat(fingerprint.find()).isTrue();
        assertThat(visit.post("/console/terms", "fingerprint", fingerprint.group(1)))
                .hasRedirectedUrl("/console/terms/dashboard-draft/1");
        assertThat(console("/console/terms/dashboard-draft/1")).contains("Draft of a program", "Upcoming");
        assertThat(checked(good.replace("2%", "3%"), visit))
                .contains("Version 1 is published already")
                .doesNotContain("Publish this version");
    }

    @Test
    void aDraftIsTriedOnWhatWasSold() throws InterruptedException {
        var visit = new Visit();
        var draft = programs.terms("csp-indirect-reseller", "FY26").text().replace("version: FY26", "version: trial");
        assertThat(checked(draft.replace("rate: 3.75%", "rate: 5%"), visit)).contains("Try it on what was really sold");

        assertThat(visit.post("/console/simulations", "members", "ENROLLED"))
                .hasRedirectedUrl("/console/simulations/running");
        var page = "";
        for (var look = 0; look < 300 && !page.contains("See what it would change"); look++) {
            Thread.sleep(200);
            page = visit.get("/console/simulations/running");
        }
        var done = Pattern.compile("/console/simulations/\\d+").matcher(page);
        assertThat(done.find()).as(page).isTrue();
        var report = visit.get(done.group());
        assertThat(report)
                .containsSubsequence("what it would change", "+37.50", "150.00", "112.50", "1 would win, 0 would lose")
                .containsSubsequence("Brisolane", "112.50", "150.00", "+37.50");
        assertThat(visit.get("/console/simulations")).contains("csp-indirect-reseller trial", "+37.50");
    }

    @Test
    void aDraftThatIsForNobodyIsNotTried() {
        var visit = new Visit();
        checked("nonsense", visit);
        assertThat(visit.post("/console/simulations", "members", "ENROLLED"))
                .hasRedirectedUrl("/console/terms/draft?nobody=true");
        assertThat(visit.get("/console/terms/draft?nobody=true")).contains("There was nobody to try it on");
    }

    @Test
    void whatComesNextIsToldLeverByLever() {
        assertThat(page("/next", "en"))
                .contains("What next", "Azure consumption", "The next 100 USD earn", "USD\u00a03.00")
                .doesNotContain("Still Water");
    }

    @Test
    void aStatementHasWhatWasBookedInItsMonth() {
        assertThat(page("/statements/2025-10", "en"))
                .contains("Statement of Oct\u00a02025", "This month is still open", "75.00")
                .doesNotContain("112.50");
        assertThat(page("/statements", "en")).contains("Statement of Oct\u00a02025");
    }

    @Test
    void aZeroSaysWhatFailedAndWhatWouldHaveEarned() {
        var line = link(page("/earnings/lines?reason=CANCELLED", "en"), "/lines/[^?\"]+");

        assertThat(opened(line))
                .containsSubsequence("Why it earned nothing, and what would have earned", "What failed", "Cancelled")
                .contains("The vendor lifts its decision");
    }

    @Test
    void withoutARunningRefreshThereIsNothingToCancel() {
        assertThat(console("/console/runs/running")).contains("No refresh is at work");
        assertThat(console("/console/periods")).contains("Periods", "Adjustments");
    }

    @Test
    void anAdjustmentIsProposedByOneOperatorAndDecidedByAnother() {
        var visit = new Visit();
        var fields = Map.of(
                "location", "DASH-1",
                "program", "csp-indirect-reseller",
                "type", "REBATE",
                "month", "2025-09",
                "reason", "OPS_INCORRECT_CALCULATION",
                "cause", "The seats of September were counted twice");
        var refused = visit.post("/console/adjustments", with(fields, "amount", "ten"));
        assertThat(refused).hasStatus(422).bodyText().contains("Write an amount that is not zero", "counted twice");

        assertThat(visit.post("/console/adjustments", with(fields, "amount", "-12.50")))
                .hasRedirectedUrl("/console/adjustments");
        assertThat(visit.get("/console/adjustments")).contains("Incorrect calculation");
        assertThat(rowOf("counted twice", visit.get("/console/adjustments")))
                .contains("USD\u00a0−12.50", "Somebody else must decide")
                .doesNotContain("Approve and post");

        var another = rowOf(
                "counted twice",
                body("/console/adjustments", "en", Grant.atVendor(Role.FINANCE_APPROVER), "another@example.com"));
        var approval = Pattern.compile("action=\"(/console/adjustments/\\d+/approval)\"")
                .matcher(another);
        assertThat(approval.find()).isTrue();
        assertThat(visit.post(approval.group(1), Map.of())).hasStatus(409);
        assertThat(web.post()
                        .uri(approval.group(1).replace("approval", "rejection"))
                        .with(csrf())
                        .with(as(Grant.atVendor(Role.FINANCE_APPROVER), "another@example.com")))
                .hasRedirectedUrl("/console/adjustments");
        assertThat(rowOf("counted twice", visit.get("/console/adjustments")))
                .contains("Rejected", "another@example.com");
    }

    private static String rowOf(String words, String page) {
        var from = page.indexOf(words);
        assertThat(from).isPositive();
        return page.substring(from, page.indexOf("</tr>", from));
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var all = new TreeMap<>(fields);
        all.put(name, value);
        return all;
    }

    private String checked(String text, Visit visit) {
        assertThat(visit.post("/console/terms/draft", "text", text)).hasRedirectedUrl("/console/terms/draft");
        return visit.get("/console/terms/draft");
    }

    /** An operator's requests in one session. */
    private final class Visit {

        private final List<Cookie> cookies = new ArrayList<>();

        MvcTestResult post(String path, String name, String value) {
            return post(path, Map.of(name, value));
        }

        MvcTestResult post(String path, Map<String, String> fields) {
            var request = web.post().uri(path).with(csrf());
            fields.forEach(request::param);
            return send(request);
        }

        String get(String path) {
            var answer = send(web.get().uri(path));
            assertThat(answer).hasStatusOk();
            return new String(answer.getResponse().getContentAsByteArray(), UTF_8);
        }

        private MvcTestResult send(MockMvcTester.MockMvcRequestBuilder request) {
            cookies.forEach(request::cookie);
            var answer = request.with(as(Grant.atVendor(Role.OPERATOR))).exchange();
            var session = answer.getResponse().getCookie("SESSION");
            if (session != null) {
                cookies.clear();
                cookies.add(session);
            }
            return answer;
        }
    }

    private PartnerId partner() {
        return partners.find("DASH").orElseThrow().id();
    }

    private String page(String path, String language) {
        return body("/partners/" + partner() + path, language, Grant.at(partner(), Role.INCENTIVES_USER));
    }

    private String opened(String path) {
        return body(path, "en", Grant.at(partner(), Role.INCENTIVES_USER));
    }

    private String console(String path) {
        return body(path, "en", Grant.atVendor(Role.OPERATOR));
    }

    private String body(String path, String language, Grant grant) {
        return body(path, language, grant, EMAIL);
    }

    private String body(String path, String language, Grant grant, String email) {
        var answer = web.get()
                .uri(path)
                .header("Accept-Language", language)
                .with(as(grant, email))
                .exchange();
        assertThat(answer).hasStatusOk();
        return new String(answer.getResponse().getContentAsByteArray(), UTF_8);
    }

    private static RequestPostProcessor as(Grant grant) {
        return as(grant, EMAIL);
    }

    private static RequestPostProcessor as(Grant grant, String email) {
        var grants = grant.role().atVendor()
                ? Stream.of(Role.OPERATOR, Role.PROGRAM_MANAGER, Role.FINANCE_APPROVER)
                        .map(Grant::atVendor)
                        .toList()
                : List.of(grant);
        var user = new SignedIn(new UserId(1), email, "Dashboard", null, grant.partner(), null, grants);
        return authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }

    private static String link(String page, String pattern) {
        var found = Pattern.compile("href=\"([^\"?]*" + pattern + ")\"").matcher(page);
        assertThat(found.find()).as("a link like " + pattern).isTrue();
        return found.group(1);
    }
}
