package org.espace.eligibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espace.db.eligibility.Tables.MEASURE;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.agreements.AgreementKind;
import org.espace.agreements.Agreements;
import org.espace.batch.Progress;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.LoadReport;
import org.espace.sales.Sales;
import org.espace.terms.Requirement;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@RoomTest
@RecordApplicationEvents
class EligibilitiesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    Eligibilities eligibilities;

    @Autowired
    Measures measures;

    @Autowired
    Standings standings;

    @Autowired
    Evaluation evaluation;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Agreements agreements;

    @Autowired
    Sales sales;

    @Autowired
    ApplicationEvents events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext sql;

    @Autowired
    MockMvcTester web;

    @Autowired
    Clock clock;

    @TempDir
    Path folder;

    String name;
    LocalDate today;
    PartnerId company;
    Location here;

    @BeforeEach
    void oneCompany() {
        name = "elig-" + COUNT.incrementAndGet();
        today = LocalDate.now(clock);
        company = new PartnerId(partners.newPartnerIds().getAsInt());
        here = place("1");
        partners.register(List.of(new Partner(company, name, "Brisolane " + name, "FR")), List.of(here));
        eligibilities.evaluateTouched(today);
    }

    @Test
    void aResellerBecomesEligibleWithTheFirstSaleThatAFeedBrings() throws IOException {
        publish("{first-sale: true}");
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.NOT_ELIGIBLE);

        load("S-1", today.minusDays(3), "100.00", "invoiced");
        assertThat(evaluation.isWanting()).isTrue();
        eligibilities.evaluateTouched(today);

        assertThat(evaluation.isWanting()).isFalse();
        assertThat(eligibilities.of(here.id(), name))
                .hasValue(new Eligibility(here.id(), name, Verdict.ELIGIBLE, today.minusDays(3), true));
        assertThat(events.stream(EligibilityChanged.class).flatMap(changed -> changed.changes().stream()))
                .filteredOn(change ->
                        change.location().equals(here.id()) && change.program().equals(name))
                .extracting(Eligibility::verdict)
                .containsExactly(Verdict.NOT_ELIGIBLE, Verdict.ELIGIBLE);
    }

    @Test
    void whatIsCorrectedAwayWasNeverSold() throws IOException {
        publish("{trailing-revenue: {days: 365, at-least: 150 USD, once-met: stays}}");
        load("S-1", today.minusDays(3), "100.00", "invoiced");
        load("S-2", today.minusDays(2), "50.00", "invoiced");
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.ELIGIBLE);

        load("S-2", today.minusDays(2), "49.99", "invoiced");
        eligibilities.evaluateTouched(today);

        assertThat(verdict()).isEqualTo(Verdict.NOT_ELIGIBLE);
        assertThat(eligibilities.of(here.id(), name).orElseThrow().mayStay()).isFalse();
        assertThat(eligibilities.checklist(here.id(), name, today))
                .singleElement()
                .satisfies(answer -> assertThat(answer.evidence()).containsEntry("missing", "0.01 USD"));
    }

    @Test
    void lookingTwiceKeepsNothingTwice() throws IOException {
        publish("[{first-sale: true}, {any-of: [{designation: azure}, {actively-reselling: {days: 30}}]}]");
        load("S-1", today.minusDays(3), "100.00", "invoiced");
        eligibilities.evaluate(today);
        var kept = rows();

        eligibilities.evaluate(today);
        eligibilities.evaluate(List.of(here.id()), today);

        assertThat(rows()).isEqualTo(kept);
    }

    @Test
    void aSignedAgreementCountsForTheConditionAndForTheDayOfASale() {
        publish("{agreement: network-membership}");
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.NOT_ELIGIBLE);

        sign();
        eligibilities.evaluateTouched(today);
        assertThat(eligibilities.of(here.id(), name))
                .hasValue(new Eligibility(here.id(), name, Verdict.ELIGIBLE, today, true));
        assertThat(standings.holdings())
                .contains(new Holding(here.id(), Requirement.Kind.AGREEMENT, "network-membership", null, today, null));

        agreements.end(
                company, agreements.of(company).getFirst().id(), Map.of("reason", "The company was sold."), "test");
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.NOT_ELIGIBLE);
    }

    @Test
    void whyNotInMarchIsAnsweredAsKnownThenAndAsKnownNow() {
        publish("{measure: {code: productivity, at-least: 1000}}");
        var march = today.minusMonths(3);
        eligibilities.evaluate(List.of(here.id()), march);
        backdate(march);
        measures.register(
                List.of(new Measure(here.id(), "productivity", march.minusDays(1), new BigDecimal("1200"))), "test");
        eligibilities.evaluateTouched(today);

        var page = body(get(path("?day=" + march), administrator()));

        assertThat(page.indexOf("productivity: 1,200")).isPositive();
        assertThat(page.indexOf("Nobody has brought a number for productivity yet."))
                .isGreaterThan(page.indexOf("as we knew it then"));
        assertThat(page).contains("as we know it now");
        assertThat(body(get(path("?day=" + march.minusYears(1)), administrator())))
                .contains("Nothing was known on");
    }

    @Test
    void aDayThatIsNoneIsRefusedAndOthersPlacesAreNotShown() {
        publish("{first-sale: true}");
        eligibilities.evaluateTouched(today);

        assertThat(body(get(path("?location=999999"), administrator())))
                .contains("Nothing has been sold yet.")
                .contains("Today");
        assertThat(get(path("?day=yesterday"), administrator()))
                .hasStatus(422)
                .bodyText()
                .contains("This is not a day.", "value=\"yesterday\"", "Nothing has been sold yet.");
        assertThat(get(path("?day=" + today.plusDays(1)), administrator()))
                .hasStatus(422)
                .bodyText()
                .contains("This day is still to come.");
        assertThat(get("/partners/" + company + "/programs/no-such-program/eligibility", administrator()))
                .hasStatus(404);
        assertThat(get(path(""), person(company, Grant.at(company, Role.BILLING_ADMINISTRATOR))))
                .hasStatus(403);
    }

    @Test
    void whatFailsBeforeItsEndLeavesNothingHalf() throws IOException {
        publish("{first-sale: true}");
        load("S-1", today.minusDays(3), "100.00", "invoiced");
        var kept = rows();

        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
                    evaluation.ofTouched(today);
                    assertThat(rows()).isGreaterThan(kept);
                    sql.fetch("select pg_terminate_backend(pg_backend_pid())");
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(rows()).isEqualTo(kept);
        assertThat(evaluation.isWanting()).isTrue();
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.ELIGIBLE);
    }

    /** Facts at random: each location looked at by itself finds what all together found. */
    @Test
    void allTogetherAreAnsweredAsEachByItself() {
        publish("""
                [{agreement: network-membership}, {competency: {any-of: [cloud, data], level: silver}},
                 {measure: {code: productivity, at-least: 1000}},
                 {any-of: [{designation: modern-work}, {measure: {code: visits, at-least: 10}}]}]""");
        var random = new Random(5);
        var places = new ArrayList<Location>(List.of(here));
        for (var i = 2; i <= 30; i++) {
            places.add(place(Integer.toString(i)));
        }
        partners.register(List.of(), places.subList(1, places.size()));
        for (var place : places) {
            var holdings = new ArrayList<Holding>();
            var numbers = new ArrayList<Measure>();
            for (var i = random.nextInt(5); i > 0; i--) {
                var since = today.minusDays(random.nextInt(60));
                holdings.add(new Holding(
                        place.id(),
                        random.nextBoolean() ? Requirement.Kind.AGREEMENT : Requirement.Kind.COMPETENCY,
                        List.of("network-membership", "cloud", "data", "modern-work")
                                .get(random.nextInt(4)),
                        random.nextBoolean() ? "silver" : null,
                        since,
                        random.nextBoolean() ? null : since.plusDays(random.nextInt(60))));
                numbers.add(new Measure(
                        place.id(),
                        random.nextBoolean() ? "productivity" : "visits",
                        since,
                        BigDecimal.valueOf(random.nextInt(2_000))));
            }
            standings.register(List.of(), holdings, List.of());
            measures.register(numbers, "test");
        }
        eligibilities.evaluate(today);
        var kept = rows();

        for (var place : places) {
            var states = eligibilities.checklist(place.id(), name, today).stream()
                    .map(Answer::state)
                    .toList();
            var expected = states.contains(Answer.State.NOT_MET)
                    ? Verdict.NOT_ELIGIBLE
                    : states.contains(Answer.State.NOT_YET_KNOWN) ? Verdict.NOT_YET_KNOWN : Verdict.ELIGIBLE;
            assertThat(eligibilities.of(place.id(), name))
                    .hasValueSatisfying(one -> assertThat(one.verdict()).isEqualTo(expected));
            eligibilities.evaluate(List.of(place.id()), today);
        }
        assertThat(rows()).isEqualTo(kept);
    }

    @Test
    void theConsoleCountsAndListsAndNumbersComeFromAList() {
        publish("{measure: {code: productivity, at-least: 1000}}");
        eligibilities.evaluate(today);
        var operator = person(null, Grant.atVendor(Role.OPERATOR));

        assertThat(body(get("/console/eligibility", operator))).contains("/console/eligibility/" + name);
        assertThat(body(get("/console/eligibility/" + name + "?q=" + name + "&verdict=not-yet-known", operator)))
                .contains("Lyon " + name)
                .contains("productivity of at least 1,000");
        assertThat(body(get("/console/eligibility/" + name + "?q=" + name + "&verdict=eligible", operator)))
                .contains("No location is like this.");
        assertThat(body(get("/console/eligibility/" + name + "/locations.csv?q=" + name, operator)))
                .contains("\"" + name + "-1\"")
                .contains("measure: {code: productivity, at-least: 1000}");

        var bad = post("/console/measures", name + "-1,productivity,2026-13-01,1\n=1+1,x,y,z", operator);
        assertThat(bad).hasStatus(422);
        assertThat(body(bad)).contains("2026-13-01 is no day").contains("there is no location =1+1");
        assertThat(post("/console/measures", name + "-1,\"productivity," + today + ",1", operator))
                .hasStatus(422)
                .bodyText()
                .contains("a quotation mark is not closed");
        assertThat(post(
                        "/console/measures",
                        "Location;Code;Day;Value\n\"" + name + "-1\";productivity;" + today + ";1000",
                        operator))
                .hasStatus(302);
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.ELIGIBLE);
        assertThat(get("/console/measures", person(null, Grant.atVendor(Role.AUDITOR))))
                .hasStatus(403);
    }

    @Test
    void numbersComeBesideAFeedAndComeOnce() throws IOException {
        publish("{measure: {code: productivity, at-least: 1000}}");
        beside("measures.csv", """
                location,code,day,value
                %1$s-1,productivity,%2$s,1000
                %1$s-1,productivity,%2$s,much
                %1$s-9,productivity,%2$s,1000
                """.formatted(name, today));
        for (var refused : List.of(2L, 0L)) {
            var report = loadOnlyWhatIsBeside();
            assertThat(report.refusedBeside()).isEqualTo(refused);
            assertThat(report.load().isPresent()).isEqualTo(refused > 0);
            eligibilities.evaluateTouched(today);
            assertThat(verdict()).isEqualTo(Verdict.ELIGIBLE);
        }
        assertThat(sql.fetchCount(MEASURE, MEASURE.LOCATION_ID.eq(here.id().value())))
                .isEqualTo(1);

        beside("measures.csv", "location,code,day,value\n%s-1,productivity,%s,999.9\n".formatted(name, today));
        var load = loadOnlyWhatIsBeside();
        assertThat(load.refusedBeside()).isZero();
        eligibilities.evaluateTouched(today);
        assertThat(verdict()).isEqualTo(Verdict.NOT_ELIGIBLE);
    }

    @Test
    void whatAFeedRefusesOfNumbersIsListedWithFileRowColumnAndValue() throws IOException {
        beside("measures.csv", "location,code,day,value\n%s-1,productivity,%s,much\n".formatted(name, today));
        var load = loadOnlyWhatIsBeside().load().orElseThrow();

        assertThat(body(get("/console/loads/" + load, person(null, Grant.atVendor(Role.OPERATOR)))))
                .contains("measures.csv", "value", "much");
    }

    private LoadReport loadOnlyWhatIsBeside() throws IOException {
        var file = folder.resolve("nothing-else.csv");
        Files.writeString(
                file,
                "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status\n");
        return sales.load(file, new LoadOrder("espace"), "test", Progress.SILENT);
    }

    private void beside(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Location place(String number) {
        return new Location(
                new LocationId(partners.newLocationIds().getAsInt()),
                company,
                name + "-" + number,
                "Lyon " + name,
                "FR",
                "indirect-reseller");
    }

    private void publish(String requires) {
        programs.publish(terms("V1", requires), "test");
    }

    private String terms(String version, String requires) {
        return """
                program: %s
                version: %s
                effective: %s/%s
                currency: USD
                requires: %s
                levers: [{id: core, of: all, rate: 4%%}]
                """.formatted(name, version, today.minusYears(2), today.plusYears(1), requires);
    }

    private void load(String line, LocalDate day, String amount, String status) throws IOException {
        var file = folder.resolve("sales-" + COUNT.incrementAndGet() + ".csv");
        Files.writeString(folder.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                %1$s,Brisolane %1$s,FR,%1$s-1,Lyon %1$s,FR,indirect-reseller
                """.formatted(name));
        Files.writeString(folder.resolve("products.csv"), """
                product,name,family,solution_area
                ELIG-P,Business Premium,m365,modern-work
                """);
        Files.writeString(file, """
                line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status
                %1$s-%2$s,%1$s-1,%3$s,ELIG-C,Atelier,FR,corporate,ELIG-P,1,%4$s,USD,%5$s
                """.formatted(name, line, day, amount, status));
        var report = sales.load(file, new LoadOrder("espace"), "test", Progress.SILENT);
        assertThat(report.refused()).isZero();
    }

    private void sign() {
        var version = "E-" + name;
        agreements.publish(
                Map.of(
                        "kind", "network-membership",
                        "version", version,
                        "effective", today.toString(),
                        "months", "",
                        "english", "You are a member.",
                        "french", "Vous êtes membre."),
                "test");
        agreements.sign(
                company,
                AgreementKind.NETWORK_MEMBERSHIP,
                version,
                Map.of("signatory", "Ada", "title", "Director", "agreed", "true"),
                "test");
    }

    private Verdict verdict() {
        return eligibilities.of(here.id(), name).orElseThrow().verdict();
    }

    /** As if what was just answered had been answered at noon of that day. */
    private void backdate(LocalDate day) {
        var noon = day.atTime(12, 0).atZone(clock.getZone()).toOffsetDateTime();
        sql.execute(
                "update eligibility.answer set answered_at = ?::timestamptz where location_id = ?",
                noon,
                here.id().value());
        sql.execute(
                "update eligibility.verdict set answered_at = ?::timestamptz where location_id = ?",
                noon,
                here.id().value());
    }

    private int rows() {
        return sql.fetchSingle(
                        "select (select count(*) from eligibility.answer) + (select count(*) from eligibility.verdict)")
                .get(0, int.class);
    }

    private String path(String query) {
        return "/partners/" + company + "/programs/" + name + "/eligibility" + query;
    }

    private SignedIn administrator() {
        return person(company, Grant.at(company, Role.GLOBAL_ADMINISTRATOR));
    }

    private static SignedIn person(@Nullable PartnerId organization, Grant grant) {
        return new SignedIn(
                new UserId(1),
                "eligibility@example.com",
                "Eligibility",
                "en",
                organization == null ? null : organization.value(),
                null,
                List.of(grant));
    }

    private MvcTestResult get(String path, SignedIn user) {
        return web.get()
                .uri(URI.create(path))
                .header("Accept-Language", "en")
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())))
                .exchange();
    }

    private MvcTestResult post(String path, String text, SignedIn user) {
        return web.post()
                .uri(URI.create(path))
                .param("text", text)
                .header("Accept-Language", "en")
                .with(csrf())
                .with(authentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of())))
                .exchange();
    }

    private static String body(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), UTF_8);
    }
}
