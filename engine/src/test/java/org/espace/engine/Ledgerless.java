package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espace.terms.Lever;
import org.espace.terms.Selection;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;

/** A small world in memory: two locations, two products, three customers, one program, and whatever is sold. */
final class Ledgerless {

    static final int REIMS = 1;
    static final int OSLO = 2;
    static final int SUITE = 1;
    static final int CLOUD = 2;
    static final int PAID = 1;
    static final int USED = 2;
    static final int DESKTOPS = 3;
    static final int USERS = 4;
    static final int TRIAL = 5;
    static final int MONTHLY = 6;
    static final int ANNUAL = 7;

    record Sale(
            int location,
            LocalDate day,
            int customer,
            int product,
            long quantity,
            String amount,
            String currency,
            long order,
            int kind) {

        Sale(int location, LocalDate day, int customer, int product, long quantity, String amount, String currency) {
            this(location, day, customer, product, quantity, amount, currency, 0, 0);
        }

        Sale of(int otherCustomer) {
            return new Sale(location, day, otherCustomer, product, quantity, amount, currency, order, kind);
        }

        Sale units(long number) {
            return new Sale(location, day, customer, product, number, amount, currency, order, kind);
        }

        Sale product(int other) {
            return new Sale(location, day, customer, other, quantity, amount, currency, order, kind);
        }

        Sale order(long number) {
            return new Sale(location, day, customer, product, quantity, amount, currency, number, kind);
        }

        Sale kind(int id) {
            return new Sale(location, day, customer, product, quantity, amount, currency, order, id);
        }

        Sale returned() {
            return new Sale(
                    location,
                    day,
                    customer,
                    product,
                    -quantity,
                    new BigDecimal(amount).negate().toPlainString(),
                    currency,
                    order,
                    kind);
        }
    }

    /** @param day the day that the line applies to, counted from 1970-01-01 */
    record Line(
            int location,
            long seq,
            int day,
            int terms,
            int lever,
            int reason,
            long basis,
            long before,
            long level,
            long withheld,
            long amount,
            long rebate) {

        LocalDate appliesTo() {
            return LocalDate.ofEpochDay(day);
        }

        Reason why() {
            return Reason.of(reason);
        }
    }

    final Facts facts;
    final Totals totals = new Totals();
    final Map<Integer, List<long[]>> kept = new HashMap<>();
    private final int fractionDigits;

    Ledgerless(Facts facts, int fractionDigits) {
        this.facts = facts;
        this.fractionDigits = fractionDigits;
    }

    /** The same locations, customers and products, under terms that are built by hand. */
    Ledgerless(Terms... terms) {
        this(facts(List.of(terms)), 0);
    }

    Ledgerless(String levers) {
        this(levers, "split: {rebate: 60%, co-op: 40%}", 0);
    }

    Ledgerless(String levers, String head, int fractionDigits) {
        this(facts(List.of(TermsReader.read("""
                program: test-program
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                %s
                levers:
                %s
                """.formatted(head, levers.indent(2))))), fractionDigits);
    }

