package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.espace.engine.Ledgerless.CLOUD;
import static org.espace.engine.Ledgerless.OSLO;
import static org.espace.engine.Ledgerless.REIMS;
import static org.espace.engine.Ledgerless.SUITE;
import static org.espace.engine.Ledgerless.sale;

import java.time.LocalDate;
import java.util.List;
import org.espace.engine.Ledgerless.Sale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {

    private static final String FLAT = "- {id: core, of: all, rate: 4%}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
              sold |  rate | earned | rebate
          10000.00 |   12% | 120000 |  72000
           5151.00 |    4% |  20604 |  12362
              0.12 |    4% |      0 |      0
              0.13 |    4% |      1 |      1
             -0.13 |    4% |     -1 |     -1
          25200.00 | 19.5% | 491400 | 294840
        """)
    void aRatePaysItsShareOfEachLine(String sold, String rate, long earned, long rebate) {
        var line = new Ledgerless("- {id: core, of: all, rate: %s}".formatted(rate))
                .rate(sale("2026-02-01", sold))
                .getFirst();
        assertThat(line.amount()).isEqualTo(earned);
        assertThat(line.rebate()).isEqualTo(rebate);
    }

    @Test
    void anAmountPerUnitIsPaidForEachUnit() {
        var world = new Ledgerless("- {id: seats, of: all, per-unit: 20 USD}");
        var sold = new Sale(REIMS, LocalDate.parse("2026-03-01"), 1, SUITE, 7, "900.00", "USD");
        assertThat(world.rate(sold).getFirst().amount()).isEqualTo(140_00);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
          volume | marginal | retroactive
         9999.99 |        0 |           0
        10000.00 |        0 |       20000
        10000.50 |        1 |       20001
        20000.00 |    20000 |       60000
        30000.00 |    50000 |       90000
        """)
    void tiersPayOnThePartAboveOrOnTheWhole(String volume, long marginal, long retroactive) {
        var tiers = "- {id: t1, of: all, per: partner, period: quarter, tiers: {kind: %s, steps: "
                + "[{from: 10000 USD, rate: 2%%}, {from: 20000 USD, rate: 3%%}]}}";
        var sold = sale("2026-02-01", volume);
        assertThat(new Ledgerless(tiers.formatted("marginal"))
                        .rate(sold)
                        .getFirst()
                        .amount())
                .isEqualTo(marginal);
        assertThat(new Ledgerless(tiers.formatted("retroactive"))
                        .rate(sold)
                        .getFirst()
                        .amount())
                .isEqualTo(retroactive);
    }

    @Test
    void theSaleThatReachesARetroactiveTierBooksTheTrueUpForThoseBefore() {
        var world = new Ledgerless("""
                - {id: t1, of: all, per: partner, period: quarter, tiers: {kind: retroactive, measure: quantity,
                   steps: [{from: 0, rate: 2%}, {from: 3, rate: 4%}]}}
                """);
        var lines =
                world.rate(sale("2026-01-05", "1000.00"), sale("2026-02-05", "1000.00"), sale("2026-03-05", "500.00"));
        assertThat(lines).extracting(Ledgerless.Line::amount).containsExactly(20_00L, 20_00L, 60_00L);
        assertThat(lines.getLast().reason()).isEqualTo(Reason.TIER_REACHED.number());
        assertThat(world.rate(10, List.of(sale("2026-04-01", "100.00")))
                        .getFirst()
                        .amount())
                .isEqualTo(2_00);
    }

    @Test
    void aCapPaysUpToItsAmountPerCustomerAndNoMore() {
        var world = new Ledgerless("""
                - {id: core, of: all, rate: 10%, cap: {per: customer, period: fiscal-year, amount: 100 USD}}
                """);
        var lines = world.rate(sale("2026-01-05", "900.00"), sale("2026-01-06", "200.00"), sale("2026-01-07", "50.00"));
        assertThat(lines).extracting(Ledgerless.Line::amount).containsExactly(90_00L, 10_00L, 0L);
        assertThat(lines)
                .extracting(Ledgerless.Line::reason)
                .containsExactly((int) Reason.EARNED.number(), (int) Reason.CAP_LIMITED.number(), (int)
                        Reason.CAP_REACHED.number());
        assertThat(lines.stream().mapToLong(Ledgerless.Line::rebate).sum()).isEqualTo(60_00);
    }

    @Test
    void everyLeverThatSelectsTheSalePays() {
        var world = new Ledgerless("""
                - {id: core, of: {solution-area: modern-work, except: {customer-segment: nonprofit}}, rate: 4%}
                - {id: nonprofit, of: {customer-segment: [nonprofit]}, rate: 12%}
                - {id: norway, of: {partner-country: NO}, rate: 1%}
                """);
        var lines = world.rate(
                new Sale(REIMS, LocalDate.parse("2026-03-01"), 1, SUITE, 1, "100.00", "USD"),
                new Sale(REIMS, LocalDate.parse("2026-03-01"), 2, SUITE, 1, "100.00", "USD"),
                new Sale(REIMS, LocalDate.parse("2026-03-01"), 2, CLOUD, 1, "100.00", "USD"),
                new Sale(OSLO, LocalDate.parse("2026-03-01"), 1, SUITE, 1, "100.00", "USD"));
        assertThat(lines)
                .extracting(Ledgerless.Line::seq, Ledgerless.Line::lever, Ledgerless.Line::amount)
                .containsExactly(
                        tuple(1L, 2, 12_00L),
                        tuple(2L, 1, 4_00L),
                        tuple(3L, 0, 0L),
                        tuple(4L, 2, 12_00L),
                        tuple(4L, 3, 1_00L));
    }

    @Test
    void aSaleInAnotherCurrencyIsConvertedOnceAtThePublishedRate() {
        var world = new Ledgerless(FLAT);
        var sold = new Sale(REIMS, LocalDate.parse("2026-02-10"), 1, SUITE, 1, "100.00", "EUR");
        assertThat(world.rate(sold).getFirst().amount()).isEqualTo(4_33);
        var yen = new Sale(REIMS, LocalDate.parse("2026-02-10"), 1, SUITE, 1, "16145", "JPY");
        assertThat(world.rate(2, List.of(yen)).getFirst().amount()).isEqualTo(4_33);
    }

    @Test
    void withoutAPublishedRateNothingPassesUnconverted() {
        var sold = new Sale(REIMS, LocalDate.parse("2026-05-10"), 1, SUITE, 1, "100.00", "EUR");
        var line = new Ledgerless(FLAT).rate(sold).getFirst();
        assertThat(line.reason()).isEqualTo(Reason.RATE_MISSING.number());
        assertThat(line.amount()).isZero();
    }

    @Test
    void amountsFinerThanACentAreRoundedOnlyInTheEarning() {
        var world = new Ledgerless("- {id: core, of: all, rate: 100%}", "", 9);
        assertThat(world.rate(sale("2026-02-01", "0.00499999999")).getFirst().amount())
                .isZero();
        assertThat(world.rate(2, List.of(sale("2026-02-01", "0.00500000000")))
                        .getFirst()
                        .amount())
                .isEqualTo(1);
    }

    @Test
    void everyZeroSaysWhy() {
        var world = new Ledgerless("- {id: core, of: {product-family: cloud}, rate: 4%}");
        assertThat(world.rate(sale("2026-02-01", "10.00"), sale("2025-12-31", "10.00"), sale("2027-01-01", "10.00")))
                .extracting(Ledgerless.Line::reason)
                .containsExactly((int) Reason.NO_LEVER.number(), (int) Reason.NOT_ENROLLED_THEN.number(), (int)
                        Reason.NO_TERMS.number());
    }

    @Test
    void linesOutOfPostingOrderAreRefused() {
        var world = new Ledgerless(FLAT);
        var batch = new SaleLines(2);
        batch.location[0] = batch.location[1] = REIMS;
        batch.seq[0] = 2;
        batch.seq[1] = 1;
        batch.day[0] = batch.day[1] = (int) LocalDate.of(2026, 2, 1).toEpochDay();
        batch.product[0] = batch.product[1] = SUITE;
        batch.currency[0] = batch.currency[1] = 840;
        batch.size = 2;
        var rating = new Rating(new Rulebook(world.facts, 0), Rating.Carried.NOTHING, new Totals());
        assertThatThrownBy(() -> rating.rate(batch, new EarningLines()))
                .hasMessage("sales of location 1 are not in posting order");
    }
}
