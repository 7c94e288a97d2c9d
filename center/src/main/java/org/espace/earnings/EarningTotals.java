package org.espace.earnings;

import static java.util.stream.Collectors.toMap;
import static org.espace.db.earnings.Tables.EARNING_TOTAL;
import static org.espace.db.earnings.Tables.RUN_OUTCOME;
import static org.espace.db.earnings.Tables.SALES_TOTAL;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.espace.engine.Reason;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.terms.Terms;
import org.espace.web.ReadyQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.Record8;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was earned and sold, from the totals that each refresh keeps. */
@Component
class EarningTotals {

    private final DSLContext sql;
    private final Vocabulary vocabulary;
    private final Journal journal;
    private final Known known;
    private final Adjustments adjustments;

    /** Of everything that is visible at some locations: what a first page asks. */
    private final ReadyQuery.OfNumbers<
                    Record8<Integer, Short, Short, LocalDate, String, BigDecimal, BigDecimal, BigDecimal>>
            earnedSoFar;

    private final ReadyQuery.OfNumbers<Record5<Short, Short, String, BigDecimal, BigDecimal>> soldSoFar;

    EarningTotals(DSLContext sql, Vocabulary vocabulary, Journal journal, Known known, Adjustments adjustments) {
        this.sql = sql;
        this.vocabulary = vocabulary;
        this.journal = journal;
        this.known = known;
        this.adjustments = adjustments;
        this.earnedSoFar = new ReadyQuery.OfNumbers<>(
                sql, locations -> selectEarned(known.earned(null), EARNING_TOTAL.LOCATION_ID.in(locations)));
        this.soldSoFar = new ReadyQuery.OfNumbers<>(
                sql, locations -> selectSold(known.sold(null), SALES_TOTAL.LOCATION_ID.in(locations)));
    }

    /** The months in which something visible was earned, newest first. */
    List<YearMonth> months(Visible visible) {
        var all = EarningsFilter.all(visible);
        return sql.selectDistinct(EARNING_TOTAL.MONTH)
                .from(EARNING_TOTAL)
                .where(condition(all, ids(vocabulary.locations(all)), known.earned(null)))
                .orderBy(EARNING_TOTAL.MONTH.desc())
                .fetch(row -> YearMonth.from(row.value1()));
    }

    /** What a location has earned by one lever in one month. */
    record Earned(
            Location location,
            Terms terms,
            LineExplained.Lever lever,
            YearMonth month,
            Currency currency,
            BigDecimal amount,
            BigDecimal rebate,
            long lines) {

        private EarningTotal by(Dimension dimension) {
            return switch (dimension) {
                case MONTH -> total(month.toString(), month.toString());
                case PROGRAM -> total(terms.program(), terms.name().en());
                case LEVER ->
                    total(terms.program() + "/" + lever.id(), lever.name().en());
                case LOCATION -> total(location.id().toString(), location.name());
                case CUSTOMER -> throw new IllegalArgumentException("customers are totalled by themselves");
            };
        }

        private EarningTotal total(String key, String name) {
            return new EarningTotal(
                    key,
                    name,
                    new Money(amount, currency),
                    new Money(rebate, currency),
                    new Money(amount.subtract(rebate), currency),
                    lines);
        }
    }

    /** Months in their order, everything else by what was earned, highest first. */
    static List<EarningTotal> by(Dimension dimension, List<Earned> earned) {
        return summed(earned.stream().map(one -> one.by(dimension)).toList(), dimension == Dimension.MONTH);
    }

    /** The locations that the filter leaves. */
    List<Location> locations(EarningsFilter filter) {
        return vocabulary.locations(filter);
    }

    List<Earned> earned(EarningsFilter filter) {
        return earned(filter, vocabulary.locations(filter));
    }

    /** @param here the locations that the filter leaves */
    List<Earned> earned(EarningsFilter filter, List<Location> here) {
        var locations = here.stream().collect(toMap(location -> location.id().value(), Function.identity()));
        var from = known.earned(filter.asKnown());
        var query = filter.isOpen()
                ? earnedSoFar.with(locations.keySet())
                : selectEarned(from, condition(filter, locations.keySet(), from));
        return query.fetch(row -> {
            var promise = vocabulary.terms(row.value2()).terms();
            return new Earned(
                    Objects.requireNonNull(locations.get(row.value1())),
                    promise,
                    LineExplained.Lever.of(promise, row.value3()),
                    YearMonth.from(row.value4()),
                    Currency.getInstance(row.value5()),
                    row.value6(),
                    row.value7(),
                    row.value8().longValueExact());
        });
    }

