package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.earnings.TotalsRow;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The sample data of a model car maker, from file to earnings. */
@RoomTest
@TestPropertySource(properties = "instance=whole feeds")
class SteelWheelsTest {

    private static final Path ORDERS = Path.of("../../shared/data/steelwheels/orderfact.csv");

    @Autowired
    Sales sales;

    @Autowired
    Earnings earnings;

    @BeforeEach
    void load() {
        if (!Files.exists(ORDERS)) {
            Recomputation.skip("the Steel Wheels sample data is not at " + ORDERS);
        }
        sales.load(ORDERS, new LoadOrder("steelwheels"), "test", Progress.SILENT);
        earnings.refresh("test", Progress.SILENT);
    }

    @Test
    void whatWasReceivedIsEligibleOrIneligibleToTheCent() {
        assertThat(sum(rows(), TotalsRow::received)).isEqualByComparingTo("10645949.18");
        assertThat(sum(rows(), TotalsRow::eligible)).isEqualByComparingTo("9804099.74");
        assertThat(sum(rows(), TotalsRow::ineligible)).isEqualByComparingTo("841849.44");
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.pending()).isZero();
            assertThat(row.refused()).isZero();
        });
    }

    @Test
    void dealersEarnWhatAnIndependentScriptComputes() throws Exception {
        var expected = new TreeMap<String, List<BigDecimal>>();
        for (var row : Recomputation.of("steelwheels.py", ORDERS)) {
            expected.put(
                    row.getField("partner") + " " + row.getField("month"),
                    Stream.of("received", "eligible", "ineligible", "earned", "rebate", "coop")
                            .map(column -> new BigDecimal(row.getField(column)))
                            .toList());
        }
        var computed = new TreeMap<String, List<BigDecimal>>();
        for (var row : rows()) {
            computed.put(
                    row.location() + " " + row.month(),
                    List.of(
                            cents(row.received()),
                            cents(row.eligible()),
                            cents(row.ineligible()),
                            cents(row.earned()),
                            cents(row.rebate()),
                            cents(row.coop())));
        }
        assertThat(computed).hasSize(305).isEqualTo(expected);
    }

    private List<TotalsRow> rows() {
        return earnings.totals().stream()
                .filter(row -> "steelwheels".equals(row.program()))
                .toList();
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2);
    }

    private static BigDecimal sum(List<TotalsRow> rows, Function<TotalsRow, BigDecimal> figure) {
        return rows.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
