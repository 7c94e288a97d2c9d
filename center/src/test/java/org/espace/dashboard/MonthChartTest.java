package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.espace.dashboard.MonthChart.MonthEarned;
import org.espace.money.Money;
import org.junit.jupiter.api.Test;

class MonthChartTest {

    @Test
    void linesReachAcrossAtRoundAmounts() {
        var chart = MonthChart.wide(List.of(month("2026-01", "300.00", "200.00"), month("2026-02", "60.00", "40.00")));

        assertThat(chart.ticks())
                .extracting(tick -> tick.amount().toPlainString())
                .containsExactly("0", "200", "400", "600");
    }

    @Test
    void coopStandsOnRebate() {
        var chart = MonthChart.wide(List.of(month("2026-01", "300.00", "200.00")));
        var bar = chart.bars().getFirst();

        assertThat(bar.coop().y() + bar.coop().height()).isEqualTo(bar.rebate().y());
        assertThat(bar.rebate().height() * 2).isCloseTo(bar.coop().height() * 3, within(3));
    }

    @Test
    void whatWasTakenBackHangsBelowTheZeroLine() {
        var chart = MonthChart.wide(List.of(month("2026-01", "300.00", "0.00"), month("2026-02", "-150.00", "0.00")));
        var zero = chart.ticks().stream()
                .filter(tick -> tick.amount().signum() == 0)
                .findFirst()
                .orElseThrow();

        assertThat(chart.bars().getLast().rebate().y()).isEqualTo(zero.y());
        assertThat(chart.bars().getLast().rebate().height()).isPositive();
    }

    @Test
    void monthsWithoutEarningsAreFlat() {
        var chart = MonthChart.narrow(List.of(month("2026-01", "0.00", "0.00")));

        assertThat(chart.bars().getFirst().rebate().height()).isZero();
    }

    @Test
    void namesOfMonthsDoNotRunIntoEachOtherOnAPhone() {
        var months = IntStream.rangeClosed(1, 12)
                .mapToObj(month -> month("2026-%02d".formatted(month), "1.00", "1.00"))
                .toList();

        assertThat(MonthChart.narrow(months).bars())
                .filteredOn(MonthChart.Bar::labelled)
                .hasSizeLessThan(12);
        assertThat(MonthChart.wide(months).bars()).allMatch(MonthChart.Bar::labelled);
    }

    private static MonthEarned month(String month, String rebate, String coop) {
        var one = Money.of(rebate, "EUR");
        var other = Money.of(coop, "EUR");
        return new MonthEarned(YearMonth.parse(month), one.plus(other), one, other);
    }
}
