package org.espace.partners;

import static org.espace.db.partners.Tables.CONTACT;
import static org.espace.db.partners.Tables.PARTNER;
import static org.espace.db.partners.Tables.PROFILE;
import static org.espace.db.partners.Tables.REGISTRATION;
import static org.jooq.Records.mapping;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class OrganizationStore {

    private final DSLContext sql;

    OrganizationStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else changes what belongs to the partner. */
    void lock(PartnerId partner) {
        var locked = sql.select(PARTNER.ID)
                .from(PARTNER)
                .where(PARTNER.ID.eq(partner.value()))
                .forUpdate()
                .execute();
        if (locked == 0) {
            throw new PartnerNotFound(partner);
        }
    }

    Optional<Profile> profile(PartnerId partner) {
        return sql.selectFrom(PROFILE)
                .where(PROFILE.PARTNER_ID.eq(partner.value()))
                .fetchOptional(row -> new Profile(
                        row.getLegalName(),
                        row.getTradingName(),
                        new Address(
                                row.getStreet(), row.getPostalCode(), row.getCity(), row.getRegion(), row.getCountry()),
                        row.getPhone(),
                        row.getWebsite()));
    }

    void keep(PartnerId partner, Profile profile, String by, Instant now) {
        sql.insertInto(PROFILE)
                .set(PROFILE.PARTNER_ID, partner.value())
                .set(PROFILE.LEGAL_NAME, profile.legalName())
                .set(PROFILE.TRADING_NAME, profile.tradingName())
                .set(PROFILE.STREET, profile.address().street())
                .set(PROFILE.POSTAL_CODE, profile.address().postalCode())
                .set(PROFILE.CITY, profile.address().city())
                .set(PROFILE.REGION, profile.address().region())
                .set(PROFILE.COUNTRY, profile.address().country())
                .set(PROFILE.PHONE, profile.phone())
                .set(PROFILE.WEBSITE, profile.website())
                .set(PROFILE.STATED_AT, now)
                .set(PROFILE.STATED_BY, by)
                .onConflict(PROFILE.PARTNER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    List<Contact> contacts(PartnerId partner) {
        return sql
                .select(
                        CONTACT.ID,
                        CONTACT.PURPOSE.convertFrom(
                                code -> Contact.Purpose.of(code).orElseThrow()),
                        CONTACT.NAME,
                        CONTACT.EMAIL,
                        CONTACT.PHONE)
                .from(CONTACT)
                .where(CONTACT.PARTNER_ID.eq(partner.value()))
                .orderBy(CONTACT.NAME, CONTACT.ID)
                .fetch(mapping(Contact::new))
                .stream()
                .sorted(Comparator.comparing(Contact::purpose))
                .toList();
    }

    /** False when the partner has that contact for that purpose. */
    boolean insert(PartnerId partner, Contact contact, String by, Instant now) {
        return sql.insertInto(CONTACT)
                        .set(CONTACT.PARTNER_ID, partner.value())
                        .set(CONTACT.PURPOSE, contact.purpose().code())
                        .set(CONTACT.NAME, contact.name())
                        .set(CONTACT.EMAIL, contact.email())
                        .set(CONTACT.PHONE, contact.phone())
                        .set(CONTACT.ADDED_AT, now)
                        .set(CONTACT.ADDED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    void deleteContact(PartnerId partner, int contact) {
        sql.deleteFrom(CONTACT)
                .where(CONTACT.PARTNER_ID.eq(partner.value()), CONTACT.ID.eq(contact))
                .execute();
    }

    List<Registration> registrations(PartnerId partner) {
        return sql.select(
                        REGISTRATION.COUNTRY,
                        REGISTRATION.KIND.convertFrom(
                                code -> Registration.Kind.of(code).orElseThrow()),
                        REGISTRATION.NUMBER)
                .from(REGISTRATION)
                .where(REGISTRATION.PARTNER_ID.eq(partner.value()))
                .orderBy(REGISTRATION.COUNTRY, REGISTRATION.KIND)
                .fetch(mapping(Registration::new));
    }

    void keep(PartnerId partner, Registration registration, String by, Instant now) {
        sql.insertInto(REGISTRATION)
                .set(REGISTRATION.PARTNER_ID, partner.value())
                .set(REGISTRATION.COUNTRY, registration.country())
                .set(REGISTRATION.KIND, registration.kind().code())
                .set(REGISTRATION.NUMBER, registration.number())
                .set(REGISTRATION.STATED_AT, now)
                .set(REGISTRATION.STATED_BY, by)
                .onConflict(REGISTRATION.PARTNER_ID, REGISTRATION.COUNTRY, REGISTRATION.KIND)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    void deleteRegistration(PartnerId partner, String country, Registration.Kind kind) {
        sql.deleteFrom(REGISTRATION)
                .where(
                        REGISTRATION.PARTNER_ID.eq(partner.value()),
                        REGISTRATION.COUNTRY.eq(country),
                        REGISTRATION.KIND.eq(kind.code()))
                .execute();
    }
}
