package org.espace.onboarding;

import static org.espace.db.onboarding.Tables.LISTED_USER;
import static org.espace.db.onboarding.Tables.SET_UP;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.espace.access.EmailAddress;
import org.espace.access.Role;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.web.ReadyQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.springframework.stereotype.Repository;

@Repository
class SetUpStore {

    private final DSLContext sql;
    private final ReadyQuery<Record1<Integer>> waiting;

    SetUpStore(DSLContext sql) {
        this.sql = sql;
        this.waiting = new ReadyQuery<>(
                sql,
                sql.select(SET_UP.PARTNER_ID)
                        .from(SET_UP)
                        .where(SET_UP.PARTNER_ID.eq(0).and(SET_UP.DONE_AT.isNull())));
    }

    List<SetUp> some(Collection<PartnerId> partners) {
        return setUps(
                SET_UP.PARTNER_ID.eq(
                        any(val(partners.stream().map(PartnerId::value).toArray(Integer[]::new)))),
                0,
                Integer.MAX_VALUE);
    }

    /** The latest first. */
    List<SetUp> page(int page, int size) {
        return setUps(noCondition(), page * size, size);
    }

    int size() {
        return sql.fetchCount(SET_UP);
    }

    Optional<SetUp> find(PartnerId partner) {
        return setUps(SET_UP.PARTNER_ID.eq(partner.value()), 0, 1).stream().findFirst();
    }

    Optional<SetUp> lock(PartnerId partner) {
        sql.select(SET_UP.PARTNER_ID)
                .from(SET_UP)
                .where(SET_UP.PARTNER_ID.eq(partner.value()))
                .forUpdate()
                .fetch();
        return find(partner);
    }

    boolean isWaiting(PartnerId partner) {
        return !waiting.with(partner.value()).fetch().isEmpty();
    }

    private List<SetUp> setUps(Condition condition, int offset, int limit) {
        var users = field(select(count())
                .from(LISTED_USER)
                .where(LISTED_USER.PARTNER_ID.eq(SET_UP.PARTNER_ID))
                .and(LISTED_USER.DROPPED_AT.isNull()));
        return sql.select(SET_UP.fields())
                .select(users)
                .from(SET_UP)
                .where(condition)
                .orderBy(SET_UP.LISTED_AT.desc(), SET_UP.PARTNER_ID)
                .limit(limit)
                .offset(offset)
                .fetch(row -> new SetUp(
                        new PartnerId(row.get(SET_UP.PARTNER_ID)),
                        row.get(SET_UP.LISTED_AT),
                        row.get(SET_UP.LISTED_BY),
                        row.get(SET_UP.TOLD),
                        row.get(SET_UP.TOLD_AT),
                        row.get(users),
                        row.get(SET_UP.BEGUN_AT),
                        row.get(SET_UP.ROSTER_ID),
                        row.get(SET_UP.CONFIRMED_AT),
                        row.get(SET_UP.CONFIRMED_BY),
                        row.get(SET_UP.DONE_AT),
                        row.get(SET_UP.MIGRATED_AT),
                        row.get(SET_UP.MIGRATED_BY)));
    }

    void insert(PartnerId partner, String by, Instant now) {
        sql.insertInto(SET_UP)
                .set(SET_UP.PARTNER_ID, partner.value())
                .set(SET_UP.LISTED_AT, now)
                .set(SET_UP.LISTED_BY, by)
                .onConflictDoNothing()
                .execute();
    }

    /** By number; those who were dropped, too. */
    List<ListedUser> users(PartnerId partner) {
        return sql.selectFrom(LISTED_USER)
                .where(LISTED_USER.PARTNER_ID.eq(partner.value()))
                .orderBy(LISTED_USER.NUMBER)
                .fetch(row -> new ListedUser(
                        partner,
                        row.getNumber(),
                        new EmailAddress(row.getEmail()),
                        row.getFirstName(),
                        row.getLastName(),
                        Role.of(row.getRole()),
                        row.getLocationId() == null ? null : new LocationId(row.getLocationId()),
                        row.getProgram(),
                        row.getAddedBy(),
                        row.getDroppedAt() != null));
    }

