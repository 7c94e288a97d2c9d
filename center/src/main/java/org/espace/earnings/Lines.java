package org.espace.earnings;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espace.batch.ByCustomer;
import org.espace.engine.Explanation;
import org.espace.engine.Step;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.programs.PublishedTerms;
import org.espace.sales.Sales;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Earning lines for people: a page of them, or one with its calculation. */
@Component
class Lines {

    private final Journal journal;
    private final Vocabulary vocabulary;
    private final Sales sales;
    private final Known known;
    private final EarningsStore bookings;
    private final Export export;

    Lines(Journal journal, Vocabulary vocabulary, Sales sales, Known known, EarningsStore bookings, Export export) {
        this.journal = journal;
        this.vocabulary = vocabulary;
        this.sales = sales;
        this.known = known;
        this.bookings = bookings;
        this.export = export;
    }

    LinePage page(EarningsFilter filter, LineOrder order) {
        var terms = vocabulary.terms();
        var where = where(filter, order);
        if (where.locations().isEmpty()) {
            return new LinePage(List.of(), 0, List.of());
        }
        var sums = journal.sums(where);
        var lines = worded(journal.page(where, order), terms);
        var totals = sums.stream()
                .filter(sum -> terms.containsKey(sum.terms()))
                .collect(groupingBy(
                        sum -> Objects.requireNonNull(terms.get(sum.terms()))
                                .terms()
                                .currency(),
                        () -> new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode)),
                        toList()))
                .entrySet()
                .stream()
                .map(entry -> {
                    var amount = entry.getValue().stream()
                            .mapToLong(Journal.Summed::amount)
                            .sum();
                    var rebate = entry.getValue().stream()
                            .mapToLong(Journal.Summed::rebate)
                            .sum();
                    return new LinePage.Sum(
                            Money.ofMinor(amount, entry.getKey()),
                            Money.ofMinor(rebate, entry.getKey()),
                            Money.ofMinor(amount - rebate, entry.getKey()));
                })
                .toList();
        return new LinePage(
                lines, sums.stream().mapToLong(Journal.Summed::lines).sum(), totals);
    }

    Path export(EarningsFilter filter, LineOrder order) {
        return export.write(filter, where(filter, order));
    }

    ByCustomer byCustomer(EarningsFilter filter) {
        var where = where(filter, LineOrder.newestFirst());
        return where.locations().isEmpty() ? new ByCustomer() : journal.byCustomer(where);
    }

    /** Throws {@link LineNotFound} when the partner has no such line. */
    LineExplained explain(Visible visible, String id) {
        var key = LineKey.of(id);
        var location = new LocationId(key.location());
        var written = vocabulary.isVisible(visible, key) ? journal.history(key) : List.<Journal.Written>of();
        if (written.isEmpty()) {
            throw new LineNotFound(id);
        }
        var terms = vocabulary.terms();
        var history = written.stream().map(Journal.Written::line).toList();
        var last = history.getLast();
        var standing = summed(history);
        var file = sales.files().stream()
                .filter(each -> each.load() == loadOf(key.seq()))
                .findFirst()
                .orElseThrow(() -> new LineNotFound(id));
        var sale = journal.sale(file.path(), file.fractionDigits(), location, key.seq())
                .orElseThrow(() -> new LineNotFound(id));
        var names = vocabulary.products(List.of(sale.product()));
        var customer = vocabulary.customers(List.of(sale.customer()));
        var promise = terms.get(last.terms());
        return new LineExplained(
                worded(List.of(standing), terms).getFirst(),
                new LineExplained.Sale(
                        sale.lineId(),
                        sale.day(),
                        customer.get(sale.customer()),
                        Objects.requireNonNull(names.get(sale.product())),
                        units(sale.quantity()),
                        sale.amount(),
                        sale.currency(),
                        file.load(),
                        rowOf(key.seq()),
                        sale.corrects() != 0),
                rule(promise, last),
                promise == null || last.lever() == 0 ? List.of() : steps(promise, standing, last, sale),
                booked(worded(history, terms), written, key));
    }

    private List<EarningLine> booked(List<EarningLine> lines, List<Journal.Written> written, LineKey key) {
        var counted = bookings.countedBy(loadOf(key.seq()));
        var causes = bookings.causes(key.location());
        return IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    var run = written.get(i).run();
                    var openFrom = written.get(i).openFrom();
                    var day = lines.get(i).day();
                    return lines.get(i)
                            .booked(new Booking(
                                    run,
                                    bookings.finishedAt(run),
                                    YearMonth.from(openFrom == null || openFrom.isBefore(day) ? day : openFrom),
                                    run == counted
                                            ? Set.of(Cause.NEW_SALES)
                                            : causes.getOrDefault(run, Set.of(Cause.NEW_SALES))));
                })
                .toList();
    }

    private Journal.Where where(EarningsFilter filter, LineOrder order) {
        var conditions = new ArrayList<String>();
        if (!filter.visible().isEverything()) {
            conditions.add(vocabulary.visible(filter.visible()));
        }
        if (filter.program() != null) {
            conditions.add("program IN (%s)".formatted(list(vocabulary.numbers(filter.program()))));
        }
        if (filter.month() != null) {
            conditions.add("day >= DATE '%s' AND day < DATE '%s'"
                    .formatted(
                            filter.month().atDay(1),
                            filter.month().plusMonths(1).atDay(1)));
        }
        if (filter.customer() != null) {
            conditions.add("customer = %d".formatted(filter.customer().value()));
        }
        if (filter.lever() != null) {
            conditions.add(vocabulary.levers(filter).stream()
                    .map(number -> "(terms = %d AND lever = %d)".formatted(number.terms(), number.lever()))
                    .reduce("false", (one, other) -> one + " OR " + other)
                    .transform("(%s)"::formatted));
        }
        if (order.earningOnly()) {
            conditions.add("lever > 0");
        }
        if (order.reason() != null || order.bucket() != null) {
            conditions.add("reason IN (%s)".formatted(list(vocabulary.numbers(order))));
        }
        return new Journal.Where(
                vocabulary.locations(filter).stream().map(Location::id).toList(),
                conditions,
                known.lastRun(filter.asKnown()));
    }

    private List<EarningLine> worded(List<Journal.Line> lines, Map<Integer, PublishedTerms> terms) {
        var products =
                vocabulary.products(lines.stream().map(Journal.Line::product).toList());
        var buyers =
                vocabulary.customers(lines.stream().map(Journal.Line::customer).toList());
        var names = vocabulary.programs();
        return lines.stream()
                .map(line -> {
                    var promise = terms.get(line.terms());
                    var currency = promise == null
                            ? Currency.getInstance("XXX")
                            : promise.terms().currency();
                    var lever = promise == null || line.lever() == 0
                            ? null
                            : LineExplained.Lever.of(promise.terms(), line.lever())
                                    .id();
                    return new EarningLine(
                            line.id(),
                            new LocationId(line.location()),
                            line.day(),
                            buyers.get(line.customer()),
                            products.getOrDefault(line.product(), ""),
                            names.get(line.program()),
                            promise == null ? null : promise.terms().version(),
                            lever,
                            vocabulary.reason(line.reason()).code(),
                            basis(line, currency),
                            Money.ofMinor(line.amount(), currency),
                            Money.ofMinor(line.rebate(), currency),
                            Money.ofMinor(line.amount() - line.rebate(), currency),
                            line.pieces() > 1 || line.kind() != 1,
                            null);
                })
                .toList();
    }

    /** What is finer than a minor unit is rounded for display; the calculation page has it in full. */
    private static Money basis(Journal.Line line, Currency currency) {
        var digits = Math.max(0, currency.getDefaultFractionDigits());
        var exact = BigDecimal.valueOf(line.basis(), digits + line.fractionDigits());
        return new Money(exact.setScale(digits, RoundingMode.HALF_UP), currency);
    }

    private static Journal.Line summed(List<Journal.Line> history) {
        var last = history.getLast();
        return new Journal.Line(
                last.location(),
                last.seq(),
                last.day(),
                last.customer(),
                last.product(),
                last.program(),
                last.terms(),
                last.lever(),
                last.reason(),
                last.rates(),
                history.stream().mapToLong(Journal.Line::basis).sum(),
                last.before(),
                last.level(),
                history.stream().mapToLong(Journal.Line::withheld).sum(),
                history.stream().mapToLong(Journal.Line::amount).sum(),
                history.stream().mapToLong(Journal.Line::rebate).sum(),
                history.stream().mapToInt(Journal.Line::kind).sum(),
                last.fractionDigits(),
                history.size());
    }

    private List<Step> steps(PublishedTerms promise, Journal.Line standing, Journal.Line last, Journal.Sale sale) {
        var steps = new ArrayList<Step>();
        if (last.rates() != 0) {
            steps.add(converted(promise, standing, last, sale));
        }
        steps.addAll(Explanation.of(
                promise.terms(),
                last.lever(),
                new Explanation.Figures(
                        last.fractionDigits(),
                        standing.basis(),
                        last.before(),
                        last.level(),
                        sale.quantity(),
                        standing.withheld(),
                        standing.amount(),
                        standing.rebate(),
                        !standing.day().equals(sale.day()))));
        return steps;
    }

    private Step converted(PublishedTerms promise, Journal.Line standing, Journal.Line last, Journal.Sale sale) {
        var set = sales.rates().stream()
                .filter(each -> each.id() == last.rates())
                .findFirst()
                .orElseThrow();
        var to = promise.terms().currency();
        return LineExplained.converted(
                sale.amount(),
                sale.currency(),
                set.day(),
                set.rates().getOrDefault(sale.currency(), BigDecimal.ONE),
                set.rates().getOrDefault(to.getCurrencyCode(), BigDecimal.ONE),
                basis(standing, to));
    }

    private static LineExplained.@Nullable Rule rule(@Nullable PublishedTerms promise, Journal.Line line) {
        if (promise == null) {
            return null;
        }
        return new LineExplained.Rule(
                promise.terms().program(),
                promise.terms().name(),
                promise.terms().version(),
                line.lever() == 0 ? null : LineExplained.Lever.of(promise.terms(), line.lever()));
    }

    private static BigDecimal units(long millionths) {
        var units = BigDecimal.valueOf(millionths, 6).stripTrailingZeros();
        return units.scale() < 0 ? units.setScale(0) : units;
    }

    static int loadOf(long seq) {
        return (int) (seq >> 34);
    }

    private static long rowOf(long seq) {
        return (seq >> 2) & 0xffff_ffffL;
    }

    private static String list(Collection<?> numbers) {
        return numbers.stream()
                .map(String::valueOf)
                .reduce((one, other) -> one + ", " + other)
                .orElse("-1");
    }
}
