package org.espace.enrollment;

import static org.espace.db.enrollment.Tables.MEMBERSHIP;
import static org.espace.db.enrollment.Tables.READ_MESSAGE;
import static org.espace.db.enrollment.Tables.STEP;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espace.access.UserId;
import org.espace.db.enrollment.tables.records.StepRecord;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class MembershipStore {

    private static final int ROWS_AT_A_TIME = 2_000;

    private final DSLContext sql;

    MembershipStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else takes a step. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('enrollment.step', 0))");
    }

    List<Membership> all() {
        return memberships(noCondition());
    }

    List<Membership> of(Collection<LocationId> locations) {
        return memberships(MEMBERSHIP.LOCATION_ID.eq(any(Enrollments.numbers(locations))));
    }

    Optional<Membership> find(LocationId location, String program) {
        return memberships(MEMBERSHIP.LOCATION_ID.eq(location.value()).and(MEMBERSHIP.PROGRAM.eq(program))).stream()
                .findFirst();
    }

    private List<Membership> memberships(Condition which) {
        return sql.selectFrom(MEMBERSHIP).where(which).fetch(row -> new Membership(step(row.into(STEP))));
    }

    /**
     * By program and location.
     *
     * @param partners null for all of them
     */
    List<Membership> page(
            @Nullable String program,
            @Nullable Stage stage,
            @Nullable Collection<PartnerId> partners,
            int offset,
            int most) {
        return sql.selectFrom(MEMBERSHIP)
                .where(condition(program, stage, partners))
                .orderBy(MEMBERSHIP.PROGRAM, MEMBERSHIP.LOCATION_ID)
                .limit(most)
                .offset(offset)
                .fetch(row -> new Membership(step(row.into(STEP))));
    }

    int size(@Nullable String program, @Nullable Stage stage, @Nullable Collection<PartnerId> partners) {
        return sql.fetchCount(MEMBERSHIP, condition(program, stage, partners));
    }

    private static Condition condition(
            @Nullable String program, @Nullable Stage stage, @Nullable Collection<PartnerId> partners) {
        var which = noCondition();
        if (program != null) {
            which = which.and(MEMBERSHIP.PROGRAM.eq(program));
        }
        if (stage != null) {
            which = which.and(MEMBERSHIP.KIND.in(Stream.of(Step.Kind.values())
                    .filter(kind -> kind.stage() == stage)
                    .map(Step.Kind::code)
                    .toList()));
        }
        if (partners != null) {
            which = which.and(MEMBERSHIP.PARTNER_ID.in(
                    partners.stream().map(PartnerId::value).toList()));
        }
        return which;
    }

    /** How many there are in each stage, by program. */
    Map<String, Map<Stage, Integer>> counts() {
        var counts = new TreeMap<String, Map<Stage, Integer>>();
        sql.select(MEMBERSHIP.PROGRAM, MEMBERSHIP.KIND, count())
                .from(MEMBERSHIP)
                .groupBy(MEMBERSHIP.PROGRAM, MEMBERSHIP.KIND)
                .forEach(row -> {
                    var stage = Step.Kind.of(row.value2()).stage();
                    if (stage != null) {
                        counts.computeIfAbsent(row.value1(), _ -> new EnumMap<>(Stage.class))
                                .merge(stage, row.value3(), Integer::sum);
                    }
                });
        return counts;
    }

    /** All that has happened, the latest first. */
    List<Step> history(LocationId location, String program) {
        return sql.selectFrom(STEP)
                .where(STEP.LOCATION_ID.eq(location.value()), STEP.PROGRAM.eq(program))
                .orderBy(STEP.ID.desc())
                .fetch(MembershipStore::step);
    }

    /** The highest round that has begun in that year; -1 before the first. */
    Map<Membership.Key, Integer> lastRounds(Collection<LocationId> locations) {
        var rounds = new HashMap<Membership.Key, Integer>();
        var year = STEP.as("latest");
        sql.select(STEP.LOCATION_ID, STEP.PROGRAM, max(STEP.ROUND))
                .from(STEP)
                .where(STEP.LOCATION_ID.eq(any(Enrollments.numbers(locations))))
                .and(STEP.YEAR.eq(select(max(year.YEAR))
                        .from(year)
                        .where(year.LOCATION_ID.eq(STEP.LOCATION_ID), year.PROGRAM.eq(STEP.PROGRAM))))
                .groupBy(STEP.LOCATION_ID, STEP.PROGRAM)
                .forEach(row ->
                        rounds.put(new Membership.Key(new LocationId(row.value1()), row.value2()), row.value3()));
        return rounds;
    }

    /** How often whoever is invited now has been reminded by itself. */
    Map<Membership.Key, Integer> reminders(String by) {
        var reminders = new HashMap<Membership.Key, Integer>();
        sql.select(STEP.LOCATION_ID, STEP.PROGRAM, count())
                .from(STEP)
                .join(MEMBERSHIP)
                .on(
                        MEMBERSHIP.LOCATION_ID.eq(STEP.LOCATION_ID),
                        MEMBERSHIP.PROGRAM.eq(STEP.PROGRAM),
                        MEMBERSHIP.YEAR.eq(STEP.YEAR),
                        MEMBERSHIP.ROUND.eq(STEP.ROUND))
                .where(STEP.KIND.eq(Step.Kind.REMINDED.code()), STEP.BY.eq(by))
                .groupBy(STEP.LOCATION_ID, STEP.PROGRAM)
                .forEach(row ->
                        reminders.put(new Membership.Key(new LocationId(row.value1()), row.value2()), row.value3()));
        return reminders;
    }

    /** The ones that were not taken before: what happens once in a round is there once. */
    List<Step> insert(List<Step> steps) {
        var fresh = new ArrayList<Step>();
        for (var from = 0; from < steps.size(); from += ROWS_AT_A_TIME) {
            var piece = steps.subList(from, Math.min(from + ROWS_AT_A_TIME, steps.size()));
            sql.insertInto(
                            STEP,
                            STEP.PARTNER_ID,
                            STEP.LOCATION_ID,
                            STEP.PROGRAM,
                            STEP.YEAR,
                            STEP.ROUND,
                            STEP.KIND,
                            STEP.DAY,
                            STEP.REASON,
                            STEP.NOTE,
                            STEP.AT,
                            STEP.BY)
                    .valuesOfRows(piece.stream()
                            .map(step -> row(
                                    step.partner().value(),
                                    step.location().value(),
                                    step.program(),
                                    step.year(),
                                    step.round(),
                                    step.kind().code(),
                                    step.day(),
                                    step.reason(),
                                    step.note(),
                                    step.at(),
                                    step.by()))
                            .toList())
                    .onConflictDoNothing()
                    .returning()
                    .forEach(row -> fresh.add(step(row)));
        }
        return fresh;
    }

    /** The invitations of the partner that can be accepted and whose message they have not read yet. */
    List<Membership> unread(PartnerId partner, UserId user) {
        return sql.selectFrom(MEMBERSHIP)
                .where(
                        MEMBERSHIP.PARTNER_ID.eq(partner.value()),
                        MEMBERSHIP.KIND.in(Step.Kind.INVITED.code(), Step.Kind.PROLONGED.code()))
                .andNotExists(selectOne()
                        .from(READ_MESSAGE)
                        .join(STEP)
                        .on(STEP.ID.eq(READ_MESSAGE.STEP_ID))
                        .where(
                                READ_MESSAGE.USER_ID.eq(user.value()),
                                STEP.LOCATION_ID.eq(MEMBERSHIP.LOCATION_ID),
                                STEP.PROGRAM.eq(MEMBERSHIP.PROGRAM),
                                STEP.YEAR.eq(MEMBERSHIP.YEAR),
                                STEP.ROUND.eq(MEMBERSHIP.ROUND)))
                .orderBy(MEMBERSHIP.AT.desc())
                .fetch(row -> new Membership(step(row.into(STEP))));
    }

    /** Whether the partner has any membership that is not over. */
    boolean isUnderWay(PartnerId partner) {
        return sql.fetchExists(
                MEMBERSHIP,
                MEMBERSHIP.PARTNER_ID.eq(partner.value()),
                MEMBERSHIP.KIND.in(Stream.of(Step.Kind.values())
                        .filter(kind -> kind.stage() != null && kind.stage().isLive())
                        .map(Step.Kind::code)
                        .toList()));
    }

    void markRead(PartnerId partner, UserId user, Instant now) {
        sql.insertInto(
                        READ_MESSAGE,
                        READ_MESSAGE.USER_ID,
                        READ_MESSAGE.PARTNER_ID,
                        READ_MESSAGE.READ_AT,
                        READ_MESSAGE.STEP_ID)
                .select(select(val(user.value()), STEP.PARTNER_ID, val(now), STEP.ID)
                        .from(STEP)
                        .where(STEP.PARTNER_ID.eq(partner.value()), STEP.KIND.eq(Step.Kind.INVITED.code())))
                .onConflictDoNothing()
                .execute();
    }

    private static Step step(StepRecord row) {
        return new Step(
                new PartnerId(row.getPartnerId()),
                new LocationId(row.getLocationId()),
                row.getProgram(),
                row.getYear(),
                row.getRound(),
                Step.Kind.of(row.getKind()),
                row.getDay(),
                row.getReason(),
                row.getNote(),
                row.getAt(),
                row.getBy());
    }
}