    static Facts facts(List<Terms> versions) {
        var sinceNewYear = List.of(new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), null));
        return new Facts(
                IntStream.range(0, versions.size())
                        .mapToObj(i -> new Facts.Published(1, i + 1, versions.get(i)))
                        .toList(),
                List.of(
                        new Facts.Location(
                                REIMS, "indirect-reseller", "FR", Set.of(), sinceNewYear, List.of(), List.of()),
                        new Facts.Location(
                                OSLO, "direct-reseller", "NO", Set.of(), sinceNewYear, List.of(), List.of())),
                List.of(
                        new Facts.Product(SUITE, "SUITE-1", "suite", "modern-work"),
                        new Facts.Product(CLOUD, "CLOUD-1", "cloud", "azure")),
                List.of(
                        new Facts.Customer(1, "C1", "FR", "nonprofit", null),
                        new Facts.Customer(2, "C2", "FR", null, LocalDate.of(2026, 2, 10)),
                        new Facts.Customer(3, "C3", null, "corporate", LocalDate.of(2020, 5, 1))),
                List.of(
                        new Facts.LineKind(PAID, Lever.Trigger.PAID, Map.of()),
                        new Facts.LineKind(USED, Lever.Trigger.CONSUMED, Map.of()),
                        new Facts.LineKind(
                                DESKTOPS, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.UNIT, "desktops")),
                        new Facts.LineKind(USERS, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.UNIT, "users")),
                        new Facts.LineKind(TRIAL, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.TRIAL, "true")),
                        new Facts.LineKind(
                                MONTHLY, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.BILLING, "monthly")),
                        new Facts.LineKind(
                                ANNUAL, Lever.Trigger.INVOICED, Map.of(Selection.Attribute.BILLING, "annual"))),
                List.of(new Facts.RateSet(
                        7,
                        LocalDate.of(2026, 1, 30),
                        Map.of(
                                Currency.getInstance("USD"), new BigDecimal("1.0837"),
                                Currency.getInstance("JPY"), new BigDecimal("161.45")))));
    }

    /** The same facts with another location in Reims. */
    static Facts with(Facts facts, Facts.Location reims) {
        return new Facts(
                facts.terms(),
                facts.locations().stream()
                        .map(location -> location.id() == REIMS ? reims : location)
                        .toList(),
                facts.products(),
                facts.customers(),
                facts.lineKinds(),
                facts.rates());
    }

    int fractionDigits() {
        return fractionDigits;
    }

    /** Rates sales as one more day: on top of the sums that the days before have left. */
    List<Line> rate(long firstSeq, List<Sale> sales) {
        var batch = new SaleLines(sales.size());
        var sorted = new TreeMap<Integer, List<Integer>>();
        for (var i = 0; i < sales.size(); i++) {
            sorted.computeIfAbsent(sales.get(i).location(), _ -> new ArrayList<>())
                    .add(i);
        }
        for (var indices : sorted.values()) {
            for (var i : indices) {
                var sale = sales.get(i);
                var currency = Currency.getInstance(sale.currency());
                var at = batch.size++;
                batch.location[at] = sale.location();
                batch.seq[at] = firstSeq + i;
                batch.day[at] = (int) sale.day().toEpochDay();
                batch.customer[at] = sale.customer();
                batch.product[at] = sale.product();
                batch.quantity[at] = sale.quantity() * 1_000_000;
                batch.amount[at] = new BigDecimal(sale.amount())
                        .movePointRight(currency.getDefaultFractionDigits() + fractionDigits)
                        .longValueExact();
                batch.currency[at] = (short) currency.getNumericCode();
                batch.order[at] = sale.order();
                batch.kind[at] = sale.kind();
            }
        }
        var journal = new EarningLines();
        var rating = new Rating(new Rulebook(facts, fractionDigits), new Kept(), totals);
        rating.rate(batch, journal);
        rating.finish();
        var lines = new ArrayList<Line>();
        for (var i = 0; i < journal.size; i++) {
            lines.add(new Line(
                    journal.location[i],
                    journal.seq[i],
                    journal.day[i],
                    journal.terms[i],
                    journal.lever[i],
                    journal.reason[i],
                    journal.basis[i],
                    journal.before[i],
                    journal.level[i],
                    journal.withheld[i],
                    journal.amount[i],
                    journal.rebate[i]));
        }
        return lines;
    }

    List<Line> rate(Sale... sales) {
        return rate(1, List.of(sales));
    }

    /** The carried sums in a form that can be compared: whatever is zero might as well be absent. */
    List<String> state() {
        return kept.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(row -> row[3] != 0 || row[4] != 0)
                        .map(row -> entry.getKey() + ":" + Arrays.toString(row)))
                .sorted()
                .toList();
    }

    private final class Kept implements Rating.Carried {

        @Override
        public void load(int location, Sums into) {
            for (var row : kept.getOrDefault(location, List.of())) {
                into.put((int) row[0], (int) row[1], row[2], row[3], row[4]);
            }
        }

        @Override
        public void save(int location, Sums from) {
            var rows = new ArrayList<long[]>();
            from.forEach((slot, span, owner, one, two) -> rows.add(new long[] {slot, span, owner, one, two}));
            kept.put(location, rows);
        }
    }

    static Sale sale(String day, String amount) {
        return new Sale(REIMS, LocalDate.parse(day), 1, SUITE, 1, amount, "USD");
    }
}