    /** At the end of the list; false when the address is on it already. */
    boolean add(ListedUser user) {
        var next = select(coalesce(max(LISTED_USER.NUMBER), val(0)).plus(1))
                .from(LISTED_USER)
                .where(LISTED_USER.PARTNER_ID.eq(user.partner().value()));
        return sql.insertInto(LISTED_USER)
                        .set(LISTED_USER.PARTNER_ID, user.partner().value())
                        .set(LISTED_USER.NUMBER, field(next))
                        .set(LISTED_USER.EMAIL, user.email().value())
                        .set(LISTED_USER.FIRST_NAME, user.firstName())
                        .set(LISTED_USER.LAST_NAME, user.lastName())
                        .set(LISTED_USER.ROLE, user.role().code())
                        .set(
                                LISTED_USER.LOCATION_ID,
                                user.location() == null ? null : user.location().value())
                        .set(LISTED_USER.PROGRAM, user.program())
                        .set(LISTED_USER.ADDED_BY, user.addedBy())
                        .onConflict(LISTED_USER.PARTNER_ID, LISTED_USER.EMAIL)
                        .doNothing()
                        .execute()
                == 1;
    }

    void correct(ListedUser user, String by, Instant now) {
        sql.update(LISTED_USER)
                .set(LISTED_USER.ROLE, user.role().code())
                .set(
                        LISTED_USER.LOCATION_ID,
                        user.location() == null ? null : user.location().value())
                .set(LISTED_USER.PROGRAM, user.program())
                .set(LISTED_USER.DROPPED_AT, user.dropped() ? now : null)
                .set(LISTED_USER.DROPPED_BY, user.dropped() ? by : null)
                .where(LISTED_USER.PARTNER_ID.eq(user.partner().value()))
                .and(LISTED_USER.NUMBER.eq(user.number()))
                .execute();
    }

    void tell(PartnerId partner, String email, Instant now) {
        sql.update(SET_UP)
                .set(SET_UP.TOLD, email)
                .set(SET_UP.TOLD_AT, now)
                .where(SET_UP.PARTNER_ID.eq(partner.value()))
                .execute();
    }

    void begin(PartnerId partner, String by, Instant now) {
        sql.update(SET_UP)
                .set(SET_UP.BEGUN_AT, now)
                .set(SET_UP.BEGUN_BY, by)
                .where(SET_UP.PARTNER_ID.eq(partner.value()))
                .and(SET_UP.BEGUN_AT.isNull())
                .execute();
    }

    void confirm(PartnerId partner, int roster, String by, Instant now) {
        sql.update(SET_UP)
                .set(SET_UP.ROSTER_ID, roster)
                .set(SET_UP.CONFIRMED_AT, now)
                .set(SET_UP.CONFIRMED_BY, by)
                .where(SET_UP.PARTNER_ID.eq(partner.value()))
                .execute();
    }

    /** False when it was done before, or the roster is no set-up's. */
    boolean finish(PartnerId partner, int roster, Instant now) {
        return sql.update(SET_UP)
                        .set(SET_UP.DONE_AT, now)
                        .where(SET_UP.PARTNER_ID.eq(partner.value()))
                        .and(SET_UP.ROSTER_ID.eq(roster))
                        .and(SET_UP.DONE_AT.isNull())
                        .execute()
                == 1;
    }

    /** False when it is complete already, or its users are not created yet. */
    boolean migrate(PartnerId partner, String by, Instant now) {
        return sql.update(SET_UP)
                        .set(SET_UP.MIGRATED_AT, now)
                        .set(SET_UP.MIGRATED_BY, by)
                        .where(SET_UP.PARTNER_ID.eq(partner.value()))
                        .and(SET_UP.DONE_AT.isNotNull())
                        .and(SET_UP.MIGRATED_AT.isNull())
                        .execute()
                == 1;
    }
}
