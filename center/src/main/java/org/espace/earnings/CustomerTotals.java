package org.espace.earnings;

import static org.espace.db.earnings.Tables.CUSTOMER_TOTAL;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.web.ReadyQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record5;
import org.jooq.Select;
import org.springframework.stereotype.Component;

/**
 * What was earned by customer: from the totals that each refresh keeps, or from the lake where these do not tell, which is
 * so for one month, one lever or a day in the past.
 */
@Component
class CustomerTotals {

    private static final int MOST = 50;
    private static final Comparator<Earned> HIGHEST_FIRST = Comparator.comparing(Earned::amount)
            .reversed()
            .thenComparingInt(Earned::customer)
            .thenComparing(Earned::currency);

    private final DSLContext sql;
    private final EarningsStore store;
    private final Vocabulary vocabulary;
    private final Lines lines;

    /** Of everything that is visible at some locations: what a first page asks. */
    private final ReadyQuery.OfNumbers<Record5<Integer, String, BigDecimal, BigDecimal, BigDecimal>> highestSoFar;

    CustomerTotals(DSLContext sql, EarningsStore store, Vocabulary vocabulary, Lines lines) {
        this.sql = sql;
        this.store = store;
        this.vocabulary = vocabulary;
        this.lines = lines;
        this.highestSoFar =
                new ReadyQuery.OfNumbers<>(sql, locations -> select(CUSTOMER_TOTAL.LOCATION_ID.in(locations)));
    }

    record Earned(int customer, String currency, BigDecimal amount, BigDecimal rebate, long lines) {

        private Earned plus(Earned other) {
            return new Earned(
                    customer, currency, amount.add(other.amount), rebate.add(other.rebate), lines + other.lines);
        }
    }

    /** The customers with the highest earnings first, and no more than 50. */
    List<EarningTotal> highest(EarningsFilter filter) {
        return highest(filter, vocabulary.locations(filter));
    }

    /** @param here the locations that the filter leaves */
    List<EarningTotal> highest(EarningsFilter filter, List<Location> here) {
        return named(isTold(filter) ? kept(filter, here).orElseGet(() -> fromLake(filter)) : fromLake(filter));
    }

    private static boolean isTold(EarningsFilter filter) {
        return filter.month() == null && filter.lever() == null && filter.asKnown() == null;
    }

    /** Empty where what was earned by customer is not kept: then no row of it is whole. */
    private Optional<List<Earned>> kept(EarningsFilter filter, List<Location> here) {
        var locations = here.stream().map(location -> location.id().value()).toList();
        var query = filter.isOpen() ? highestSoFar.with(locations) : select(condition(filter, locations));
        var found = query.fetch(row -> new Earned(
                row.value1(),
                row.value2(),
                row.value3(),
                row.value4(),
                row.value5().longValueExact()));
        return found.isEmpty() && !store.keepsCustomers() ? Optional.empty() : Optional.of(found);
    }

    private Condition condition(EarningsFilter filter, Collection<Integer> locations) {
        var condition = CUSTOMER_TOTAL
                .LOCATION_ID
                .in(locations)
                .and(vocabulary.visible(filter.visible(), CUSTOMER_TOTAL.LOCATION_ID, CUSTOMER_TOTAL.PROGRAM_ID));
        if (filter.program() != null) {
            condition = condition.and(CUSTOMER_TOTAL.PROGRAM_ID.in(vocabulary.numbers(filter.program())));
        }
        if (filter.customer() != null) {
            condition = condition.and(
                    CUSTOMER_TOTAL.CUSTOMER_ID.eq(filter.customer().value()));
        }
        return condition;
    }

    private Select<Record5<Integer, String, BigDecimal, BigDecimal, BigDecimal>> select(Condition condition) {
        var amount = sum(CUSTOMER_TOTAL.AMOUNT);
        return sql.select(
                        CUSTOMER_TOTAL.CUSTOMER_ID,
                        CUSTOMER_TOTAL.CURRENCY,
                        amount,
                        sum(CUSTOMER_TOTAL.REBATE),
                        sum(CUSTOMER_TOTAL.LINES))
                .from(CUSTOMER_TOTAL)
                .where(condition)
                .and(store.customersAreKept())
                .groupBy(CUSTOMER_TOTAL.CUSTOMER_ID, CUSTOMER_TOTAL.CURRENCY)
                .orderBy(amount.desc(), CUSTOMER_TOTAL.CUSTOMER_ID, CUSTOMER_TOTAL.CURRENCY)
                .limit(inline(MOST));
    }

    private List<Earned> fromLake(EarningsFilter filter) {
        var terms = vocabulary.terms();
        var read = lines.byCustomer(filter);
        var sums = new HashMap<List<Object>, Earned>();
        for (var i = 0; i < read.size; i++) {
            var currency = Objects.requireNonNull(terms.get((int) read.terms[i]))
                    .terms()
                    .currency();
            sums.merge(
                    List.of(read.customer[i], currency),
                    new Earned(
                            read.customer[i],
                            currency.getCurrencyCode(),
                            Money.ofMinor(read.amount[i], currency).amount(),
                            Money.ofMinor(read.rebate[i], currency).amount(),
                            read.lines[i]),
                    Earned::plus);
        }
        return sums.values().stream().sorted(HIGHEST_FIRST).limit(MOST).toList();
    }

    private List<EarningTotal> named(Collection<Earned> totals) {
        var names = vocabulary.customers(totals.stream().map(Earned::customer).toList());
        return totals.stream()
                .map(total -> {
                    var currency = Currency.getInstance(total.currency());
                    return new EarningTotal(
                            Integer.toString(total.customer()),
                            names.getOrDefault(total.customer(), ""),
                            new Money(total.amount(), currency),
                            new Money(total.rebate(), currency),
                            new Money(total.amount().subtract(total.rebate()), currency),
                            total.lines());
                })
                .toList();
    }
}
