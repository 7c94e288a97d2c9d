package org.espace.certifications;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;

/** A partner of a test, and the people whom it takes on. */
record Company(PartnerId id, String number, Users users) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    static Company of(Partners partners, Users users) {
        var number = "CERT-" + COUNT.incrementAndGet();
        var id = new PartnerId(partners.newPartnerIds().getAsInt());
        partners.register(List.of(new Partner(id, number, "Brisolane " + number, "FR")), List.of());
        return new Company(id, number, users);
    }

    /** Who has signed in. */
    SignedIn person(Role... roles) {
        var email = "p" + COUNT.incrementAndGet() + "@certifications.example";
        users.create(
                id,
                email,
                "Person " + COUNT.get(),
                List.of(roles).stream().map(role -> Grant.at(id, role)).toList(),
                "test");
        return users.find(email).orElseThrow().owing(null);
    }

    /** Unless it is offered already: all tests share one catalogue. */
    static void offer(Catalogue catalogue, String code, String level, String months) {
        if (catalogue.certifications().stream().noneMatch(known -> known.code().equals(code))) {
            catalogue.add(
                    Map.of(
                            "certificate-code",
                            code,
                            "english-name",
                            "Certified " + code,
                            "french-name",
                            "Certifié " + code,
                            "certificate-level",
                            level,
                            "provider",
                            "Academy",
                            "good-for",
                            months,
                            "steps-english",
                            "Learn\nPass",
                            "steps-french",
                            "Apprendre\nRéussir"),
                    "test");
        }
    }
}
