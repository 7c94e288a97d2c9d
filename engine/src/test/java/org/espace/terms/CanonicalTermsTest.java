package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTermsTest {

    private static final String TEXT = """
            # A comment.
            version: FY26
            program: csp
            effective: 2025-07-01/2026-07-01
            currency: USD
            levers: [{of: {product-family: [b, a]}, rate: 3.750%, id: core, cap: {amount: 93750.00 USD, period: fiscal-year, per: customer}}]
            """;

    @Test
    void commentsOrderAndFormsOfNumbersAreGone() {
        assertThat(CanonicalTerms.of(TermsReader.read(TEXT)).text()).isEqualTo("""
                program: csp
                name: {en: csp, fr: csp}
                version: FY26
                effective: 2025-07-01/2026-07-01
                currency: USD
                fiscal-year-starts: 01-01
                exchange: monthly
                rounding: half-up
                counts-from: day
                split: {rebate: 100%, co-op: 0%}
                levers:
                  - id: core
                    name: {en: core, fr: core}
                    of: {product-family: [a, b]}
                    rate: 3.75%
                    cap: {per: customer, period: fiscal-year, amount: 93750 USD}
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # A comment.      | # Another.    | true
        rate: 3.750%      | rate: 3.75%   | true
        93750.00 USD      | 93750 USD     | true
        [b, a]            | [a, b]        | true
        currency: USD     | currency: USD # the dollar | true
        3.750%            | 3.7501%       | false
        FY26              | FY27          | false
        id: core          | id: base      | false
        """)
    void onlyWhatPromisesSomethingElseHasAnotherHash(String written, String instead, boolean same) {
        var before = CanonicalTerms.of(TermsReader.read(TEXT));
        var after = CanonicalTerms.of(TermsReader.read(TEXT.replace(written, instead)));
        assertThat(after.sha256().equals(before.sha256())).isEqualTo(same);
        assertThat(before.sha256()).hasSize(64);
    }

    @Test
    void readingTheCanonicalTextGivesEqualTerms() {
        var terms = TermsReader.read(EveryKind.TEXT);
        var canonical = CanonicalTerms.of(terms);
        assertThat(TermsReader.read(canonical.text())).isEqualTo(terms);
        assertThat(CanonicalTerms.of(TermsReader.read(canonical.text()))).isEqualTo(canonical);
    }

    @Test
    void soItDoesForAnyTerms() {
        for (var seed = 0; seed < 500; seed++) {
            var terms = new AnyTerms(new SplittableRandom(seed)).terms();
            assertThat(TermsReader.read(CanonicalTerms.of(terms).text()))
                    .as("seed %d", seed)
                    .isEqualTo(terms);
        }
    }
}
