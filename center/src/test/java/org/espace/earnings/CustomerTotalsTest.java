package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.db.earnings.Tables.CUSTOMER_TOTAL;
import static org.espace.db.earnings.Tables.RUN;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class CustomerTotalsTest {

    private static final List<String> CUSTOMERS = List.of("A", "B", "C", "D", "E");
    private static final int STEPS = 14;

    @Autowired
    Earnings earnings;

    @Autowired
    Sales sales;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Journal journal;

    @Autowired
    DSLContext sql;

    @TempDir
    Path folder;

    /** Late and corrected sales, returns, enrollments that begin earlier, terms and replays, in any order. */
    @Test
    void whateverHappensTheyAreThoseOfTheLake() throws IOException {
        var random = new SplittableRandom(105);
        publish("by-customer", "V1", "2026-01-01/2026-07-01", """
                - {id: tiers, of: all, per: partner, period: quarter,
                     tiers: {kind: retroactive, steps: [{from: 0, rate: 1%}, {from: 900 USD, rate: 3.333%}]}}
                  - {id: capped, of: {product-family: cloud}, rate: 9%,
                     cap: {per: customer, period: fiscal-year, amount: 40 USD}}""");
        var vendor = Vendor.of("BYC", folder, sales).enrolled("by-customer", "2026-03-01");
        for (var step = 0; step < STEPS; step++) {
            vendor.sold("%d.csv".formatted(step), sold(random));
            if (step == 4) {
                vendor.enrolled("by-customer", "2026-01-01");
            }
            if (step == 8) {
                publish("by-customer", "V2", "2026-07-01/2027-01-01", "- {id: later, of: all, rate: 2%}");
            }
            if (step == 11) {
                earnings.refreshInFull("test", Threads.ofThisMachine(), Progress.SILENT);
            } else {
                earnings.refresh("test", Progress.SILENT);
            }
            assertThat(kept()).as("after step " + step).isEqualTo(ofTheLake());
        }
        assertThat(ofPartner("BYC")).hasSizeGreaterThan(CUSTOMERS.size() - 1);
    }

    @Test
    void anInstanceFromBeforeThemReadsTheLakeUntilItsNextRefresh() throws IOException {
        publish("from-before", "V1", "2026-01-01/2027-01-01", "- {id: core, of: all, rate: 4%}");
        var vendor = Vendor.of("BEF", folder, sales).enrolled("from-before", "2026-01-01");
        vendor.sold("before.csv", """
                1,1,2026-02-03,A,SUITE,1000.00,USD,
                2,2,2026-03-04,B,CLOUD,200.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var asKept = ofPartner("BEF");
        sql.deleteFrom(CUSTOMER_TOTAL).execute();
        sql.update(RUN).set(RUN.BY_CUSTOMER, false).execute();

        assertThat(ofPartner("BEF")).isEqualTo(asKept).hasSize(2);
        vendor.sold("after.csv", "3,1,2026-02-03,A,SUITE,50.00,USD,");
        earnings.refresh("test", Progress.SILENT);
        assertThat(kept()).isEqualTo(ofTheLake());
        assertThat(ofPartner("BEF").getFirst().amount().amount()).isEqualByComparingTo("42.00");
    }

    @Test
    void aPageShowsTheSameFromEitherSide() throws IOException {
        publish("either", "V1", "2026-01-01/2027-01-01", "- {id: core, of: all, rate: 4%}");
        Vendor.of("EIT", folder, sales)
                .enrolled("either", "2026-01-01")
                .sold(
                        "many.csv",
                        IntStream.range(0, 80)
                                .mapToObj(i -> "%d,%d,2026-02-03,C%d,SUITE,%d.00,USD,"
                                        .formatted(i, 1 + i % 2, i % 70, 100 + i % 7))
                                .collect(Collectors.joining("\n")));
        earnings.refresh("test", Progress.SILENT);
        var all = EarningsFilter.all(partner("EIT"));
        var first = new EarningsFilter(all.visible(), location("EIT-1").id(), "either", null, null, null);
        for (var filter : List.of(all, first)) {
            var kept = earnings.totals(filter, Dimension.CUSTOMER);
            sql.update(RUN).set(RUN.BY_CUSTOMER, false).execute();
            assertThat(earnings.totals(filter, Dimension.CUSTOMER))
                    .isEqualTo(kept)
                    .isNotEmpty();
            sql.update(RUN).set(RUN.BY_CUSTOMER, true).execute();
        }
    }

    /** Some lines are told again with another amount, or taken back. */
    private static String sold(SplittableRandom random) {
        return IntStream.range(0, 12)
                .mapToObj(_ -> "%d,%d,2026-%02d-%02d,%s,%s,%d.%02d,USD,%s"
                        .formatted(
                                random.nextInt(60),
                                1 + random.nextInt(2),
                                1 + random.nextInt(9),
                                1 + random.nextInt(28),
                                CUSTOMERS.get(random.nextInt(CUSTOMERS.size())),
                                random.nextBoolean() ? "SUITE" : "CLOUD",
                                random.nextInt(400) - 80,
                                random.nextInt(100),
                                random.nextInt(9) == 0 ? "cancelled" : ""))
                .collect(Collectors.toMap(row -> row.split(",", 2)[0], row -> row, (one, _) -> one, TreeMap::new))
                .values()
                .stream()
                .collect(Collectors.joining("\n"));
    }

    private Map<List<Integer>, String> kept() {
        var kept = new TreeMap<List<Integer>, String>(
                (one, other) -> one.toString().compareTo(other.toString()));
        sql.selectFrom(CUSTOMER_TOTAL)
                .forEach(row -> kept.put(
                        List.of(row.getLocationId(), row.getCustomerId(), (int) row.getTermsId()),
                        "%s %s %d".formatted(plain(row.getAmount()), plain(row.getRebate()), row.getLines())));
        return kept;
    }

    /** All locations of all tests: they share one instance. */
    private Map<List<Integer>, String> ofTheLake() {
        var digits = programs.all().stream()
                .collect(Collectors.toMap(
                        published -> published.id(),
                        published -> published.terms().currency().getDefaultFractionDigits()));
        var read = journal.byCustomer(new Journal.Where(
                partners.locations().stream().map(Location::id).toList(), List.of(), Integer.MAX_VALUE));
        var lake = new TreeMap<List<Integer>, String>(
                (one, other) -> one.toString().compareTo(other.toString()));
        for (var i = 0; i < read.size; i++) {
            int scale = Objects.requireNonNull(digits.get((int) read.terms[i]));
            lake.put(
                    List.of(read.location[i], read.customer[i], (int) read.terms[i]),
                    "%s %s %d"
                            .formatted(
                                    plain(BigDecimal.valueOf(read.amount[i], scale)),
                                    plain(BigDecimal.valueOf(read.rebate[i], scale)),
                                    read.lines[i]));
        }
        return lake;
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private List<EarningTotal> ofPartner(String prefix) {
        return earnings.totals(EarningsFilter.all(partner(prefix)), Dimension.CUSTOMER);
    }

    private void publish(String program, String version, String effective, String levers) {
        programs.publish("""
                program: %s
                version: %s
                effective: %s
                currency: USD
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                  %s
                """.formatted(program, version, effective, levers), "test");
    }

    private PartnerId partner(String prefix) {
        return location(prefix + "-1").partner();
    }

    private Location location(String number) {
        return partners.findLocation(number).orElseThrow();
    }
}
