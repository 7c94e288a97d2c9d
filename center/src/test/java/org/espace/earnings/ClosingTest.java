package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.espace.db.earnings.Tables.EARNING_CHANGE;
import static org.jooq.impl.DSL.sum;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.jooq.DSLContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** On an instance of its own: a month that is closed is closed for everybody. */
@RoomTest
@TestPropertySource(properties = "espace.test=closing")
@TestMethodOrder(MethodOrderer.MethodName.class)
class ClosingTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 10);
    private static final int EVENTS = 18;

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Sales sales;

    @Autowired
    DSLContext sql;

    @TempDir
    Path folder;

    @Test
    void aClosedMonthNeverChangesWhateverBecomesKnownLater() throws IOException {
        publish("closes", "V1", "2026-01-01/2026-07-01", "5%");
        publish("closes", "V2", "2026-08-01/2027-01-01", "6%");
        var vendor = Vendor.of("CLO", folder, sales).enrolled("closes", "2026-03-01");
        vendor.sold("first.csv", sold(0, new SplittableRandom(1)));
        assertThatThrownBy(() -> close("2026-09")).isInstanceOf(PeriodNotOver.class);
        assertThat(close("2026-06"))
                .extracting(ClosedPeriod::month)
                .endsWith(YearMonth.of(2026, 5), YearMonth.of(2026, 6));
        assertThat(close("2026-06")).as("closing twice does it once").isEmpty();

        var chance = new SplittableRandom(42);
        for (var event = 1; event <= EVENTS; event++) {
            if (event == 9) {
                close("2026-07");
            }
            happen(event, vendor, chance);
            earnings.refresh("test", Progress.SILENT);
            assertThat(earnings.closedPeriods())
                    .isNotEmpty()
                    .allSatisfy(period -> assertThat(earnings.isUnchanged(period))
                            .as("%s", period.month())
                            .isTrue());
        }
        for (var period : earnings.closedPeriods()) {
            var booked = sql.select(sum(EARNING_CHANGE.AMOUNT))
                    .from(EARNING_CHANGE)
                    .where(EARNING_CHANGE.BOOKED.eq(period.month().atDay(1)))
                    .fetchSingle()
                    .value1();
            assertThat(booked == null ? BigDecimal.ZERO : booked)
                    .isEqualByComparingTo(period.totals().stream()
                            .map(total -> total.amount().amount())
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        assertThatThrownBy(() -> sql.execute("update earnings.period set lines = 0"))
                .hasMessageContaining("never changed");
    }

    /** DOMAIN: an adjustment of January that is processed in September shows in January, and is paid with September. */
    @Test
    void whatWasEarnedInJanuaryAndBecomesKnownInSeptemberShowsInBoth() throws IOException {
        close("2026-07");
        publish("january", "V1", "2026-01-01/2027-01-01", "10%");
        var vendor = Vendor.of("JAN", folder, sales).enrolled("january", "2026-02-01");
        vendor.sold("first.csv", "1,1,2026-01-10,A,SUITE,100.00,USD,\n2,1,2026-02-10,A,SUITE,100.00,USD,");
        earnings.close(YearMonth.of(2026, 8), TODAY, "test", Progress.SILENT);
        var january = YearMonth.of(2026, 1);
        var september = YearMonth.of(2026, 9);
        var frozen = earnings.statement(partner("JAN"), january);

        vendor.enrolled("january", "2026-01-01").sold("late.csv", "3,1,2026-02-11,A,SUITE,50.00,USD,");
        earnings.refresh("test", Progress.SILENT);
        assertThat(earnings.statement(partner("JAN"), january)).isEqualTo(frozen);
        assertThat(earnings.statement(partner("JAN"), september).parts())
                .extracting(Statement.Part::appliesTo, part -> part.amount().toString())
                .containsExactly(
                        tuple(january, Money.of("10.00", "USD").toString()),
                        tuple(YearMonth.of(2026, 2), Money.of("5.00", "USD").toString()));
        assertThat(earnings.totals(EarningsFilter.all(partner("JAN")), Dimension.MONTH))
                .extracting(EarningTotal::key, EarningTotal::amount)
                .containsExactly(
                        tuple("2026-01", Money.of("10.00", "USD")), tuple("2026-02", Money.of("15.00", "USD")));
        assertThat(earnings.lines(EarningsFilter.all(partner("JAN")), LineOrder.newestFirst())
                        .lines())
                .extracting(line -> {
                    var booking = earnings.explain(partner("JAN"), line.id())
                            .history()
                            .getLast()
                            .booking();
                    return booking == null ? "" : line.day() + " " + booking.month() + " " + booking.causes();
                })
                .containsExactlyInAnyOrder(
                        "2026-02-11 2026-09 [NEW_SALES]",
                        "2026-02-10 2026-08 [NEW_SALES]",
                        "2026-01-10 2026-09 [ENROLLMENT_CHANGED]");

        var proposed = earnings.propose(
                new Adjustment.Proposal(
                        location("JAN").id(),
                        "january",
                        Adjustment.Type.REBATE,
                        january,
                        Money.of("1.00", "USD"),
                        Adjustment.Reason.PREVIOUS_PERIOD,
                        "Found in the audit",
                        null),
                "ann");
        earnings.approve(proposed.id(), "ben");
        assertThat(earnings.statement(partner("JAN"), september).adjustments())
                .singleElement()
                .satisfies(adjustment -> assertThat(adjustment.month()).isEqualTo(january));
        assertThat(earnings.closedPeriods())
                .allSatisfy(period -> assertThat(earnings.isUnchanged(period)).isTrue());
    }

    private void happen(int event, Vendor vendor, SplittableRandom chance) throws IOException {
        switch (event % 6) {
            case 0 ->
                vendor.enrolled("closes", "2026-0%d-01".formatted(1 + chance.nextInt(6)))
                        .sold("enrolled-%d.csv".formatted(event), sold(event, chance));
            case 1 ->
                vendor.sold(
                        "corrected-%d.csv".formatted(event),
                        "0-%d,1,2026-02-10,A,SUITE,%d.50,USD,".formatted(chance.nextInt(10), event));
            case 2 ->
                vendor.sold(
                        "returned-%d.csv".formatted(event),
                        "R%d,2,2026-0%d-11,B,SUITE,-%d.00,USD,".formatted(event, 1 + chance.nextInt(6), 10 + event));
            case 3 -> {
                if (event == 3) {
                    publish("closes", "V1B", "2026-07-01/2026-08-01", "9%");
                } else {
                    publish("closes-" + event, "V1", "2026-01-01/2027-01-01", "1%");
                    vendor.enrolled("closes-" + event, "2026-04-01")
                            .sold("more-%d.csv".formatted(event), sold(event, chance));
                }
            }
            case 4 -> {
                Files.writeString(folder.resolve("rates.xml"), """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                        <Cube><Cube time="2026-0%d-28"><Cube currency="USD" rate="1.1%03d"/></Cube></Cube>
                        </gesmes:Envelope>
                        """.formatted(1 + chance.nextInt(6), event));
                sales.load(folder.resolve("rates.xml"), new LoadOrder("ecb"), "test", Progress.SILENT);
            }
            default -> vendor.sold("late-%d.csv".formatted(event), sold(event, chance));
        }
    }

    private static String sold(int event, SplittableRandom chance) {
        var rows = new ArrayList<String>();
        for (var i = 0; i < 12; i++) {
            rows.add("%d-%d,%d,2026-0%d-%02d,%s,SUITE,%d.%02d,%s,"
                    .formatted(
                            event,
                            i,
                            1 + i % 2,
                            1 + chance.nextInt(8),
                            1 + chance.nextInt(28),
                            List.of("A", "B", "C").get(chance.nextInt(3)),
                            chance.nextInt(2000),
                            chance.nextInt(100),
                            i % 5 == 0 ? "EUR" : "USD"));
        }
        return String.join("\n", rows) + "\n";
    }

    private List<ClosedPeriod> close(String month) {
        return earnings.close(YearMonth.parse(month), TODAY, "test", Progress.SILENT);
    }

    private void publish(String program, String version, String effective, String rate) {
        programs.publish("""
                program: %s
                version: %s
                effective: %s
                currency: USD
                split: {rebate: 60%%, co-op: 40%%}
                levers: [{id: core, of: all, rate: %s}]
                """.formatted(program, version, effective, rate), "test");
    }

    private PartnerId partner(String prefix) {
        return location(prefix).partner();
    }

    private Location location(String prefix) {
        return partners.locations().stream()
                .filter(location -> location.number().equals(prefix + "-1"))
                .findFirst()
                .orElseThrow();
    }
}
