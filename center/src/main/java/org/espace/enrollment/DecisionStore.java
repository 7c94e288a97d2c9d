package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.DECISION;
import static org.espace.db.enrollment.Tables.DECISION_END;
import static org.espace.db.enrollment.Tables.DECISION_ITEM;
import static org.espace.db.enrollment.Tables.DECISION_OUTCOME;
import static org.espace.db.enrollment.Tables.DECISION_START;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espace.partners.LocationId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.springframework.stereotype.Repository;

@Repository
class DecisionStore {

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DSLContext sql;

    DecisionStore(DSLContext sql) {
        this.sql = sql;
    }

    int insert(Decision decision) {
        return sql.insertInto(DECISION)
                .set(DECISION.KIND, decision.kind().code())
                .set(DECISION.PROGRAM, decision.program())
                .set(DECISION.DAY, decision.day())
                .set(DECISION.REASON, decision.reason())
                .set(DECISION.ASKED_AT, decision.askedAt())
                .set(DECISION.ASKED_BY, decision.askedBy())
                .returningResult(DECISION.ID)
                .fetchSingle()
                .value1();
    }

    void insert(int decision, List<DecisionItem> items) {
        for (var from = 0; from < items.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(
                            DECISION_ITEM,
                            DECISION_ITEM.DECISION_ID,
                            DECISION_ITEM.NUMBER,
                            DECISION_ITEM.NAMED,
                            DECISION_ITEM.LOCATION_ID,
                            DECISION_ITEM.OBSTACLE)
                    .valuesOfRows(items.subList(from, Math.min(from + ROWS_AT_A_TIME, items.size())).stream()
                            .map(item -> row(
                                    decision,
                                    item.number(),
                                    item.named(),
                                    item.location() == null
                                            ? null
                                            : item.location().value(),
                                    item.obstacle()))
                            .toList())
                    .execute();
        }
    }

    Optional<Decision> find(int decision) {
        return described().where(DECISION.ID.eq(decision)).fetchOptional(this::decision);
    }

    /** The latest first. */
    List<Decision> last(int most) {
        return described().orderBy(DECISION.ID.desc()).limit(most).fetch(this::decision);
    }

    List<Integer> unfinished() {
        return sql.select(DECISION_START.DECISION_ID)
                .from(DECISION_START)
                .whereNotExists(
                        selectOne().from(DECISION_END).where(DECISION_END.DECISION_ID.eq(DECISION_START.DECISION_ID)))
                .fetch(DECISION_START.DECISION_ID);
    }

    private SelectOnConditionStep<Record> described() {
        return sql.select(DECISION.fields())
                .select(DECISION_START.AT, DECISION_END.AT, DECISION_END.CANCELLED)
                .from(DECISION)
                .leftJoin(DECISION_START)
                .on(DECISION_START.DECISION_ID.eq(DECISION.ID))
                .leftJoin(DECISION_END)
                .on(DECISION_END.DECISION_ID.eq(DECISION.ID));
    }

    private Decision decision(Record row) {
        return new Decision(
                row.get(DECISION.ID),
                Decision.Kind.find(row.get(DECISION.KIND)).orElseThrow(),
                row.get(DECISION.PROGRAM),
                row.get(DECISION.DAY),
                row.get(DECISION.REASON),
                row.get(DECISION.ASKED_AT),
                row.get(DECISION.ASKED_BY),
                row.get(DECISION_START.AT),
                row.get(DECISION_END.AT),
                Boolean.TRUE.equals(row.get(DECISION_END.CANCELLED)),
                counts(row.get(DECISION.ID)));
    }

    private Decision.Counts counts(int decision) {
        var settled = DECISION_OUTCOME.AT.isNotNull();
        return Objects.requireNonNull(sql.select(
                        count().filterWhere(DECISION_ITEM.OBSTACLE.isNull()),
                        count().filterWhere(DECISION_ITEM.OBSTACLE.isNotNull()),
                        count().filterWhere(settled.and(DECISION_OUTCOME.OBSTACLE.isNull())),
                        count().filterWhere(settled.and(DECISION_OUTCOME.OBSTACLE.isNotNull())))
                .from(DECISION_ITEM)
                .leftJoin(DECISION_OUTCOME)
                .on(ofItem())
                .where(DECISION_ITEM.DECISION_ID.eq(decision))
                .fetchSingle(row -> new Decision.Counts(row.value1(), row.value2(), row.value3(), row.value4())));
    }

