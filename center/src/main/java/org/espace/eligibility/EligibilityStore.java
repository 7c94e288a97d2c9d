package org.espace.eligibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.eligibility.Tables.ANSWER;
import static org.espace.db.eligibility.Tables.CONDITION;
import static org.espace.db.eligibility.Tables.EVALUATION;
import static org.espace.db.eligibility.Tables.TOUCHED;
import static org.espace.db.eligibility.Tables.VERDICT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.espace.partners.LocationId;
import org.espace.terms.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class EligibilityStore {

    private static final int ROWS_AT_A_TIME = 20_000;

    private final DSLContext sql;
    private final JsonMapper json;

    EligibilityStore(DSLContext sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Until the transaction ends, nobody else evaluates. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('eligibility.evaluation', 0))");
    }

    // --- what was touched --------------------------------------------------------------------------------------------

    void touch(Collection<LocationId> locations) {
        sql.execute(
                "insert into eligibility.touched (location_id) select unnest(?::integer[])", (Object) ids(locations));
    }

    void touchAll() {
        sql.execute("insert into eligibility.touched (location_id) values (null)");
    }

    boolean isTouched() {
        return sql.fetchExists(TOUCHED);
    }

    /** Takes what has been touched by now; null among them stands for everything. */
    List<@Nullable LocationId> takeTouched() {
        return sql.deleteFrom(TOUCHED).returning(TOUCHED.LOCATION_ID).fetch(row -> {
            var id = row.getLocationId();
            return id == null ? null : new LocationId(id);
        });
    }

    void insertEvaluation(LocalDate day, int locations, int answers, int verdicts, Instant began, Instant ended) {
        sql.insertInto(EVALUATION)
                .set(EVALUATION.DAY, day)
                .set(EVALUATION.LOCATIONS, locations)
                .set(EVALUATION.ANSWERS, answers)
                .set(EVALUATION.VERDICTS, verdicts)
                .set(EVALUATION.BEGAN_AT, began)
                .set(EVALUATION.ENDED_AT, ended)
                .execute();
    }

    Optional<Instant> lastEvaluation() {
        return sql.select(EVALUATION.ENDED_AT)
                .from(EVALUATION)
                .orderBy(EVALUATION.ID.desc())
                .limit(1)
                .fetchOptional(EVALUATION.ENDED_AT);
    }

    // --- answers -----------------------------------------------------------------------------------------------------

    /** The numbers of conditions, by how they are written; those that were never asked get one. */
    Map<String, Integer> numbers(Collection<String> conditions) {
        sql.execute("insert into eligibility.condition (text) select unnest(?::text[]) on conflict do nothing", (Object)
                conditions.toArray(String[]::new));
        return sql.select(CONDITION.TEXT, CONDITION.ID).from(CONDITION).fetchMap(CONDITION.TEXT, CONDITION.ID);
    }

    /** An answer by the number of its condition. */
    record Kept(LocationId location, int condition, Answer answer) {}

    /** The last answers; those that stood at the end of the time, where one is given. */
    Map<LocationId, Map<Integer, Answer>> answers(Collection<LocationId> locations, @Nullable Instant before) {
        var conditions = new HashMap<String, Condition>();
        return sql
                .select(
                        ANSWER.LOCATION_ID,
                        ANSWER.CONDITION_ID,
                        CONDITION.TEXT,
                        ANSWER.STATE,
                        ANSWER.REASON,
                        ANSWER.EVIDENCE,
                        ANSWER.SINCE,
                        ANSWER.ONCE_MET)
                .distinctOn(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID)
                .from(ANSWER)
                .join(CONDITION)
                .on(CONDITION.ID.eq(ANSWER.CONDITION_ID))
                .where(ANSWER.LOCATION_ID.eq(any(ids(locations))))
                .and(before == null ? noCondition() : ANSWER.ANSWERED_AT.lt(before))
                .orderBy(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID, ANSWER.ID.desc())
                .stream()
                .map(row -> new Kept(
                        new LocationId(row.value1()),
                        row.value2(),
                        new Answer(
                                conditions.computeIfAbsent(row.value3(), Condition::read),
                                Answer.State.of(row.value4()),
                                row.value5(),
                                evidence(row.value6().data()),
                                row.value7(),
                                row.value8())))
                .collect(groupingBy(Kept::location, toMap(Kept::condition, Kept::answer)));
    }

    /** The last answers, without what an evaluation does not look at: there may be millions. */
    Map<LocationId, Map<Integer, Answer.Gist>> gists(Collection<LocationId> locations) {
        var found = new HashMap<LocationId, Map<Integer, Answer.Gist>>();
        sql.select(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID, ANSWER.STATE, ANSWER.REASON, ANSWER.SINCE, ANSWER.ONCE_MET)
                .distinctOn(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID)
                .from(ANSWER)
                .where(ANSWER.LOCATION_ID.eq(any(ids(locations))))
                .orderBy(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID, ANSWER.ID.desc())
                .forEach(row -> found.computeIfAbsent(new LocationId(row.value1()), _ -> new HashMap<>())
                        .put(
                                row.value2(),
                                new Answer.Gist(
                                        Answer.State.of(row.value3()), row.value4(), row.value5(), row.value6())));
        return found;
    }

    private Map<String, String> evidence(String text) {
        return json.readValue(text, new TypeReference<Map<String, String>>() {});
    }

    void insertAnswers(List<Kept> answers, LocalDate day, Instant at) {
        inPieces(
                answers,
                piece -> sql.execute(
                        """
                insert into eligibility.answer
                    (location_id, condition_id, state, reason, evidence, since, once_met, day, answered_at)
                select location_id, condition_id, state, reason, evidence::jsonb, since, once_met, ?::date, ?::timestamptz
                from unnest(?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::date[], ?::date[])
                    as one (location_id, condition_id, state, reason, evidence, since, once_met)""",
                        day,
                        utc(at),
                        column(piece, Integer[]::new, one -> one.location().value()),
                        column(piece, Integer[]::new, Kept::condition),
                        column(piece, String[]::new, one -> one.answer().state().code()),
                        column(piece, String[]::new, one -> one.answer().reason()),
                        column(
                                piece,
                                String[]::new,
                                one -> json.writeValueAsString(one.answer().evidence())),
                        column(piece, LocalDate[]::new, one -> one.answer().since()),
                        column(piece, LocalDate[]::new, one -> one.answer().onceMet())));
    }

    // --- verdicts ----------------------------------------------------------------------------------------------------

    /**
     * A verdict as it is kept.
     *
     * @param verdict null when the program has no terms for the location any more
     */
    record Ruling(
            LocationId location,
            String program,
            String version,
            @Nullable Verdict verdict,
            LocalDate since,
            boolean mayStay) {

        Optional<Eligibility> eligibility() {
            return Optional.ofNullable(verdict).map(known -> new Eligibility(location, program, known, since, mayStay));
        }

        Ruling withoutTerms() {
            return new Ruling(location, program, version, null, since, mayStay);
        }
    }

    /** The last on each program; those that stood at the end of the time, where one is given. */
    List<Ruling> rulings(Collection<LocationId> locations, @Nullable Instant before) {
        return sql.select(
                        VERDICT.LOCATION_ID,
                        VERDICT.PROGRAM,
                        VERDICT.VERSION,
                        VERDICT.VERDICT_,
                        VERDICT.SINCE,
                        VERDICT.MAY_STAY)
                .distinctOn(VERDICT.LOCATION_ID, VERDICT.PROGRAM)
                .from(VERDICT)
                .where(VERDICT.LOCATION_ID.eq(any(ids(locations))))
                .and(before == null ? noCondition() : VERDICT.ANSWERED_AT.lt(before))
                .orderBy(VERDICT.LOCATION_ID, VERDICT.PROGRAM, VERDICT.ID.desc())
                .fetch(row -> new Ruling(
                        new LocationId(row.value1()),
                        row.value2(),
                        row.value3(),
                        row.value4() == null ? null : Verdict.of(row.value4()),
                        row.value5(),
                        row.value6()));
    }

    void insertRulings(List<Ruling> rulings, LocalDate day, Instant at) {
        inPieces(
                rulings,
                piece -> sql.execute(
                        """
                insert into eligibility.verdict
                    (location_id, program, version, verdict, since, may_stay, day, answered_at)
                select *, ?::date, ?::timestamptz
                from unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::date[], ?::boolean[])""",
                        day,
                        utc(at),
                        column(piece, Integer[]::new, one -> one.location().value()),
                        column(piece, String[]::new, Ruling::program),
                        column(piece, String[]::new, Ruling::version),
                        column(
                                piece,
                                String[]::new,
                                one -> one.verdict() == null
                                        ? null
                                        : one.verdict().code()),
                        column(piece, LocalDate[]::new, Ruling::since),
                        column(piece, Boolean[]::new, Ruling::mayStay)));
    }

    // --- counts ------------------------------------------------------------------------------------------------------

    record VerdictCount(String program, Verdict verdict, int locations) {}

    List<VerdictCount> verdictCounts() {
        var last = sql.select(VERDICT.PROGRAM, VERDICT.VERDICT_)
                .distinctOn(VERDICT.LOCATION_ID, VERDICT.PROGRAM)
                .from(VERDICT)
                .orderBy(VERDICT.LOCATION_ID, VERDICT.PROGRAM, VERDICT.ID.desc())
                .asTable("last");
        var program = Objects.requireNonNull(last.field(VERDICT.PROGRAM));
        var verdict = Objects.requireNonNull(last.field(VERDICT.VERDICT_));
        return sql.select(program, verdict, count())
                .from(last)
                .where(verdict.isNotNull())
                .groupBy(program, verdict)
                .orderBy(program, verdict)
                .fetch(row -> new VerdictCount(row.value1(), Verdict.of(row.value2()), row.value3()));
    }

    record AnswerCount(String condition, Answer.State state, int locations) {}

    /** How the locations that have a verdict on the program stand to each condition that was ever asked of them. */
    List<AnswerCount> answerCounts(String program) {
        var last = sql.select(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID, ANSWER.STATE)
                .distinctOn(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID)
                .from(ANSWER)
                .where(ANSWER.LOCATION_ID.in(
                        sql.select(VERDICT.LOCATION_ID).from(VERDICT).where(VERDICT.PROGRAM.eq(program))))
                .orderBy(ANSWER.LOCATION_ID, ANSWER.CONDITION_ID, ANSWER.ID.desc())
                .asTable("last");
        var state = Objects.requireNonNull(last.field(ANSWER.STATE));
        return sql.select(CONDITION.TEXT, state, count())
                .from(last)
                .join(CONDITION)
                .on(CONDITION.ID.eq(last.field(ANSWER.CONDITION_ID)))
                .groupBy(CONDITION.TEXT, state)
                .fetch(row -> new AnswerCount(row.value1(), Answer.State.of(row.value2()), row.value3()));
    }

    /** All that have a verdict on the program. */
    List<Ruling> rulings(String program) {
        return sql
                .select(
                        VERDICT.LOCATION_ID,
                        VERDICT.PROGRAM,
                        VERDICT.VERSION,
                        VERDICT.VERDICT_,
                        VERDICT.SINCE,
                        VERDICT.MAY_STAY)
                .distinctOn(VERDICT.LOCATION_ID)
                .from(VERDICT)
                .where(VERDICT.PROGRAM.eq(program))
                .orderBy(VERDICT.LOCATION_ID, VERDICT.ID.desc())
                .stream()
                .filter(row -> row.value4() != null)
                .map(row -> new Ruling(
                        new LocationId(row.value1()),
                        row.value2(),
                        row.value3(),
                        Verdict.of(row.value4()),
                        row.value5(),
                        row.value6()))
                .toList();
    }

    // --- arrays ------------------------------------------------------------------------------------------------------

    interface Insert<T> {

        int rows(List<T> piece);
    }

    static <T> void inPieces(List<T> rows, Insert<T> insert) {
        for (var from = 0; from < rows.size(); from += ROWS_AT_A_TIME) {
            insert.rows(rows.subList(from, Math.min(from + ROWS_AT_A_TIME, rows.size())));
        }
    }

    static <T, C> Object column(List<T> rows, IntFunction<C[]> array, Function<T, @Nullable C> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Integer[] ids(Collection<LocationId> locations) {
        return locations.stream().map(LocationId::value).toArray(Integer[]::new);
    }
}
