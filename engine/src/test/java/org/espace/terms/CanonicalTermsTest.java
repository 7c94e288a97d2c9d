package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** What was published before terms could say more keeps its hash: it is kept with the text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        campaign-emea-2021           | a9447f12696c8de87e99316bb5ddd1af858ff4ad5a3a4429968e238b15f64da5
        csp-indirect-reseller-fy20-q1| 16a3d2f252b0aed3025339ef7e69b63f2692c7f85f8ab763dbb1097d5764001e
        """)
    void whatWasPublishedKeepsItsHash(String file, String sha256) throws IOException {
        var text = Files.readString(Path.of("../center/src/main/resources/terms", file + ".yaml"));
        assertThat(CanonicalTerms.of(TermsReader.read(text)).sha256()).isEqualTo(sha256);
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
