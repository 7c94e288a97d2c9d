package org.espace.payees;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.payees.Tables.ASSIGNMENT;
import static org.espace.db.payees.Tables.PAYABLE;
import static org.espace.db.payees.Tables.PROFILE;
import static org.espace.db.payees.Tables.STANDARD;
import static org.espace.db.payees.Tables.VERDICT;
import static org.espace.db.payees.Tables.VERSION;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;

@Repository
class AssignmentStore {

    private final DSLContext sql;

    AssignmentStore(DSLContext sql) {
        this.sql = sql;
    }

    /** A program in which a location wants to be paid. */
    record Payable(LocationId location, String program) {}

    void insert(PartnerId partner, LocationId location, String program, Instant now, String by) {
        sql.insertInto(PAYABLE)
                .set(PAYABLE.LOCATION_ID, location.value())
                .set(PAYABLE.PROGRAM, program)
                .set(PAYABLE.PARTNER_ID, partner.value())
                .set(PAYABLE.SINCE, now)
                .set(PAYABLE.NAMED_BY, by)
                .onConflictDoNothing()
                .execute();
    }

    List<Payable> payables(PartnerId partner) {
        return sql.select(PAYABLE.LOCATION_ID.convertFrom(LocationId::new), PAYABLE.PROGRAM)
                .from(PAYABLE)
                .where(PAYABLE.PARTNER_ID.eq(partner.value()))
                .orderBy(PAYABLE.LOCATION_ID, PAYABLE.PROGRAM)
                .fetch(mapping(Payable::new));
    }

    void insert(PartnerId partner, Assignment assignment) {
        sql.insertInto(ASSIGNMENT)
                .set(ASSIGNMENT.PARTNER_ID, partner.value())
                .set(ASSIGNMENT.LOCATION_ID, assignment.location().value())
                .set(ASSIGNMENT.PROGRAM, assignment.program())
                .set(ASSIGNMENT.EARNING_TYPE, assignment.type().code())
                .set(ASSIGNMENT.PROFILE_ID, assignment.profile())
                .set(ASSIGNMENT.ASSIGNED_AT, assignment.assignedAt())
                .set(ASSIGNMENT.ASSIGNED_BY, assignment.assignedBy())
                .execute();
    }

    /** All that ever counted, the earliest first. */
    List<Assignment> history(LocationId location, String program) {
        return assignments(ASSIGNMENT.LOCATION_ID.eq(location.value()).and(ASSIGNMENT.PROGRAM.eq(program)));
    }

    /** All that ever counted, the earliest first. */
    List<Assignment> history(Collection<LocationId> locations) {
        return assignments(isAmong(ASSIGNMENT.LOCATION_ID, ids(locations)));
    }

    private List<Assignment> assignments(Condition which) {
        return sql.select(
                        ASSIGNMENT.LOCATION_ID.convertFrom(LocationId::new),
                        ASSIGNMENT.PROGRAM,
                        ASSIGNMENT.EARNING_TYPE.convertFrom(EarningType::of),
                        ASSIGNMENT.PROFILE_ID,
                        ASSIGNMENT.ASSIGNED_AT,
                        ASSIGNMENT.ASSIGNED_BY)
                .from(ASSIGNMENT)
                .where(which)
                .orderBy(ASSIGNMENT.ID)
                .fetch(mapping(Assignment::new));
    }

    /** Where it is, or once was, assigned. */
    Set<LocationId> paidInto(int profile) {
        return sql.selectDistinct(ASSIGNMENT.LOCATION_ID)
                .from(ASSIGNMENT)
                .where(ASSIGNMENT.PROFILE_ID.eq(profile))
                .fetchSet(mapping(LocationId::new));
    }

    Optional<Integer> standard(LocationId location) {
        return sql.select(STANDARD.PROFILE_ID)
                .from(STANDARD)
                .where(STANDARD.LOCATION_ID.eq(location.value()))
                .fetchOptional(STANDARD.PROFILE_ID);
    }

    Map<LocationId, Integer> standards(PartnerId partner) {
        return sql.select(STANDARD.LOCATION_ID, STANDARD.PROFILE_ID)
                .from(STANDARD)
                .where(STANDARD.PARTNER_ID.eq(partner.value()))
                .collect(toMap(row -> new LocationId(row.value1()), row -> row.value2()));
    }

