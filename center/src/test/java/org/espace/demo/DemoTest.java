package org.espace.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espace.Recomputation;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.earnings.TotalsRow;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@RoomTest
@TestPropertySource(properties = "instance=whole feeds")
class DemoTest {

    @Autowired
    Demo demo;

    @Autowired
    Sales sales;

    @Autowired
    Earnings earnings;

    @Autowired
    Instance instance;

    DemoFeed feed;

    /** As if the first start had been cut off after its first file. */
    @BeforeEach
    void beginAndBeCutOff() {
        feed = DemoFeed.write(folder());
        sales.load(feed.sales().getFirst().path(), new LoadOrder("espace"), "demo", Progress.SILENT);
    }

    @Test
    void aStartThatWasCutOffIsCompletedAndNothingIsDoubled() {
        demo.prepare(Progress.SILENT);
        demo.prepare(Progress.SILENT);
        for (var file : feed.sales()) {
            assertThat(sales.loads(1_000))
                    .filteredOn(load -> load.file().equals(file.name()))
                    .singleElement()
                    .satisfies(load -> {
                        assertThat(load.received()).isEqualTo(file.received());
                        assertThat(load.duplicates()).isEqualTo(file.duplicates());
                        assertThat(load.corrections()).isEqualTo(file.corrections());
                        assertThat(load.refused()).isEqualTo(file.refused());
                    });
        }
    }

    @Test
    void everySaleIsEligibleIneligibleOrPendingInEachProgramOfItsLocation() throws IOException {
        demo.prepare(Progress.SILENT);
        var sold = lastContents();
        var counted = totals().stream()
                .filter(row -> row.program() != null)
                .collect(groupingBy(
                        row -> row.program() + " " + row.location() + " " + row.month() + " " + row.currency(),
                        TreeMap::new,
                        mapping(
                                row -> row.received().subtract(row.refused()),
                                reducing(BigDecimal.ZERO, BigDecimal::add))));
        assertThat(counted)
                .isNotEmpty()
                .allSatisfy((key, amount) -> assertThat(amount)
                        .isEqualByComparingTo(sold.getOrDefault(key.substring(key.indexOf(' ') + 1), BigDecimal.ZERO)));
    }

    @Test
    void eachProgramHasEarnedAndSharedOut() {
        demo.prepare(Progress.SILENT);
        for (var program : List.of("csp-indirect-reseller", "csp-direct-bill", "distributor-seats")) {
            var earned = totals().stream()
                    .filter(row -> program.equals(row.program()))
                    .map(TotalsRow::earned)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(earned).as(program).isPositive();
        }
    }

    @Test
    void locationsEarnWhatAnIndependentScriptComputes() throws Exception {
        demo.prepare(Progress.SILENT);
        var expected = new TreeMap<String, List<BigDecimal>>();
        for (var row : Recomputation.of("demo.py", folder())) {
            expected.put(
                    row.getField("location") + " " + row.getField("program"),
                    List.of(new BigDecimal(row.getField("earned")), new BigDecimal(row.getField("rebate"))));
        }
        var computed = new TreeMap<String, List<BigDecimal>>();
        for (var row : totals()) {
            if (row.earned().signum() != 0) {
                computed.merge(
                        row.location() + " " + row.program(),
                        List.of(row.earned().setScale(2), row.rebate().setScale(2)),
                        (one, other) ->
                                List.of(one.get(0).add(other.get(0)), one.get(1).add(other.get(1))));
            }
        }
        assertThat(computed).isEqualTo(expected);
    }

    @Test
    void fourAccountsShowTheirTemporaryPasswordsUntilTheyAreUsed() throws IOException {
        var first = demo.prepare(Progress.SILENT);
        assertThat(first)
                .extracting(DemoAccount::role)
                .containsExactly("incentives-administrator", "incentives-user", "global-administrator", "operator");
        assertThat(first).extracting(DemoAccount::temporaryPassword).doesNotContainNull();
        assertThat(demo.prepare(Progress.SILENT)).isEqualTo(first);

        Files.delete(instance.home().resolve("demo-passwords"));
        var replaced = demo.prepare(Progress.SILENT);
        assertThat(replaced).extracting(DemoAccount::temporaryPassword).doesNotContainNull();
        assertThat(new HashSet<>(replaced)).doesNotContainAnyElementsOf(first);
    }

    private Path folder() {
        return instance.home().resolve("demo-feed");
    }

    /** Other tests share the database: only the demo's own locations count here. */
    private List<TotalsRow> totals() {
        return earnings.totals().stream()
                .filter(row -> row.location() != null && row.location().startsWith("6101"))
                .toList();
    }

    /** By location, month and currency: what the feed has said last of each line that could be taken. */
    private Map<String, BigDecimal> lastContents() throws IOException {
        var lines = new TreeMap<String, Map.Entry<String, BigDecimal>>();
        for (var file : feed.sales()) {
            try (var rows = CsvReader.builder().ofNamedCsvRecord(file.path())) {
                for (var row : rows) {
                    if (!row.getField("line_id").startsWith("INV-X-")) {
                        var key = row.getField("location") + " "
                                + row.getField("day").substring(0, 7) + " " + row.getField("currency");
                        lines.put(row.getField("line_id"), Map.entry(key, new BigDecimal(row.getField("amount"))));
                    }
                }
            }
        }
        return lines.values().stream()
                .collect(groupingBy(
                        Map.Entry::getKey, mapping(Map.Entry::getValue, reducing(BigDecimal.ZERO, BigDecimal::add))));
    }
}
