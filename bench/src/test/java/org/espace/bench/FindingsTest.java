package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.espace.bench.Findings.Target;
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
}
