package org.espace.eligibility;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.eligibility.Tables.CONDITION;
import static org.espace.db.eligibility.Tables.IMPACT;
import static org.espace.db.eligibility.Tables.IMPACT_CONDITION;
import static org.espace.db.eligibility.Tables.IMPACT_COUNT;
import static org.espace.db.eligibility.Tables.IMPACT_MOVE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espace.eligibility.Impact.Change;
import org.espace.eligibility.Impact.Move;
import org.espace.eligibility.Impact.OfCondition;
import org.espace.eligibility.ImpactAsked.State;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.terms.Condition;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.espace.web.HowFar;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ImpactStore {

    private final DSLContext sql;
    private final EligibilityStore conditions;
    private final Partners partners;

    ImpactStore(DSLContext sql, EligibilityStore conditions, Partners partners) {
        this.sql = sql;
        this.conditions = conditions;
        this.partners = partners;
    }

    /** Empty when another one is at work. */
    Optional<Integer> insert(Terms draft, String text, LocalDate day, String by, Instant now) {
        return sql.insertInto(IMPACT)
                .set(IMPACT.PROGRAM, draft.program())
                .set(IMPACT.VERSION, draft.version())
                .set(IMPACT.TEXT, text)
                .set(IMPACT.DAY, day)
                .set(IMPACT.ASKED_AT, now)
                .set(IMPACT.ASKED_BY, by)
                .onConflictDoNothing()
                .returning(IMPACT.ID)
                .fetchOptional(IMPACT.ID);
    }

    /** False when another process is at it; until the transaction ends, none will be. */
    boolean tryLock(int impact) {
        return sql.fetchSingle("select pg_try_advisory_xact_lock(hashtextextended('eligibility.impact', ?))", impact)
                .get(0, boolean.class);
    }

    /** False when it has ended. */
    boolean note(int impact, long done, long total, Instant now) {
        return sql.update(IMPACT)
                        .set(IMPACT.DONE, (int) done)
                        .set(IMPACT.TOTAL, (int) total)
                        .set(IMPACT.BEGAN_AT, done == 0 ? val(now) : coalesce(IMPACT.BEGAN_AT, val(now)))
                        .set(IMPACT.HEARD_AT, now)
                        .where(IMPACT.ID.eq(impact).and(IMPACT.ENDED_AT.isNull()))
                        .execute()
                == 1;
    }

    /** False when it had ended already. */
    boolean end(int impact, State state, @Nullable String by, Instant now) {
        return sql.update(IMPACT)
                        .set(IMPACT.OUTCOME, state.code())
                        .set(IMPACT.ENDED_AT, now)
                        .set(IMPACT.ENDED_BY, by)
                        .where(IMPACT.ID.eq(impact).and(IMPACT.ENDED_AT.isNull()))
                        .execute()
                == 1;
    }

    // --- reports -----------------------------------------------------------------------------------------------------

    void insert(int id, Impact impact) {
        sql.update(IMPACT)
                .set(IMPACT.STANDING, impact.standing())
                .where(IMPACT.ID.eq(id))
                .execute();
        impact.counts()
                .forEach((change, locations) -> sql.insertInto(IMPACT_COUNT)
                        .set(IMPACT_COUNT.IMPACT_ID, id)
                        .set(IMPACT_COUNT.BEFORE, code(change.before()))
                        .set(IMPACT_COUNT.AFTER, change.after().code())
                        .set(IMPACT_COUNT.LOCATIONS, locations)
                        .execute());
        var written = impact.conditions().stream()
                .map(OfCondition::condition)
                .distinct()
                .collect(toMap(one -> one, Condition::written));
        var known = conditions.numbers(written.values());
        var numbers = new HashMap<Condition, Integer>();
        written.forEach((condition, text) -> numbers.put(condition, Objects.requireNonNull(known.get(text))));
        for (var place = 0; place < impact.conditions().size(); place++) {
            var one = impact.conditions().get(place);
            sql.insertInto(IMPACT_CONDITION)
                    .set(IMPACT_CONDITION.IMPACT_ID, id)
                    .set(IMPACT_CONDITION.PLACE, (short) place)
                    .set(IMPACT_CONDITION.CONDITION_ID, numbers.get(one.condition()))
                    .set(IMPACT_CONDITION.MET, one.met())
                    .set(IMPACT_CONDITION.NOT_MET, one.notMet())
                    .set(IMPACT_CONDITION.NOT_YET_KNOWN, one.notYetKnown())
                    .set(IMPACT_CONDITION.ALONE, one.alone())
                    .execute();
        }
        EligibilityStore.inPieces(
                impact.moves(),
                piece -> sql.execute(
                        """
                insert into eligibility.impact_move (impact_id, location_id, before, after, missing)
                select ?, location_id, before, after, missing::integer[]
                from unnest(?::integer[], ?::text[], ?::text[], ?::text[]) as one (location_id, before, after, missing)""",
                        id,
                        EligibilityStore.column(
                                piece,
                                Integer[]::new,
                                move -> move.location().id().value()),
                        EligibilityStore.column(
                                piece, String[]::new, move -> code(move.change().before())),
                        EligibilityStore.column(
                                piece, String[]::new, move -> code(move.change().after())),
                        EligibilityStore.column(
                                piece,
                                String[]::new,
                                move -> move.missing().stream()
                                        .map(condition -> String.valueOf(numbers.get(condition)))
                                        .collect(joining(",", "{", "}")))));
    }

    private static @Nullable String code(@Nullable Verdict verdict) {
        return verdict == null ? null : verdict.code();
    }

    /** The report of one that is done. */
    Impact report(ImpactAsked asked) {
        var counts = new HashMap<Change, Integer>();
        sql.selectFrom(IMPACT_COUNT)
                .where(IMPACT_COUNT.IMPACT_ID.eq(asked.id()))
                .forEach(row -> counts.put(change(row.getBefore(), row.getAfter()), row.getLocations()));
        var known = new HashMap<Integer, Condition>();
        var ofConditions = sql.select(
                        CONDITION.ID,
                        CONDITION.TEXT,
                        IMPACT_CONDITION.MET,
                        IMPACT_CONDITION.NOT_MET,
                        IMPACT_CONDITION.NOT_YET_KNOWN,
                        IMPACT_CONDITION.ALONE)
                .from(IMPACT_CONDITION)
                .join(CONDITION)
                .on(CONDITION.ID.eq(IMPACT_CONDITION.CONDITION_ID))
                .where(IMPACT_CONDITION.IMPACT_ID.eq(asked.id()))
                .orderBy(IMPACT_CONDITION.PLACE)
                .fetch(row -> new OfCondition(
                        known.computeIfAbsent(row.value1(), _ -> Condition.read(row.value2())),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6()));
        return new Impact(
                TermsReader.read(asked.text()),
                sql.select(IMPACT.STANDING)
                        .from(IMPACT)
                        .where(IMPACT.ID.eq(asked.id()))
                        .fetchSingle(IMPACT.STANDING),
                counts,
                moves(asked.id(), known),
                ofConditions);
    }

    private List<Move> moves(int impact, Map<Integer, Condition> known) {
        var rows = sql.selectFrom(IMPACT_MOVE)
                .where(IMPACT_MOVE.IMPACT_ID.eq(impact))
                .orderBy(IMPACT_MOVE.LOCATION_ID)
                .fetch();
        var places = partners
                .locations(rows.stream()
                        .map(row -> new LocationId(row.getLocationId()))
                        .toList())
                .stream()
                .collect(toMap(Location::id, place -> place));
        return rows.stream()
                .map(row -> new Move(
                        Objects.requireNonNull(places.get(new LocationId(row.getLocationId()))),
                        change(row.getBefore(), row.getAfter()),
                        Arrays.stream(row.getMissing())
                                .map(number -> Objects.requireNonNull(known.get(number)))
                                .toList()))
                .toList();
    }

    private static Change change(@Nullable String before, String after) {
        return new Change(before == null ? null : Verdict.of(before), Verdict.of(after));
    }

    // --- what was asked ----------------------------------------------------------------------------------------------

    Optional<ImpactAsked> find(int impact) {
        return sql.selectFrom(IMPACT).where(IMPACT.ID.eq(impact)).fetchOptional(ImpactStore::asked);
    }

    Optional<ImpactAsked> atWork() {
        return sql.selectFrom(IMPACT).where(IMPACT.ENDED_AT.isNull()).fetchOptional(ImpactStore::asked);
    }

    /** The latest first. */
    List<ImpactAsked> of(String program, int most) {
        return sql.selectFrom(IMPACT)
                .where(IMPACT.PROGRAM.eq(program))
                .orderBy(IMPACT.ID.desc())
                .limit(most)
                .fetch(ImpactStore::asked);
    }

    private static ImpactAsked asked(Record found) {
        var row = found.into(IMPACT);
        var askedAt = row.getAskedAt();
        return new ImpactAsked(
                row.getId(),
                row.getProgram(),
                row.getVersion(),
                row.getText(),
                row.getDay(),
                askedAt,
                row.getAskedBy(),
                new HowFar(
                        row.getDone(),
                        row.getTotal(),
                        Objects.requireNonNullElse(row.getBeganAt(), askedAt),
                        Objects.requireNonNullElse(row.getHeardAt(), askedAt)),
                State.of(row.getOutcome()),
                row.getEndedAt(),
                row.getEndedBy());
    }
}
