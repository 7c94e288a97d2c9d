package org.espace.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.agreements.AgreementKind;
import org.espace.agreements.Agreements;
import org.espace.partners.Locations;
import org.espace.partners.Organizations;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.partners.Verification;
import org.espace.partners.Verification.Step;
import org.espace.partners.Verifications;
import org.espace.payees.Payees;
import org.espace.payees.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What some of the demo's partners say of themselves, and how far the vendor has come with it. Nobody in particular acts
 * in it: people are named after what they do.
 */
@Component
class DemoOrganizations {

    private static final String BY = "demo";
    private static final String FINANCE = "demo, finance";
    private static final String VERSION = "2026.1";
    private static final String PROVIDER = "6101000";
    private static final String APPEALING = "6101040";

    private final Partners partners;
    private final Organizations organizations;
    private final Locations locations;
    private final Verifications verifications;
    private final Agreements agreements;
    private final Profiles profiles;
    private final Payees payees;
    private final Clock clock;

    DemoOrganizations(
            Partners partners,
            Organizations organizations,
            Locations locations,
            Verifications verifications,
            Agreements agreements,
            Profiles profiles,
            Payees payees,
            Clock clock) {
        this.partners = partners;
        this.organizations = organizations;
        this.locations = locations;
        this.verifications = verifications;
        this.agreements = agreements;
        this.profiles = profiles;
        this.payees = payees;
        this.clock = clock;
    }

    /** All of it or nothing; what is there already stays. */
    @Transactional
    public void prepare() {
        publishTexts();
        describeGuided(partner(Cast.GUIDED_PARTNER));
        describeProvider(partner(PROVIDER));
        describeAppealing(partner(APPEALING));
    }

    private void publishTexts() {
        for (var kind : AgreementKind.values()) {
            if (agreements.texts().stream().noneMatch(text -> text.kind() == kind)) {
                agreements.publish(
                        Map.of(
                                "kind",
                                kind.code(),
                                "version",
                                VERSION,
                                "effective",
                                "2026-01-01",
                                "months",
                                kind == AgreementKind.NETWORK_MEMBERSHIP ? "12" : "",
                                "english",
                                """
                                        This text belongs to the demo and binds nobody.

                                        1. The vendor and the partner want to do business with each other.
                                        2. What the partner earns follows from the terms of each program, in the version \
                                        that was published when the sale was made.
                                        3. Either side may end this agreement in writing.""",
                                "french",
                                """
                                        Ce texte appartient à la démonstration et n’engage personne.

                                        1. Le fournisseur et le partenaire souhaitent travailler ensemble.
                                        2. Ce que gagne le partenaire découle des conditions de chaque programme, dans la \
                                        version publiée au moment de la vente.
                                        3. Chacune des parties peut mettre fin à ce contrat par écrit."""),
                        BY);
            }
        }
    }

    private void describeGuided(PartnerId partner) {
        if (isDescribed(partner)) {
            return;
        }
        organizations.state(
                partner,
                Map.of(
                        "legal-name", "Brisolane Informatique SAS",
                        "trading-name", "Brisolane",
                        "street", "12 quai des Tisserands",
                        "postal-code", "69004",
                        "city", "Lyon",
                        "country", "FR",
                        "phone", "+33 4 65 71 00 10",
                        "website", "https://brisolane.example"),
                BY);
        contact(partner, "primary", "Direction générale", "direction@brisolane.example");
        contact(partner, "incentives", "Gestion des incitations", "incitations@brisolane.example");
        contact(partner, "security", "Astreinte sécurité", "securite@brisolane.example");
        register(partner, "FR", "company", "123 456 782");
        register(partner, "FR", "vat", "FR11123456782");
        accept(partner, Step.EMAIL_OWNERSHIP, Step.EMPLOYMENT, Step.BUSINESS);
        apply(partner, "Bruxelles", "45 rue du Tisonnier", "1000", "Bruxelles", "BE");
        apply(partner, "Annecy", "3 allée du Vieux Pont", "74000", "Annecy", "FR");
        question(partner, "Annecy")
                .forEach(question -> verifications.reject(
                        question.id(),
                        Map.of(
                                "reason",
                                "No business of this name is registered at the address. A lease or an invoice for the place would show it."),
                        BY));
        locations.addTransactingId(
                partners.findLocation("6101011").orElseThrow().id(),
                Map.of("number", "6109911", "since", "2026-01-01"),
                BY);
        sign(partner, AgreementKind.NETWORK_MEMBERSHIP);
        pay(partner);
    }

    /** To the account that the register of IBANs gives as France’s example, and under a number that passes its check. */
    private void pay(PartnerId partner) {
        var bank = profiles.handInBank(
                partner,
                Map.of(
                        "profile-name", "Compte principal",
                        "country", "FR",
                        "sheet", "bank-transfer",
                        "currency", "EUR",
                        "holder", "Brisolane Informatique S.A.S.",
                        "iban", "FR14 2004 1010 0505 0001 3M02 606",
                        "bic", "PSSTFRPPPAR"),
                BY);
        var location = partners.findLocation("6101011").orElseThrow().id();
        var tax = profiles.handInTax(
                partner,
                location,
                Map.of("country", "FR", "sheet", "vat", "holder", "Brisolane Informatique SAS", "vat", "FR11123456782"),
                InputStream.nullInputStream(),
                BY);
        profiles.approve(bank, Map.of(), FINANCE);
        profiles.approve(tax, Map.of(), FINANCE);
        payees.setDefault(partner, profiles.idOf(bank), List.of(location), BY);
        payees.assignDefaults(location, "csp-indirect-reseller", BY);
    }

