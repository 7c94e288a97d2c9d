package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.espace.dashboard.DifferenceChart.Difference;
import org.espace.money.Money;
import org.junit.jupiter.api.Test;

class DifferenceChartTest {

    @Test
    void whatIsWonAndWhatIsLostMeetAtTheZeroLineInProportion() {
        var chart = DifferenceChart.wide(differences("300.00", "0.00", "-100.00"));
        var won = chart.bars().get(0);
        var nothing = chart.bars().get(1);
        var lost = chart.bars().get(2);
        assertThat(won.x()).isEqualTo(chart.zero());
        assertThat(lost.x() + lost.length()).isEqualTo(chart.zero());
        assertThat(nothing.length()).isZero();
        assertThat(won.length()).isEqualTo(3 * lost.length());
    }

    @Test
    void everyFigureHasRoomBesideItsBar() {
        for (var chart : List.of(
                DifferenceChart.wide(differences("1.00", "-7.00")),
                DifferenceChart.narrow(differences("1.00", "-7.00")),
                DifferenceChart.narrow(differences("5.00", "4.00")),
                DifferenceChart.narrow(differences("-5.00")))) {
            for (var bar : chart.bars()) {
                var room = bar.lost() ? bar.figure() : chart.width() - bar.figure();
                assertThat(room).isGreaterThanOrEqualTo(90);
            }
        }
    }

    @Test
    void nothingButZerosIsDrawnWithoutBars() {
        assertThat(DifferenceChart.wide(differences("0.00")).bars())
                .singleElement()
                .satisfies(bar -> assertThat(bar.length()).isZero());
        assertThat(DifferenceChart.wide(List.of()).bars()).isEmpty();
    }

    private static List<Difference> differences(String... amounts) {
        return Stream.of(amounts)
                .map(amount -> new Difference("somebody", Money.of(amount, "USD")))
                .toList();
    }
}
