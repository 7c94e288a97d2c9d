package org.espace.partners;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.Visitor;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.agreements.AgreementKind;
import org.espace.agreements.Agreements;
import org.espace.partners.Verification.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@RoomTest
class OrganizationPagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, String> PROFILE = Map.of(
            "legal-name", "Brisolane <SAS>",
            "street", "12 quai des Tisserands",
            "postal-code", "69004",
            "city", "Lyon",
            "country", "FR");

    @Autowired
    Partners partners;

    @Autowired
    Organizations organizations;

    @Autowired
    Locations locations;

    @Autowired
    Verifications verifications;

    @Autowired
    Agreements agreements;

    @Autowired
    MockMvcTester web;

    String number;
    PartnerId partner;
    Location reseller;
    Location provider;

    @BeforeEach
    void aResellerAndItsProvider() {
        number = "PAGE-" + COUNT.incrementAndGet();
        reseller = location(number, "Brisolane " + number, LocationType.INDIRECT_RESELLER);
        provider = location(number + "-P", "Ashby " + number, LocationType.INDIRECT_PROVIDER);
        partner = reseller.partner();
    }

    @Test
    void theFirstPageSaysWhatIsKnownAndOffersToStateTheRest() {
        assertThat(body("/organization", "en"))
                .contains("This business has not been described yet.", number, "Describe your business");
        organizations.state(partner, PROFILE, "test");
        assertThat(body("/organization", "fr"))
                .contains("Raison sociale", "Brisolane &lt;SAS&gt;", "69004 Lyon", "ajoutez son contact principal");
    }

    @Test
    void whoeverMaySeeAndNotManageIsOfferedNothing() {
        var page = Visitor.body(get("/partners/" + partner + "/organization", "en", Role.INCENTIVES_USER));
        assertThat(page).contains(number).doesNotContain("Describe your business", "Add a contact");
        assertThat(get("/partners/" + partner + "/organization/profile", "en", Role.INCENTIVES_USER))
                .hasStatus(403);
    }

    @Test
    void aFormThatIsAtFaultComesBackWithWhatWasTypedAndWhatIsWrong() {
        var answer = post(
                "/partners/" + partner + "/organization/profile",
                OrganizationsTest.with(PROFILE, "postal-code", "6900x"),
                Role.ACCOUNT_ADMINISTRATOR);
        assertThat(answer)
                .hasStatus(422)
                .bodyText()
                .contains(
                        "value=\"6900x\"",
                        "href=\"#postal-code\"",
                        "Postal codes of this country look different.",
                        "value=\"Brisolane &lt;SAS>\"",
                        "aria-invalid=\"true\"");
        assertThat(organizations.organization(partner).profile()).isNull();
    }

    @Test
    void contactsAndNumbersComeAndGoOnTheirPages() {
        assertRedirect(
                post(
                        "/partners/" + partner + "/organization/contacts",
                        Map.of("purpose", "security", "name", "Night <desk>", "email", "night@example.com"),
                        Role.ACCOUNT_ADMINISTRATOR),
                "/partners/" + partner + "/organization");
        assertRedirect(
                post(
                        "/partners/" + partner + "/organization/registrations",
                        Map.of("country", "FR", "kind", "vat", "number", "fr 11 123456782"),
                        Role.ACCOUNT_ADMINISTRATOR),
                "/partners/" + partner + "/organization");
        assertThat(body("/organization", "en")).contains("Night &lt;desk&gt;", "FR 11 123456782", "VAT or the like");

        var contact = organizations.organization(partner).contacts().getFirst().id();
        post(
                "/partners/" + partner + "/organization/contacts/" + contact + "/removal",
                Map.of(),
                Role.ACCOUNT_ADMINISTRATOR);
        post(
                "/partners/" + partner + "/organization/registrations/FR/vat/removal",
                Map.of(),
                Role.ACCOUNT_ADMINISTRATOR);
        assertThat(body("/organization", "en")).doesNotContain("Night", "123456782");
    }

    @Test
    void aLocationIsAskedForAndTheVendorGivesItItsNumber() {
        assertRedirect(
                post(
                        "/partners/" + partner + "/organization/locations",
                        Map.of(
                                "name", "Annecy",
                                "type", "indirect-reseller",
                                "street", "3 allée du Vieux Pont",
                                "postal-code", "74000",
                                "city", "Annecy",
                                "country", "FR",
                                "contact-name", "Reception",
                                "contact-email", "annecy@example.com"),
                        Role.ACCOUNT_ADMINISTRATOR),
                "/partners/" + partner + "/organization/locations");
        assertThat(body("/organization/locations", "en")).contains("Annecy", "Pending", "Answer expected from");
        var question = verifications.of(partner).getLast().id();
        assertThat(Visitor.body(get("/console/verification", "en", Role.OPERATOR)))
                .contains("Brisolane " + number);
        assertThat(post("/console/verification/" + question + "/acceptance", Map.of(), Role.OPERATOR))
                .hasStatus(422)
                .bodyText()
                .contains("This is needed.");
        assertRedirect(
                post(
                        "/console/verification/" + question + "/acceptance",
                        Map.of("number", number + "-A"),
                        Role.OPERATOR),
                "/console/verification");
        assertThat(body("/organization/locations", "fr"))
                .contains(number + "-A", "Ouvert")
                .doesNotContain("En attente");
    }

    @Test
    void aRejectionIsReadWithItsReasonAndAppealedWithADocument() {
        organizations.state(partner, PROFILE, "test");
        var question = question(Step.BUSINESS);
        assertRedirect(
                post(
                        "/console/verification/" + question + "/rejection",
                        Map.of("reason", "The register knows <nothing> of it."),
                        Role.OPERATOR),
                "/console/verification");
        assertThat(body("/organization/verification/" + question, "en"))
                .contains("Rejected", "The register knows &lt;nothing&gt; of it.", "Send the appeal");

        var refused = appeal(question, "<html>".getBytes(US_ASCII), Role.ACCOUNT_ADMINISTRATOR);
        assertThat(refused).hasStatus(422).bodyText().contains("whatever its name says", "The extract proves it.");
        assertRedirect(
                appeal(question, "%PDF-1.4\n%%EOF\n".getBytes(US_ASCII), Role.ACCOUNT_ADMINISTRATOR),
                "/partners/" + partner + "/organization/verification/" + question);
        assertThat(Visitor.body(get("/console/verification/" + question, "en", Role.OPERATOR)))
                .contains("The extract proves it.", "The document (PDF, 1 kB)");
    }

    @Test
    void aDocumentIsGivenOutAsAnAttachmentToThoseWhoManageAndNobodyElse() {
        organizations.state(partner, PROFILE, "test");
        var question = question(Step.BUSINESS);
        verifications.reject(question, Map.of("reason", "The register knows nothing of it."), "test");
        appeal(question, "%PDF-1.4\n%%EOF\n".getBytes(US_ASCII), Role.ACCOUNT_ADMINISTRATOR);
        var appeal = verifications.verification(question).history().getLast().id();
        var path = "/organization/verification/" + question + "/documents/" + appeal;

        assertThat(get("/partners/" + partner + path, "en", Role.ACCOUNT_ADMINISTRATOR))
                .hasStatusOk()
                .hasContentType("application/pdf")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .headers()
                .hasValue("Content-Disposition", "attachment; filename=\"appeal-" + appeal + ".pdf\"");
        assertThat(get("/partners/" + partner + path, "en", Role.INCENTIVES_USER))
                .hasStatus(403);
        assertThat(get(
                        "/partners/" + provider.partner() + path,
                        "en",
                        Grant.at(provider.partner(), Role.GLOBAL_ADMINISTRATOR)))
                .hasStatus(404);
        assertThat(get("/console/verification/" + question + "/documents/" + (appeal + 1), "en", Role.OPERATOR))
                .hasStatus(404);
    }

    @Test
    void aProviderSeesOfItsResellerNameNumberAndCountryAlone() {
        organizations.state(partner, PROFILE, "test");
        locations.tie(reseller.id(), Map.of("other", provider.number(), "since", "2026-01-01"), "test");
        assertThat(body("/organization/locations", "en")).contains("Ashby " + number, "provider");
        assertThat(Visitor.body(get(
                        "/partners/" + provider.partner() + "/organization/locations",
                        "en",
                        Grant.at(provider.partner(), Role.SALES_AGENT))))
                .contains("Brisolane " + number, number, "France", "reseller")
                .doesNotContain("Tisserands", "Brisolane &lt;SAS&gt;");
    }

    @Test
    void theConsoleKnowsNumbersTiesAndClosesALocationForGood() {
        var path = "/console/partners/" + partner + "/locations/" + reseller.id();
        assertRedirect(
                post(path + "/ids", Map.of("number", number + "-B", "since", "2026-01-01"), Role.OPERATOR), path);
        assertRedirect(
                post(path + "/ties", Map.of("other", provider.number(), "since", "2026-01-01"), Role.OPERATOR), path);
        assertThat(post(path + "/ids", Map.of("number", provider.number(), "since", "2026-01-01"), Role.OPERATOR))
                .hasStatus(422)
                .bodyText()
                .contains("This number means another location.", "value=\"" + provider.number() + "\"");
        assertThat(Visitor.body(get(path, "en", Role.AUDITOR)))
                .contains(number + "-B", "Ashby " + number)
                .doesNotContain("Close this location for good", "End today");
        assertThat(Visitor.body(get("/console/partners/" + partner, "fr", Role.AUDITOR)))
                .contains(number + "-B", "Revendeur indirect");

        assertThat(post(path + "/closure", Map.of("number", number, "statement", "too short"), Role.OPERATOR))
                .hasStatus(422)
                .bodyText()
                .contains("A few more words, please.");
        assertRedirect(
                post(
                        path + "/closure",
                        Map.of("number", number, "statement", "Letter of 20 Nov 2026: it cannot be restored."),
                        Role.OPERATOR),
                path);
        assertThat(Visitor.body(get(path, "en", Role.OPERATOR))).contains("Closed since", "Letter of 20 Nov 2026");
        assertThat(get(path + "/closure", "en", Role.OPERATOR)).hasStatus(409);
    }

    @Test
    void aLocationIsFoundUnderItsOwnPartnerAlone() {
        assertThat(get("/console/partners/" + partner + "/locations/" + provider.id(), "en", Role.OPERATOR))
                .hasStatus(404);
        assertThat(post(
                        "/console/partners/" + partner + "/locations/" + provider.id() + "/closure",
                        Map.of("number", provider.number(), "statement", "Letter of 20 Nov 2026: close it."),
                        Role.OPERATOR))
                .hasStatus(404);
        assertThat(locations.closures(provider.partner())).isEmpty();
    }

    @Test
    void anAgreementIsPublishedReadSignedAndEnded() {
        var version = "P" + number;
        assertRedirect(
                post(
                        "/console/agreements",
                        Map.of(
                                "kind", "partner-agreement",
                                "version", version,
                                "effective", "2026-01-01",
                                "english", "We <agree>.",
                                "french", "Nous sommes d’accord."),
                        Role.OPERATOR),
                "/console/agreements");
        var path = "/partners/" + partner + "/organization/agreements";
        assertThat(body("/organization/agreements", "en")).contains("Partner agreement", version);
        assertThat(Visitor.body(get(path + "/partner-agreement/" + version, "fr", Role.GLOBAL_ADMINISTRATOR)))
                .contains("Nous sommes d’accord.", "Signer ce contrat");
        assertThat(Visitor.body(get(path + "/partner-agreement/" + version, "en", Role.ACCOUNT_ADMINISTRATOR)))
                .contains("We &lt;agree&gt;.", "A global administrator of your organization can sign.")
                .doesNotContain("Sign this agreement");
        assertThat(post(path + "/partner-agreement/" + version + "/signatures", Map.of(), Role.ACCOUNT_ADMINISTRATOR))
                .hasStatus(403);
        assertThat(post(
                        path + "/partner-agreement/" + version + "/signatures",
                        Map.of("signatory", "The director"),
                        Role.GLOBAL_ADMINISTRATOR))
                .hasStatus(422)
                .bodyText()
                .contains("Nothing is signed without it.", "value=\"The director\"");
        assertRedirect(
                post(
                        path + "/partner-agreement/" + version + "/signatures",
                        Map.of("signatory", "The director", "title", "Managing director", "agreed", "yes"),
                        Role.GLOBAL_ADMINISTRATOR),
                path);
        assertThat(body("/organization/agreements", "en")).contains("The director", "In force");

        var signed = agreements.of(partner).getFirst();
        assertThat(signed.kind()).isEqualTo(AgreementKind.PARTNER_AGREEMENT);
        assertRedirect(
                post(
                        "/console/partners/" + partner + "/agreements/" + signed.id() + "/end",
                        Map.of("reason", "Ended by letter."),
                        Role.OPERATOR),
                "/console/partners/" + partner + "/agreements");
        assertThat(body("/organization/agreements", "fr")).contains("Terminé", "Ended by letter.");
    }

    private int question(Step step) {
        return verifications.standing(partner).stream()
                .filter(question -> question.step() == step)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Location location(String locationNumber, String name, LocationType type) {
        var owner = new PartnerId(partners.newPartnerIds().getAsInt());
        var location = new Location(
                new LocationId(partners.newLocationIds().getAsInt()), owner, locationNumber, name, "FR", type.code());
        partners.register(List.of(new Partner(owner, locationNumber, name, "FR")), List.of(location));
        return location;
    }

    private MvcTestResult appeal(int question, byte[] content, Role role) {
        return web.post()
                .uri("/partners/" + partner + "/organization/verification/" + question + "/appeals")
                .multipart()
                .file(new MockMultipartFile("document", "../../etc/extract.pdf", "application/pdf", content))
                .param("comment", "The extract proves it.")
                .cookie(new Cookie("language", "en"))
                .with(csrf())
                .with(visitor(role).signedIn())
                .exchange();
    }

    private String body(String path, String language) {
        return Visitor.body(get("/partners/" + partner + path, language, Role.GLOBAL_ADMINISTRATOR));
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