    private void describeProvider(PartnerId partner) {
        if (isDescribed(partner)) {
            return;
        }
        organizations.state(
                partner,
                Map.of(
                        "legal-name", "Ashby Vale Distribution plc",
                        "street", "8 Millrace Court",
                        "postal-code", "BS1 4ZZ",
                        "city", "Bristol",
                        "country", "GB",
                        "website", "https://ashbyvale.example"),
                BY);
        contact(partner, "primary", "Company secretary", "secretary@ashbyvale.example");
        contact(partner, "security", "Security desk", "security@ashbyvale.example");
        accept(partner, Step.values());
        var provider = partners.findLocation("6101001").orElseThrow().id();
        for (var reseller : List.of("6101011", "6101012", "6101041")) {
            locations.tie(provider, Map.of("other", reseller, "since", "2025-07-01"), BY);
        }
        sign(partner, AgreementKind.NETWORK_MEMBERSHIP, AgreementKind.CLOUD_DISTRIBUTOR);
        profiles.handInBank(
                partner,
                Map.of(
                        "profile-name", "Sterling account",
                        "country", "GB",
                        "sheet", "bank-transfer",
                        "currency", "GBP",
                        "holder", "Ashby Vale Holdings plc",
                        "sort-code", "200000",
                        "account", "55779911"),
                BY);
    }

    private void describeAppealing(PartnerId partner) {
        if (isDescribed(partner)) {
            return;
        }
        organizations.state(
                partner,
                Map.of(
                        "legal-name", "Cedar Fork Cloud, Inc.",
                        "street", "210 Cottonwood Avenue",
                        "postal-code", "83702",
                        "city", "Boise",
                        "region", "Idaho",
                        "country", "US"),
                BY);
        contact(partner, "primary", "Operations", "operations@cedarfork.example");
        profiles.handInBank(
                partner,
                Map.of(
                        "profile-name", "Operating account",
                        "country", "US",
                        "sheet", "bank-transfer",
                        "currency", "USD",
                        "holder", "Cedar Fork Cloud Inc",
                        "routing", "021000021",
                        "account", "000123456789",
                        "account-type", "checking"),
                BY);
        for (var question : standing(partner, Step.BUSINESS)) {
            verifications.reject(
                    question.id(),
                    Map.of("reason", "The register of Idaho shows this company at another address."),
                    BY);
            verifications.appeal(
                    partner,
                    question.id(),
                    Map.of("comment", "We moved in summer; the state's confirmation is attached."),
                    new ByteArrayInputStream("%PDF-1.4\n%%EOF\n".getBytes(US_ASCII)),
                    BY);
        }
    }

    private PartnerId partner(String number) {
        return partners.find(number).orElseThrow().id();
    }

    private boolean isDescribed(PartnerId partner) {
        return Objects.nonNull(organizations.organization(partner).profile());
    }

    private void contact(PartnerId partner, String purpose, String name, String email) {
        organizations.addContact(partner, Map.of("purpose", purpose, "name", name, "email", email), BY);
    }

    private void register(PartnerId partner, String country, String kind, String number) {
        organizations.register(partner, Map.of("country", country, "kind", kind, "number", number), BY);
    }

    private void accept(PartnerId partner, Step... steps) {
        standing(partner, steps).forEach(question -> verifications.accept(question.id(), BY));
    }

    private List<Verification> standing(PartnerId partner, Step... steps) {
        return verifications.standing(partner).stream()
                .filter(question -> List.of(steps).contains(question.step()))
                .toList();
    }

    private void apply(PartnerId partner, String name, String street, String code, String city, String country) {
        locations.apply(
                partner,
                Map.of(
                        "name",
                        name,
                        "type",
                        "indirect-reseller",
                        "street",
                        street,
                        "postal-code",
                        code,
                        "city",
                        city,
                        "country",
                        country,
                        "contact-name",
                        "Direction générale",
                        "contact-email",
                        "direction@brisolane.example"),
                BY);
    }

    private List<Verification> question(PartnerId partner, String name) {
        var asked = new ArrayList<Integer>();
        locations.applications(partner).stream()
                .filter(application -> application.name().equals(name))
                .forEach(application -> asked.add(application.id()));
        return verifications.of(partner).stream()
                .filter(question -> asked.contains(question.application()))
                .toList();
    }

    private void sign(PartnerId partner, AgreementKind... kinds) {
        var today = LocalDate.now(clock);
        for (var kind : kinds) {
            if (agreements.inForce(partner, today).stream().noneMatch(agreement -> agreement.kind() == kind)) {
                agreements.sign(
                        partner,
                        kind,
                        VERSION,
                        Map.of("signatory", "Global administrator", "title", "Managing director", "agreed", "yes"),
                        BY);
            }
        }
    }
}