    private Select<Record8<Integer, Short, Short, LocalDate, String, BigDecimal, BigDecimal, BigDecimal>> selectEarned(
            Known.Table from, Condition condition) {
        return sql.select(
                        from.field(EARNING_TOTAL.LOCATION_ID),
                        from.field(EARNING_TOTAL.TERMS_ID),
                        from.field(EARNING_TOTAL.LEVER),
                        from.field(EARNING_TOTAL.MONTH),
                        from.field(EARNING_TOTAL.CURRENCY),
                        sum(from.field(EARNING_TOTAL.AMOUNT)),
                        sum(from.field(EARNING_TOTAL.REBATE)),
                        sum(from.field(EARNING_TOTAL.LINES)))
                .from(from.table())
                .where(from.condition())
                .and(condition)
                .groupBy(
                        from.field(EARNING_TOTAL.LOCATION_ID),
                        from.field(EARNING_TOTAL.TERMS_ID),
                        from.field(EARNING_TOTAL.LEVER),
                        from.field(EARNING_TOTAL.MONTH),
                        from.field(EARNING_TOTAL.CURRENCY))
                .having(sum(from.field(EARNING_TOTAL.LINES))
                        .ne(inline(BigDecimal.ZERO))
                        .or(sum(from.field(EARNING_TOTAL.AMOUNT)).ne(inline(BigDecimal.ZERO))));
    }

    /** What was sold, by what became of it; the levers and customers of the filter do not count here. */
    List<SalesTotal> sales(EarningsFilter filter) {
        return sales(filter, vocabulary.locations(filter));
    }

    /** @param here the locations that the filter leaves */
    List<SalesTotal> sales(EarningsFilter filter, List<Location> here) {
        var query = filter.isOpen() ? soldSoFar.with(ids(here)) : selectSold(filter, here);
        return query.fetch(mapping((program, reason, currency, amount, lines) ->
                sold(program, reason, currency, amount, lines.longValueExact())));
    }

    private Select<Record5<Short, Short, String, BigDecimal, BigDecimal>> selectSold(
            EarningsFilter filter, List<Location> here) {
        var from = known.sold(filter.asKnown());
        var conditions =
                visible(filter, ids(here), from.field(SALES_TOTAL.LOCATION_ID), from.field(SALES_TOTAL.PROGRAM_ID));
        if (filter.program() != null) {
            conditions = conditions.and(from.field(SALES_TOTAL.PROGRAM_ID).in(vocabulary.numbers(filter.program())));
        }
        if (filter.month() != null) {
            conditions = conditions.and(
                    from.field(SALES_TOTAL.MONTH).eq(filter.month().atDay(1)));
        }
        return selectSold(from, conditions);
    }

    private Select<Record5<Short, Short, String, BigDecimal, BigDecimal>> selectSold(
            Known.Table from, Condition condition) {
        return sql.select(
                        from.field(SALES_TOTAL.PROGRAM_ID),
                        from.field(SALES_TOTAL.REASON),
                        from.field(SALES_TOTAL.CURRENCY),
                        sum(from.field(SALES_TOTAL.AMOUNT)),
                        sum(from.field(SALES_TOTAL.LINES)))
                .from(from.table())
                .where(from.condition())
                .and(condition)
                .groupBy(
                        from.field(SALES_TOTAL.PROGRAM_ID),
                        from.field(SALES_TOTAL.REASON),
                        from.field(SALES_TOTAL.CURRENCY))
                .having(sum(from.field(SALES_TOTAL.LINES)).ne(inline(BigDecimal.ZERO)))
                .orderBy(
                        from.field(SALES_TOTAL.PROGRAM_ID),
                        from.field(SALES_TOTAL.REASON),
                        from.field(SALES_TOTAL.CURRENCY));
    }

    /** What one run has counted, by what became of it. */
    List<SalesTotal> outcomes(int run) {
        return sql.select(
                        RUN_OUTCOME.PROGRAM_ID,
                        RUN_OUTCOME.REASON,
                        RUN_OUTCOME.CURRENCY,
                        RUN_OUTCOME.AMOUNT,
                        RUN_OUTCOME.LINES)
                .from(RUN_OUTCOME)
                .where(RUN_OUTCOME.RUN_ID.eq(run))
                .orderBy(RUN_OUTCOME.PROGRAM_ID, RUN_OUTCOME.REASON, RUN_OUTCOME.CURRENCY)
                .fetch(mapping(this::sold));
    }

    private SalesTotal sold(short program, short reason, String currency, BigDecimal amount, long lines) {
        var why = vocabulary.reason(reason);
        return new SalesTotal(vocabulary.program(program), why.code(), why.bucket(), amount, currency, lines);
    }

