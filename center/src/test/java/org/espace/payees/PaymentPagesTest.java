package org.espace.payees;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.Visitor.body;
import static org.espace.payees.Handed.BANK;
import static org.espace.payees.Handed.IBAN;
import static org.espace.payees.Handed.TAX;
import static org.espace.payees.Handed.VAT;
import static org.espace.payees.Handed.with;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.espace.RoomTest;
import org.espace.Visitor;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.Users;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.LocationType;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Act;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
@RecordApplicationEvents
@ExtendWith(OutputCaptureExtension.class)
class PaymentPagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "incentives@brisolane.example";
    private static final String PASSWORD = "tidal-otter-lamp-94";

    @Autowired
    Profiles profiles;

    @Autowired
    Payees payees;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    ApplicationEvents events;

    @Autowired
    MockMvcTester web;

    PartnerId partner;
    LocationId location;
    String name;
    String page;

    @BeforeEach
    void onePartner() {
        name = "Brisolane " + COUNT.incrementAndGet() + " SAS";
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        location = new LocationId(partners.newLocationIds().getAsInt());
        var number = "PAYPAGE-" + COUNT.get();
        partners.register(
                List.of(new Partner(partner, number, name, "FR")),
                List.of(new Location(location, partner, number, "Lyon", "FR", LocationType.INDIRECT_RESELLER.code())));
        page = "/partners/" + partner + "/payment";
    }

    /** Whatever a test has done: nothing that was printed holds a number. */
    @AfterEach
    void nothingIsLogged(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain(IBAN, VAT, "3M02");
    }

    @Test
    void aPartnerIsLedFromTheCountryToItsFieldsToTheList() {
        assertThat(body(get(page, "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("There is no bank profile yet", "Add a bank profile", "Lyon");
        assertThat(body(get(page + "/bank", "fr", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Choisissez le pays de la banque", "selected>France");
        assertThat(body(get(page + "/bank?country=US&sheet=bank-transfer", "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Routing number (ABA)", "value=\"" + name + "\"", "selected>USD");
        assertThat(get(page + "/bank?country=US&sheet=credit-note", "en", Role.INCENTIVES_ADMINISTRATOR))
                .hasStatus(422)
                .bodyText()
                .contains("This is not possible in the country.");

        assertRedirect(post(page + "/bank", bank(), Role.INCENTIVES_ADMINISTRATOR), page);
        assertRedirect(tax(with(TAX, "holder", name)), page);
        assertThat(body(get(page, "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Main account", "•••• 2606", "Pending validation", "VAT number")
                .doesNotContain(IBAN, VAT);
    }

    @Test
    void manyLocationsArePagedFoundAndNoneIsUnreachable() {
        var many = new ArrayList<Location>();
        for (var i = 100; i < 220; i++) {
            many.add(new Location(
                    new LocationId(partners.newLocationIds().getAsInt()),
                    partner,
                    "PAYPAGE-" + COUNT.get() + "-" + i,
                    "Site " + i,
                    "FR",
                    LocationType.INDIRECT_RESELLER.code()));
        }
        partners.register(List.of(), many);
        many.forEach(one -> payees.assignDefaults(one.id(), "csp-indirect-reseller", BY));

        var seen = new TreeMap<String, Integer>();
        for (var number = 0; number < 3; number++) {
            var shown =
                    body(get(page + "?programs=" + number + "&taxes=" + number, "en", Role.INCENTIVES_ADMINISTRATOR));
            names(shown, "/assignments/").forEach(site -> seen.merge("program " + site, 1, Integer::sum));
            names(shown, "/tax/").forEach(site -> seen.merge("tax " + site, 1, Integer::sum));
        }
        assertThat(seen).hasSize(241).containsEntry("tax Lyon", 1);
        assertThat(seen.values()).containsOnly(1);

        assertThat(body(get(page + "?q=site 21&state=missing", "fr", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Site 210", "Site 219", "value=\"site 21\"", "value=\"missing\" selected")
                .doesNotContain("Site 110", "Lyon<");
        assertThat(body(get(page + "?q=site 21&state=approved", "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("No location matches.")
                .doesNotContain("Site 210");
        assertThat(body(get(page + "?q=site&programs=99&taxes=1", "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Page 3 of 3", "Page 2 of 3", "programs=1&amp;taxes=1#programs", "taxes=2#taxes");
    }

    /** Of the rows whose links have the path in them. */
    private static List<String> names(String shown, String path) {
        return Pattern.compile(path + "(?:(?!</tr>).)*?(Site \\d+|Lyon)", Pattern.DOTALL)
                .matcher(shown)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void aFormAtFaultComesBackWithWhatWasTypedButNotWithWhatIsSecret() {
        var answer = post(page + "/bank", with(bank(), "bic", "NOTHING"), Role.INCENTIVES_ADMINISTRATOR);
        assertThat(answer)
                .hasStatus(422)
                .bodyText()
                .contains("value=\"Main account\"", "value=\"NOTHING\"", "This is no BIC", "please type it once more")
                .doesNotContain("3M02");
        assertThat(profiles.of(partner)).isEmpty();
        assertThat(tax(with(TAX, "vat", "FR12345678901")))
                .hasStatus(422)
                .bodyText()
                .contains("This is no VAT number")
                .doesNotContain("12345678901");
    }

    @Test
    void whoeverMaySeeAndNotManageSeesTheEndAlone() {
        var id = handedIn();
        assertThat(body(get(page, "en", Role.INCENTIVES_USER)))
                .contains("•••• 2606")
                .doesNotContain("Add a bank profile");
        assertThat(body(get(page + "/profiles/" + id, "en", Role.INCENTIVES_USER)))
                .contains("•••• 2606")
                .doesNotContain(IBAN, "Show the numbers", "Set as default");
        assertThat(post(page + "/profiles/" + id + "/numbers", Map.of(), Role.INCENTIVES_USER))
                .hasStatus(403);
        assertThat(get(page + "/bank", "en", Role.INCENTIVES_USER)).hasStatus(403);
        assertThat(get(page, "en", Role.GLOBAL_ADMINISTRATOR)).hasStatus(403);
        assertThat(body(get(page + "/profiles/" + id, "en", Role.AUDITOR)))
                .contains("•••• 2606")
                .doesNotContain(IBAN);
    }

    @Test
    void aNarrowRoleLooksAfterItsLocationAndNotAfterTheAccounts() {
        var id = handedIn();
        var here = Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR, location, null);
        var elsewhere =
                Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR, new LocationId(location.value() + 1_000_000), null);
        assertThat(get(page + "/bank", "en", here)).hasStatus(403);
        assertThat(get(page + "/profiles/" + id + "/change", "en", here)).hasStatus(403);
        assertThat(get(page + "/tax/" + location, "en", here)).hasStatusOk();
        assertThat(get(page + "/tax/" + location, "en", elsewhere)).hasStatus(403);
        assertThat(body(get(page, "en", elsewhere))).doesNotContain("Lyon");
    }

    @Test
    void numbersAreShownOnlyToWhoeverHasLatelyProvedWhoTheyAreAndThatIsAnAct() {
        var id = handedIn();
        assertRedirect(
                post(page + "/profiles/" + id + "/numbers", Map.of(), Role.INCENTIVES_ADMINISTRATOR),
                "/account/confirmation?next=" + page + "/profiles/" + id);
        assertThat(revealed()).isZero();

        var session = signedIn();
        var shown = web.post()
                .uri(page + "/profiles/" + id + "/numbers")
                .cookie(session, new Cookie("language", "en"))
                .with(csrf())
                .exchange();
        assertThat(body(shown)).contains(IBAN);
        assertThat(shown).headers().hasValue("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
        assertThat(revealed()).isEqualTo(1);
        assertThat(events.stream(Act.class).map(Act::toString)).noneMatch(act -> act.contains(IBAN));
    }

    private long revealed() {
        return events.stream(Act.class)
                .filter(act -> act.action().equals("payment.revealed"))
                .count();
    }

    private Cookie signedIn() {
        var email = "pay" + COUNT.incrementAndGet() + "@brisolane.example";
        users.create(partner, email, "Incentives", List.of(Grant.at(partner, Role.INCENTIVES_ADMINISTRATOR)), "test");
        users.choosePassword(email, PASSWORD);
        var answer = web.post()
                .uri("/login")
                .with(csrf())
                .param("email", email)
                .param("password", PASSWORD)
                .exchange();
        return Objects.requireNonNull(answer.getResponse().getCookie("SESSION"));
    }

    @Test
    void theVendorSeesWhatWaitsAndDecides() {
        var id = handedIn();
        var version = profiles.profile(partner, id).current().id();
        assertThat(body(get("/console/payment?q=" + COUNT.get() + " sas", "en", Role.FINANCE_APPROVER)))
                .contains(name, "Main account");
        assertThat(body(get("/console/payment?q=nobody&kind=tax", "fr", Role.FINANCE_APPROVER)))
                .contains("Rien de tel n’attend.", "value=\"nobody\"", "value=\"tax\" selected")
                .doesNotContain(name);
        assertRedirect(
                get("/console/payment?q=nobody&page=7", "en", Role.FINANCE_APPROVER),
                "/console/payment?state=pending&kind=&q=nobody&page=0");
        assertThat(body(get("/console/payment/" + version, "fr", Role.FINANCE_APPROVER)))
                .contains("•••• 2606", "La banque ne connaît pas ce compte.", "à valider avant le")
                .doesNotContain(IBAN);
        assertThat(get("/console/payment", "en", Role.OPERATOR)).hasStatus(403);
        assertThat(post("/console/payment/" + version + "/return", Map.of("reason", "other"), Role.FINANCE_APPROVER))
                .hasStatus(422)
                .bodyText()
                .contains("This is needed.");
        assertThat(body(post(
                        "/console/payment/approvals/trial?kind=bank",
                        Map.of("version", Integer.toString(version)),
                        Role.FINANCE_APPROVER)))
                .contains("One profile would be approved", name);
        assertThat(profiles.profile(partner, id).current().verdict()).isNull();
        assertRedirect(
                post(
                        "/console/payment/approvals?kind=bank",
                        Map.of("version", Integer.toString(version)),
                        Role.FINANCE_APPROVER),
                "/console/payment?state=pending&kind=bank&q=&page=0");
        assertThat(post("/console/payment/" + version + "/approval", Map.of(), Role.FINANCE_APPROVER))
                .hasStatus(409);
        assertThat(body(get(page + "/profiles/" + id, "fr", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Approuvé");
    }

    @Test
    void anotherNameIsSaidToBothAndAcceptedWithAReason() {
        profiles.handInBank(partner, BANK, BY);
        var profile = profiles.of(partner).getFirst();
        assertThat(body(get(page + "/profiles/" + profile.id(), "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("The account is in another name", "legal name is “" + name + "”");
        var version = profile.current().id();
        assertThat(body(get(
                        "/console/payment?state=action-required&q=" + COUNT.get() + " sas",
                        "en",
                        Role.FINANCE_APPROVER)))
                .contains("The account is in another name", name);
        assertThat(post("/console/payment/" + version + "/approval", Map.of(), Role.FINANCE_APPROVER))
                .hasStatus(422)
                .bodyText()
                .contains("Why this name is accepted");
    }

    @Test
    void programsAreAssignedAndDefaultsSetOnTheirPages() {
        var id = handedIn();
        payees.assignDefaults(location, "csp-indirect-reseller", BY);
        var assignment = page + "/assignments/" + location + "/csp-indirect-reseller";
        assertThat(body(get(page, "en", Role.INCENTIVES_ADMINISTRATOR))).contains("not assigned", assignment);
        assertThat(body(get(assignment, "fr", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Main account", "Co-op versé sur");
        assertThat(post(
                        assignment,
                        Map.of("rebate", Integer.toString(id), "co-op", "x"),
                        Role.INCENTIVES_ADMINISTRATOR))
                .hasStatus(422);
        assertRedirect(
                post(
                        assignment,
                        Map.of("rebate", Integer.toString(id), "co-op", Integer.toString(id)),
                        Role.INCENTIVES_ADMINISTRATOR),
                page);
        assertRedirect(
                post(
                        page + "/profiles/" + id + "/defaults",
                        Map.of("location", location.toString()),
                        Role.INCENTIVES_ADMINISTRATOR),
                page + "/profiles/" + id);
        assertThat(body(get(page + "/profiles/" + id, "en", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("Remove");
        assertThat(post(page + "/profiles/" + id + "/defaults", Map.of(), Role.INCENTIVES_ADMINISTRATOR))
                .hasStatus(422);
        assertRedirect(
                post(
                        page + "/profiles/" + id + "/defaults/" + location + "/removal",
                        Map.of(),
                        Role.INCENTIVES_ADMINISTRATOR),
                page + "/profiles/" + id);
    }

    @Test
    void aDocumentIsForWhoeverManagesOrValidates() {
        var form = Map.of(
                "country", "FR",
                "sheet", "w8ben-e",
                "holder", name,
                "ftin", "123456782",
                "treaty", "yes",
                "signed-on", "2026-01-15");
        assertRedirect(tax(form), page);
        var profile = profiles.taxProfile(location).orElseThrow();
        var document = page + "/profiles/" + profile.id() + "/versions/"
                + profile.current().id() + "/document";
        assertThat(get(document, "en", Role.INCENTIVES_ADMINISTRATOR))
                .hasStatusOk()
                .headers()
                .hasValue("Content-Type", "application/pdf");
        assertThat(get(document, "en", Role.INCENTIVES_USER)).hasStatus(403);
        assertThat(get("/console/payment/" + profile.current().id() + "/document", "en", Role.FINANCE_APPROVER))
                .hasStatusOk();
        assertThat(body(get(page + "/profiles/" + profile.id(), "fr", Role.INCENTIVES_ADMINISTRATOR)))
                .contains("W-8BEN-E", "31\u00a0déc.\u00a02029", "Oui");
    }

    /** In the organization's own name. */
    private Map<String, String> bank() {
        return with(BANK, "holder", name);
    }

    private int handedIn() {
        return profiles.idOf(profiles.handInBank(partner, bank(), BY));
    }

    private MvcTestResult tax(Map<String, String> fields) {
        var request = web.post()
                .uri(page + "/tax/" + location)
                .multipart()
                .file(new MockMultipartFile(
                        "document", "form.pdf", "application/pdf", "%PDF-1.4\n%%EOF\n".getBytes(UTF_8)))
                .cookie(new Cookie("language", "en"))
                .with(csrf())
                .with(visitor(Role.INCENTIVES_ADMINISTRATOR).signedIn());
        for (var field : fields.entrySet()) {
            request = request.param(field.getKey(), field.getValue());
        }
        return request.exchange();
    }

    private MvcTestResult get(String path, String language, Role role) {
        return visitor(role).get(path, language);
    }

    private MvcTestResult get(String path, String language, Grant grant) {
        return Visitor.with(web, grant).get(path, language);
    }

    private MvcTestResult post(String path, Map<String, String> fields, Role role) {
        return visitor(role).post(path, fields);
    }

    private Visitor visitor(Role role) {
        return Visitor.with(web, role.atVendor() ? Grant.atVendor(role) : Grant.at(partner, role));
    }

    private static void assertRedirect(MvcTestResult answer, String target) {
        assertThat(answer).hasStatus3xxRedirection().hasRedirectedUrl(target);
    }
}
