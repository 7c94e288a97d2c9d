package org.espace.paper;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espace.batch.CarriedSums;
import org.espace.engine.EarningLines;
import org.espace.engine.Explanation;
import org.espace.engine.Facts;
import org.espace.engine.Rating;
import org.espace.engine.Reason;
import org.espace.engine.Rulebook;
import org.espace.engine.Sale;
import org.espace.engine.SaleLines;
import org.espace.engine.Step;
import org.espace.engine.Totals;
import org.espace.engine.WhyNot;
import org.espace.money.Currencies;
import org.espace.money.Money;
import org.espace.terms.Terms;
import org.jspecify.annotations.Nullable;

/** Rates facts that a folder of files holds: the same function that a refresh calls, on everything at once. */
public final class Paper {

    private final PaperFacts paper;
    private final boolean explained;
    private final int fractionDigits;
    private final CarriedSums sums = CarriedSums.none();
    private final Map<Integer, Terms> terms = new HashMap<>();
    private final Map<Integer, String> programs = new HashMap<>();
    private final Map<Integer, Facts.RateSet> rates = new HashMap<>();
    private final Map<Integer, String> customers = new HashMap<>();
    private final Map<Integer, String> products = new HashMap<>();

    private Paper(PaperFacts paper, boolean explained) {
        this.paper = paper;
        this.explained = explained;
        fractionDigits = paper.sales().stream().mapToInt(Paper::finer).max().orElse(0);
        for (var published : paper.facts().terms()) {
            terms.put(published.id(), published.terms());
            programs.put(published.program(), published.terms().program());
        }
        paper.facts().rates().forEach(set -> rates.put(set.id(), set));
        paper.facts().customers().forEach(customer -> customers.put(customer.id(), customer.number()));
        paper.facts().products().forEach(product -> products.put(product.id(), product.number()));
    }

    /**
     * Throws {@link FactsInvalid} when an amount is too large to be rated beside others that are as fine as they are.
     *
     * @param explained whether each line carries its calculation, and each zero what would have helped
     */
    public static PaperReport rate(PaperFacts facts, @Nullable LocalDate asKnown, boolean explained) {
        return new Paper(facts, explained).rate(asKnown);
    }

    private PaperReport rate(@Nullable LocalDate asKnown) {
        var batch = batch();
        var journal = new EarningLines();
        var totals = new Totals();
        var rating = new Rating(new Rulebook(paper.facts(), fractionDigits), sums, totals);
        rating.rate(batch, journal);
        rating.finish();
        var lines = lines(journal);
        return new PaperReport(
                versions(),
                asKnown,
                paper.leftOut(),
                paper.assumed(),
                paper.sales().size(),
                lines,
                earned(lines),
                received(totals));
    }

    /** How many decimals the amount has beyond those of its currency. */
    private static int finer(PaperSale sale) {
        return Math.max(0, sale.amount().scale() - sale.currency().getDefaultFractionDigits());
    }

