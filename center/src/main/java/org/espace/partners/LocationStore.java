package org.espace.partners;

import static org.espace.db.partners.Tables.APPLICATION;
import static org.espace.db.partners.Tables.CLOSURE;
import static org.espace.db.partners.Tables.LOCATION;
import static org.espace.db.partners.Tables.PARTNER;
import static org.espace.db.partners.Tables.TIE;
import static org.espace.db.partners.Tables.TRANSACTING_ID;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.espace.db.partners.tables.records.ApplicationRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class LocationStore {

    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private final DSLContext sql;

    LocationStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else gives numbers out, changes ties or closes. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('partners.numbers', 0))");
    }

    boolean isOwnNumber(String number) {
        return sql.fetchExists(LOCATION, LOCATION.NUMBER.eq(number));
    }

    /** Those that have the number at some time in the period. */
    List<TransactingId> holding(String number, LocalDate since, @Nullable LocalDate until) {
        return ids(TRANSACTING_ID
                .NUMBER
                .eq(number)
                .and(overlaps(TRANSACTING_ID.SINCE, TRANSACTING_ID.UNTIL, since, until)));
    }

    boolean isTransactingId(String number) {
        return sql.fetchExists(TRANSACTING_ID, TRANSACTING_ID.NUMBER.eq(number));
    }

    List<TransactingId> ids(PartnerId partner) {
        return ids(TRANSACTING_ID.PARTNER_ID.eq(partner.value()));
    }

    private List<TransactingId> ids(Condition which) {
        return sql.select(
                        TRANSACTING_ID.ID,
                        TRANSACTING_ID.LOCATION_ID.convertFrom(LocationId::new),
                        TRANSACTING_ID.NUMBER,
                        TRANSACTING_ID.SINCE,
                        TRANSACTING_ID.UNTIL)
                .from(TRANSACTING_ID)
                .where(which)
                .orderBy(TRANSACTING_ID.SINCE.desc(), TRANSACTING_ID.NUMBER)
                .fetch(mapping(TransactingId::new));
    }

    void insert(Location location, String number, LocalDate since, @Nullable LocalDate until, String by, Instant now) {
        sql.insertInto(TRANSACTING_ID)
                .set(TRANSACTING_ID.NUMBER, number)
                .set(TRANSACTING_ID.LOCATION_ID, location.id().value())
                .set(TRANSACTING_ID.PARTNER_ID, location.partner().value())
                .set(TRANSACTING_ID.SINCE, since)
                .set(TRANSACTING_ID.UNTIL, until)
                .set(TRANSACTING_ID.ADDED_AT, now)
                .set(TRANSACTING_ID.ADDED_BY, by)
                .execute();
    }

    /** What would only have begun by then has never been. */
    void endId(int id, LocalDate on) {
        sql.deleteFrom(TRANSACTING_ID)
                .where(TRANSACTING_ID.ID.eq(id), TRANSACTING_ID.SINCE.ge(on))
                .execute();
        sql.update(TRANSACTING_ID)
                .set(TRANSACTING_ID.UNTIL, on)
                .where(
                        TRANSACTING_ID.ID.eq(id),
                        coalesce(TRANSACTING_ID.UNTIL, NEVER).gt(on))
                .execute();
    }

    List<Tie> ties(PartnerId partner) {
        return ties(TIE.RESELLER_PARTNER_ID.eq(partner.value()).or(TIE.PROVIDER_PARTNER_ID.eq(partner.value())));
    }

    List<Tie> ties(LocationId location) {
        return ties(TIE.RESELLER_LOCATION_ID.eq(location.value()).or(TIE.PROVIDER_LOCATION_ID.eq(location.value())));
    }

    boolean isTied(LocationId reseller, LocationId provider, LocalDate since, @Nullable LocalDate until) {
        return sql.fetchExists(
                TIE,
                TIE.RESELLER_LOCATION_ID.eq(reseller.value()),
                TIE.PROVIDER_LOCATION_ID.eq(provider.value()),
                overlaps(TIE.SINCE, TIE.UNTIL, since, until));
    }

    private List<Tie> ties(Condition which) {
        var reseller = LOCATION.as("reseller");
        var resellers = PARTNER.as("resellers");
        var provider = LOCATION.as("provider");
        var providers = PARTNER.as("providers");
        return sql.select(
                        TIE.ID,
                        resellers.ID,
                        reseller.ID,
                        resellers.NAME,
                        reseller.NAME,
                        reseller.NUMBER,
                        reseller.COUNTRY,
                        providers.ID,
                        provider.ID,
                        providers.NAME,
                        provider.NAME,
                        provider.NUMBER,
                        provider.COUNTRY,
                        TIE.SINCE,
                        TIE.UNTIL)
                .from(TIE)
                .join(reseller)
                .on(reseller.ID.eq(TIE.RESELLER_LOCATION_ID))
                .join(resellers)
                .on(resellers.ID.eq(reseller.PARTNER_ID))
                .join(provider)
                .on(provider.ID.eq(TIE.PROVIDER_LOCATION_ID))
                .join(providers)
                .on(providers.ID.eq(provider.PARTNER_ID))
                .where(which)
                .orderBy(TIE.SINCE.desc(), resellers.NAME, reseller.NAME, TIE.ID)
                .fetch(row -> new Tie(
                        row.value1(),
                        new Tie.Side(
                                new PartnerId(row.value2()),
                                new LocationId(row.value3()),
                                name(row.value4(), row.value5()),
                                row.value6(),
                                row.value7()),
                        new Tie.Side(
                                new PartnerId(row.value8()),
                                new LocationId(row.value9()),
                                name(row.value10(), row.value11()),
                                row.value12(),
                                row.value13()),
                        row.value14(),
                        row.value15()));
    }

    private static String name(String partner, String location) {
        return partner.equals(location) ? partner : partner + " – " + location;
    }

    void insert(
            Location reseller, Location provider, LocalDate since, @Nullable LocalDate until, String by, Instant now) {
        sql.insertInto(TIE)
                .set(TIE.RESELLER_LOCATION_ID, reseller.id().value())
                .set(TIE.RESELLER_PARTNER_ID, reseller.partner().value())
                .set(TIE.PROVIDER_LOCATION_ID, provider.id().value())
                .set(TIE.PROVIDER_PARTNER_ID, provider.partner().value())
                .set(TIE.SINCE, since)
                .set(TIE.UNTIL, until)
                .set(TIE.MADE_AT, now)
                .set(TIE.MADE_BY, by)
                .execute();
    }

    /** What would only have begun by then has never been. */
    void endTie(int tie, LocalDate on) {
        sql.deleteFrom(TIE).where(TIE.ID.eq(tie), TIE.SINCE.ge(on)).execute();
        sql.update(TIE)
                .set(TIE.UNTIL, on)
                .where(TIE.ID.eq(tie), coalesce(TIE.UNTIL, NEVER).gt(on))
                .execute();
    }

    List<LocationApplication> applications(PartnerId partner) {
        return sql.selectFrom(APPLICATION)
                .where(APPLICATION.PARTNER_ID.eq(partner.value()))
                .orderBy(APPLICATION.ID.desc())
                .fetch(LocationStore::application);
    }

    Optional<LocationApplication> application(int id) {
        return sql.selectFrom(APPLICATION).where(APPLICATION.ID.eq(id)).fetchOptional(LocationStore::application);
    }

    private static LocationApplication application(ApplicationRecord row) {
        return new LocationApplication(
                row.getId(),
                new PartnerId(row.getPartnerId()),
                row.getName(),
                LocationType.of(row.getType()).orElseThrow(),
                new Address(row.getStreet(), row.getPostalCode(), row.getCity(), row.getRegion(), row.getCountry()),
                row.getContactName(),
                row.getContactEmail(),
                row.getAskedAt(),
                row.getAskedBy(),
                row.getLocationId() == null ? null : new LocationId(row.getLocationId()));
    }

    int insert(LocationApplication application) {
        return sql.insertInto(APPLICATION)
                .set(APPLICATION.PARTNER_ID, application.partner().value())
                .set(APPLICATION.NAME, application.name())
                .set(APPLICATION.TYPE, application.type().code())
                .set(APPLICATION.STREET, application.address().street())
                .set(APPLICATION.POSTAL_CODE, application.address().postalCode())
                .set(APPLICATION.CITY, application.address().city())
                .set(APPLICATION.REGION, application.address().region())
                .set(APPLICATION.COUNTRY, application.address().country())
                .set(APPLICATION.CONTACT_NAME, application.contactName())
                .set(APPLICATION.CONTACT_EMAIL, application.contactEmail())
                .set(APPLICATION.ASKED_AT, application.askedAt())
                .set(APPLICATION.ASKED_BY, application.askedBy())
                .returningResult(APPLICATION.ID)
                .fetchSingle()
                .value1();
    }

    void become(LocationApplication application, LocationId location) {
        sql.update(APPLICATION)
                .set(APPLICATION.LOCATION_ID, location.value())
                .where(APPLICATION.ID.eq(application.id()))
                .execute();
    }

    List<Closure> closures(PartnerId partner) {
        return sql.select(
                        CLOSURE.LOCATION_ID.convertFrom(LocationId::new),
                        CLOSURE.CLOSED_ON,
                        CLOSURE.STATEMENT,
                        CLOSURE.CLOSED_AT,
                        CLOSURE.CLOSED_BY)
                .from(CLOSURE)
                .where(CLOSURE.PARTNER_ID.eq(partner.value()))
                .fetch(mapping(Closure::new));
    }

    boolean isClosed(LocationId location) {
        return sql.fetchExists(CLOSURE, CLOSURE.LOCATION_ID.eq(location.value()));
    }

    void close(Location location, LocalDate on, String statement, String by, Instant now) {
        sql.insertInto(CLOSURE)
                .set(CLOSURE.LOCATION_ID, location.id().value())
                .set(CLOSURE.PARTNER_ID, location.partner().value())
                .set(CLOSURE.CLOSED_ON, on)
                .set(CLOSURE.STATEMENT, statement)
                .set(CLOSURE.CLOSED_AT, now)
                .set(CLOSURE.CLOSED_BY, by)
                .execute();
    }

    private static Condition overlaps(
            Field<LocalDate> from, Field<LocalDate> to, LocalDate since, @Nullable LocalDate until) {
        return from.lt(coalesce(val(until, LocalDate.class), NEVER))
                .and(coalesce(to, NEVER).gt(since));
    }
}
