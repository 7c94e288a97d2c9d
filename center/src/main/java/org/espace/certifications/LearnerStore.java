package org.espace.certifications;

import static org.espace.db.certifications.Tables.BOOKING;
import static org.espace.db.certifications.Tables.LEARNER;
import static org.espace.db.certifications.Tables.RESULT;
import static org.espace.db.certifications.Tables.SESSION;
import static org.espace.db.certifications.Tables.SHARE;
import static org.espace.db.certifications.Tables.SIGN_UP;
import static org.espace.db.certifications.Tables.STAY;
import static org.espace.db.certifications.Tables.WITHDRAWAL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.select;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.access.UserId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class LearnerStore {

    private final DSLContext sql;

    LearnerStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else says where people work. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtext('certifications.stay'))");
    }

    /** Those who count for a company now. */
    List<Learner> present(PartnerId partner) {
        return present(STAY.PARTNER_ID.eq(partner.value()));
    }

    Optional<Learner> present(UserId user) {
        return present(STAY.USER_ID.eq(user.value())).stream().findFirst();
    }

    Optional<Learner> present(int learner) {
        return present(STAY.LEARNER_ID.eq(learner)).stream().findFirst();
    }

    /** Of those of the numbers who count for a company now. */
    List<Learner> present(Collection<Integer> learners) {
        return present(STAY.LEARNER_ID.eq(any(learners.toArray(Integer[]::new))));
    }

    private List<Learner> present(Condition who) {
        return sql.select(
                        STAY.LEARNER_ID,
                        STAY.USER_ID.convertFrom(UserId::new),
                        STAY.PARTNER_ID.convertFrom(PartnerId::new),
                        STAY.SINCE)
                .from(STAY)
                .where(who)
                .and(STAY.UNTIL.isNull())
                .orderBy(STAY.LEARNER_ID)
                .fetch(mapping(Learner::new));
    }

    /** Who of the company has left, by the account that they had last and have nowhere else. */
    Map<UserId, Integer> gone(PartnerId partner) {
        var stay = STAY.as("elsewhere");
        return sql.select(STAY.USER_ID, STAY.LEARNER_ID)
                .from(STAY)
                .where(STAY.PARTNER_ID.eq(partner.value()))
                .andNotExists(select(stay.ID)
                        .from(stay)
                        .where(stay.LEARNER_ID.eq(STAY.LEARNER_ID))
                        .and(stay.ID.gt(STAY.ID)))
                .and(STAY.UNTIL.isNotNull())
                .fetchMap(row -> new UserId(row.value1()), row -> row.value2());
    }

    Set<PartnerId> partners() {
        return sql.selectDistinct(STAY.PARTNER_ID).from(STAY).fetchSet(row -> new PartnerId(row.value1()));
    }

    int insert(Instant now) {
        return sql.insertInto(LEARNER)
                .set(LEARNER.KNOWN_AT, now)
                .returningResult(LEARNER.ID)
                .fetchSingle()
                .value1();
    }

    void begin(int learner, UserId user, PartnerId partner, LocalDate since) {
        sql.insertInto(STAY)
                .set(STAY.LEARNER_ID, learner)
                .set(STAY.USER_ID, user.value())
                .set(STAY.PARTNER_ID, partner.value())
                .set(STAY.SINCE, since)
                .execute();
    }

    /** What they had booked there is free again. */
    void end(Learner learner, LocalDate on) {
        sql.update(STAY)
                .set(STAY.UNTIL, on.isBefore(learner.since()) ? learner.since() : on)
                .where(STAY.LEARNER_ID.eq(learner.number()))
                .and(STAY.UNTIL.isNull())
                .execute();
        sql.deleteFrom(BOOKING)
                .where(BOOKING.LEARNER_ID.eq(learner.number()))
                .and(BOOKING.PARTNER_ID.eq(learner.partner().value()))
                .and(BOOKING.SESSION_ID.in(select(SESSION.ID)
                        .from(SESSION)
                        .where(SESSION.BEGINS_AT.gt(
                                on.atStartOfDay(ZoneOffset.UTC).toInstant()))))
                .execute();
    }

    Set<String> signedUp(int learner) {
        return sql.select(SIGN_UP.CERTIFICATION)
                .from(SIGN_UP)
                .where(SIGN_UP.LEARNER_ID.eq(learner))
                .fetchSet(SIGN_UP.CERTIFICATION);
    }

    boolean signUp(Learner learner, String certification, Instant now) {
        return sql.insertInto(SIGN_UP)
                        .set(SIGN_UP.LEARNER_ID, learner.number())
                        .set(SIGN_UP.CERTIFICATION, certification)
                        .set(SIGN_UP.PARTNER_ID, learner.partner().value())
                        .set(SIGN_UP.SIGNED_UP_AT, now)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** What was booked for it is free again. */
    boolean giveUp(int learner, String certification) {
        sql.deleteFrom(BOOKING)
                .where(BOOKING.LEARNER_ID.eq(learner))
                .and(BOOKING.SESSION_ID.in(
                        select(SESSION.ID).from(SESSION).where(SESSION.CERTIFICATION.eq(certification))))
                .execute();
        return sql.deleteFrom(SIGN_UP)
                        .where(SIGN_UP.LEARNER_ID.eq(learner))
                        .and(SIGN_UP.CERTIFICATION.eq(certification))
                        .execute()
                == 1;
    }

    /** Until the transaction ends, nobody else takes a seat. */
    void lockSession(int session) {
        sql.select(SESSION.ID)
                .from(SESSION)
                .where(SESSION.ID.eq(session))
                .forUpdate()
                .execute();
    }

    Set<Integer> booked(int learner) {
        return sql.select(BOOKING.SESSION_ID)
                .from(BOOKING)
                .where(BOOKING.LEARNER_ID.eq(learner))
                .fetchSet(BOOKING.SESSION_ID);
    }

    boolean book(int session, Learner learner, Instant now) {
        return sql.insertInto(BOOKING)
                        .set(BOOKING.SESSION_ID, session)
                        .set(BOOKING.LEARNER_ID, learner.number())
                        .set(BOOKING.PARTNER_ID, learner.partner().value())
                        .set(BOOKING.BOOKED_AT, now)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    boolean cancel(int session, int learner) {
        return sql.deleteFrom(BOOKING)
                        .where(BOOKING.SESSION_ID.eq(session))
                        .and(BOOKING.LEARNER_ID.eq(learner))
                        .execute()
                == 1;
    }

    /** A result as it stands in its table. */
    record Row(
            int id,
            int learner,
            String certification,
            LocalDate passed,
            @Nullable LocalDate expires,
            @Nullable LocalDate withdrawn,
            @Nullable String reason) {}

    List<Row> results(int learner) {
        return results(RESULT.LEARNER_ID.eq(learner));
    }

    Optional<Row> result(int id) {
        return results(RESULT.ID.eq(id)).stream().findFirst();
    }

    /** That end after the first day, and not after the last, and are not withdrawn. */
    List<Row> ending(LocalDate first, LocalDate last) {
        return results(
                RESULT.EXPIRES_ON.gt(first).and(RESULT.EXPIRES_ON.le(last)).and(WITHDRAWAL.RESULT_ID.isNull()));
    }

    /** Of all the people who are at the company now. */
    List<Row> results(PartnerId partner) {
        return results(RESULT.LEARNER_ID.in(select(STAY.LEARNER_ID)
                .from(STAY)
                .where(STAY.PARTNER_ID.eq(partner.value()))
                .and(STAY.UNTIL.isNull())));
    }

    private List<Row> results(Condition which) {
        return sql.select(
                        RESULT.ID,
                        RESULT.LEARNER_ID,
                        RESULT.CERTIFICATION,
                        RESULT.PASSED_ON,
                        RESULT.EXPIRES_ON,
                        WITHDRAWAL.WITHDRAWN_ON,
                        WITHDRAWAL.REASON)
                .from(RESULT)
                .leftJoin(WITHDRAWAL)
                .on(WITHDRAWAL.RESULT_ID.eq(RESULT.ID))
                .where(which)
                .orderBy(RESULT.PASSED_ON.desc(), RESULT.ID.desc())
                .fetch(mapping(Row::new));
    }

    /** Empty when it is known already. */
    Optional<Integer> insert(
            int learner,
            String certification,
            LocalDate passed,
            @Nullable LocalDate expires,
            String source,
            Instant now,
            String by) {
        return sql.insertInto(RESULT)
                .set(RESULT.LEARNER_ID, learner)
                .set(RESULT.CERTIFICATION, certification)
                .set(RESULT.PASSED_ON, passed)
                .set(RESULT.EXPIRES_ON, expires)
                .set(RESULT.SOURCE, source)
                .set(RESULT.RECORDED_AT, now)
                .set(RESULT.RECORDED_BY, by)
                .onConflictDoNothing()
                .returningResult(RESULT.ID)
                .fetchOptional()
                .map(row -> row.value1());
    }

    /** False when it is withdrawn already. */
    boolean withdraw(int result, LocalDate on, String reason, Instant now, String by) {
        return sql.insertInto(WITHDRAWAL)
                        .set(WITHDRAWAL.RESULT_ID, result)
                        .set(WITHDRAWAL.WITHDRAWN_ON, on)
                        .set(WITHDRAWAL.REASON, reason)
                        .set(WITHDRAWAL.WITHDRAWN_AT, now)
                        .set(WITHDRAWAL.WITHDRAWN_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    Map<Integer, Result.Share> shares(Collection<Integer> results) {
        return sql.select(SHARE.RESULT_ID, SHARE.TOKEN, SHARE.NAMED)
                .from(SHARE)
                .where(SHARE.RESULT_ID.in(results).and(SHARE.REVOKED_AT.isNull()))
                .fetchMap(row -> row.value1(), row -> new Result.Share(row.value2(), row.value3()));
    }

    /** The result that an open link shows, and whether it shows the name. */
    Optional<Map.Entry<Integer, Boolean>> shared(String token) {
        return sql.select(SHARE.RESULT_ID, SHARE.NAMED)
                .from(SHARE)
                .where(SHARE.TOKEN.eq(token).and(SHARE.REVOKED_AT.isNull()))
                .fetchOptional(row -> Map.entry(row.value1(), row.value2()));
    }

    /** False when there is an open link. */
    boolean share(int result, String token, boolean named, Instant now) {
        return sql.insertInto(SHARE)
                        .set(SHARE.TOKEN, token)
                        .set(SHARE.RESULT_ID, result)
                        .set(SHARE.NAMED, named)
                        .set(SHARE.MADE_AT, now)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    void revokeShare(int result, Instant now) {
        sql.update(SHARE)
                .set(SHARE.REVOKED_AT, now)
                .where(SHARE.RESULT_ID.eq(result).and(SHARE.REVOKED_AT.isNull()))
                .execute();
    }

    /** The ids of results that were withdrawn. */
    List<Integer> withdrawn() {
        return sql.select(WITHDRAWAL.RESULT_ID)
                .from(WITHDRAWAL)
                .orderBy(WITHDRAWAL.RESULT_ID)
                .fetch(WITHDRAWAL.RESULT_ID);
    }
}
