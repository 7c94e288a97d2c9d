package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.ledger.Balance;
import org.espace.ledger.Ledger;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class AdjustmentsTest {

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Sales sales;

    @Autowired
    Ledger ledger;

    @Autowired
    DSLContext sql;

    @TempDir
    Path folder;

    @Test
    void whatOneProposesAnotherApprovesAndThenItIsOwed() throws IOException {
        var location = sold("ADJ", "adjusted");
        var proposed = earnings.propose(proposal(location, "adjusted", "12.34", Adjustment.Type.REBATE), "ann");
        assertThat(ledger.balances(location.id()))
                .extracting(Balance::amount)
                .containsExactly(Money.of("4.00", "USD"), Money.of("6.00", "USD"));
        assertThatThrownBy(() -> earnings.approve(proposed.id(), "Ann")).isInstanceOf(AdjustmentRefused.class);

        var approved = earnings.approve(proposed.id(), "ben");
        assertThat(approved.decision()).isNotNull();
        assertThat(ledger.balances(location.id()))
                .extracting(Balance::amount)
                .containsExactly(Money.of("4.00", "USD"), Money.of("18.34", "USD"));
        assertThat(earnings.statement(location.partner(), YearMonth.of(2026, 2)).adjustments())
                .containsExactly(approved);
        assertThatThrownBy(() -> earnings.approve(proposed.id(), "cid")).isInstanceOf(AdjustmentRefused.class);
        assertThatThrownBy(() -> earnings.reject(proposed.id(), "cid")).isInstanceOf(AdjustmentRefused.class);
    }

    @Test
    void whatWasEarnedAndAdjustedIsWhatTheLedgerHolds() throws IOException {
        var location = sold("ADS", "summed");
        for (var amount : List.of("12.34", "-3.00")) {
            var proposed = earnings.propose(proposal(location, "summed", amount, Adjustment.Type.COOP), "ann");
            earnings.approve(proposed.id(), "ben");
        }
        earnings.propose(proposal(location, "summed", "7.00", Adjustment.Type.REBATE), "ann");
        var held = ledger.balances(location.id()).stream()
                .map(balance -> balance.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum(location, TotalsRow::adjusted)).isEqualByComparingTo("9.34");
        assertThat(sum(location, TotalsRow::earned).add(sum(location, TotalsRow::adjusted)))
                .isEqualByComparingTo(held);
        assertThat(earnings.totals(LocalDate.of(2020, 1, 1))).isEmpty();
    }

    private BigDecimal sum(Location location, Function<TotalsRow, BigDecimal> column) {
        return earnings.totals().stream()
                .filter(row -> location.number().equals(row.location()))
                .map(column)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void whatIsTakenAwayGoesBack() throws IOException {
        var location = sold("ADT", "taken");
        var proposed = earnings.propose(proposal(location, "taken", "-3.00", Adjustment.Type.COOP), "ann");
        earnings.approve(proposed.id(), "ben");
        assertThat(ledger.balances(location.id()))
                .extracting(Balance::amount)
                .containsExactly(Money.of("1.00", "USD"), Money.of("6.00", "USD"));
    }

    @Test
    void whatIsRejectedIsNeverPosted() throws IOException {
        var location = sold("ADR", "rejected");
        var proposed = earnings.propose(proposal(location, "rejected", "3.00", Adjustment.Type.COOP), "ann");
        var rejected = earnings.reject(proposed.id(), "ben");
        assertThat(rejected.decision())
                .isNotNull()
                .satisfies(decision -> assertThat(decision.approved()).isFalse());
        assertThat(ledger.balances(location.id()))
                .extracting(Balance::amount)
                .containsExactly(Money.of("4.00", "USD"), Money.of("6.00", "USD"));
        assertThat(earnings.statement(location.partner(), YearMonth.of(2026, 2)).adjustments())
                .isEmpty();
    }

    @Test
    void theTableHoldsTheFourEyesToo() throws IOException {
        var location = sold("ADE", "eyes");
        var proposed = earnings.propose(proposal(location, "eyes", "3.00", Adjustment.Type.REBATE), "ann");
        assertThatThrownBy(() -> sql.execute("""
                        insert into earnings.adjustment_decision
                        values (%d, 'ann', 'APPROVED', '2026-02-01', 'ANN', now())""".formatted(proposed.id()))).hasMessageContaining("four_eyes");
        assertThatThrownBy(() -> sql.execute("""
                        insert into earnings.adjustment_decision
                        values (%d, 'eve', 'APPROVED', '2026-02-01', 'ANN', now())""".formatted(proposed.id()))).hasMessageContaining("foreign key");
        assertThatThrownBy(() -> sql.execute("delete from earnings.adjustment")).hasMessageContaining("never changed");
    }

    @Test
    void anAdjustmentIsInTheProgramsCurrency() throws IOException {
        var location = sold("ADC", "currency");
        assertThatThrownBy(() -> earnings.propose(
                        new Adjustment.Proposal(
                                location.id(),
                                "currency",
                                Adjustment.Type.REBATE,
                                YearMonth.of(2026, 2),
                                Money.of("1.00", "EUR"),
                                Adjustment.Reason.OPS_ADJUSTMENT,
                                "Wrong currency",
                                null),
                        "ann"))
                .isInstanceOf(AdjustmentRefused.class);
    }

    private static Adjustment.Proposal proposal(
            Location location, String program, String amount, Adjustment.Type type) {
        return new Adjustment.Proposal(
                location.id(),
                program,
                type,
                YearMonth.of(2026, 2),
                Money.of(amount, "USD"),
                Adjustment.Reason.OPS_INCORRECT_CALCULATION,
                "The tier was reached by hand",
                null);
    }

    private Location sold(String prefix, String program) throws IOException {
        programs.publish("""
                program: %s
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                split: {rebate: 60%%, co-op: 40%%}
                levers: [{id: core, of: all, rate: 10%%}]
                """.formatted(program), "test");
        Vendor.of(prefix, folder, sales)
                .enrolled(program, "2026-01-01")
                .sold("one.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        earnings.refresh("test", Progress.SILENT);
        return partners.locations().stream()
                .filter(location -> location.number().equals(prefix + "-1"))
                .findFirst()
                .orElseThrow();
    }
}
