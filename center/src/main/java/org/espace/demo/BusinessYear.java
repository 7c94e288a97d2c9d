package org.espace.demo;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.espace.demo.Cast.Customer;
import org.espace.demo.Cast.Product;

/** What was billed from November 2025 to October 2026: subscriptions month by month, consumption, and returns. */
record BusinessYear(List<Line> lines) {

    static final YearMonth FIRST = YearMonth.of(2025, 11);
    static final YearMonth LAST = YearMonth.of(2026, 10);

    private static final int MONTHS = 12;
    private static final int LINES = 50_000;

    /** New subscriptions by month: a peak at the end of the calendar year and of the vendor's own, a quiet summer. */
    private static final int[] NEW_BUSINESS = {9, 13, 8, 9, 12, 9, 10, 16, 6, 5, 11, 12};

    private static final int[] SHARES_OF_SEATS = {100, 100, 80, 60, 40, 25, 10, 5};

    /**
     * A billed line.
     *
     * @param order all that a customer buys in a month; what comes back belongs to the order that it was sold with
     * @param amount minor units of the currency of the customer's market
     * @param status as the feed writes it: empty for invoiced
     */
    record Line(
            String id,
            String order,
            LocalDate day,
            Customer customer,
            Product product,
            long quantity,
            long amount,
            String status) {

        Line withId(String other) {
            return new Line(other, order, day, customer, product, quantity, amount, status);
        }

        Line withStatus(String other) {
            return new Line(id, order, day, customer, product, quantity, amount, other);
        }

        /** The same at the same price for another quantity, which may be negative. */
        Line ofQuantity(long other) {
            return new Line(id, order, day, customer, product, other, amount / quantity * other, status);
        }

        Line on(LocalDate other) {
            return new Line(id, order, other, customer, product, quantity, amount, status);
        }

        YearMonth month() {
            return YearMonth.from(day);
        }

        /** Invoices of the last two months are on their way to be paid. */
        boolean isPaid() {
            return isInvoiced() && !month().isAfter(LAST.minusMonths(2));
        }

        boolean isOpen() {
            return status.equals("open");
        }

        boolean isInvoiced() {
            return status.isEmpty();
        }
    }

    static BusinessYear of(Cast cast, SplittableRandom chance) {
        var lines = new ArrayList<Line>();
        var taken = new HashSet<String>();
        var popularity =
                cast.products().stream().mapToInt(BusinessYear::popularity).toArray();
        var flagships = cast.products().stream()
                .mapToInt(BusinessYear::popularityWithGiants)
                .toArray();
        while (lines.size() < LINES) {
            for (var customer : cast.customers()) {
                var mine = chance.split();
                var wishes = customer.isGiant() ? flagships : popularity;
                var product = cast.products().get(Chances.pick(wishes, mine));
                if (taken.add(customer.number() + product.number())) {
                    subscribe(customer, product, mine, lines);
                }
            }
        }
        addReturns(lines, chance.split());
        lines.sort(Comparator.comparing(Line::day)
                .thenComparing(line -> line.customer().number())
                .thenComparing(line -> line.product().number())
                .thenComparingLong(Line::quantity));
        return new BusinessYear(numbered(lines));
    }

    private static int popularity(Product product) {
        return switch (product.family()) {
            case "m365-core" -> 8;
            case "m365-strategic", "m365-e5", "copilot" -> 10;
            case "azure" -> 9;
            case "d365-bc", "pstn" -> 5;
            default -> 3;
        };
    }

    /** Giants buy what reaches the caps. */
    private static int popularityWithGiants(Product product) {
        return switch (product.family()) {
            case "m365-e5", "copilot" -> 1;
            default -> 0;
        };
    }

    private static void subscribe(Customer customer, Product product, SplittableRandom chance, List<Line> lines) {
        var ranYet = chance.nextInt(100) < 60;
        var start = ranYet ? 0 : Chances.pick(NEW_BUSINESS, chance);
        var day = product.isConsumption() ? 31 : 1 + chance.nextInt(28);
        var share = SHARES_OF_SEATS[chance.nextInt(SHARES_OF_SEATS.length)] / (product.isForSpecialists() ? 5 : 1);
        var seats = Math.max(1, customer.seats() * share / 100);
        for (var month = start; month < MONTHS; month++) {
            if (month > start && chance.nextInt(1000) < 12) {
                return;
            }
            if (chance.nextInt(100) < 6) {
                seats = Math.max(1, seats + seats * (chance.nextInt(36) - 10) / 100);
            }
            var onTrial = !ranYet && month == start && Chances.oneIn(25, chance);
            var when = FIRST.plusMonths(month);
            lines.add(billed(
                    customer,
                    product,
                    when.atDay(Math.min(day, when.lengthOfMonth())),
                    seats,
                    onTrial ? "trial" : status(when, chance),
                    chance));
        }
    }

    private static Line billed(
            Customer customer, Product product, LocalDate day, long seats, String status, SplittableRandom chance) {
        var market = customer.place().market();
        var discounted = customer.segment().price;
        var order = customer.number().replace("C", "PO") + "-%d%02d".formatted(day.getYear(), day.getMonthValue());
        if (product.isConsumption()) {
            var cents = product.usdCents() * seats * (70 + chance.nextInt(61)) / 100;
            return new Line("", order, day, customer, product, 1, market.price(cents, discounted), status);
        }
        var unit = market.price(product.usdCents(), discounted);
        return new Line("", order, day, customer, product, seats, unit * seats, status);
    }

    /** The youngest invoices are partly still open. */
    private static String status(YearMonth month, SplittableRandom chance) {
        var draw = chance.nextInt(1000);
        if (draw < 6) {
            return "cancelled";
        }
        if (draw < 11) {
            return "disputed";
        }
        return month.isAfter(LAST.minusMonths(2)) && draw < 41 ? "open" : "";
    }

    /** One line in two hundred comes back, whole or in part, within weeks. */
    private static void addReturns(List<Line> lines, SplittableRandom chance) {
        for (var line : List.copyOf(lines)) {
            if (line.isInvoiced() && line.month().isBefore(LAST) && Chances.oneIn(200, chance)) {
                var back = 1 + chance.nextLong(line.quantity());
                lines.add(line.ofQuantity(-back).on(line.day().plusDays(5 + chance.nextInt(20))));
            }
        }
    }

    private static List<Line> numbered(List<Line> lines) {
        Map<YearMonth, Integer> last = new HashMap<>();
        return lines.stream()
                .map(line -> line.withId("%s-%d%02d-%05d"
                        .formatted(
                                line.quantity() < 0 ? "CN" : "INV",
                                line.day().getYear(),
                                line.day().getMonthValue(),
                                last.merge(line.month(), 1, Integer::sum))))
                .toList();
    }
}
