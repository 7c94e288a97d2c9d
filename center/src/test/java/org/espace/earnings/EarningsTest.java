package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.engine.Reason;
import org.espace.ledger.Balance;
import org.espace.ledger.Ledger;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class EarningsTest {

    @Autowired
    Earnings earnings;

    @Autowired
    Sales sales;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Ledger ledger;

    @Autowired
    Instance instance;

    @TempDir
    Path folder;

    @Test
    void receivedIsEligibleIneligiblePendingAndRefusedTogether() throws IOException {
        publish("adds-up", "- {id: core, of: {product-family: suite}, rate: 4%}");
        var vendor = Vendor.of("ADD", folder, sales).enrolled("adds-up", "2026-01-01");
        vendor.sold("sales.csv", """
                1,1,2026-02-03,A,SUITE,1000.00,USD,
                2,1,2026-02-04,A,CLOUD,200.00,USD,
                3,1,2026-02-05,B,SUITE,30.00,USD,cancelled
                4,1,2026-02-06,B,SUITE,4.00,USD,open
                5,1,2026-02-07,B,NOSUCH,0.50,USD,
                """);
        assertThat(only("ADD-1", null).pending()).as("before a refresh").isEqualByComparingTo("1234.00");
        var run = refresh();
        assertThat(earnings.outcomes(run))
                .filteredOn(outcome -> "adds-up".equals(outcome.program()))
                .extracting(SalesTotal::bucket, SalesTotal::lines)
                .containsExactly(
                        tuple(Reason.Bucket.ELIGIBLE, 1L),
                        tuple(Reason.Bucket.INELIGIBLE, 1L),
                        tuple(Reason.Bucket.INELIGIBLE, 1L),
                        tuple(Reason.Bucket.PENDING, 1L));
        var row = only("ADD-1", "adds-up");
        assertThat(row.eligible()).isEqualByComparingTo("1000.00");
        assertThat(row.ineligible()).isEqualByComparingTo("230.00");
        assertThat(row.pending()).isEqualByComparingTo("4.00");
        assertThat(only("ADD-1", null).refused()).isEqualByComparingTo("0.50");
        assertThat(row.earned()).isEqualByComparingTo("40.00");
        assertThat(row.rebate()).isEqualByComparingTo("24.00");
        assertThat(row.coop()).isEqualByComparingTo("16.00");
        assertThat(earnings.sales(EarningsFilter.all(partner("ADD"))))
                .extracting(SalesTotal::reason, SalesTotal::bucket, SalesTotal::lines)
                .contains(
                        tuple("ELIGIBLE", Reason.Bucket.ELIGIBLE, 1L), tuple("NO_LEVER", Reason.Bucket.INELIGIBLE, 1L));
    }

    @Test
    void theLedgerOwesWhatTheLinesSay() throws IOException {
        publish("owes", "- {id: core, of: all, rate: 3.75%}");
        var vendor = Vendor.of("OWE", folder, sales).enrolled("owes", "2026-01-01");
        vendor.sold("sales.csv", """
                1,1,2026-02-03,A,SUITE,1234.56,USD,
                2,1,2026-03-04,A,CLOUD,-99.99,USD,
                """);
        refresh();
        var location = location("OWE-1");
        var page = earnings.lines(EarningsFilter.all(partner("OWE")), LineOrder.newestFirst());
        assertThat(page.count()).isEqualTo(2);
        assertThat(ledger.balances(location.id()))
                .extracting(Balance::amount)
                .containsExactly(
                        page.totals().getFirst().coop(),
                        page.totals().getFirst().rebate());
        assertThat(page.totals().getFirst().amount()).isEqualTo(Money.of("42.55", "USD"));
    }

    @Test
    void aSecondRefreshAddsNothing() throws IOException {
        publish("twice", "- {id: core, of: all, rate: 5%}");
        Vendor.of("TWI", folder, sales)
                .enrolled("twice", "2026-01-01")
                .sold("sales.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        refresh();
        var before = only("TWI-1", "twice");
        var again = refresh();
        assertThat(again.earningLines()).isZero();
        assertThat(again.posted()).isZero();
        assertThat(only("TWI-1", "twice")).isEqualTo(before);
    }

    @Test
    void aNewDayIsRatedOnWhatWasAddedUpBefore() throws IOException {
        publish(
                "by-day",
                "- {id: tiers, of: all, per: partner, period: quarter, tiers: {kind: retroactive,"
                        + " steps: [{from: 0, rate: 1%}, {from: 1000 USD, rate: 3%}]}}");
        var vendor = Vendor.of("DAY", folder, sales).enrolled("by-day", "2026-01-01");
        vendor.sold("one.csv", "1,1,2026-02-03,A,SUITE,800.00,USD,");
        refresh();
        vendor.sold("two.csv", "2,1,2026-02-04,A,SUITE,400.00,USD,");
        refresh();
        assertThat(only("DAY-1", "by-day").earned()).isEqualByComparingTo("36.00");
        var last = earnings.lines(EarningsFilter.all(partner("DAY")), LineOrder.newestFirst())
                .lines()
                .getFirst();
        assertThat(last.amount()).isEqualTo(Money.of("28.00", "USD"));
        assertThat(last.reason()).isEqualTo("TIER_REACHED");
    }

    @Test
    void aCorrectedSaleIsReversedAndRatedAnew() throws IOException {
        publish("corrected", "- {id: core, of: all, rate: 10%}");
        var vendor = Vendor.of("COR", folder, sales).enrolled("corrected", "2026-01-01");
        vendor.sold("one.csv", "1,1,2026-02-03,A,SUITE,500.00,USD,");
        refresh();
        vendor.sold("two.csv", "1,1,2026-02-03,A,SUITE,300.00,USD,");
        refresh();
        var row = only("COR-1", "corrected");
        assertThat(row.received()).isEqualByComparingTo("300.00");
        assertThat(row.earned()).isEqualByComparingTo("30.00");
        assertThat(earnings.lines(EarningsFilter.all(partner("COR")), LineOrder.newestFirst())
                        .lines())
                .extracting(line -> line.amount().amount())
                .containsExactlyInAnyOrder(new BigDecimal("50.00"), new BigDecimal("-50.00"), new BigDecimal("30.00"));
    }

    @Test
    void anEnrolmentThatBecomesKnownLaterIsBookedAsADifference() throws IOException {
        publish("late", "- {id: core, of: all, rate: 4%}");
        var vendor = Vendor.of("LAT", folder, sales).enrolled("late", "2026-03-01");
        vendor.sold("one.csv", """
                1,1,2026-02-10,A,SUITE,100.00,USD,
                2,1,2026-03-10,A,SUITE,100.00,USD,
                """);
        refresh();
        var partner = partner("LAT");
        assertThat(only("LAT-1", "late", "2026-02").ineligible()).isEqualByComparingTo("100.00");

        vendor.enrolled("late", "2026-02-01").sold("two.csv", "3,2,2026-02-11,A,SUITE,1.00,USD,");
        var report = refresh();
        assertThat(report.correctionLines()).isEqualTo(2);
        assertThat(only("LAT-1", "late", "2026-02").earned()).isEqualByComparingTo("4.00");
        assertThat(only("LAT-1", "late", "2026-02").ineligible()).isEqualByComparingTo("0");
        assertThat(only("LAT-1", "late", "2026-03").earned()).isEqualByComparingTo("4.00");
        var page = earnings.lines(
                new EarningsFilter(Visible.all(partner), location("LAT-1").id(), null, null, null, null),
                LineOrder.newestFirst());
        assertThat(page.lines())
                .extracting(EarningLine::reason)
                .as("the withdrawn reason is no longer among what stands")
                .containsExactly("EARNED", "EARNED");
        assertThat(ledger.balances(location("LAT-1").id()))
                .extracting(balance -> balance.amount().amount())
                .containsExactly(new BigDecimal("3.20"), new BigDecimal("4.80"));
    }

    @Test
    void aSaleWaitsForItsExchangeRate() throws IOException {
        publish("waits", "- {id: core, of: all, rate: 10%}");
        Vendor.of("WAI", folder, sales)
                .enrolled("waits", "2026-01-01")
                .sold("one.csv", "1,1,2026-07-15,A,SUITE,100.00,EUR,");
        refresh();
        assertThat(only("WAI-1", "waits").pending()).isEqualByComparingTo("100.00");

        Files.writeString(folder.resolve("rates.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                <Cube><Cube time="2026-06-30"><Cube currency="USD" rate="1.1000"/></Cube></Cube>
                </gesmes:Envelope>
                """);
        sales.load(folder.resolve("rates.xml"), new LoadOrder("ecb"), "test", Progress.SILENT);
        refresh();
        assertThat(only("WAI-1", "waits", "2026-07", "EUR").eligible()).isEqualByComparingTo("100.00");
        assertThat(only("WAI-1", "waits", "2026-07", "USD").earned()).isEqualByComparingTo("11.00");
        var line = earnings.lines(EarningsFilter.all(partner("WAI")), LineOrder.newestFirst())
                .lines()
                .getFirst();
        assertThat(earnings.explain(partner("WAI"), line.id()).steps())
                .extracting(step -> step.code())
                .containsExactly("CONVERTED", "RATE", "SPLIT");
    }

    @Test
    void nobodySeesALineOfAnotherPartner() throws IOException {
        publish("walled", "- {id: core, of: all, rate: 10%}");
        Vendor.of("WAL", folder, sales)
                .enrolled("walled", "2026-01-01")
                .sold("one.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        refresh();
        var line = earnings.lines(EarningsFilter.all(partner("WAL")), LineOrder.newestFirst())
                .lines()
                .getFirst();
        assertThat(earnings.explain(partner("WAL"), line.id()).sale().amount()).isEqualByComparingTo("100.00");
        assertThatThrownBy(() -> earnings.explain(new PartnerId(999_999), line.id()))
                .isInstanceOf(LineNotFound.class);
        assertThatThrownBy(() -> earnings.explain(partner("WAL"), "1-1-1-1; drop"))
                .isInstanceOf(LineNotFound.class);
    }

    @Test
    void totalsByEveryDimensionComeToTheSame() throws IOException {
        publish("sums", "- {id: core, of: all, rate: 4%}\n  - {id: more, of: {product-family: cloud}, rate: 1%}");
        Vendor.of("SUM", folder, sales).enrolled("sums", "2026-01-01").sold("one.csv", """
                1,1,2026-02-03,A,SUITE,100.01,USD,
                2,2,2026-03-04,B,CLOUD,200.03,USD,
                3,1,2026-03-05,B,CLOUD,300.07,USD,
                """);
        refresh();
        for (var dimension : Dimension.values()) {
            var totals = earnings.totals(EarningsFilter.all(partner("SUM")), dimension);
            assertThat(totals.stream().map(EarningTotal::amount).reduce(Money::plus))
                    .as(dimension.name())
                    .contains(Money.of("29.00", "USD"));
        }
    }

    @Test
    void whatAnInterruptedRunHasLeftIsSweptAway() throws IOException {
        var orphan = instance.lake().resolve("earnings/run-999999-1.parquet");
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "half a file");
        refresh();
        assertThat(orphan).doesNotExist();
    }

    private RunReport refresh() {
        return earnings.refresh("test", Progress.SILENT);
    }

    private void publish(String program, String levers) {
        programs.publish("""
                program: %s
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                split: {rebate: 60%%, co-op: 40%%}
                levers:
                  %s
                """.formatted(program, levers), "test");
    }

    private TotalsRow only(String location, @Nullable String program) {
        return rows(location, program).getFirst();
    }

    private TotalsRow only(String location, String program, String month) {
        return rows(location, program).stream()
                .filter(row -> YearMonth.parse(month).equals(row.month()))
                .findFirst()
                .orElseThrow();
    }

    private TotalsRow only(String location, String program, String month, String currency) {
        return rows(location, program).stream()
                .filter(row -> YearMonth.parse(month).equals(row.month()) && currency.equals(row.currency()))
                .findFirst()
                .orElseThrow();
    }

    private List<TotalsRow> rows(String location, @Nullable String program) {
        return earnings.totals().stream()
                .filter(row -> location.equals(row.location()) && Objects.equals(program, row.program()))
                .toList();
    }

    private PartnerId partner(String prefix) {
        return location(prefix + "-1").partner();
    }

    private Location location(String number) {
        return partners.locations().stream()
                .filter(location -> location.number().equals(number))
                .findFirst()
                .orElseThrow();
    }
}
