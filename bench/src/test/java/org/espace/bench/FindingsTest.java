package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.espace.bench.Findings.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        at most | should | must | value | verdict
        true    | 1.35   | 1.6  | 1.35  | reached
        true    | 1.35   | 1.6  | 1.36  | acceptable
        true    | 1.35   | 1.6  | 1.61  | missed
        false   | 8      | 5    | 8     | reached
        false   | 8      | 5    | 5     | acceptable
        false   | 8      | 5    | 4.9   | missed
        """)
    void aFigureReachesItsTargetOrNot(boolean atMost, double should, double must, double value, String verdict) {
        assertThat(new Target(atMost, should, must).verdict(value)).isEqualTo(verdict);
    }

    @Test
    void thePageShowsMedianLeastAndMost() {
        var findings = new Findings();
        var seconds = List.of(new Spent(1, 2), new Spent(3, 4), new Spent(2, 9));
        findings.add(
                "P1", "ratio", Target.atMost(1.35, 1.6), Spread.of(List.of(1.5, 1.2, 1.9)), Map.of("refresh", seconds));
        assertThat(findings.markdown())
                .contains("| P1 | ratio | ≤ 1.35, never above 1.6 | 1.50 [1.20–1.90] | acceptable |")
                .contains("| P1 | refresh | 2.00 [1.00–3.00] | 4.00 [2.00–9.00] |");
        assertThat(findings.json()).contains("\"cpu\": [1.0000, 3.0000, 2.0000]");
    }
}
