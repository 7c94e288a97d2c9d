package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    private static final long ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void onlyTheGoalsThatWereAskedForAreMeasured() throws Exception {
        var wanted = Bench.only("p10,P6");
        var bench = new Bench(7, ROWS, 1, folder.resolve("bench"));
        var parts = new AtomicInteger();
        bench.measure(wanted::contains, parts::incrementAndGet);
        assertThat(goals(bench.findings())).containsOnly("P10", "P6");
        assertThat(parts).hasValue(2);
    }

    @Test
    void whatAPartFoundStandsWhenAnotherFails() throws Exception {
        var bench = new Bench(7, ROWS, 1, folder.resolve("bench"));
        var parts = new AtomicInteger();
        assertThatThrownBy(() -> bench.measure(Bench.only("P10,P6")::contains, () -> {
                    if (parts.incrementAndGet() == 1) {
                        throw new IOException("no room");
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
        assertThat(parts).hasValue(2);
        assertThat(goals(bench.findings())).containsOnly("P6");
    }

    @Test
    void aGoalThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> Bench.only("P1,P14"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The goals are P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, P13");
    }

    /** Small, so that it is the findings and the picture that are looked at, and no figure. */
    @Test
    void growthMeasuresThreeSizesAndAGiant() throws Exception {
        var findings = new Findings();
        findings.setting(Findings.LINES, Long.toString(ROWS));
        new Growth(folder, 1).measure(Vendor.of(7, ROWS), ROWS, findings);
        assertThat(goals(findings)).containsOnly("P7").hasSize(6);
        assertThat(findings.book().markdown())
                .contains(
                        "at 20,000 lines, for each second at 1,000",
                        "a refresh of 5,000 lines",
                        "each of 5,000 lines when a third are one partner's",
                        "a refresh of 5,000 lines, a third of them one partner's",
                        "(images/growth.svg)");
        findings.write(folder);
        assertThat(folder.resolve("images/growth.svg")).content().contains("<circle", "0.0200 M");
    }

    private static List<String> goals(Findings findings) {
        return findings.all().stream().map(Findings.Finding::goal).toList();
    }
}
