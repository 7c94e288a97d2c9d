package org.espace.customers;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.customers.Tables.CUSTOMER;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.arrayAppend;
import static org.jooq.impl.DSL.arrayRemove;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.espace.web.NumberBlock;
import org.espace.web.ReadyQuery;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door to whom partners work for. */
@Service
public class Customers {

    private static final int ROWS_AT_A_TIME = 5_000;

    private final DSLContext sql;
    private final ReadyQuery<Record2<Integer, String>> names;

    Customers(DSLContext sql) {
        this.sql = sql;
        this.names = new ReadyQuery<>(
                sql,
                sql.select(CUSTOMER.ID, CUSTOMER.NAME)
                        .from(CUSTOMER)
                        .where(CUSTOMER.ID.eq(any(val(new Integer[0])))));
    }

    public List<Customer> all() {
        return sql.select(
                        CUSTOMER.ID.convertFrom(CustomerId::new),
                        CUSTOMER.NUMBER,
                        CUSTOMER.NAME,
                        CUSTOMER.COUNTRY,
                        CUSTOMER.SEGMENT,
                        CUSTOMER.SINCE,
                        CUSTOMER.LISTS.convertFrom(Customers::sorted))
                .from(CUSTOMER)
                .orderBy(CUSTOMER.ID)
                .fetch(mapping(Customer::new));
    }

    public List<Customer> some(Collection<CustomerId> customers) {
        return sql.select(
                        CUSTOMER.ID.convertFrom(CustomerId::new),
                        CUSTOMER.NUMBER,
                        CUSTOMER.NAME,
                        CUSTOMER.COUNTRY,
                        CUSTOMER.SEGMENT,
                        CUSTOMER.SINCE,
                        CUSTOMER.LISTS.convertFrom(Customers::sorted))
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(any(val(customers.stream().map(CustomerId::value).toArray(Integer[]::new)))))
                .fetch(mapping(Customer::new));
    }

    private static Set<String> sorted(String[] lists) {
        return new TreeSet<>(Arrays.asList(lists));
    }

    public Map<String, Integer> numbers() {
        return sql.select(CUSTOMER.NUMBER, CUSTOMER.ID)
                .from(CUSTOMER)
                .collect(toMap(row -> row.value1(), row -> row.value2()));
    }

    public Map<CustomerId, String> names(Collection<CustomerId> customers) {
        return names.with((Object) customers.stream().map(CustomerId::value).toArray(Integer[]::new))
                .collect(toMap(row -> new CustomerId(row.value1()), row -> row.value2()));
    }

    public IntSupplier newIds() {
        return new NumberBlock(sql, "customers.customer");
    }

    /**
     * What is said of a known customer takes the place of what was known; what is not said does not. Campaign lists are
     * said apart.
     */
    @Transactional
    public void register(List<Customer> customers) {
        for (int from = 0; from < customers.size(); from += ROWS_AT_A_TIME) {
            sql.insertInto(
                            CUSTOMER,
                            CUSTOMER.ID,
                            CUSTOMER.NUMBER,
                            CUSTOMER.NAME,
                            CUSTOMER.COUNTRY,
                            CUSTOMER.SEGMENT,
                            CUSTOMER.SINCE)
                    .valuesOfRows(customers.subList(from, Math.min(from + ROWS_AT_A_TIME, customers.size())).stream()
                            .map(customer -> row(
                                    customer.id().value(),
                                    customer.number(),
                                    customer.name(),
                                    customer.country(),
                                    customer.segment(),
                                    customer.since()))
                            .toList())
                    .onConflict(CUSTOMER.NUMBER)
                    .doUpdate()
                    .set(
                            CUSTOMER.NAME,
                            when(excluded(CUSTOMER.NAME).eq(CUSTOMER.NUMBER), CUSTOMER.NAME)
                                    .otherwise(excluded(CUSTOMER.NAME)))
                    .set(CUSTOMER.COUNTRY, coalesce(excluded(CUSTOMER.COUNTRY), CUSTOMER.COUNTRY))
                    .set(CUSTOMER.SEGMENT, coalesce(excluded(CUSTOMER.SEGMENT), CUSTOMER.SEGMENT))
                    .set(CUSTOMER.SINCE, coalesce(excluded(CUSTOMER.SINCE), CUSTOMER.SINCE))
                    .execute();
        }
    }

    /** From now on the customers stand on the list, or no longer do. */
    @Transactional
    public void list(String list, boolean listed, Collection<CustomerId> some) {
        var ids = some.stream().map(CustomerId::value).distinct().sorted().toList();
        var stands = CUSTOMER.LISTS.contains(new String[] {list});
        for (int from = 0; from < ids.size(); from += ROWS_AT_A_TIME) {
            sql.update(CUSTOMER)
                    .set(CUSTOMER.LISTS, listed ? arrayAppend(CUSTOMER.LISTS, list) : arrayRemove(CUSTOMER.LISTS, list))
                    .where(CUSTOMER.ID.in(ids.subList(from, Math.min(from + ROWS_AT_A_TIME, ids.size()))))
                    .and(listed ? not(stands) : stands)
                    .execute();
        }
    }
}
