package org.espace.partners;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.espace.db.partners.Tables.CLOSURE;
import static org.espace.db.partners.Tables.LOCATION;
import static org.espace.db.partners.Tables.PARTNER;
import static org.espace.db.partners.Tables.TRANSACTING_ID;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.when;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.espace.web.NumberBlock;
import org.espace.web.ReadyQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.Record6;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to whom we do business with. */
@Service
public class Partners {

    private final DSLContext sql;
    private final Clock clock;
    private final ReadyQuery<Record4<PartnerId, String, String, String>> byId;
    private final ReadyQuery<Record6<LocationId, PartnerId, String, String, String, String>> locationsOf;

    Partners(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.byId = new ReadyQuery<>(sql, select(PARTNER.ID.eq(0)));
        this.locationsOf = new ReadyQuery<>(sql, selectLocations(LOCATION.PARTNER_ID.eq(0)));
    }

    public Partner partner(PartnerId id) {
        return find(id).orElseThrow(() -> new PartnerNotFound(id));
    }

    public Optional<Partner> find(PartnerId id) {
        return byId.with(id.value()).fetchOptional(mapping(Partner::new));
    }

    public Optional<Partner> find(String number) {
        return partners(PARTNER.NUMBER.eq(number), 1).stream().findFirst();
    }

    public List<Partner> all() {
        return partners(PARTNER.ID.isNotNull(), Integer.MAX_VALUE);
    }

    public int count() {
        return sql.fetchCount(PARTNER);
    }

    public int locationCount() {
        return sql.fetchCount(LOCATION);
    }

    /** Those whose number or name holds the text, in capital or small letters. */
    public List<Partner> search(String text, int most) {
        return partners(PARTNER.NAME.containsIgnoreCase(text).or(PARTNER.NUMBER.containsIgnoreCase(text)), most);
    }

    public Location location(LocationId id) {
        return locations(LOCATION.ID.eq(id.value())).stream().findFirst().orElseThrow(() -> new PartnerNotFound(id));
    }

    /** By its own number alone, not by one that it transacts under. */
    public Optional<Location> findLocation(String number) {
        return locations(LOCATION.NUMBER.eq(number)).stream().findFirst();
    }

    public List<Location> locations(PartnerId partner) {
        return locationsOf.with(partner.value()).fetch(mapping(Location::new));
    }

    /** The locations that are closed on that day. */
    public Set<LocationId> closed(LocalDate day) {
        return sql.select(CLOSURE.LOCATION_ID).from(CLOSURE).where(CLOSURE.CLOSED_ON.le(day)).stream()
                .map(row -> new LocationId(row.value1()))
                .collect(toSet());
    }

    public List<Location> locations() {
        return locations(LOCATION.ID.isNotNull());
    }

    /** Those of them that there are. */
    public List<Location> locations(Collection<LocationId> some) {
        return locations(LOCATION.ID.eq(any(some.stream().map(LocationId::value).toArray(Integer[]::new))));
    }

    /** Those of them that there are. */
    public List<Partner> partners(Collection<PartnerId> some) {
        return partners(
                PARTNER.ID.eq(any(some.stream().map(PartnerId::value).toArray(Integer[]::new))), Integer.MAX_VALUE);
    }

    public Map<String, Integer> partnerNumbers() {
        return sql.select(PARTNER.NUMBER, PARTNER.ID)
                .from(PARTNER)
                .collect(toMap(row -> row.value1(), row -> row.value2()));
    }

    /**
     * What a feed may write in place of a location, and which one it means: its own number, or one that it transacts
     * under. A number that has been handed over means whom it belongs to today; one that belongs to nobody today means
     * whom it belonged to last, since sales are told late.
     */
    public Map<String, Integer> locationNumbers() {
        var numbers = new HashMap<String, Integer>();
        var begun = when(TRANSACTING_ID.SINCE.le(LocalDate.now(clock)), 0).otherwise(1);
        sql.select(TRANSACTING_ID.NUMBER, TRANSACTING_ID.LOCATION_ID)
                .distinctOn(TRANSACTING_ID.NUMBER)
                .from(TRANSACTING_ID)
                .orderBy(TRANSACTING_ID.NUMBER, begun, TRANSACTING_ID.SINCE.desc())
                .forEach(row -> numbers.put(row.value1(), row.value2()));
        sql.select(LOCATION.NUMBER, LOCATION.ID).from(LOCATION).forEach(row -> numbers.put(row.value1(), row.value2()));
        return numbers;
    }

