package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A refresh is seen while it works, can be stopped, and is left out where another has done its work. */
@RoomTest
class CancelledRefreshTest {

    @Autowired
    Earnings earnings;

    @Autowired
    Refresh refresh;

    @Autowired
    Programs programs;

    @Autowired
    Sales sales;

    @TempDir
    Path folder;

    @Test
    void aCancelledRunHasChangedNothingAndTheNextOneDoesItsWork() throws IOException {
        programs.publish("""
                program: cancelled
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers: [{id: core, of: all, rate: 10%}]
                """, "test");
        Vendor.of("CAN", folder, sales)
                .enrolled("cancelled", "2026-01-01")
                .sold("one.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        var before = earnings.totals();
        var seen = new ArrayList<RunningRun>();
        assertThatThrownBy(() -> earnings.refresh("ann", (step, done, total) -> {
                    if (step.equals("refresh.posting")) {
                        var run = earnings.running().orElseThrow();
                        seen.add(run);
                        earnings.cancel(run.run(), "ben");
                    }
                }))
                .isInstanceOf(RunCancelled.class)
                .hasMessageContaining("ben");
        assertThat(seen)
                .singleElement()
                .satisfies(run -> assertThat(run.startedBy()).isEqualTo("ann"));
        assertThat(earnings.running()).isEmpty();
        assertThat(earnings.totals()).isEqualTo(before);

        assertThat(earnings.refresh("test", Progress.SILENT).salesLines()).isEqualTo(1);
        assertThat(earnings.totals()).isNotEqualTo(before);
    }

    @Test
    void aLoadIsFollowedByARefreshUnlessAnotherHasRatedIt() throws IOException {
        var vendor = Vendor.of("FOL", folder, sales);
        var first = vendor.sold("first.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        earnings.refresh("test", Progress.SILENT);
        var runs = earnings.runs();
        assertThat(refresh.runAfter(first, Progress.SILENT)).isEmpty();
        assertThat(earnings.runs()).isEqualTo(runs);

        var second = vendor.sold("second.csv", "2,1,2026-02-04,A,SUITE,100.00,USD,");
        assertThat(refresh.runAfter(second, Progress.SILENT))
                .hasValueSatisfying(run -> assertThat(run.loads()).containsExactly(second));
        assertThat(earnings.runs()).hasSize(runs.size() + 1);
    }

    @Test
    void aCancelledSimulationLeavesNothingAndIsSeenWhileItIsAtWork() throws IOException {
        var text = """
                program: cancelled-trial
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers: [{id: core, of: all, rate: 10%}]
                """;
        programs.publish(text, "test");
        Vendor.of("CAS", folder, sales)
                .enrolled("cancelled-trial", "2026-01-01")
                .sold("one.csv", "1,1,2026-02-03,A,SUITE,100.00,USD,");
        earnings.refresh("test", Progress.SILENT);
        var before = earnings.simulations();
        var draft = text.replace("V1", "V2").replace("10%", "12%");
        var order = new SimulationOrder(draft, null, null, SimulationOrder.Membership.ENROLLED, null);
        var seen = new ArrayList<RunningRun>();
        assertThatThrownBy(() -> earnings.simulate(order, "ann", (step, done, total) -> {
                    if (step.equals("refresh.correcting")) {
                        var run = earnings.running().orElseThrow();
                        seen.add(run);
                        earnings.cancel(run.run(), "ben");
                    }
                }))
                .isInstanceOf(RunCancelled.class);
        assertThat(seen).singleElement().matches(RunningRun::isSimulation);
        assertThat(earnings.simulations()).isEqualTo(before);
        assertThat(earnings.running()).isEmpty();
        assertThat(earnings.simulate(order, "ann", Progress.SILENT).rows()).isNotEmpty();
    }

    @Test
    void whatIsLeftIsEstimatedFromWhatIsDone() {
        var began = Instant.parse("2026-09-10T10:00:00Z");
        var run = new RunningRun(7, began, "ann", "refresh.rating", began, 250, 1000, began.plusSeconds(5), null);
        assertThat(run.howFar().left()).contains(Duration.ofSeconds(15));
        assertThat(run.howFar().percent()).isEqualTo(25);
        var unknown = new RunningRun(7, began, "ann", "refresh.posting", began, 0, 0, began.plusSeconds(5), null);
        assertThat(unknown.howFar().left()).isEmpty();
    }
}
