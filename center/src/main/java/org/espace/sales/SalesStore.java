package org.espace.sales;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.sales.Sequences.LOAD_NUMBER;
import static org.espace.db.sales.Tables.DISPOSITION;
import static org.espace.db.sales.Tables.LINE_KIND;
import static org.espace.db.sales.Tables.LOAD;
import static org.espace.db.sales.Tables.LOAD_TOTAL;
import static org.espace.db.sales.Tables.PRODUCT;
import static org.espace.db.sales.Tables.QUARANTINE_FILE;
import static org.espace.db.sales.Tables.REFUSED_FILE;
import static org.espace.db.sales.Tables.REFUSED_TOTAL;
import static org.espace.db.sales.Tables.SALES_FILE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espace.db.sales.tables.records.LineKindRecord;
import org.espace.engine.Facts;
import org.espace.feed.FileRefused;
import org.espace.feed.Intake;
import org.espace.feed.Mapping;
import org.espace.feed.Registered;
import org.espace.partners.LocationId;
import org.espace.terms.Lever.Trigger;
import org.espace.terms.Selection.Attribute;
import org.espace.web.NumberBlock;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class SalesStore {

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DSLContext sql;
    private final JsonMapper json;

    SalesStore(DSLContext sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Until the transaction ends, no other process loads. */
    void lock() {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('sales.load', 0))");
    }

    int nextLoad() {
        return sql.nextval(LOAD_NUMBER);
    }

    NumberBlock newProductIds() {
        return new NumberBlock(sql, "sales.product");
    }

    NumberBlock newDispositionIds() {
        return new NumberBlock(sql, "sales.disposition");
    }

    NumberBlock newLineKindIds() {
        return new NumberBlock(sql, "sales.line_kind");
    }

    record Known(int id, String besideSha256, long received, long refused) {}

    /** The last load of the same file, read in the same way. */
    Optional<Known> last(String fileSha256, String reading) {
        return sql.select(LOAD.ID, LOAD.BESIDE_SHA256, LOAD.RECEIVED, LOAD.REFUSED)
                .from(LOAD)
                .where(LOAD.FILE_SHA256.eq(fileSha256), LOAD.READING.eq(reading))
                .orderBy(LOAD.ID.desc())
                .limit(1)
                .fetchOptional(mapping(Known::new));
    }

    void insert(
            int load,
            String fileName,
            String fileSha256,
            String besideSha256,
            Mapping mapping,
            Optional<Integer> repeats,
            Instant at,
            String by,
            Intake intake) {
        sql.insertInto(LOAD)
                .set(LOAD.ID, load)
                .set(LOAD.FILE_NAME, fileName)
                .set(LOAD.FILE_SHA256, fileSha256)
                .set(LOAD.BESIDE_SHA256, besideSha256)
                .set(LOAD.MAPPING, mapping.name())
                .set(LOAD.READING, mapping.reading())
                .set(LOAD.REPEATS, repeats.orElse(null))
                .set(LOAD.LOADED_AT, at)
                .set(LOAD.LOADED_BY, by)
                .set(LOAD.RECEIVED, intake.received())
                .set(LOAD.ACCEPTED, intake.accepted())
                .set(LOAD.DUPLICATES, intake.duplicates())
                .set(LOAD.CORRECTIONS, intake.corrections())
                .set(LOAD.REFUSED, intake.refused())
                .execute();
        intake.lines()
                .ifPresent(lines -> sql.insertInto(SALES_FILE)
                        .set(SALES_FILE.LOAD_ID, load)
                        .set(SALES_FILE.PATH, lines.path())
                        .set(SALES_FILE.LINES, lines.lines())
                        .set(SALES_FILE.FRACTION_DIGITS, (short) lines.fractionDigits())
                        .set(SALES_FILE.FIRST_LOCATION, lines.firstLocation())
                        .set(SALES_FILE.LAST_LOCATION, lines.lastLocation())
                        .set(SALES_FILE.FIRST_DAY, lines.firstDay())
                        .set(SALES_FILE.LAST_DAY, lines.lastDay())
                        .execute());
        intake.quarantine()
                .ifPresent(quarantine -> sql.insertInto(QUARANTINE_FILE)
                        .set(QUARANTINE_FILE.LOAD_ID, load)
                        .set(QUARANTINE_FILE.PATH, quarantine.path())
                        .set(QUARANTINE_FILE.ROWS, quarantine.rows())
                        .execute());
        if (!intake.totals().isEmpty()) {
            sql.insertInto(
                            LOAD_TOTAL,
                            LOAD_TOTAL.LOAD_ID,
                            LOAD_TOTAL.BUCKET,
                            LOAD_TOTAL.CURRENCY,
                            LOAD_TOTAL.AMOUNT,
                            LOAD_TOTAL.ROWS)
                    .valuesOfRows(intake.totals().stream()
                            .map(entry -> row(
                                    load,
                                    entry.bucket().name().toLowerCase(Locale.ROOT),
                                    entry.currency(),
                                    entry.amount(),
                                    entry.rows()))
                            .toList())
                    .execute();
        }
        if (!intake.refusedTotals().isEmpty()) {
            sql.insertInto(
                            REFUSED_TOTAL,
                            REFUSED_TOTAL.LOAD_ID,
                            REFUSED_TOTAL.CODE,
                            REFUSED_TOTAL.LOCATION_ID,
                            REFUSED_TOTAL.MONTH,
                            REFUSED_TOTAL.CURRENCY,
                            REFUSED_TOTAL.AMOUNT,
                            REFUSED_TOTAL.ROWS)
                    .valuesOfRows(intake.refusedTotals().stream()
                            .map(entry -> row(
                                    load,
                                    entry.code().name(),
                                    entry.location(),
                                    entry.month(),
                                    entry.currency(),
                                    entry.amount(),
                                    entry.rows()))
                            .toList())
                    .execute();
        }
    }

    void registerProducts(List<Registered.Product> products) {
        if (products.isEmpty()) {
            return;
        }
        sql.insertInto(PRODUCT, PRODUCT.ID, PRODUCT.NUMBER, PRODUCT.NAME, PRODUCT.FAMILY, PRODUCT.SOLUTION_AREA)
                .valuesOfRows(products.stream()
                        .map(entry ->
                                row(entry.id(), entry.number(), entry.name(), entry.family(), entry.solutionArea()))
                        .toList())
                .onConflict(PRODUCT.NUMBER)
                .doUpdate()
                .set(PRODUCT.NAME, excluded(PRODUCT.NAME))
                .set(PRODUCT.FAMILY, excluded(PRODUCT.FAMILY))
                .set(PRODUCT.SOLUTION_AREA, excluded(PRODUCT.SOLUTION_AREA))
                .execute();
    }

    void registerDispositions(List<Registered.Disposition> dispositions) {
        if (dispositions.isEmpty()) {
            return;
        }
        sql.insertInto(DISPOSITION, DISPOSITION.ID, DISPOSITION.OUTCOME, DISPOSITION.CODE)
                .valuesOfRows(dispositions.stream()
                        .map(entry ->
                                row((short) entry.id(), entry.outcome().name().toLowerCase(Locale.ROOT), entry.code()))
                        .toList())
                .execute();
    }

    void registerLineKinds(List<Facts.LineKind> kinds) {
        for (int from = 0; from < kinds.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(
                            LINE_KIND,
                            LINE_KIND.ID,
                            LINE_KIND.HAPPENED,
                            LINE_KIND.UNIT,
                            LINE_KIND.PARTNER_ROLE,
                            LINE_KIND.BILLING,
                            LINE_KIND.ORDER_TYPE,
                            LINE_KIND.TRIAL)
                    .valuesOfRows(kinds.subList(from, Math.min(from + ROWS_AT_A_TIME, kinds.size())).stream()
                            .map(kind -> row(
                                    kind.id(),
                                    kind.happened().name().toLowerCase(Locale.ROOT),
                                    kind.attributes().get(Attribute.UNIT),
                                    kind.attributes().get(Attribute.PARTNER_ROLE),
                                    kind.attributes().get(Attribute.BILLING),
                                    kind.attributes().get(Attribute.ORDER_TYPE),
                                    trial(kind)))
                            .toList())
                    .execute();
        }
    }

    private static @Nullable Boolean trial(Facts.LineKind kind) {
        var trial = kind.attributes().get(Attribute.TRIAL);
        return trial == null ? null : Boolean.valueOf(trial);
    }

    List<Facts.LineKind> lineKinds() {
        return sql.selectFrom(LINE_KIND).orderBy(LINE_KIND.ID).fetch(SalesStore::lineKind);
    }

    private static Facts.LineKind lineKind(LineKindRecord kind) {
        var attributes = new EnumMap<Attribute, String>(Attribute.class);
        put(attributes, Attribute.UNIT, kind.getUnit());
        put(attributes, Attribute.PARTNER_ROLE, kind.getPartnerRole());
        put(attributes, Attribute.BILLING, kind.getBilling());
        put(attributes, Attribute.ORDER_TYPE, kind.getOrderType());
        put(attributes, Attribute.TRIAL, kind.getTrial());
        return new Facts.LineKind(
                kind.getId(), Trigger.valueOf(kind.getHappened().toUpperCase(Locale.ROOT)), attributes);
    }

    private static void put(Map<Attribute, String> attributes, Attribute attribute, @Nullable Object value) {
        if (value != null) {
            attributes.put(attribute, value.toString());
        }
    }

    void insertRefused(String fileName, String mapping, FileRefused refused, Instant at, String by) {
        sql.insertInto(REFUSED_FILE)
                .set(REFUSED_FILE.FILE_NAME, fileName)
                .set(REFUSED_FILE.MAPPING, mapping)
                .set(REFUSED_FILE.CODE, refused.code().name())
                .set(REFUSED_FILE.ARGUMENTS, JSONB.valueOf(json.writeValueAsString(refused.arguments())))
                .set(REFUSED_FILE.REFUSED_AT, at)
                .set(REFUSED_FILE.REFUSED_BY, by)
                .execute();
    }

    List<SalesFile> files() {
        return files(null);
    }

    /** The files that a mapping brought, or all of them. */
    List<SalesFile> files(@Nullable String mapping) {
        return sql.select(
                        SALES_FILE.LOAD_ID,
                        SALES_FILE.PATH,
                        SALES_FILE.LINES,
                        SALES_FILE.FRACTION_DIGITS.convertFrom(Short::intValue),
                        SALES_FILE.FIRST_LOCATION,
                        SALES_FILE.LAST_LOCATION,
                        SALES_FILE.FIRST_DAY,
                        SALES_FILE.LAST_DAY)
                .from(SALES_FILE)
                .join(LOAD)
                .on(LOAD.ID.eq(SALES_FILE.LOAD_ID))
                .where(mapping == null ? LOAD.ID.isNotNull() : LOAD.MAPPING.eq(mapping))
                .orderBy(SALES_FILE.LOAD_ID)
                .fetch(mapping(SalesFile::new));
    }

    /** Every file of ours in the lake that the manifest knows. */
    Set<String> paths() {
        var paths = new HashSet<>(sql.select(SALES_FILE.PATH).from(SALES_FILE).fetch(SALES_FILE.PATH));
        paths.addAll(sql.select(QUARANTINE_FILE.PATH).from(QUARANTINE_FILE).fetch(QUARANTINE_FILE.PATH));
        return paths;
    }

    Optional<String> quarantine(int load) {
        return sql.select(QUARANTINE_FILE.PATH)
                .from(QUARANTINE_FILE)
                .where(QUARANTINE_FILE.LOAD_ID.eq(load))
                .fetchOptional(QUARANTINE_FILE.PATH);
    }

    List<Product> products() {
        return products(noCondition());
    }

    List<Product> products(Collection<Integer> some) {
        return products(PRODUCT.ID.eq(any(val(some.toArray(Integer[]::new)))));
    }

    private List<Product> products(Condition which) {
        return sql.select(PRODUCT.ID, PRODUCT.NUMBER, PRODUCT.NAME, PRODUCT.FAMILY, PRODUCT.SOLUTION_AREA)
                .from(PRODUCT)
                .where(which)
                .orderBy(PRODUCT.ID)
                .fetch(mapping(Product::new));
    }

    Map<String, Integer> productNumbers() {
        return sql.select(PRODUCT.NUMBER, PRODUCT.ID)
                .from(PRODUCT)
                .collect(toMap(row -> row.value1(), row -> row.value2()));
    }

    List<Disposition> dispositions() {
        return sql.select(
                        DISPOSITION.ID.convertFrom(Short::intValue),
                        DISPOSITION.OUTCOME.convertFrom(
                                outcome -> Mapping.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT))),
                        DISPOSITION.CODE)
                .from(DISPOSITION)
                .orderBy(DISPOSITION.ID)
                .fetch(mapping(Disposition::new));
    }

    /** The latest first. */
    List<Load> loads(int most) {
        return sql.select(
                        LOAD.ID,
                        LOAD.FILE_NAME,
                        LOAD.READING,
                        LOAD.LOADED_AT,
                        LOAD.LOADED_BY,
                        LOAD.RECEIVED,
                        LOAD.ACCEPTED,
                        LOAD.DUPLICATES,
                        LOAD.CORRECTIONS,
                        LOAD.REFUSED)
                .from(LOAD)
                .orderBy(LOAD.ID.desc())
                .limit(most)
                .fetch(mapping(Load::new));
    }

    List<Intake.Total> totals(int load) {
        return sql.select(
                        LOAD_TOTAL.BUCKET.convertFrom(bucket -> Intake.Bucket.valueOf(bucket.toUpperCase(Locale.ROOT))),
                        LOAD_TOTAL.CURRENCY,
                        LOAD_TOTAL.AMOUNT,
                        LOAD_TOTAL.ROWS)
                .from(LOAD_TOTAL)
                .where(LOAD_TOTAL.LOAD_ID.eq(load))
                .orderBy(LOAD_TOTAL.CURRENCY, LOAD_TOTAL.BUCKET)
                .fetch(mapping(Intake.Total::new));
    }

    List<RefusedFile> refusedFiles(int most) {
        return sql.select(
                        REFUSED_FILE.ID,
                        REFUSED_FILE.FILE_NAME,
                        REFUSED_FILE.MAPPING,
                        REFUSED_FILE.CODE,
                        REFUSED_FILE.ARGUMENTS.convertFrom(arguments -> arguments(arguments.data())),
                        REFUSED_FILE.REFUSED_AT,
                        REFUSED_FILE.REFUSED_BY)
                .from(REFUSED_FILE)
                .orderBy(REFUSED_FILE.ID.desc())
                .limit(most)
                .fetch(mapping(RefusedFile::new));
    }

    /** What is still refused: a load that was repeated no longer counts. */
    List<RefusedTotal> refusedTotals(@Nullable Instant before) {
        var later = LOAD.as("later");
        var known = before == null ? noCondition() : LOAD.LOADED_AT.lt(before);
        var repeated = before == null ? noCondition() : later.LOADED_AT.lt(before);
        return sql.select(
                        REFUSED_TOTAL.CODE,
                        REFUSED_TOTAL.LOCATION_ID,
                        REFUSED_TOTAL.MONTH,
                        REFUSED_TOTAL.CURRENCY,
                        sum(REFUSED_TOTAL.AMOUNT),
                        sum(REFUSED_TOTAL.ROWS))
                .from(REFUSED_TOTAL)
                .join(LOAD)
                .on(LOAD.ID.eq(REFUSED_TOTAL.LOAD_ID))
                .where(known)
                .and(notExists(selectOne()
                        .from(later)
                        .where(later.REPEATS.eq(REFUSED_TOTAL.LOAD_ID))
                        .and(repeated)))
                .groupBy(REFUSED_TOTAL.CODE, REFUSED_TOTAL.LOCATION_ID, REFUSED_TOTAL.MONTH, REFUSED_TOTAL.CURRENCY)
                .orderBy(REFUSED_TOTAL.CODE, REFUSED_TOTAL.LOCATION_ID, REFUSED_TOTAL.MONTH, REFUSED_TOTAL.CURRENCY)
                .fetch(row -> new RefusedTotal(
                        row.value1(),
                        row.value2() == null ? null : new LocationId(row.value2()),
                        row.value3() == null ? null : YearMonth.from(row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6().longValueExact()));
    }

    Map<String, String> arguments(String text) {
        return json.readValue(text, new TypeReference<Map<String, String>>() {});
    }
}