    /**
     * What became of all that was received, for every location, program, month and currency.
     *
     * @param asKnown the day at whose end it was known; null for now
     */
    List<TotalsRow> all(@Nullable LocalDate asKnown) {
        var table = new TotalsTable();
        var numbers = vocabulary.locationNumbers();
        var names = vocabulary.programs();
        var sold = known.sold(asKnown);
        sql.select(
                        sold.field(SALES_TOTAL.LOCATION_ID),
                        sold.field(SALES_TOTAL.PROGRAM_ID),
                        sold.field(SALES_TOTAL.MONTH),
                        sold.field(SALES_TOTAL.CURRENCY),
                        sold.field(SALES_TOTAL.REASON),
                        sum(sold.field(SALES_TOTAL.AMOUNT)))
                .from(sold.table())
                .where(sold.condition())
                .groupBy(
                        sold.field(SALES_TOTAL.LOCATION_ID),
                        sold.field(SALES_TOTAL.PROGRAM_ID),
                        sold.field(SALES_TOTAL.MONTH),
                        sold.field(SALES_TOTAL.CURRENCY),
                        sold.field(SALES_TOTAL.REASON))
                .having(sum(sold.field(SALES_TOTAL.LINES)).ne(BigDecimal.ZERO))
                .forEach(row -> table.sold(
                        numbers.get(row.value1()),
                        names.get((int) row.value2()),
                        YearMonth.from(row.value3()),
                        row.value4(),
                        vocabulary.reason(row.value5()).bucket(),
                        row.value6()));
        var earned = known.earned(asKnown);
        sql.select(
                        earned.field(EARNING_TOTAL.LOCATION_ID),
                        earned.field(EARNING_TOTAL.PROGRAM_ID),
                        earned.field(EARNING_TOTAL.MONTH),
                        earned.field(EARNING_TOTAL.CURRENCY),
                        sum(earned.field(EARNING_TOTAL.AMOUNT)),
                        sum(earned.field(EARNING_TOTAL.REBATE)))
                .from(earned.table())
                .where(earned.condition())
                .groupBy(
                        earned.field(EARNING_TOTAL.LOCATION_ID),
                        earned.field(EARNING_TOTAL.PROGRAM_ID),
                        earned.field(EARNING_TOTAL.MONTH),
                        earned.field(EARNING_TOTAL.CURRENCY))
                .having(sum(earned.field(EARNING_TOTAL.LINES))
                        .ne(BigDecimal.ZERO)
                        .or(sum(earned.field(EARNING_TOTAL.AMOUNT)).ne(BigDecimal.ZERO)))
                .forEach(row -> table.earned(
                        numbers.get(row.value1()),
                        names.get((int) row.value2()),
                        YearMonth.from(row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6()));
        for (var adjustment : adjustments.approved(known.until(asKnown))) {
            table.adjusted(
                    numbers.get(adjustment.location().value()),
                    adjustment.program(),
                    adjustment.month(),
                    adjustment.amount().currency().getCurrencyCode(),
                    adjustment.amount().amount());
        }
        for (var file : known.waiting(asKnown)) {
            journal.waiting(file.path(), file.fractionDigits())
                    .forEach(waiting -> table.sold(
                            numbers.get(waiting.location()),
                            null,
                            YearMonth.from(waiting.month()),
                            waiting.currency(),
                            Reason.Bucket.PENDING,
                            waiting.amount()));
        }
        for (var refused : known.refused(asKnown)) {
            table.refused(
                    refused.location() == null
                            ? null
                            : numbers.get(refused.location().value()),
                    refused.month(),
                    refused.currency(),
                    refused.amount());
        }
        return table.rows();
    }

    static List<EarningTotal> summed(List<EarningTotal> rows, boolean byKey) {
        var summed = new TreeMap<String, EarningTotal>();
        for (var row : rows) {
            summed.merge(
                    row.key() + " " + row.amount().currency(),
                    row,
                    (one, other) -> new EarningTotal(
                            one.key(),
                            one.name(),
                            one.amount().plus(other.amount()),
                            one.rebate().plus(other.rebate()),
                            one.coop().plus(other.coop()),
                            one.lines() + other.lines()));
        }
        var order = byKey
                ? Comparator.comparing(EarningTotal::key)
                : Comparator.comparing((EarningTotal total) -> total.amount().amount())
                        .reversed();
        return summed.values().stream().sorted(order).toList();
    }

    private Condition condition(EarningsFilter filter, Collection<Integer> locations, Known.Table from) {
        var condition =
                visible(filter, locations, from.field(EARNING_TOTAL.LOCATION_ID), from.field(EARNING_TOTAL.PROGRAM_ID));
        if (filter.program() != null) {
            condition = condition.and(from.field(EARNING_TOTAL.PROGRAM_ID).in(vocabulary.numbers(filter.program())));
        }
        if (filter.month() != null) {
            condition = condition.and(
                    from.field(EARNING_TOTAL.MONTH).eq(filter.month().atDay(1)));
        }
        if (filter.lever() != null) {
            condition = condition.and(vocabulary.levers(filter).stream()
                    .map(number -> from.field(EARNING_TOTAL.TERMS_ID)
                            .eq((short) number.terms())
                            .and(from.field(EARNING_TOTAL.LEVER).eq((short) number.lever())))
                    .reduce(falseCondition(), Condition::or));
        }
        return condition;
    }

    /** The filter's locations, and of those only what is visible. */
    private Condition visible(
            EarningsFilter filter, Collection<Integer> locations, Field<Integer> location, Field<Short> program) {
        return location.in(locations).and(vocabulary.visible(filter.visible(), location, program));
    }

    private static List<Integer> ids(List<Location> locations) {
        return locations.stream().map(location -> location.id().value()).toList();
    }
}
