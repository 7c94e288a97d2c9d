package org.espace.sales;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.sales.Tables.DAY_SUM;
import static org.espace.db.sales.Tables.LINE_KIND;
import static org.espace.db.sales.Tables.SALES_FILE;
import static org.espace.db.sales.Tables.SUMMED_LOAD;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espace.batch.DuckDb;
import org.espace.partners.LocationId;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to what was invoiced day by day. Each load is summed from its file once, when somebody first wants to know: a
 * load takes no longer for it, and those of before there were sums need nothing done to them.
 */
@Component
public class DaySums {

    private static final int ROWS_AT_A_TIME = 20_000;
    private static final Map<Integer, Currency> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getNumericCode() != 0)
            .collect(toMap(Currency::getNumericCode, currency -> currency, (one, _) -> one));

    private final DSLContext sql;
    private final SalesStore store;
    private final Lake lake;

    DaySums(DSLContext sql, SalesStore store, Lake lake) {
        this.sql = sql;
        this.store = store;
        this.lake = lake;
    }

    /** Whether a load waits to be summed. */
    public boolean isWanting() {
        return sql.fetchExists(sql.selectOne()
                .from(SALES_FILE)
                .where(notExists(selectOne().from(SUMMED_LOAD).where(SUMMED_LOAD.LOAD_ID.eq(SALES_FILE.LOAD_ID)))));
    }

    /** Sums the loads that are not summed yet, and says whose sales they brought. */
    @Transactional
    public Set<LocationId> sumNewLoads() {
        sql.execute("select pg_advisory_xact_lock(hashtextextended('sales.day_sum', 0))");
        var summed =
                Set.copyOf(sql.select(SUMMED_LOAD.LOAD_ID).from(SUMMED_LOAD).fetch(SUMMED_LOAD.LOAD_ID));
        var sold = new HashSet<LocationId>();
        for (var file : store.files()) {
            if (!summed.contains(file.load())) {
                sumUp(file, sold);
                sql.insertInto(SUMMED_LOAD)
                        .set(SUMMED_LOAD.LOAD_ID, file.load())
                        .execute();
            }
        }
        return sold;
    }

    /** Of the locations in turn, by day. */
    public List<DaySum> of(Collection<LocationId> locations) {
        var ids = locations.stream().map(LocationId::value).toArray(Integer[]::new);
        var amount = sum(DAY_SUM.AMOUNT);
        return sql.select(DAY_SUM.LOCATION_ID.convertFrom(LocationId::new), DAY_SUM.DAY, DAY_SUM.CURRENCY, amount)
                .from(DAY_SUM)
                .where(DAY_SUM.LOCATION_ID.eq(any(ids)))
                .groupBy(DAY_SUM.LOCATION_ID, DAY_SUM.DAY, DAY_SUM.CURRENCY)
                .having(amount.ne(BigDecimal.ZERO))
                .orderBy(DAY_SUM.LOCATION_ID, DAY_SUM.DAY, DAY_SUM.CURRENCY)
                .fetch(mapping(DaySum::new));
    }

    /** In pieces: a large load has millions of sums. */
    private void sumUp(SalesFile file, Set<LocationId> sold) {
        var piece = new ArrayList<DaySum>();
        try (var duckdb = DuckDb.open(1, "256MB", lake.root().resolve("work"));
                var statement = duckdb.connection().createStatement();
                var found = statement.executeQuery(
                        """
                        SELECT location, CAST(day - DATE '1970-01-01' AS INTEGER), currency, CAST(sum(amount) AS VARCHAR)
                        FROM read_parquet(%s) WHERE disposition = 0 AND kind IN (%s)
                        GROUP BY location, day, currency HAVING sum(amount) <> 0 ORDER BY location, day, currency
                        """.formatted(DuckDb.literal(lake.root().resolve(file.path())), invoiced()))) {
            while (found.next()) {
                var currency = Objects.requireNonNull(CURRENCIES.get(found.getInt(3)));
                var minor = new BigDecimal(found.getString(4));
                var location = new LocationId(found.getInt(1));
                sold.add(location);
                piece.add(new DaySum(
                        location,
                        LocalDate.ofEpochDay(found.getInt(2)),
                        currency.getCurrencyCode(),
                        minor.movePointLeft(currency.getDefaultFractionDigits() + file.fractionDigits())));
                if (piece.size() == ROWS_AT_A_TIME) {
                    insert(file.load(), piece);
                    piece.clear();
                }
            }
            insert(file.load(), piece);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same sale may be reported again when it is paid or used: what was invoiced counts, once its feed calls it eligible. */
    private String invoiced() {
        var kinds = new StringBuilder("0");
        sql.select(LINE_KIND.ID)
                .from(LINE_KIND)
                .where(LINE_KIND.HAPPENED.eq("invoiced"))
                .forEach(kind -> kinds.append(", ").append(kind.value1()));
        return kinds.toString();
    }

    private void insert(int load, List<DaySum> piece) {
        sql.execute(
                """
                insert into sales.day_sum (load_id, location_id, day, currency, amount)
                select ?, * from unnest(?::integer[], ?::date[], ?::text[], ?::numeric[])""",
                load,
                piece.stream().map(one -> one.location().value()).toArray(Integer[]::new),
                piece.stream().map(DaySum::day).toArray(LocalDate[]::new),
                piece.stream().map(DaySum::currency).toArray(String[]::new),
                piece.stream().map(DaySum::amount).toArray(BigDecimal[]::new));
    }
}
