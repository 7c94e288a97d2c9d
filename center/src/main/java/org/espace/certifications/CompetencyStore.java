package org.espace.certifications;

import static org.espace.db.certifications.Tables.ATTAINMENT;
import static org.espace.db.certifications.Tables.CERTIFICATION;
import static org.espace.db.certifications.Tables.DEFINITION;
import static org.espace.db.certifications.Tables.MEASURE;
import static org.espace.db.certifications.Tables.RESULT;
import static org.espace.db.certifications.Tables.STAY;
import static org.espace.db.certifications.Tables.WITHDRAWAL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.espace.certifications.Facts.Measured;
import org.espace.certifications.Facts.Proved;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class CompetencyStore {

    private static final List<Field<?>> LAST_DAY = List.of(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE);
    private static final List<Field<?>> EVERY_DAY =
            List.of(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY);

    private final DSLContext sql;

    /** What a text says never changes. */
    private final Map<String, Definition> read = new ConcurrentHashMap<>();

    CompetencyStore(DSLContext sql) {
        this.sql = sql;
    }

    /** Until the transaction ends, nobody else attains anything for the company. */
    void lock(PartnerId partner) {
        sql.execute(
                "select pg_advisory_xact_lock(hashtextextended('certifications.attainment', {0}))", partner.value());
    }

    /** Of each code the version that counts on the day, by kind and code. */
    List<Definition> definitions(LocalDate day) {
        return sql.select(DEFINITION.SOURCE)
                .distinctOn(DEFINITION.KIND, DEFINITION.CODE)
                .from(DEFINITION)
                .where(DEFINITION.EFFECTIVE.le(day))
                .orderBy(DEFINITION.KIND, DEFINITION.CODE, DEFINITION.EFFECTIVE.desc())
                .fetch(row -> read(row.value1()));
    }

    private Definition read(String source) {
        return read.computeIfAbsent(source, DefinitionReader::read);
    }

    /** By kind, code and day, the latest version first. */
    List<PublishedDefinition> published() {
        return published(noCondition());
    }

    Optional<PublishedDefinition> published(String code, String version) {
        return published(DEFINITION.CODE.eq(code).and(DEFINITION.VERSION.eq(version))).stream()
                .findFirst();
    }

    private List<PublishedDefinition> published(Condition which) {
        return sql.select(
                        DEFINITION.SOURCE.convertFrom(this::read),
                        DEFINITION.SOURCE,
                        DEFINITION.SHA256,
                        DEFINITION.PUBLISHED_AT,
                        DEFINITION.PUBLISHED_BY)
                .from(DEFINITION)
                .where(which)
                .orderBy(DEFINITION.KIND, DEFINITION.CODE, DEFINITION.EFFECTIVE.desc())
                .fetch(mapping(PublishedDefinition::new));
    }

    /** False when the code has that version, or one of the same day, already. */
    boolean insert(PublishedDefinition published) {
        var definition = published.definition();
        return sql.insertInto(DEFINITION)
                        .set(DEFINITION.CODE, definition.code())
                        .set(DEFINITION.VERSION, definition.version())
                        .set(DEFINITION.KIND, Competencies.word(definition.kind()))
                        .set(DEFINITION.EFFECTIVE, definition.effective())
                        .set(DEFINITION.SOURCE, published.source())
                        .set(DEFINITION.SHA256, published.sha256())
                        .set(DEFINITION.PUBLISHED_AT, published.at())
                        .set(DEFINITION.PUBLISHED_BY, published.by())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    List<Attained> attained() {
        return attained(noCondition());
    }

    List<Attained> attained(PartnerId partner) {
        return attained(ATTAINMENT.PARTNER_ID.eq(partner.value()));
    }

    /** The latest first. */
    private List<Attained> attained(Condition which) {
        return sql.select(
                        ATTAINMENT.PARTNER_ID.convertFrom(PartnerId::new),
                        ATTAINMENT.KIND,
                        ATTAINMENT.CODE,
                        ATTAINMENT.LEVEL,
                        ATTAINMENT.SINCE,
                        ATTAINMENT.UNTIL)
                .from(ATTAINMENT)
                .where(which)
                .and(ATTAINMENT.UNTIL.isNull().or(ATTAINMENT.SINCE.lt(ATTAINMENT.UNTIL)))
                .orderBy(ATTAINMENT.SINCE.desc(), ATTAINMENT.ID.desc())
                .fetch(mapping(Attained::new));
    }

    void insert(
            PartnerId partner,
            Definition definition,
            @Nullable String level,
            LocalDate since,
            LocalDate until,
            @Nullable String payment,
            Instant now,
            String by) {
        sql.insertInto(ATTAINMENT)
                .set(ATTAINMENT.PARTNER_ID, partner.value())
                .set(ATTAINMENT.KIND, Competencies.word(definition.kind()))
                .set(ATTAINMENT.CODE, definition.code())
                .set(ATTAINMENT.VERSION, definition.version())
                .set(ATTAINMENT.LEVEL, level)
                .set(ATTAINMENT.SINCE, since)
                .set(ATTAINMENT.UNTIL, until)
                .set(ATTAINMENT.PAYMENT, payment)
                .set(ATTAINMENT.ATTAINED_AT, now)
                .set(ATTAINMENT.ATTAINED_BY, by)
                .execute();
    }

    void end(Attained attained, LocalDate on) {
        sql.update(ATTAINMENT)
                .set(ATTAINMENT.UNTIL, on)
                .where(ATTAINMENT.PARTNER_ID.eq(attained.partner().value()))
                .and(ATTAINMENT.CODE.eq(attained.code()))
                .and(ATTAINMENT.SINCE.eq(attained.since()))
                .execute();
    }

    /** All that was known of one company. */
    Facts facts(PartnerId partner) {
        return facts(
                        measures(MEASURE.PARTNER_ID.eq(partner.value()), EVERY_DAY),
                        proofs(STAY.PARTNER_ID.eq(partner.value())))
                .getOrDefault(partner, Facts.NONE);
    }

    /** Of every company no more than a day needs: the last measures, and who counts. */
    Map<PartnerId, Facts> facts(LocalDate day) {
        return facts(
                measures(MEASURE.DAY.le(day), LAST_DAY), proofs(until().isNull().or(until().gt(day))));
    }

    private static Map<PartnerId, Facts> facts(
            Map<PartnerId, List<Measured>> measured, Map<PartnerId, List<Proved>> proved) {
        var facts = new HashMap<PartnerId, Facts>();
        measured.forEach((partner, all) -> facts.put(partner, new Facts(all, proved.getOrDefault(partner, List.of()))));
        proved.forEach((partner, all) -> facts.putIfAbsent(partner, new Facts(List.of(), all)));
        return facts;
    }

    /** What was said last of a day counts. */
    private Map<PartnerId, List<Measured>> measures(Condition which, List<Field<?>> oneForEach) {
        return sql.select(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY, MEASURE.VALUE)
                .distinctOn(oneForEach)
                .from(MEASURE)
                .where(which)
                .orderBy(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY.desc(), MEASURE.ID.desc())
                .fetchGroups(
                        row -> new PartnerId(row.value1()),
                        row -> new Measured(row.value2(), row.value3(), row.value4(), row.value5()));
    }

    private Map<PartnerId, List<Proved>> proofs(Condition which) {
        var from = greatest(RESULT.PASSED_ON, STAY.SINCE);
        return sql.select(STAY.PARTNER_ID, STAY.LEARNER_ID, RESULT.CERTIFICATION, CERTIFICATION.LEVEL, from, until())
                .from(STAY)
                .join(RESULT)
                .on(RESULT.LEARNER_ID.eq(STAY.LEARNER_ID))
                .join(CERTIFICATION)
                .on(CERTIFICATION.CODE.eq(RESULT.CERTIFICATION))
                .leftJoin(WITHDRAWAL)
                .on(WITHDRAWAL.RESULT_ID.eq(RESULT.ID))
                .where(which)
                .and(until().isNull().or(from.lt(until())))
                .fetchGroups(
                        row -> new PartnerId(row.value1()),
                        row -> new Proved(row.value2(), row.value3(), row.value4(), row.value5(), row.value6()));
    }

    /** Of an end that is open and one that is not, PostgreSQL takes the second. */
    private static Field<LocalDate> until() {
        return least(RESULT.EXPIRES_ON, STAY.UNTIL, WITHDRAWAL.WITHDRAWN_ON);
    }
}
