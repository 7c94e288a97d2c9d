package org.espace.enrollment;

import static org.jooq.impl.DSL.val;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.eligibility.Eligibility;
import org.espace.eligibility.EligibilityChanged;
import org.espace.eligibility.Verdict;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.LocationType;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Payees;
import org.espace.payees.Profiles;
import org.espace.programs.Programs;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A partner with two locations and a program of its own, which asks for an agreement. Whether they meet it is said here: how
 * it is found out is another room's.
 */
record Reseller(PartnerId partner, Location lyon, Location namur, String program) {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BY = "test";

    String administrator() {
        return "admin-" + program + "@example.com";
    }

    List<LocationId> locations() {
        return List.of(lyon.id(), namur.id());
    }

    /** What brings resellers about. */
    @Component
    static class World {

        final Partners partners;
        final Programs programs;
        final Users users;
        final Payees payees;
        final Profiles profiles;
        final DSLContext sql;
        final TransactionTemplate transaction;
        final ApplicationEventPublisher events;

        World(
                Partners partners,
                Programs programs,
                Users users,
                Payees payees,
                Profiles profiles,
                DSLContext sql,
                TransactionTemplate transaction,
                ApplicationEventPublisher events) {
            this.partners = partners;
            this.programs = programs;
            this.users = users;
            this.payees = payees;
            this.profiles = profiles;
            this.sql = sql;
            this.transaction = transaction;
            this.events = events;
        }

        Reseller reseller() {
            return reseller("requires:\n  - agreement: network-membership\n");
        }

        Reseller reseller(String requires) {
            var number = "ENR-" + COUNT.incrementAndGet();
            var partner = new PartnerId(partners.newPartnerIds().getAsInt());
            var ids = partners.newLocationIds();
            var lyon = location(ids.getAsInt(), partner, number + "-1", "Lyon", "FR");
            var namur = location(ids.getAsInt(), partner, number + "-2", "Namur", "BE");
            partners.register(List.of(new Partner(partner, number, "Brisolane " + number, "FR")), List.of(lyon, namur));
            var program = "enrolled-" + number.toLowerCase(Locale.ROOT);
            programs.publish("""
                    program: %s
                    name: {en: Growth of %s, fr: Croissance de %s}
                    version: V1
                    effective: 2020-01-01/2040-01-01
                    currency: EUR
                    open-to: {partner-types: [indirect-reseller], countries: all}
                    %ssplit: {rebate: 60%%, co-op: 40%%}
                    levers:
                      - id: core
                        name: {en: Core, fr: Socle}
                        of: all
                        rate: 10%%
                    """.formatted(program, number, number, requires), BY);
            var reseller = new Reseller(partner, lyon, namur, program);
            grant(reseller, reseller.administrator(), Role.INCENTIVES_ADMINISTRATOR, null, null);
            return reseller;
        }

        private static Location location(int id, PartnerId partner, String number, String name, String country) {
            return new Location(
                    new LocationId(id), partner, number, name, country, LocationType.INDIRECT_RESELLER.code());
        }

        void grant(
                Reseller reseller, String email, Role role, @Nullable LocationId location, @Nullable String program) {
            users.create(
                    reseller.partner(),
                    email,
                    "Reader",
                    List.of(Grant.at(reseller.partner(), role, location, program)),
                    BY);
        }

        SignedIn signedIn(String email) {
            return users.find(email).orElseThrow().owing(null);
        }

        /** As an evaluation says it, in its transaction. */
        void say(Reseller reseller, Verdict verdict, boolean mayStay, LocalDate since, LocationId... locations) {
            transaction.executeWithoutResult(_ -> {
                for (var location : locations) {
                    sql.execute(
                            "insert into eligibility.verdict (location_id, program, version, verdict, since, may_stay, day, "
                                    + "answered_at) values ({0}, {1}, 'V1', {2}, {3}, {4}, {3}, now())",
                            val(location.value()),
                            val(reseller.program()),
                            val(verdict.code()),
                            val(since),
                            val(mayStay));
                }
                events.publishEvent(new EligibilityChanged(List.of(locations).stream()
                        .map(location -> new Eligibility(location, reseller.program(), verdict, since, mayStay))
                        .toList()));
            });
        }

        /** The location's bank and tax profiles are handed in. */
        int[] handIn(Reseller reseller, LocationId location) {
            var bank = profiles.handInBank(
                    reseller.partner(),
                    Map.of(
                            "profile-name", "Main account of " + location,
                            "country", "FR",
                            "sheet", "bank-transfer",
                            "currency", "EUR",
                            "holder", partners.partner(reseller.partner()).name(),
                            "iban", "FR14 2004 1010 0505 0001 3M02 606",
                            "bic", "PSSTFRPPPAR"),
                    BY);
            payees.setDefault(reseller.partner(), profiles.idOf(bank), List.of(location), BY);
            var tax = profiles.handInTax(
                    reseller.partner(),
                    location,
                    Map.of(
                            "country", "FR",
                            "sheet", "vat",
                            "holder", partners.partner(reseller.partner()).name(),
                            "vat", "FR44732829320"),
                    InputStream.nullInputStream(),
                    BY);
            return new int[] {bank, tax};
        }

        void approve(int... versions) {
            for (var version : versions) {
                profiles.approve(version, Map.of("accepted-because", "Confirmed by letter."), "finance@example.com");
            }
        }

        /** Subjects of the mails kept for somebody, the latest last. */
        List<String> mailTo(String email) {
            return sql.fetch("select template from notices.mail where recipient = {0} order by id", val(email))
                    .getValues(0, String.class);
        }
    }
}