    private static Condition ofItem() {
        return DECISION_OUTCOME
                .DECISION_ID
                .eq(DECISION_ITEM.DECISION_ID)
                .and(DECISION_OUTCOME.NUMBER.eq(DECISION_ITEM.NUMBER));
    }

    /** @param possible whether those that would change are meant, or those that would not */
    List<DecisionItem> items(int decision, boolean possible, int offset, int most) {
        return items(
                DECISION_ITEM
                        .DECISION_ID
                        .eq(decision)
                        .and(possible ? DECISION_ITEM.OBSTACLE.isNull() : DECISION_ITEM.OBSTACLE.isNotNull()),
                offset,
                most);
    }

    /** Those whose turn has not come yet. */
    List<DecisionItem> waiting(int decision, int most) {
        return items(
                DECISION_ITEM
                        .DECISION_ID
                        .eq(decision)
                        .and(DECISION_ITEM.OBSTACLE.isNull())
                        .and(DECISION_OUTCOME.AT.isNull()),
                0,
                most);
    }

    private List<DecisionItem> items(Condition which, int offset, int most) {
        return sql.select(
                        DECISION_ITEM.NUMBER,
                        DECISION_ITEM.NAMED,
                        DECISION_ITEM.LOCATION_ID,
                        coalesce(DECISION_OUTCOME.OBSTACLE, DECISION_ITEM.OBSTACLE),
                        DECISION_OUTCOME.AT)
                .from(DECISION_ITEM)
                .leftJoin(DECISION_OUTCOME)
                .on(ofItem())
                .where(which)
                .orderBy(DECISION_ITEM.NUMBER)
                .limit(most)
                .offset(offset)
                .fetch(row -> new DecisionItem(
                        row.value1(),
                        row.value2(),
                        row.value3() == null ? null : new LocationId(row.value3()),
                        row.value4(),
                        row.value5() != null));
    }

    /** False when it has been started before. */
    boolean start(int decision, String by, Instant now) {
        return sql.insertInto(DECISION_START)
                        .set(DECISION_START.DECISION_ID, decision)
                        .set(DECISION_START.AT, now)
                        .set(DECISION_START.BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** False when it has ended before. */
    boolean end(int decision, boolean cancelled, String by, Instant now) {
        return sql.insertInto(DECISION_END)
                        .set(DECISION_END.DECISION_ID, decision)
                        .set(DECISION_END.CANCELLED, cancelled)
                        .set(DECISION_END.AT, now)
                        .set(DECISION_END.BY, by)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** False when somebody else is at it, or it is over; what is held is held until the transaction ends. */
    boolean lockUnfinished(int decision) {
        return sql.selectOne()
                .from(DECISION_START)
                .where(DECISION_START.DECISION_ID.eq(decision))
                .andNotExists(
                        selectOne().from(DECISION_END).where(DECISION_END.DECISION_ID.eq(DECISION_START.DECISION_ID)))
                .forUpdate()
                .skipLocked()
                .fetchOptional()
                .isPresent();
    }

    void settle(int decision, Collection<DecisionItem> items, Map<LocationId, Optional<String>> outcomes, Instant now) {
        sql.insertInto(
                        DECISION_OUTCOME,
                        DECISION_OUTCOME.DECISION_ID,
                        DECISION_OUTCOME.NUMBER,
                        DECISION_OUTCOME.OBSTACLE,
                        DECISION_OUTCOME.AT)
                .valuesOfRows(items.stream()
                        .map(item -> row(
                                decision,
                                item.number(),
                                outcomes.getOrDefault(item.location(), Optional.of("unknown"))
                                        .orElse(null),
                                now))
                        .toList())
                .execute();
    }
}
