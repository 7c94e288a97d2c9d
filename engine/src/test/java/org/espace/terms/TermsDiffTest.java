package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsDiffTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
         written                            | instead                         | path                                   | from                     | to
         {solution-area: [azure, modern-work], | {solution-area: [azure],     | levers › core › of › solution-area     | [azure, modern-work]     | azure
         rate: 4%}                          | rate: 4.25%}                    | levers › core › rate                   | 4%                       | 4.25%
         version: FY21                      | version: FY22                   | version                                | FY21                     | FY22
         countries: [FR, DE]                | countries: [FR, DE, IT]         | open-to › countries › IT               |                          | IT
         from: 0, fixed: 100 USD            | from: 0, fixed: 150 USD         | levers › bands › tiers › steps › 0 › fixed | 100 USD              | 150 USD
         from: 2400.5, fixed: 200 USD       | from: 2400, fixed: 200 USD      | levers › bands › tiers › steps › 2400.5 | {from: 2400.5, fixed: 200 USD} |
         amount: 187500 USD                 | amount: 200000 USD              | levers › growth › cap › amount         | 187500 USD               | 200000 USD
         rate: 19.5%                        | amount: 5000 USD                | ceilings › whole › rate                | 19.5%                    |
        """)
    void aChangeIsNamedByItsPath(String written, String instead, String path, String from, String to) {
        assertThat(EveryKind.TEXT).contains(written);
        var changes = TermsDiff.between(
                TermsReader.read(EveryKind.TEXT), TermsReader.read(EveryKind.TEXT.replace(written, instead)));
        assertThat(changes).anySatisfy(change -> {
            assertThat(String.join(" › ", change.path())).isEqualTo(path);
            assertThat(change.from()).isEqualTo(from);
            assertThat(change.to()).isEqualTo(to);
        });
    }

    @Test
    void aLeverThatIsAddedOrRemovedIsOneChange() {
        var before = TermsReader.read(EveryKind.TEXT);
        var line = EveryKind.TEXT
                .lines()
                .filter(text -> text.contains("id: old"))
                .findFirst()
                .orElseThrow();
        var after = TermsReader.read(EveryKind.TEXT.replace(line + "\n", ""));
        assertThat(TermsDiff.between(before, after)).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(TermsDiff.Kind.REMOVED);
            assertThat(change.path()).containsExactly("levers", "old");
            assertThat(change.from()).contains("rate: 0.0001%");
        });
        assertThat(TermsDiff.between(after, before)).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(TermsDiff.Kind.ADDED);
            assertThat(change.to()).contains("rate: 0.0001%");
        });
    }

    @Test
    void anotherOrderOfLeversIsAChange() {
        var lines = EveryKind.TEXT
                .lines()
                .filter(text -> text.contains("id: best") || text.contains("id: old"))
                .toList();
        var after = EveryKind.TEXT
                .replace(lines.getFirst(), "#")
                .replace(lines.getLast(), lines.getLast() + "\n" + lines.getFirst());
        assertThat(TermsDiff.between(TermsReader.read(EveryKind.TEXT), TermsReader.read(after)))
                .singleElement()
                .satisfies(change -> assertThat(change.to()).contains("old, best, "));
    }

    @Test
    void whatPromisesTheSameHasNoDifference() {
        var terms = TermsReader.read(EveryKind.TEXT);
        assertThat(TermsDiff.between(
                        terms, TermsReader.read(CanonicalTerms.of(terms).text())))
                .isEmpty();
    }
}
