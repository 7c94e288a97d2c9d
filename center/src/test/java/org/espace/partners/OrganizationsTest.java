package org.espace.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.notices.Letterbox;
import org.espace.partners.Verification.State;
import org.espace.partners.Verification.Step;
import org.espace.web.Act;
import org.espace.web.FormRefused;
import org.espace.web.Secrets;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class OrganizationsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "admin@example.com";
    private static final Map<String, String> BRISOLANE = Map.of(
            "legal-name", "Brisolane SAS",
            "street", "12 quai des Tisserands",
            "postal-code", "69004",
            "city", "Lyon",
            "country", "FR");

    @Autowired
    Partners partners;

    @Autowired
    Organizations organizations;

    @Autowired
    Verifications verifications;

    @Autowired
    AddressProofs proofs;

    @Autowired
    Secrets secrets;

    @Autowired
    DSLContext sql;

    @Autowired
    ApplicationEvents events;

    PartnerId partner;

    @BeforeEach
    void onePartner() {
        partner = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(
                List.of(new Partner(partner, "ORG-" + COUNT.incrementAndGet(), "Brisolane", "FR")), List.of());
    }

    @Test
    void whatIsStatedIsKeptAsStatedAndItsVerificationBegins() {
        organizations.state(partner, with(BRISOLANE, "legal-name", "  Brisolane SAS "), BY);

        assertThat(organizations.organization(partner).profile())
                .isEqualTo(new Profile(
                        "Brisolane SAS",
                        null,
                        new Address("12 quai des Tisserands", "69004", "Lyon", null, "FR"),
                        null,
                        null));
        assertThat(steps()).isEqualTo(Map.of(Step.BUSINESS, State.PENDING, Step.DUE_DILIGENCE, State.PENDING));
        assertThat(acts())
                .containsExactly("organization.profile-changed", "verification.opened", "verification.opened");
    }

    @Test
    void everyFieldAtFaultIsNamedAtOnceAndNothingIsKept() {
        assertThat(faults(() -> organizations.state(
                        partner,
                        Map.of(
                                "legal-name",
                                " ",
                                "street",
                                "a\u0007b",
                                "city",
                                "Denver",
                                "country",
                                "US",
                                "phone",
                                "call me",
                                "website",
                                "javascript:alert(1)"),
                        BY)))
                .isEqualTo(Map.of(
                        "legal-name", "missing",
                        "street", "characters",
                        "region", "region",
                        "postal-code", "missing",
                        "phone", "phone",
                        "website", "website"));
        assertThat(organizations.organization(partner).profile()).isNull();
    }

    @Test
    void aNewLegalNameIsVerifiedAnewAndANewPhoneNumberIsNot() {
        organizations.state(partner, BRISOLANE, BY);
        accept(Step.BUSINESS);

        organizations.state(partner, with(BRISOLANE, "phone", "+33 4 65 71 00 10"), BY);
        assertThat(steps()).containsEntry(Step.BUSINESS, State.ACCEPTED);

        organizations.state(partner, with(BRISOLANE, "legal-name", "Brisolane SA"), BY);
        assertThat(steps()).containsEntry(Step.BUSINESS, State.PENDING);
        assertThat(verifications.of(partner))
                .filteredOn(question -> question.step() == Step.BUSINESS)
                .hasSize(2);
    }

    @Test
    void statingTheSameAgainIsNoNews() {
        organizations.state(partner, BRISOLANE, BY);
        organizations.state(partner, BRISOLANE, BY);
        assertThat(acts()).filteredOn("organization.profile-changed"::equals).hasSize(1);
    }

    @Test
    void thereIsOnePrimaryContactAndANewOneIsVerified() {
        organizations.addContact(partner, contact("primary", "One@Example.com"), BY);
        organizations.addContact(partner, contact("billing", "one@example.com"), BY);
        accept(Step.EMAIL_OWNERSHIP);
        organizations.addContact(partner, contact("primary", "two@example.com"), BY);

        assertThat(organizations.organization(partner).contacts())
                .extracting(contact -> contact.purpose() + " " + contact.email())
                .containsExactly("PRIMARY two@example.com", "BILLING one@example.com");
        assertThat(steps()).isEqualTo(Map.of(Step.EMAIL_OWNERSHIP, State.PENDING, Step.EMPLOYMENT, State.PENDING));
    }

    @Test
    void theSameContactForTheSamePurposeIsRefusedInAnyCase() {
        organizations.addContact(partner, contact("legal", "lawyer@example.com"), BY);
        assertThat(faults(() -> organizations.addContact(partner, contact("legal", "LAWYER@example.com"), BY)))
                .isEqualTo(Map.of("email", "contact-exists"));
    }

    @Test
    void aContactIsRemovedOnceAndNeverAnotherPartners() {
        organizations.addContact(partner, contact("legal", "lawyer@example.com"), BY);
        var contact = organizations.organization(partner).contacts().getFirst().id();
        var other = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(other, "ORG-" + COUNT.incrementAndGet(), "Other", "FR")), List.of());

        organizations.removeContact(other, contact, BY);
        assertThat(organizations.organization(partner).contacts()).hasSize(1);
        organizations.removeContact(partner, contact, BY);
        organizations.removeContact(partner, contact, BY);
        assertThat(organizations.organization(partner).contacts()).isEmpty();
        assertThat(acts()).containsExactly("contact.added", "contact.removed");
    }

    @Test
    void aCompanyNumberIsMissingWhereTheCountryAsksForOne() {
        organizations.state(partner, with(with(BRISOLANE, "country", "PL"), "postal-code", "00-950"), BY);
        assertThat(organizations.organization(partner).missingCompanyNumber()).contains("PL");

        assertThat(faults(() -> organizations.register(
                        partner, Map.of("country", "PL", "kind", "company", "number", "12"), BY)))
                .isEqualTo(Map.of("number", "company-number"));
        organizations.register(partner, Map.of("country", "PL", "kind", "company", "number", "0000123456"), BY);
        assertThat(organizations.organization(partner).missingCompanyNumber()).isEmpty();
    }

    @Test
    void aNumberTakesThePlaceOfTheOneBeforeAndTheBookKeepsBoth() {
        organizations.register(partner, Map.of("country", "FR", "kind", "company", "number", "123456782"), BY);
        organizations.register(partner, Map.of("country", "FR", "kind", "company", "number", "732829320"), BY);
        assertThat(organizations.organization(partner).registrations())
                .containsExactly(new Registration("FR", Registration.Kind.COMPANY, "732829320"));
        assertThat(events.stream(Act.class).toList().getLast())
                .satisfies(act -> assertThat(act.before()).containsEntry("company", "123456782"))
                .satisfies(act -> assertThat(act.after()).containsEntry("company", "732829320"));
    }

    @Test
    void aRejectionHasAReasonAndAnAppealAsksAgain() {
        organizations.state(partner, BRISOLANE, BY);
        var id = question(Step.BUSINESS);
        assertThat(faults(() -> verifications.reject(id, Map.of("reason", " "), "operator")))
                .isEqualTo(Map.of("reason", "missing"));
        verifications.reject(id, Map.of("reason", "The register knows another address."), "operator");
        verifications.appeal(partner, id, Map.of("comment", "The extract is attached."), pdf(), BY);

        assertThat(verifications.pending()).extracting(Verification::id).contains(id);
        verifications.accept(id, "operator");
        assertThat(verifications.verification(id).state()).isEqualTo(State.ACCEPTED);
        assertThat(acts()).endsWith("verification.rejected", "verification.appealed", "verification.accepted");
    }

    @Test
    void nobodyDecidesTwiceOrAppealsAgainstAnAcceptance() {
        organizations.state(partner, BRISOLANE, BY);
        var id = question(Step.BUSINESS);
        verifications.accept(id, "operator");

        assertThatThrownBy(() -> verifications.accept(id, "operator")).isInstanceOf(NotItsTurn.class);
        assertThatThrownBy(() -> verifications.reject(id, Map.of("reason", "too late, I fear"), "operator"))
                .isInstanceOf(NotItsTurn.class);
        assertThatThrownBy(() -> verifications.appeal(partner, id, Map.of("comment", "but it is right"), pdf(), BY))
                .isInstanceOf(NotItsTurn.class);
    }

    @Test
    void anotherPartnersQuestionIsNotFound() {
        organizations.state(partner, BRISOLANE, BY);
        var id = question(Step.BUSINESS);
        verifications.reject(id, Map.of("reason", "The register knows another address."), "operator");
        var other = new PartnerId(partner.value() + 1_000_000);

        assertThatThrownBy(() -> verifications.verification(other, id)).isInstanceOf(VerificationNotFound.class);
        assertThatThrownBy(() -> verifications.appeal(other, id, Map.of("comment", "let me through"), pdf(), BY))
                .isInstanceOf(VerificationNotFound.class);
    }

    @Test
    void whatIsNoDocumentIsRefusedBesideItsField() {
        organizations.state(partner, BRISOLANE, BY);
        var id = question(Step.BUSINESS);
        verifications.reject(id, Map.of("reason", "The register knows another address."), "operator");

        var script = new ByteArrayInputStream("<script>".getBytes(StandardCharsets.UTF_8));
        assertThat(faults(() -> verifications.appeal(partner, id, Map.of("comment", "see there, please"), script, BY)))
                .isEqualTo(Map.of("document", "document-type"));
        assertThat(verifications.verification(id).state()).isEqualTo(State.REJECTED);
    }

    @Test
    void aPartnerIsVerifiedOnceEverythingThatWasAskedIsAccepted() {
        assertThat(verifications.isVerified(partner)).isFalse();
        organizations.state(partner, BRISOLANE, BY);
        accept(Step.BUSINESS);
        assertThat(verifications.isVerified(partner)).isFalse();
        accept(Step.DUE_DILIGENCE);
        assertThat(verifications.isVerified(partner)).isTrue();
        verifications.open(partner, Step.IDENTITY, "operator");
        verifications.open(partner, Step.IDENTITY, "operator");
        assertThat(verifications.isVerified(partner)).isFalse();
        assertThat(verifications.of(partner)).hasSize(3);
    }

    @Test
    void whoeverOpensTheLinkOfTheMailHasTheAddressAndTheLinkWorksOnce() {
        organizations.addContact(partner, contact("primary", "one@example.com"), BY);
        var token = link();
        assertThat(proofs.find(token))
                .hasValueSatisfying(proof -> assertThat(proof.email()).isEqualTo("one@example.com"));
        assertThat(proofs.prove("guessed")).isFalse();
        assertThat(steps()).containsEntry(Step.EMAIL_OWNERSHIP, State.PENDING);

        assertThat(proofs.prove(token)).isTrue();
        assertThat(steps()).containsEntry(Step.EMAIL_OWNERSHIP, State.ACCEPTED);
        assertThat(proofs.prove(token)).isFalse();
        assertThat(events.stream(Act.class).toList().getLast().by()).isEqualTo("one@example.com");
    }

    @Test
    void anotherPrimaryContactOrAnotherMailMakesTheEarlierLinkWorthless() {
        organizations.addContact(partner, contact("primary", "one@example.com"), BY);
        var first = link();
        organizations.addContact(partner, contact("primary", "two@example.com"), BY);
        var second = link();
        organizations.ask(partner, Step.EMAIL_OWNERSHIP, "operator");

        assertThat(proofs.find(first)).isEmpty();
        assertThat(proofs.find(second)).isEmpty();
        assertThat(proofs.find(link()))
                .hasValueSatisfying(proof -> assertThat(proof.email()).isEqualTo("two@example.com"));
    }

    @Test
    void aLinkOfAnotherFortnightOpensNothing() {
        organizations.addContact(partner, contact("primary", "one@example.com"), BY);
        sql.execute("update partners.address_proof set expires_at = now() where partner_id = ?", partner.value());
        assertThat(proofs.prove(link())).isFalse();
    }

    @Test
    void thePrimaryContactLearnsOfEachVerdictAndItsReason() {
        organizations.addContact(partner, contact("primary", "one@example.com"), BY);
        organizations.state(partner, BRISOLANE, BY);
        verifications.reject(
                question(Step.BUSINESS), Map.of("reason", "The register knows nothing of it."), "operator");
        assertThat(sql.fetch(
                                "select template || ' ' || (arguments ->> 'reason') as said from notices.mail"
                                        + " where reference = ?",
                                "verification:" + question(Step.BUSINESS) + ":0")
                        .getValues("said", String.class))
                .containsExactly("verification-rejected The register knows nothing of it.");
    }

    /** The token of the last link that was sent for the partner. */
    private String link() {
        var to = sql.fetchSingle(
                        "select recipient from notices.mail where reference like ? order by id desc limit 1",
                        "address-proof:" + question(Step.EMAIL_OWNERSHIP) + ":%")
                .get("recipient", String.class);
        return Letterbox.secrets(sql, secrets, to).getLast().replaceAll(".*/", "");
    }

    private void accept(Step step) {
        verifications.accept(question(step), "operator");
    }

    private int question(Step step) {
        return verifications.standing(partner).stream()
                .filter(question -> question.step() == step)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Map<Step, State> steps() {
        var steps = new HashMap<Step, State>();
        verifications.standing(partner).forEach(question -> steps.put(question.step(), question.state()));
        return steps;
    }

    private List<String> acts() {
        return events.stream(Act.class).map(Act::action).toList();
    }

    private static Map<String, String> contact(String purpose, String email) {
        return Map.of("purpose", purpose, "name", "Reception", "email", email);
    }

    private static ByteArrayInputStream pdf() {
        return new ByteArrayInputStream("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    }

    static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    static Map<String, String> faults(Runnable action) {
        var faults = new HashMap<String, String>();
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(FormRefused.class, refused -> faults.putAll(refused.faults()));
        return faults;
    }
}
