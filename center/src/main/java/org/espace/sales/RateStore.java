package org.espace.sales;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.espace.db.sales.Tables.EXCHANGE_RATE;
import static org.espace.db.sales.Tables.RATE_SET;
import static org.jooq.impl.DSL.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espace.web.NumberBlock;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

@Repository
class RateStore {

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DSLContext sql;

    RateStore(DSLContext sql) {
        this.sql = sql;
    }

    /** The latest publication for each day, in order of the days. */
    List<RateSet> latest() {
        var sets = sql
                .select(RATE_SET.ID, RATE_SET.DAY, EXCHANGE_RATE.CURRENCY, EXCHANGE_RATE.RATE)
                .distinctOn(RATE_SET.DAY, EXCHANGE_RATE.CURRENCY)
                .from(RATE_SET)
                .join(EXCHANGE_RATE)
                .on(EXCHANGE_RATE.RATE_SET_ID.eq(RATE_SET.ID))
                .orderBy(RATE_SET.DAY, EXCHANGE_RATE.CURRENCY, RATE_SET.ID.desc())
                .stream()
                .collect(groupingBy(row -> row.value2(), TreeMap::new, toList()));
        return sets.entrySet().stream()
                .map(set -> new RateSet(
                        set.getValue().stream()
                                .map(row -> row.value1())
                                .max(Comparator.naturalOrder())
                                .orElseThrow(),
                        set.getKey(),
                        set.getValue().stream().collect(toMap(row -> row.value3(), row -> row.value4()))))
                .toList();
    }

    record Publication(LocalDate day, String sha256, Map<String, BigDecimal> rates) {}

    /** Keeps the publications that are new, and returns them. */
    List<Publication> insert(String source, List<Publication> publications, Instant at) {
        var known = sql.select(RATE_SET.DAY, RATE_SET.SHA256).from(RATE_SET).where(RATE_SET.SOURCE.eq(source)).stream()
                .collect(groupingBy(row -> row.value1(), mapping(row -> row.value2(), toSet())));
        var fresh = publications.stream()
                .filter(publication ->
                        !known.getOrDefault(publication.day(), Set.of()).contains(publication.sha256()))
                .toList();
        var ids = new NumberBlock(sql, "sales.rate_set");
        record RatedDay(int id, Publication publication) {}
        record Rate(int set, String currency, BigDecimal rate) {}
        var sets = fresh.stream()
                .map(publication -> new RatedDay(ids.getAsInt(), publication))
                .toList();
        var rates = sets.stream()
                .flatMap(set -> set.publication().rates().entrySet().stream()
                        .map(rate -> new Rate(set.id(), rate.getKey(), rate.getValue())))
                .toList();
        for (int from = 0; from < sets.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(RATE_SET, RATE_SET.ID, RATE_SET.SOURCE, RATE_SET.DAY, RATE_SET.SHA256, RATE_SET.LOADED_AT)
                    .valuesOfRows(sets.subList(from, Math.min(from + ROWS_AT_A_TIME, sets.size())).stream()
                            .map(entry -> row(
                                    entry.id(),
                                    source,
                                    entry.publication().day(),
                                    entry.publication().sha256(),
                                    at))
                            .toList())
                    .execute();
        }
        for (int from = 0; from < rates.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(EXCHANGE_RATE, EXCHANGE_RATE.RATE_SET_ID, EXCHANGE_RATE.CURRENCY, EXCHANGE_RATE.RATE)
                    .valuesOfRows(rates.subList(from, Math.min(from + ROWS_AT_A_TIME, rates.size())).stream()
                            .map(entry -> row(entry.set(), entry.currency(), entry.rate()))
                            .toList())
                    .execute();
        }
        return fresh;
    }
}