    public IntSupplier newPartnerIds() {
        return new NumberBlock(sql, "partners.partner");
    }

    public IntSupplier newLocationIds() {
        return new NumberBlock(sql, "partners.location");
    }

    /**
     * What has a known number keeps its id, and takes the rest as it is given now. What is said of a location under
     * another number than its own describes nothing: its own number does.
     */
    @Transactional
    public void register(Collection<Partner> partners, Collection<Location> told) {
        var further =
                sql.selectDistinct(TRANSACTING_ID.NUMBER).from(TRANSACTING_ID).fetchSet(TRANSACTING_ID.NUMBER);
        var locations = told.stream()
                .filter(location -> !further.contains(location.number()))
                .toList();
        if (!partners.isEmpty()) {
            sql.insertInto(PARTNER, PARTNER.ID, PARTNER.NUMBER, PARTNER.NAME, PARTNER.COUNTRY)
                    .valuesOfRows(partners.stream()
                            .map(entry -> row(entry.id().value(), entry.number(), entry.name(), entry.country()))
                            .toList())
                    .onConflict(PARTNER.NUMBER)
                    .doUpdate()
                    .set(PARTNER.NAME, excluded(PARTNER.NAME))
                    .set(PARTNER.COUNTRY, excluded(PARTNER.COUNTRY))
                    .execute();
        }
        if (!locations.isEmpty()) {
            sql.insertInto(
                            LOCATION,
                            LOCATION.ID,
                            LOCATION.PARTNER_ID,
                            LOCATION.NUMBER,
                            LOCATION.NAME,
                            LOCATION.COUNTRY,
                            LOCATION.TYPE)
                    .valuesOfRows(locations.stream()
                            .map(entry -> row(
                                    entry.id().value(),
                                    entry.partner().value(),
                                    entry.number(),
                                    entry.name(),
                                    entry.country(),
                                    entry.type()))
                            .toList())
                    .onConflict(LOCATION.NUMBER)
                    .doUpdate()
                    .set(LOCATION.PARTNER_ID, excluded(LOCATION.PARTNER_ID))
                    .set(LOCATION.NAME, excluded(LOCATION.NAME))
                    .set(LOCATION.COUNTRY, excluded(LOCATION.COUNTRY))
                    .set(LOCATION.TYPE, excluded(LOCATION.TYPE))
                    .execute();
        }
    }

    private List<Partner> partners(Condition condition, int most) {
        return select(condition).orderBy(PARTNER.NAME, PARTNER.ID).limit(most).fetch(mapping(Partner::new));
    }

    private SelectConditionStep<Record4<PartnerId, String, String, String>> select(Condition condition) {
        return sql.select(PARTNER.ID.convertFrom(PartnerId::new), PARTNER.NUMBER, PARTNER.NAME, PARTNER.COUNTRY)
                .from(PARTNER)
                .where(condition);
    }

    private List<Location> locations(Condition condition) {
        return selectLocations(condition).fetch(mapping(Location::new));
    }

    private Select<Record6<LocationId, PartnerId, String, String, String, String>> selectLocations(
            Condition condition) {
        return sql.select(
                        LOCATION.ID.convertFrom(LocationId::new),
                        LOCATION.PARTNER_ID.convertFrom(PartnerId::new),
                        LOCATION.NUMBER,
                        LOCATION.NAME,
                        LOCATION.COUNTRY,
                        LOCATION.TYPE)
                .from(LOCATION)
                .where(condition)
                .orderBy(LOCATION.NAME, LOCATION.ID);
    }
}
