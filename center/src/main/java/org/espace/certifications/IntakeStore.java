package org.espace.certifications;

import static org.espace.db.certifications.Tables.INTAKE;
import static org.espace.db.certifications.Tables.INTAKE_FAULT;
import static org.espace.db.certifications.Tables.MEASURE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.certifications.IntakeCheck.MeasuredRow;
import org.espace.partners.PartnerId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class IntakeStore {

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DSLContext sql;

    IntakeStore(DSLContext sql) {
        this.sql = sql;
    }

    int insert(
            Intake.Kind kind,
            String name,
            byte[] content,
            int good,
            Collection<IntakeFault> faults,
            Instant now,
            String by) {
        var id = sql.insertInto(INTAKE)
                .set(INTAKE.KIND, kind.code())
                .set(INTAKE.NAME, name)
                .set(INTAKE.SHA256, PublishedDefinition.sha256(content))
                .set(INTAKE.CONTENT, content)
                .set(INTAKE.GOOD, good)
                .set(INTAKE.REFUSED, (int)
                        faults.stream().map(IntakeFault::number).distinct().count())
                .set(INTAKE.CHECKED_AT, now)
                .set(INTAKE.CHECKED_BY, by)
                .returningResult(INTAKE.ID)
                .fetchSingle()
                .value1();
        sql.batch(faults.stream()
                        .map(fault -> sql.insertInto(INTAKE_FAULT)
                                .set(INTAKE_FAULT.INTAKE_ID, id)
                                .set(INTAKE_FAULT.NUMBER, fault.number())
                                .set(INTAKE_FAULT.FIELD, fault.field())
                                .set(INTAKE_FAULT.VALUE, fault.value())
                                .set(INTAKE_FAULT.CODE, fault.code().name())
                                .onConflictDoNothing())
                        .toList())
                .execute();
        return id;
    }

    /** What somebody has looked at and not saved. */
    void deleteUnsaved(String by) {
        sql.deleteFrom(INTAKE)
                .where(INTAKE.CHECKED_BY.eq(by).and(INTAKE.SAVED_AT.isNull()))
                .execute();
    }

    /** The latest first. */
    List<Intake> all(int most) {
        return intakes(noCondition(), most);
    }

    Optional<Intake> find(int id) {
        return intakes(INTAKE.ID.eq(id), 1).stream().findFirst();
    }

    private List<Intake> intakes(Condition which, int most) {
        return sql.select(
                        INTAKE.ID,
                        INTAKE.KIND.convertFrom(kind -> Intake.Kind.valueOf(kind.toUpperCase(Locale.ROOT))),
                        INTAKE.NAME,
                        INTAKE.GOOD,
                        INTAKE.REFUSED,
                        INTAKE.CHECKED_AT,
                        INTAKE.CHECKED_BY,
                        INTAKE.ADDED,
                        INTAKE.KNOWN,
                        INTAKE.SAVED_AT,
                        INTAKE.SAVED_BY)
                .from(INTAKE)
                .where(which)
                .orderBy(INTAKE.ID.desc())
                .limit(most)
                .fetch(mapping(Intake::new));
    }

    /** What is still to be saved; nobody else saves it until the transaction ends. Empty when it is saved. */
    Optional<byte[]> lockContent(int id) {
        return sql.select(INTAKE.CONTENT)
                .from(INTAKE)
                .where(INTAKE.ID.eq(id).and(INTAKE.SAVED_AT.isNull()))
                .forUpdate()
                .fetchOptional(INTAKE.CONTENT);
    }

    void saved(int id, int added, int known, Instant now, String by) {
        sql.update(INTAKE)
                .setNull(INTAKE.CONTENT)
                .set(INTAKE.ADDED, added)
                .set(INTAKE.KNOWN, known)
                .set(INTAKE.SAVED_AT, now)
                .set(INTAKE.SAVED_BY, by)
                .where(INTAKE.ID.eq(id))
                .execute();
    }

    List<IntakeFault> faults(int intake, int most) {
        return sql.select(
                        INTAKE_FAULT.NUMBER,
                        INTAKE_FAULT.FIELD,
                        INTAKE_FAULT.VALUE,
                        INTAKE_FAULT.CODE.convertFrom(IntakeFault.Code::valueOf))
                .from(INTAKE_FAULT)
                .where(INTAKE_FAULT.INTAKE_ID.eq(intake))
                .orderBy(INTAKE_FAULT.NUMBER, INTAKE_FAULT.FIELD)
                .limit(most)
                .fetch(mapping(IntakeFault::new));
    }

    /** Keeps what says something new; how many that were. */
    int insertMeasures(List<MeasuredRow> rows, String source, Instant now, String by) {
        var standing = standing(rows);
        var news = rows.stream()
                .filter(row -> !Optional.ofNullable(standing.get(row.key()))
                        .filter(value -> value.compareTo(row.value()) == 0)
                        .isPresent())
                .toList();
        for (var from = 0; from < news.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(
                            MEASURE,
                            MEASURE.PARTNER_ID,
                            MEASURE.AREA,
                            MEASURE.FIGURE,
                            MEASURE.DAY,
                            MEASURE.VALUE,
                            MEASURE.SOURCE,
                            MEASURE.RECORDED_AT,
                            MEASURE.RECORDED_BY)
                    .valuesOfRows(news.subList(from, Math.min(from + ROWS_AT_A_TIME, news.size())).stream()
                            .map(one -> row(
                                    one.key().partner().value(),
                                    one.key().area(),
                                    one.key().figure(),
                                    one.key().day(),
                                    one.value(),
                                    source,
                                    now,
                                    by))
                            .toList())
                    .execute();
        }
        return news.size();
    }

    private Map<MeasuredRow.Key, BigDecimal> standing(List<MeasuredRow> rows) {
        var partners =
                rows.stream().map(row -> row.key().partner().value()).distinct().toArray(Integer[]::new);
        var standing = new HashMap<MeasuredRow.Key, BigDecimal>();
        sql.select(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY, MEASURE.VALUE)
                .distinctOn(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY)
                .from(MEASURE)
                .where(MEASURE.PARTNER_ID.eq(any(partners)))
                .orderBy(MEASURE.PARTNER_ID, MEASURE.AREA, MEASURE.FIGURE, MEASURE.DAY, MEASURE.ID.desc())
                .forEach(row -> standing.put(
                        new MeasuredRow.Key(new PartnerId(row.value1()), row.value2(), row.value3(), row.value4()),
                        row.value5()));
        return standing;
    }
}