    /** False where the location has one. */
    boolean setStandard(PartnerId partner, LocationId location, int profile, Instant now, String by) {
        return sql.insertInto(STANDARD)
                        .set(STANDARD.LOCATION_ID, location.value())
                        .set(STANDARD.PARTNER_ID, partner.value())
                        .set(STANDARD.PROFILE_ID, profile)
                        .set(STANDARD.SET_AT, now)
                        .set(STANDARD.SET_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    boolean removeStandard(LocationId location, int profile) {
        return sql.deleteFrom(STANDARD)
                        .where(STANDARD.LOCATION_ID.eq(location.value()).and(STANDARD.PROFILE_ID.eq(profile)))
                        .execute()
                == 1;
    }

    /** In three queries, however many locations there are. Programs in which a location does not want to be paid are left out. */
    Map<LocationId, Map<String, PayeeStanding>> standings(Collection<LocationId> locations, LocalDate today) {
        var ids = ids(locations);
        var taxes = taxes(ids, today);
        var banks = banks(ids, today);
        return sql
                .select(PAYABLE.LOCATION_ID, PAYABLE.PROGRAM)
                .from(PAYABLE)
                .where(isAmong(PAYABLE.LOCATION_ID, ids))
                .fetch()
                .stream()
                .collect(groupingBy(
                        row -> new LocationId(row.value1()),
                        toMap(
                                row -> row.value2(),
                                row -> Arrays.stream(EarningType.values())
                                        .map(type -> banks.getOrDefault(
                                                new Place(row.value1(), row.value2(), type), PayeeStanding.MISSING))
                                        .reduce(
                                                taxes.getOrDefault(row.value1(), PayeeStanding.MISSING),
                                                PayeeStanding::and))));
    }

    /** Of the locations that have a tax profile. */
    Map<LocationId, PayeeStanding> taxStandings(Collection<LocationId> locations, LocalDate today) {
        var standings = new HashMap<LocationId, PayeeStanding>();
        taxes(ids(locations), today).forEach((location, standing) -> standings.put(new LocationId(location), standing));
        return standings;
    }

    private static Integer[] ids(Collection<LocationId> locations) {
        return locations.stream().map(LocationId::value).toArray(Integer[]::new);
    }

    private record Place(int location, String program, EarningType type) {}

    private Map<Integer, PayeeStanding> taxes(Integer[] locations, LocalDate today) {
        return sql.select(PROFILE.LOCATION_ID, VERDICT.APPROVED, VERSION.HOLDER_DIFFERS, VERSION.UNTIL)
                .distinctOn(PROFILE.LOCATION_ID)
                .from(PROFILE)
                .join(VERSION)
                .on(VERSION.PROFILE_ID.eq(PROFILE.ID))
                .leftJoin(VERDICT)
                .on(VERDICT.VERSION_ID.eq(VERSION.ID))
                .where(isAmong(PROFILE.LOCATION_ID, locations))
                .orderBy(PROFILE.LOCATION_ID, VERSION.ID.desc())
                .collect(toMap(
                        row -> row.value1(), row -> PayeeStanding.of(row.value2(), row.value3(), row.value4(), today)));
    }

    private Map<Place, PayeeStanding> banks(Integer[] locations, LocalDate today) {
        return sql.select(
                        ASSIGNMENT.LOCATION_ID,
                        ASSIGNMENT.PROGRAM,
                        ASSIGNMENT.EARNING_TYPE,
                        VERDICT.APPROVED,
                        VERSION.HOLDER_DIFFERS,
                        VERSION.UNTIL)
                .distinctOn(ASSIGNMENT.LOCATION_ID, ASSIGNMENT.PROGRAM, ASSIGNMENT.EARNING_TYPE)
                .from(ASSIGNMENT)
                .join(VERSION)
                .on(VERSION.PROFILE_ID.eq(ASSIGNMENT.PROFILE_ID))
                .leftJoin(VERDICT)
                .on(VERDICT.VERSION_ID.eq(VERSION.ID))
                .where(isAmong(ASSIGNMENT.LOCATION_ID, locations))
                .orderBy(
                        ASSIGNMENT.LOCATION_ID,
                        ASSIGNMENT.PROGRAM,
                        ASSIGNMENT.EARNING_TYPE,
                        ASSIGNMENT.ID.desc(),
                        VERSION.ID.desc())
                .collect(toMap(
                        row -> new Place(row.value1(), row.value2(), EarningType.of(row.value3())),
                        row -> PayeeStanding.of(row.value4(), row.value5(), row.value6(), today)));
    }

    /** One parameter, however many there are. */
    private static Condition isAmong(Field<Integer> location, Integer[] ids) {
        return location.eq(any(ids));
    }
}