    /** The sales of each location together, in the order of posting: a sale's number is its place among all, from 1. */
    private SaleLines batch() {
        var sales = paper.sales();
        var order = IntStream.range(0, sales.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> sales.get(i).location()))
                .toList();
        var faults = new ArrayList<BadCell>();
        var batch = new SaleLines(sales.size());
        for (var i : order) {
            var sale = sales.get(i);
            var at = batch.size++;
            batch.location[at] = sale.location();
            batch.seq[at] = i + 1L;
            batch.day[at] = (int) sale.day().toEpochDay();
            batch.customer[at] = sale.customer();
            batch.product[at] = sale.product();
            batch.currency[at] = (short) sale.currency().getNumericCode();
            batch.disposition[at] = (short) sale.disposition();
            batch.order[at] = sale.order();
            batch.kind[at] = sale.kind();
            try {
                batch.quantity[at] = sale.quantity().movePointRight(6).longValueExact();
                batch.amount[at] =
                        sale.amount().movePointRight(digits(sale.currency())).longValueExact();
            } catch (ArithmeticException _) {
                faults.add(new BadCell(
                        sale.file(), sale.row(), "amount", sale.amount().toPlainString(), Fault.TOO_LARGE, Map.of()));
            }
        }
        if (!faults.isEmpty()) {
            throw new FactsInvalid(faults);
        }
        return batch;
    }

    private int digits(Currency currency) {
        return currency.getDefaultFractionDigits() + fractionDigits;
    }

    private List<PaperReport.Version> versions() {
        return paper.facts().terms().stream()
                .map(Facts.Published::terms)
                .map(each -> new PaperReport.Version(
                        each.program(), each.version(), each.currency().getCurrencyCode()))
                .toList();
    }

    // --- lines -------------------------------------------------------------------------------------------------------

    private List<PaperReport.Line> lines(EarningLines journal) {
        return IntStream.range(0, journal.size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> journal.seq[i]))
                .map(i -> line(journal, i))
                .toList();
    }

    private PaperReport.Line line(EarningLines journal, int i) {
        var sale = paper.sales().get((int) journal.seq[i] - 1);
        var version = terms.get((int) journal.terms[i]);
        var lever = version == null || journal.lever[i] == 0 ? null : lever(version, journal.lever[i]);
        var why = reason(journal.reason[i]);
        var earning = lever == null || version == null ? null : version.currency();
        return new PaperReport.Line(
                sale.file(),
                sale.row(),
                sale.day(),
                LocalDate.ofEpochDay(journal.day[i]),
                paper.locations().get(sale.location() - 1),
                customers.get(sale.customer()),
                Objects.requireNonNull(products.get(sale.product())),
                scaled(sale.amount(), sale.currency().getCurrencyCode()),
                sale.currency().getCurrencyCode(),
                programs.get((int) journal.program[i]),
                version == null ? null : version.version(),
                lever,
                why.code(),
                why.bucket(),
                earning == null ? null : BigDecimal.valueOf(journal.basis[i], digits(earning)),
                earning == null ? null : Money.ofMinor(journal.withheld[i], earning),
                earning == null ? null : Money.ofMinor(journal.amount[i], earning),
                earning == null ? null : Money.ofMinor(journal.rebate[i], earning),
                earning == null ? null : Money.ofMinor(journal.amount[i] - journal.rebate[i], earning),
                version == null || lever == null || !explained ? List.of() : steps(journal, i, sale, version),
                explained && journal.amount[i] == 0 && sale.amount().signum() >= 0
                        ? zeros(journal, i, sale)
                        : List.of());
    }

    /** Ceilings are numbered on after the levers. */
    private static String lever(Terms terms, int number) {
        var levers = terms.levers();
        return number <= levers.size()
                ? levers.get(number - 1).id()
                : terms.ceilings().get(number - levers.size() - 1).id();
    }

    private PaperSale.Disposition reason(int number) {
        if (number >= Reason.FIRST_DISPOSITION) {
            return paper.dispositions().get(number - Reason.FIRST_DISPOSITION - 1);
        }
        return new PaperSale.Disposition(
                Reason.of(number).bucket(), Reason.of(number).name());
    }

    private List<Step> steps(EarningLines journal, int i, PaperSale sale, Terms version) {
        var steps = new ArrayList<Step>();
        var set = rates.get(journal.rates[i]);
        if (set != null) {
            steps.add(new Step("CONVERTED", converted(journal, i, sale, version, set)));
        }
        steps.addAll(Explanation.of(
                version,
                journal.lever[i],
                new Explanation.Figures(
                        fractionDigits,
                        journal.basis[i],
                        journal.before[i],
                        journal.level[i],
                        sale.quantity().movePointRight(6).longValueExact(),
                        journal.withheld[i],
                        journal.amount[i],
                        journal.rebate[i],
                        journal.day[i] != sale.day().toEpochDay())));
        return List.copyOf(steps);
    }

    private List<PaperReport.Zero> zeros(EarningLines journal, int i, PaperSale sale) {
        var one = new Sale(
                sale.location(),
                sale.day(),
                sale.customer(),
                sale.product(),
                sale.quantity().movePointRight(6).longValueExact(),
                sale.amount().movePointRight(digits(sale.currency())).longValueExact(),
                sale.currency(),
                sale.order(),
                sale.kind(),
                sale.disposition());
        var before = WhyNot.without(paper.facts(), fractionDigits, sums, one);
        return WhyNot.of(paper.facts(), fractionDigits, before, one).stream()
                .filter(verdict -> !verdict.earned())
                .filter(verdict -> journal.program[i] == 0 || journal.program[i] == verdict.program())
                .filter(verdict -> journal.lever[i] == 0 || journal.lever[i] == verdict.lever())
                .map(verdict -> {
                    var version = Objects.requireNonNull(terms.get(verdict.terms()));
                    return new PaperReport.Zero(
                            version.program(), version.version(), lever(version, verdict.lever()), verdict);
                })
                .toList();
    }

    private Map<String, Object> converted(
            EarningLines journal, int i, PaperSale sale, Terms version, Facts.RateSet set) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("amount", exact(sale.amount(), sale.currency()));
        arguments.put("currency", sale.currency().getCurrencyCode());
        arguments.put("published", set.day());
        arguments.put("from", unitsPerEuro(set, sale.currency()));
        arguments.put("to", unitsPerEuro(set, version.currency()));
        arguments.put(
                "result", exact(BigDecimal.valueOf(journal.basis[i], digits(version.currency())), version.currency()));
        return arguments;
    }

    /** Money, unless it is finer than its currency. */
    private static Object exact(BigDecimal amount, Currency currency) {
        return amount.stripTrailingZeros().scale() <= currency.getDefaultFractionDigits()
                ? new Money(amount, currency)
                : amount;
    }

    private static BigDecimal unitsPerEuro(Facts.RateSet set, Currency currency) {
        return currency.getCurrencyCode().equals("EUR")
                ? BigDecimal.ONE
                : Objects.requireNonNull(set.unitsPerEuro().get(currency));
    }

    // --- totals ------------------------------------------------------------------------------------------------------

    private static List<PaperReport.Earned> earned(List<PaperReport.Line> lines) {
        var sums = new TreeMap<List<String>, PaperReport.Earned>(BY_WORDS);
        for (var line : lines) {
            if (line.program() != null
                    && line.lever() != null
                    && line.amount() != null
                    && line.rebate() != null
                    && line.coop() != null) {
                sums.merge(
                        List.of(
                                line.location(),
                                line.program(),
                                line.lever(),
                                line.amount().currency().getCurrencyCode()),
                        new PaperReport.Earned(
                                line.location(),
                                line.program(),
                                line.lever(),
                                1,
                                line.amount(),
                                line.rebate(),
                                line.coop()),
                        (sum, one) -> new PaperReport.Earned(
                                sum.location(),
                                sum.program(),
                                sum.lever(),
                                sum.lines() + 1,
                                sum.amount().plus(one.amount()),
                                sum.rebate().plus(one.rebate()),
                                sum.coop().plus(one.coop())));
            }
        }
        return List.copyOf(sums.values());
    }

    private List<PaperReport.Received> received(Totals totals) {
        var rows = new TreeMap<List<String>, Outcome>(BY_WORDS);
        var sold = totals.sold;
        for (var i = 0; i < sold.size; i++) {
            var currency = Currencies.numbered(sold.currency[i]);
            var key = List.of(
                    paper.locations().get(sold.location[i] - 1),
                    programs.getOrDefault((int) sold.program[i], ""),
                    currency.getCurrencyCode());
            var bucket = sold.reason[i] == 0
                    ? Reason.Bucket.ELIGIBLE
                    : reason(sold.reason[i]).bucket();
            rows.computeIfAbsent(key, _ -> new Outcome())
                    .add(bucket, BigDecimal.valueOf(sold.amount[i], digits(currency)), sold.lines[i]);
        }
        var all = new HashMap<List<String>, BigDecimal>();
        for (var sale : paper.sales()) {
            var key = List.of(
                    paper.locations().get(sale.location() - 1), sale.currency().getCurrencyCode());
            all.merge(key, sale.amount(), BigDecimal::add);
        }
        var received = new ArrayList<PaperReport.Received>();
        rows.forEach((key, outcome) -> received.add(new PaperReport.Received(
                key.get(0),
                key.get(1).isEmpty() ? null : key.get(1),
                key.get(2),
                outcome.sales,
                scaled(all.getOrDefault(List.of(key.get(0), key.get(2)), BigDecimal.ZERO), key.get(2)),
                scaled(outcome.eligible, key.get(2)),
                scaled(outcome.ineligible, key.get(2)),
                scaled(outcome.pending, key.get(2)))));
        return received;
    }

    /** With its currency's decimals, and with more where it has them. */
    private static BigDecimal scaled(BigDecimal amount, String currency) {
        var least = Currency.getInstance(currency).getDefaultFractionDigits();
        var plain = amount.stripTrailingZeros();
        return plain.setScale(Math.max(least, plain.scale()));
    }

    private static final Comparator<List<String>> BY_WORDS = (one, other) -> {
        for (var i = 0; i < one.size(); i++) {
            var order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private static final class Outcome {

        int sales;
        BigDecimal eligible = BigDecimal.ZERO;
        BigDecimal ineligible = BigDecimal.ZERO;
        BigDecimal pending = BigDecimal.ZERO;

        void add(Reason.Bucket bucket, BigDecimal amount, int lines) {
            sales += lines;
            switch (bucket) {
                case ELIGIBLE -> eligible = eligible.add(amount);
                case INELIGIBLE -> ineligible = ineligible.add(amount);
                case PENDING -> pending = pending.add(amount);
            }
        }
    }
}
