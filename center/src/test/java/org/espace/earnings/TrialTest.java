package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.espace.earnings.SimulationOrder.Membership;
import org.espace.money.Money;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.espace.web.Instance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What is only tried comes to what is later posted, to the cent, and changes nothing by itself. */
@RoomTest
class TrialTest {

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Sales sales;

    @Autowired
    Instance instance;

    @TempDir
    Path folder;

    @Test
    void aDryRunSaysWhatTheNextRefreshPosts() throws IOException {
        publish(terms("dry", "V1", "2026-01-01/2026-04-01", "3%"));
        var vendor = Vendor.of("DRY", folder, sales).enrolled("dry", "2026-01-01");
        vendor.sold("one.csv", sold(1));
        earnings.refresh("test", Progress.SILENT);
        assertThat(dryRun()).isEqualTo(new DryRun(List.of(), 0));

        publish(terms("dry", "V2", "2026-04-01/2026-10-01", "7%"));
        vendor.sold("two.csv", sold(2));
        var before = byMonth("DRY");
        var foreseen = dryRun();
        assertThat(byMonth("DRY")).as("nothing was posted").isEqualTo(before);
        assertThat(foreseen.differences())
                .extracting(difference -> difference.month().getMonthValue())
                .contains(2, 5);

        var run = earnings.refresh("test", Progress.SILENT);
        assertThat(foreseen.lines()).isEqualTo(run.earningLines());
        var after = new TreeMap<>(before);
        foreseen.differences()
                .forEach(difference -> after.merge(
                        difference.month().toString(), difference.amount().amount(), BigDecimal::add));
        assertThat(byMonth("DRY")).usingRecursiveComparison().isEqualTo(after);
        assertThat(dryRun()).isEqualTo(new DryRun(List.of(), 0));
        var full = earnings.refreshInFull("test", Threads.ofThisMachine(), Progress.SILENT);
        assertThat(List.of(full.earningLines(), (long) full.posted())).containsExactly(0L, 0L);
        assertThat(instance.lake().resolve("earnings/trial")).doesNotExist();
    }

    @Test
    void whatWasSimulatedIsWhatIsEarnedOncePublished() throws IOException {
        publish(terms("sim", "V1", "2026-01-01/2026-04-01", "3%"));
        var vendor = Vendor.of("SIM", folder, sales).enrolled("sim", "2026-01-01");
        vendor.sold("one.csv", sold(3));
        earnings.refresh("test", Progress.SILENT);
        var draft = """
                program: sim
                version: V2
                effective: 2026-04-01/2027-01-01
                currency: USD
                split: {rebate: 60%, co-op: 40%}
                levers:
                  - id: tiers
                    of: all
                    per: partner
                    period: quarter
                    tiers: {kind: retroactive, steps: [{from: 0, rate: 1%}, {from: 3000 USD, rate: 2.5%}]}
                """;
        var before = byMonth("SIM");
        var simulation = simulate(draft, Membership.ENROLLED, null);
        assertThat(byMonth("SIM")).as("nothing was posted").isEqualTo(before);
        assertThat(simulation.winners())
                .extracting(Simulation.OfPartner::partner)
                .containsExactly(partner("SIM"));
        assertThat(simulation.losers()).isEmpty();
        assertThat(earnings.simulations()).contains(simulation);

        publish(draft);
        earnings.refresh("test", Progress.SILENT);
        var promised = new TreeMap<>(before);
        simulation
                .rows()
                .forEach(row ->
                        promised.merge(row.month().toString(), row.difference().amount(), BigDecimal::add));
        assertThat(byMonth("SIM")).usingRecursiveComparison().isEqualTo(promised);
        assertThat(simulate(draft.replace("V2", "V3"), Membership.ENROLLED, null)
                        .budget())
                .as("the same terms again change nothing")
                .allSatisfy(sum -> assertThat(sum.difference().isZero()).isTrue());
    }

