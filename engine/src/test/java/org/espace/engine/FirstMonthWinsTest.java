package org.espace.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.engine.Ledgerless.CLOUD;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espace.engine.Ledgerless.Line;
import org.espace.engine.Ledgerless.Sale;
import org.espace.terms.TermsReader;
import org.junit.jupiter.api.Test;

/**
 * The campaign in the United Kingdom looks across partners. What it asks of all channels together is a list of customers
 * for each month: those below the baseline, and from the second month on without those that were won before.
 */
class FirstMonthWinsTest {

    private static final Path SHIPPED = Path.of("../center/src/main/resources/terms");
    private static final List<YearMonth> MONTHS =
            IntStream.rangeClosed(3, 6).mapToObj(month -> YearMonth.of(2021, month)).toList();
    private static final YearMonth BASELINE_FROM = YearMonth.of(2020, 7);
    private static final int LEEDS = 1;
    private static final int YORK = 2;
    private static final int CUSTOMERS = 5;

    @Test
    void thePartnerOfTheFirstMonthIsPaidAndInOneMonthEachIs() {
        var sold = List.of(
                // Won by Leeds in March, and not once more by York in April.
                consumed(LEEDS, 1, "2021-03-10", "1600"),
                consumed(YORK, 1, "2021-04-10", "2000"),
                // Not above 1,500 with either of them in March, though with both together.
                consumed(LEEDS, 2, "2021-03-10", "1500"),
                consumed(YORK, 2, "2021-03-10", "900"),
                consumed(YORK, 2, "2021-04-10", "1500.01"),
                // In one month with each of them.
                consumed(LEEDS, 3, "2021-05-10", "1700"),
                consumed(YORK, 3, "2021-05-20", "1000"),
                consumed(YORK, 3, "2021-05-21", "800"),
                // Below 1,000 a month with each of them before, but not with both together.
                consumed(LEEDS, 4, "2020-12-10", "600"),
                consumed(YORK, 4, "2020-12-10", "400"),
                consumed(YORK, 4, "2021-03-10", "5000"),
                // Below 1,000 with both together, and above 1,500 in two months with the same partner.
                consumed(LEEDS, 5, "2020-12-10", "600"),
                consumed(YORK, 5, "2020-12-10", "399.99"),
                consumed(YORK, 5, "2021-03-10", "1700"),
                consumed(YORK, 5, "2021-06-10", "1800"));
        var lists = listsOfCustomers(sold);
        assertThat(lists.get(MONTHS.getFirst())).containsExactly(1, 2, 3, 5);
        assertThat(lists.get(MONTHS.getLast())).isEmpty();
        assertThat(earned(sold, lists))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        List.of(LEEDS, 1), 1000_00L,
                        List.of(YORK, 2), 1000_00L,
                        List.of(LEEDS, 3), 1000_00L,
                        List.of(YORK, 3), 1000_00L,
                        List.of(YORK, 5), 1000_00L));
    }

    /** Month by month: what was won in one leaves the lists of all later ones. */
    private static Map<YearMonth, Set<Integer>> listsOfCustomers(List<Sale> sold) {
        var lists = new TreeMap<YearMonth, Set<Integer>>();
        MONTHS.forEach(month -> lists.put(month, belowTheBaseline(sold)));
        for (var month : MONTHS) {
            var won = sold.stream()
                    .filter(sale -> YearMonth.from(sale.day()).equals(month))
                    .toList();
            var winners =
                    earned(won, lists).keySet().stream().map(List::getLast).toList();
            lists.tailMap(month, false).values().forEach(list -> winners.forEach(list::remove));
        }
        return lists;
    }

    private static Set<Integer> belowTheBaseline(List<Sale> sold) {
        var below = new TreeSet<Integer>();
        for (var customer = 1; customer <= CUSTOMERS; customer++) {
            var number = customer;
            var months = sold.stream()
                    .filter(sale -> sale.customer() == number)
                    .filter(sale -> YearMonth.from(sale.day()).isBefore(MONTHS.getFirst())
                            && !YearMonth.from(sale.day()).isBefore(BASELINE_FROM))
                    .collect(groupingBy(
                            sale -> YearMonth.from(sale.day()),
                            summingLong(sale -> Levers.usd(sale.amount()).minor())));
            if (months.values().stream().allMatch(month -> month < 1000_00)) {
                below.add(customer);
            }
        }
        return below;
    }

    /** By location and customer, whoever earns anything. */
    private static Map<List<Integer>, Long> earned(List<Sale> sold, Map<YearMonth, Set<Integer>> lists) {
        var lines = new Ledgerless(facts(lists), 0).rate(1, sold);
        var earned = lines.stream()
                .collect(groupingBy(
                        line -> List.of(
                                line.location(),
                                sold.get((int) line.seq() - 1).customer()),
                        summingLong(Line::amount)));
        earned.values().removeIf(amount -> amount == 0);
        return earned;
    }

    private static Facts facts(Map<YearMonth, Set<Integer>> lists) {
        var joined = List.of(new Facts.Enrollment(1, LocalDate.of(2020, 1, 1), null));
        var terms = new ArrayList<Facts.Published>();
        for (var month : MONTHS) {
            var text = text(SHIPPED.resolve("campaign-uk-%s.yaml".formatted(month)));
            terms.add(new Facts.Published(1, terms.size() + 1, TermsReader.read(text)));
        }
        return new Facts(
                terms,
                IntStream.of(LEEDS, YORK)
                        .mapToObj(id -> new Facts.Location(
                                id, "indirect-reseller", "GB", Set.of(), joined, List.of(), List.of()))
                        .toList(),
                List.of(new Facts.Product(CLOUD, "CLOUD", "azure", "azure")),
                IntStream.rangeClosed(1, CUSTOMERS)
                        .mapToObj(id -> new Facts.Customer(id, "C" + id, "GB", null, null, listed(id, lists)))
                        .toList(),
                List.of(),
                List.of());
    }

    private static Set<String> listed(int customer, Map<YearMonth, Set<Integer>> lists) {
        var names = new TreeSet<String>();
        lists.forEach((month, listed) -> {
            if (listed.contains(customer)) {
                names.add("campaign-uk-" + month);
            }
        });
        return names;
    }

    private static Sale consumed(int location, int customer, String day, String amount) {
        return new Sale(location, LocalDate.parse(day), customer, CLOUD, 1, amount, "USD");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
