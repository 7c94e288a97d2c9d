package org.espace.certifications;

import static org.espace.db.certifications.Tables.BOOKING;
import static org.espace.db.certifications.Tables.CERTIFICATION;
import static org.espace.db.certifications.Tables.SESSION;
import static org.espace.db.certifications.Tables.STEP;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espace.terms.Names;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row4;
import org.springframework.stereotype.Repository;

@Repository
class CatalogueStore {

    private final DSLContext sql;

    CatalogueStore(DSLContext sql) {
        this.sql = sql;
    }

    /** By level, then by code. */
    List<Certification> certifications() {
        return certifications(noCondition());
    }

    Optional<Certification> certification(String code) {
        return certifications(CERTIFICATION.CODE.eq(code)).stream().findFirst();
    }

    private List<Certification> certifications(Condition which) {
        return sql.select(
                        CERTIFICATION.CODE,
                        row(CERTIFICATION.ENGLISH, CERTIFICATION.FRENCH).mapping(Names::new),
                        CERTIFICATION.LEVEL,
                        CERTIFICATION.PROVIDER,
                        CERTIFICATION.MONTHS,
                        multiset(select(STEP.ENGLISH, STEP.FRENCH)
                                        .from(STEP)
                                        .where(STEP.CERTIFICATION.eq(CERTIFICATION.CODE))
                                        .orderBy(STEP.NUMBER))
                                .convertFrom(rows -> rows.map(mapping(Names::new))))
                .from(CERTIFICATION)
                .where(which)
                .orderBy(CERTIFICATION.LEVEL.sortAsc("fundamentals", "intermediate", "advanced"), CERTIFICATION.CODE)
                .fetch(mapping(Certification::new));
    }

    /** False when the code is taken. */
    boolean insert(Certification certification, Instant now, String by) {
        var inserted = sql.insertInto(CERTIFICATION)
                .set(CERTIFICATION.CODE, certification.code())
                .set(CERTIFICATION.ENGLISH, certification.name().en())
                .set(CERTIFICATION.FRENCH, certification.name().fr())
                .set(CERTIFICATION.LEVEL, certification.level())
                .set(CERTIFICATION.PROVIDER, certification.provider())
                .set(CERTIFICATION.MONTHS, certification.months())
                .set(CERTIFICATION.ADDED_AT, now)
                .set(CERTIFICATION.ADDED_BY, by)
                .onConflictDoNothing()
                .execute();
        if (inserted == 1) {
            insertSteps(certification);
        }
        return inserted == 1;
    }

    void update(Certification certification) {
        sql.update(CERTIFICATION)
                .set(CERTIFICATION.ENGLISH, certification.name().en())
                .set(CERTIFICATION.FRENCH, certification.name().fr())
                .set(CERTIFICATION.LEVEL, certification.level())
                .set(CERTIFICATION.PROVIDER, certification.provider())
                .set(CERTIFICATION.MONTHS, certification.months())
                .where(CERTIFICATION.CODE.eq(certification.code()))
                .execute();
        sql.deleteFrom(STEP).where(STEP.CERTIFICATION.eq(certification.code())).execute();
        insertSteps(certification);
    }

    private void insertSteps(Certification certification) {
        var number = 0;
        var rows = new ArrayList<Row4<String, Integer, String, String>>();
        for (var step : certification.steps()) {
            rows.add(row(certification.code(), ++number, step.en(), step.fr()));
        }
        if (!rows.isEmpty()) {
            sql.insertInto(STEP, STEP.CERTIFICATION, STEP.NUMBER, STEP.ENGLISH, STEP.FRENCH)
                    .valuesOfRows(rows)
                    .execute();
        }
    }

    /** Those that have not begun, the next one first. */
    List<Session> sessions(String certification, Instant now) {
        return sessions(SESSION.CERTIFICATION.eq(certification).and(SESSION.BEGINS_AT.gt(now)));
    }

    Optional<Session> session(int id) {
        return sessions(SESSION.ID.eq(id)).stream().findFirst();
    }

    private List<Session> sessions(Condition which) {
        var booked = field(selectCount().from(BOOKING).where(BOOKING.SESSION_ID.eq(SESSION.ID)));
        return sql.select(SESSION.ID, SESSION.CERTIFICATION, SESSION.PLACE, SESSION.BEGINS_AT, SESSION.SEATS, booked)
                .from(SESSION)
                .where(which)
                .orderBy(SESSION.BEGINS_AT, SESSION.ID)
                .fetch(mapping(Session::new));
    }

    /** The same certification, place and time again is the same session. */
    boolean insert(String certification, String place, Instant begins, int seats, Instant now, String by) {
        return sql.insertInto(SESSION)
                        .set(SESSION.CERTIFICATION, certification)
                        .set(SESSION.PLACE, place)
                        .set(SESSION.BEGINS_AT, begins)
                        .set(SESSION.SEATS, seats)
                        .set(SESSION.ADDED_AT, now)
                        .set(SESSION.ADDED_BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }
}
