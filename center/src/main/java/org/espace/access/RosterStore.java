package org.espace.access;

import static org.espace.db.access.Tables.PASSWORD;
import static org.espace.db.access.Tables.ROLE_GRANT;
import static org.espace.db.access.Tables.ROSTER;
import static org.espace.db.access.Tables.ROSTER_FAULT;
import static org.espace.db.access.Tables.ROSTER_ROW;
import static org.espace.db.access.Tables.USER_ACCOUNT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class RosterStore {

    private static final String CREATED = "created";
    private static final String GRANTED = "granted";
    private static final String TAKEN = "address-taken";

    private final DSLContext sql;

    RosterStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Empty when there is one of that reference. */
    Optional<Integer> insert(PartnerId partner, String reference, String name, String by, Instant now) {
        return sql.insertInto(ROSTER)
                .set(ROSTER.PARTNER_ID, partner.value())
                .set(ROSTER.REFERENCE, reference)
                .set(ROSTER.NAME, name)
                .set(ROSTER.MADE_AT, now)
                .set(ROSTER.MADE_BY, by)
                .onConflictDoNothing()
                .returningResult(ROSTER.ID)
                .fetchOptional()
                .map(row -> row.value1());
    }

    void insertRows(int roster, Collection<RosterRow> rows) {
        sql.batch(rows.stream()
                        .map(row -> sql.insertInto(ROSTER_ROW)
                                .set(ROSTER_ROW.ROSTER_ID, roster)
                                .set(ROSTER_ROW.NUMBER, row.number())
                                .set(ROSTER_ROW.EMAIL, row.email().value())
                                .set(ROSTER_ROW.SKELETON, row.email().skeleton())
                                .set(ROSTER_ROW.NAME, row.name())
                                .set(ROSTER_ROW.LANGUAGE, row.language())
                                .set(
                                        ROSTER_ROW.ROLES,
                                        row.roles().stream().map(Role::code).toArray(String[]::new))
                                .set(
                                        ROSTER_ROW.LOCATION_ID,
                                        row.location() == null
                                                ? null
                                                : row.location().value())
                                .set(ROSTER_ROW.PROGRAM, row.program()))
                        .toList())
                .execute();
    }

    void insertFaults(int roster, Collection<RosterFault> faults) {
        sql.batch(faults.stream()
                        .map(fault -> sql.insertInto(ROSTER_FAULT)
                                .set(ROSTER_FAULT.ROSTER_ID, roster)
                                .set(ROSTER_FAULT.NUMBER, fault.number())
                                .set(ROSTER_FAULT.FIELD, fault.field())
                                .set(ROSTER_FAULT.VALUE, fault.value().replace("\0", ""))
                                .set(ROSTER_FAULT.CODE, fault.code().name())
                                .onConflictDoNothing())
                        .toList())
                .execute();
    }

    List<Roster> all(PartnerId partner, int most) {
        return rosters(ROSTER.PARTNER_ID.eq(partner.value()), most);
    }

    Optional<Roster> find(int roster) {
        return rosters(ROSTER.ID.eq(roster), 1).stream().findFirst();
    }

    Optional<Roster> find(String reference) {
        return rosters(ROSTER.REFERENCE.eq(reference), 1).stream().findFirst();
    }

    private List<Roster> rosters(Condition condition, int most) {
        var refused = field(select(countDistinct(ROSTER_FAULT.NUMBER))
                .from(ROSTER_FAULT)
                .where(ROSTER_FAULT.ROSTER_ID.eq(ROSTER.ID)));
        var mailed = field(select(count())
                .from(ROSTER_ROW)
                .join(PASSWORD)
                .on(PASSWORD.USER_ID.eq(ROSTER_ROW.USER_ID))
                .where(ROSTER_ROW.ROSTER_ID.eq(ROSTER.ID))
                .and(ROSTER_ROW.OUTCOME.eq(CREATED)));
        var rows = rows(null);
        var created = rows(CREATED);
        var granted = rows(GRANTED);
        var taken = rows(TAKEN);
        return sql.select(ROSTER.fields())
                .select(refused, mailed, rows, created, granted, taken)
                .from(ROSTER)
                .where(condition)
                .orderBy(ROSTER.ID.desc())
                .limit(most)
                .fetch(row -> new Roster(
                        row.get(ROSTER.ID),
                        new PartnerId(row.get(ROSTER.PARTNER_ID)),
                        row.get(ROSTER.NAME),
                        row.get(rows),
                        row.get(refused),
                        row.get(created),
                        row.get(granted),
                        row.get(taken),
                        row.get(mailed),
                        row.get(ROSTER.MADE_AT),
                        row.get(ROSTER.MADE_BY),
                        row.get(ROSTER.SAVED_AT),
                        row.get(ROSTER.SAVED_BY),
                        row.get(ROSTER.HANDING) == null ? null : Handing.of(row.get(ROSTER.HANDING)),
                        row.get(ROSTER.FINISHED_AT),
                        row.get(ROSTER.HANDED_AT),
                        row.get(ROSTER.HANDED_BY)));
    }

    private static Field<Integer> rows(@Nullable String outcome) {
        var of = ROSTER_ROW.ROSTER_ID.eq(ROSTER.ID);
        return field(
                select(count()).from(ROSTER_ROW).where(outcome == null ? of : of.and(ROSTER_ROW.OUTCOME.eq(outcome))));
    }

    List<RosterRow> rows(int roster, int offset, int most) {
        return sql.selectFrom(ROSTER_ROW)
                .where(ROSTER_ROW.ROSTER_ID.eq(roster))
                .orderBy(ROSTER_ROW.NUMBER)
                .limit(offset, most)
                .fetch(RosterStore::row);
    }

    List<RosterFault> faults(int roster, int offset, int most) {
        return sql.selectFrom(ROSTER_FAULT)
                .where(ROSTER_FAULT.ROSTER_ID.eq(roster))
                .orderBy(ROSTER_FAULT.NUMBER, ROSTER_FAULT.FIELD)
                .limit(offset, most)
                .fetch(row -> new RosterFault(
                        row.getNumber(), row.getField(), row.getValue(), RosterFault.Code.valueOf(row.getCode())));
    }

    int countFaults(int roster) {
        return sql.fetchCount(ROSTER_FAULT, ROSTER_FAULT.ROSTER_ID.eq(roster));
    }

    /** Only looked at, and never saved. */
    void deleteUnsaved(PartnerId partner, String by) {
        sql.deleteFrom(ROSTER)
                .where(ROSTER.PARTNER_ID.eq(partner.value()))
                .and(ROSTER.MADE_BY.eq(by))
                .and(ROSTER.SAVED_AT.isNull())
                .execute();
    }

    /** False when it has been saved before. */
    boolean save(int roster, Handing handing, String by, Instant now) {
        return sql.update(ROSTER)
                        .set(ROSTER.SAVED_AT, now)
                        .set(ROSTER.SAVED_BY, by)
                        .set(ROSTER.HANDING, handing.code())
                        .where(ROSTER.ID.eq(roster))
                        .and(ROSTER.SAVED_AT.isNull())
                        .execute()
                == 1;
    }

    List<Integer> unfinished() {
        return sql.select(ROSTER.ID)
                .from(ROSTER)
                .where(ROSTER.SAVED_AT.isNotNull())
                .and(ROSTER.FINISHED_AT.isNull())
                .orderBy(ROSTER.ID)
                .fetch(ROSTER.ID);
    }

    /** Until the transaction ends nobody else works on it; false when somebody does, or nothing is left to do. */
    boolean lockUnfinished(int roster) {
        return sql.select(ROSTER.ID)
                .from(ROSTER)
                .where(ROSTER.ID.eq(roster))
                .and(ROSTER.SAVED_AT.isNotNull())
                .and(ROSTER.FINISHED_AT.isNull())
                .forUpdate()
                .skipLocked()
                .fetchOptional()
                .isPresent();
    }

    List<RosterRow> waiting(int roster, int most) {
        return sql.selectFrom(ROSTER_ROW)
                .where(ROSTER_ROW.ROSTER_ID.eq(roster))
                .and(ROSTER_ROW.OUTCOME.isNull())
                .orderBy(ROSTER_ROW.NUMBER)
                .limit(most)
                .fetch(RosterStore::row);
    }

    /** The ids of those whose address was free, by address. */
    Map<String, Integer> insertUsers(PartnerId partner, List<RosterRow> rows, String by, Instant now) {
        var emails = rows.stream().map(row -> row.email().value()).toArray(String[]::new);
        var skeletons = rows.stream().map(row -> row.email().skeleton()).toArray(String[]::new);
        var names = rows.stream().map(RosterRow::name).toArray(String[]::new);
        var languages = rows.stream().map(RosterRow::language).toArray(String[]::new);
        return sql.insertInto(
                        USER_ACCOUNT,
                        USER_ACCOUNT.EMAIL,
                        USER_ACCOUNT.SKELETON,
                        USER_ACCOUNT.NAME,
                        USER_ACCOUNT.LANGUAGE,
                        USER_ACCOUNT.PARTNER_ID,
                        USER_ACCOUNT.CREATED_AT,
                        USER_ACCOUNT.CREATED_BY)
                .select(select(
                                field("email", String.class),
                                field("skeleton", String.class),
                                field("name", String.class),
                                field("language", String.class),
                                val(partner.value()),
                                val(now),
                                val(by))
                        .from(table(
                                "unnest({0}, {1}, {2}, {3}) as listed (email, skeleton, name, language)",
                                val(emails), val(skeletons), val(names), val(languages))))
                .onConflictDoNothing()
                .returningResult(USER_ACCOUNT.EMAIL, USER_ACCOUNT.ID)
                .fetchMap(USER_ACCOUNT.EMAIL, USER_ACCOUNT.ID);
    }

    /** Those of the addresses that are users of the partner. */
    Map<String, Integer> usersOf(PartnerId partner, Collection<String> emails) {
        return sql.select(USER_ACCOUNT.EMAIL, USER_ACCOUNT.ID)
                .from(USER_ACCOUNT)
                .where(USER_ACCOUNT.EMAIL.eq(any(emails.toArray(String[]::new))))
                .and(USER_ACCOUNT.PARTNER_ID.eq(partner.value()))
                .fetchMap(USER_ACCOUNT.EMAIL, USER_ACCOUNT.ID);
    }

    void insertGrants(PartnerId partner, Map<Integer, List<Grant>> grants, String by, Instant now) {
        var users = new ArrayList<Integer>();
        var roles = new ArrayList<String>();
        var locations = new ArrayList<Integer>();
        var programs = new ArrayList<String>();
        grants.forEach((user, all) -> all.forEach(grant -> {
            users.add(user);
            roles.add(grant.role().code());
            locations.add(grant.location());
            programs.add(grant.program());
        }));
        sql.insertInto(
                        ROLE_GRANT,
                        ROLE_GRANT.USER_ID,
                        ROLE_GRANT.ROLE,
                        ROLE_GRANT.LOCATION_ID,
                        ROLE_GRANT.PROGRAM,
                        ROLE_GRANT.PARTNER_ID,
                        ROLE_GRANT.GRANTED_AT,
                        ROLE_GRANT.GRANTED_BY)
                .select(select(
                                field("person", Integer.class),
                                field("role", String.class),
                                field("location", Integer.class),
                                field("program", String.class),
                                val(partner.value()),
                                val(now),
                                val(by))
                        .from(table(
                                "unnest({0}, {1}, {2}, {3}) as given (person, role, location, program)",
                                val(users.toArray(Integer[]::new)),
                                val(roles.toArray(String[]::new)),
                                val(locations.toArray(Integer[]::new)),
                                val(programs.toArray(String[]::new)))))
                .onConflictDoNothing()
                .execute();
    }

    void settle(int roster, List<RosterRow> rows, Map<String, Integer> created, Map<String, Integer> granted) {
        var numbers = new Integer[rows.size()];
        var outcomes = new String[rows.size()];
        var users = new Integer[rows.size()];
        for (var i = 0; i < rows.size(); i++) {
            var email = rows.get(i).email().value();
            numbers[i] = rows.get(i).number();
            outcomes[i] = created.containsKey(email) ? CREATED : granted.containsKey(email) ? GRANTED : TAKEN;
            users[i] = created.getOrDefault(email, granted.get(email));
        }
        sql.update(ROSTER_ROW)
                .set(ROSTER_ROW.OUTCOME, field("settled.outcome", String.class))
                .set(ROSTER_ROW.USER_ID, field("settled.person", Integer.class))
                .from(table(
                        "unnest({0}, {1}, {2}) as settled (number, outcome, person)",
                        val(numbers), val(outcomes), val(users)))
                .where(ROSTER_ROW.ROSTER_ID.eq(roster))
                .and(ROSTER_ROW.NUMBER.eq(field("settled.number", Integer.class)))
                .execute();
    }

    void finish(int roster, Instant now) {
        sql.update(ROSTER)
                .set(ROSTER.FINISHED_AT, now)
                .where(ROSTER.ID.eq(roster))
                .execute();
    }

    /** False when the passwords have been handed out before. */
    boolean handOut(int roster, String by, Instant now) {
        return sql.update(ROSTER)
                        .set(ROSTER.HANDED_AT, now)
                        .set(ROSTER.HANDED_BY, by)
                        .where(ROSTER.ID.eq(roster))
                        .and(ROSTER.FINISHED_AT.isNotNull())
                        .and(ROSTER.HANDED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Those that were created and have no password yet, by user. */
    Map<Integer, RosterRow> withoutPassword(int roster, int most) {
        var found = new HashMap<Integer, RosterRow>();
        sql.selectFrom(ROSTER_ROW)
                .where(ROSTER_ROW.ROSTER_ID.eq(roster))
                .and(ROSTER_ROW.OUTCOME.eq(CREATED))
                .andNotExists(selectOne().from(PASSWORD).where(PASSWORD.USER_ID.eq(ROSTER_ROW.USER_ID)))
                .orderBy(ROSTER_ROW.NUMBER)
                .limit(most)
                .forEach(row -> found.put(row.getUserId(), row(row)));
        return found;
    }

    /** Each row with what has become of it. */
    Map<RosterRow, String> outcomes(int roster) {
        var outcomes = new LinkedHashMap<RosterRow, String>();
        sql.selectFrom(ROSTER_ROW)
                .where(ROSTER_ROW.ROSTER_ID.eq(roster))
                .orderBy(ROSTER_ROW.NUMBER)
                .forEach(row -> outcomes.put(row(row), row.getOutcome() == null ? "" : row.getOutcome()));
        return outcomes;
    }

    private static RosterRow row(Record row) {
        var location = row.get(ROSTER_ROW.LOCATION_ID);
        return new RosterRow(
                row.get(ROSTER_ROW.NUMBER),
                new EmailAddress(row.get(ROSTER_ROW.EMAIL)),
                row.get(ROSTER_ROW.NAME),
                row.get(ROSTER_ROW.LANGUAGE),
                Arrays.stream(row.get(ROSTER_ROW.ROLES)).map(Role::of).toList(),
                location == null ? null : new LocationId(location),
                row.get(ROSTER_ROW.PROGRAM));
    }
}