    @Test
    void aDraftTakesThePlaceOfWhatIsInForceOnItsDays() throws IOException {
        publish(terms("replaced", "V1", "2026-01-01/2027-01-01", "10%"));
        Vendor.of("REP", folder, sales).enrolled("replaced", "2026-01-01").sold("one.csv", """
                1,1,2026-02-10,A,SUITE,100.00,USD,
                2,1,2026-03-10,A,SUITE,100.00,USD,
                3,1,2026-04-10,A,SUITE,100.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var simulation =
                simulate(terms("replaced", "V1-LESS", "2026-03-01/2026-04-01", "4%"), Membership.ENROLLED, null);
        assertThat(simulation.rows()).singleElement().satisfies(row -> {
            assertThat(row.month()).hasToString("2026-03");
            assertThat(row.before()).isEqualTo(Money.of("10.00", "USD"));
            assertThat(row.after()).isEqualTo(Money.of("4.00", "USD"));
            assertThat(row.rebateAfter()).isEqualTo(Money.of("2.40", "USD"));
        });
        assertThat(simulation.losers()).hasSize(1);
    }

    @Test
    void aProgramThatNobodyHasJoinedIsTriedOnWhoeverIsImaginedToHave() throws IOException {
        publish(terms("joined", "V1", "2026-01-01/2027-01-01", "10%"));
        Vendor.of("IMA", folder, sales).enrolled("joined", "2026-03-01").sold("one.csv", """
                1,1,2026-02-10,A,SUITE,100.00,USD,
                2,2,2026-03-10,A,SUITE,100.00,USD,
                """);
        earnings.refresh("test", Progress.SILENT);
        var draft = terms("imagined", "V1", "2026-01-01/2027-01-01", "5%");
        assertThatThrownBy(() -> simulate(draft, Membership.ENROLLED, null)).isInstanceOf(NobodyToSimulate.class);
        assertThat(after(simulate(draft, Membership.EVERYBODY, null), "IMA")).isEqualTo(Money.of("10.00", "USD"));
        assertThat(after(simulate(draft, Membership.LIKE, "joined"), "IMA")).isEqualTo(Money.of("5.00", "USD"));
    }

    private DryRun dryRun() {
        return earnings.dryRun(Progress.SILENT);
    }

    private Simulation simulate(String draft, Membership membership, @Nullable String like) {
        return earnings.simulate(new SimulationOrder(draft, null, null, membership, like), "test", Progress.SILENT);
    }

    private Money after(Simulation simulation, String prefix) {
        return simulation.partners().stream()
                .filter(one -> one.partner().equals(partner(prefix)))
                .findFirst()
                .orElseThrow()
                .sum()
                .after();
    }

    private Map<String, BigDecimal> byMonth(String prefix) {
        var months = new TreeMap<String, BigDecimal>();
        earnings.totals(EarningsFilter.all(partner(prefix)), Dimension.MONTH)
                .forEach(total -> months.put(total.key(), total.amount().amount()));
        return months;
    }

    private static String sold(int file) {
        var chance = new SplittableRandom(file);
        var rows = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            rows.add("%d-%d,%d,2026-0%d-%02d,A,SUITE,%d.%02d,USD,"
                    .formatted(
                            file,
                            i,
                            1 + i % 2,
                            1 + chance.nextInt(8),
                            1 + chance.nextInt(28),
                            chance.nextInt(1500) - 200,
                            chance.nextInt(100)));
        }
        return String.join("\n", rows) + "\n";
    }

    private void publish(String text) {
        programs.publish(text, "test");
    }

    private static String terms(String program, String version, String effective, String rate) {
        return """
                program: %s
                version: %s
                effective: %s
                currency: USD
                split: {rebate: 60%%, co-op: 40%%}
                levers: [{id: core, of: all, rate: %s}]
                """.formatted(program, version, effective, rate);
    }

    private PartnerId partner(String prefix) {
        return partners.locations().stream()
                .filter(location -> location.number().equals(prefix + "-1"))
                .findFirst()
                .orElseThrow()
                .partner();
    }
}
