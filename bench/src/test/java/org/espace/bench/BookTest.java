package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espace.bench.Findings.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookTest {

    @TempDir
    Path docs;

    @Test
    void aRowShowsMedianLeastAndMostWithItsSizeDayAndMachine() throws IOException {
        var page = written(run("2026-11-25", "10,000,000", "P1", 1.5, 1.2, 1.9)).markdown();
        assertThat(page)
                .contains(
                        "| P1 | ratio | ≤ 1.35, never above 1.6 | 1.50 [1.20–1.90] | acceptable | 10,000,000 | 2026-11-25 | two cores |")
                .contains("| P1 | refresh | 2.00 [1.00–3.00] | 4.00 [2.00–9.00] | 10,000,000 | 2026-11-25 |");
    }

    @Test
    void aPartThatIsMeasuredLaterLeavesTheOthersAsTheyStand() throws IOException {
        written(run("2026-11-25", "10,000,000", "P1", 1.2), run("2026-11-25", "10,000,000", "P11", 10.0));
        var page = written(run("2026-11-27", "10,000,000", "P11", 2.5)).markdown();
        assertThat(page)
                .contains("| 1.20 | reached | 10,000,000 | 2026-11-25 |", "| 2.50 | missed | 10,000,000 | 2026-11-27 |")
                .doesNotContain("| 10.0 |");
    }

    @Test
    void anotherSizeIsAnotherRow() throws IOException {
        written(run("2026-11-25", "50,000,000", "P1", 1.2));
        var page = written(run("2026-11-27", "1,000,000", "P1", 1.4)).markdown();
        assertThat(page.indexOf("| 1,000,000 |")).isBetween(0, page.indexOf("| 50,000,000 |"));
    }

    @Test
    void aPictureStaysUntilItIsDrawnAgain() throws IOException {
        var drawn = run("2026-11-25", "10,000,000", "P7", 1.0);
        drawn.picture("growth.svg", "Growth", "<svg/>");
        written(drawn);
        assertThat(written(run("2026-11-27", "10,000,000", "P1", 1.2)).markdown())
                .containsOnlyOnce("![Growth](images/growth.svg)");
        assertThat(docs.resolve("images/growth.svg")).hasContent("<svg/>");
    }

    private Book written(Findings... runs) throws IOException {
        for (var run : runs) {
            run.write(docs);
        }
        return Book.read(docs);
    }

    private static Findings run(String day, String lines, String goal, Double... ratios) {
        var findings = new Findings();
        findings.setting(Findings.DAY, day);
        findings.setting(Findings.MACHINE, "two cores");
        findings.setting(Findings.LINES, lines);
        findings.add(
                goal,
                "ratio",
                Target.atMost(1.35, 1.6),
                Spread.of(List.of(ratios)),
                Map.of("refresh", List.of(new Spent(1, 2), new Spent(3, 4), new Spent(2, 9))));
        return findings;
    }
}
