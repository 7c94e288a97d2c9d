package org.espace.certifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.espace.certifications.Definition.ByGoals;
import org.espace.terms.TermsInvalid;
import org.espace.terms.Wrong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {

    static final String GOOD = """
            kind: competency
            code: data-platform
            name: {en: Data Platform, fr: Plateforme de données}
            version: FY22
            effective: 2021-10-01
            attained-for: 12 months
            figures:
              - {id: customers, name: customers}
              - {id: people, name: people, certified: {any-of: [data-engineer], level: advanced}}
            levels:
              - level: silver
                goals: [{figure: customers, at-least: 4}, {figure: people, at-least: 1}]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            competency                | country | level  | goal                | asks for
            cloud-productivity        | FR      | silver | active-entitlements | 2000
            cloud-productivity        | IN      | silver | active-entitlements | 1000
            cloud-productivity        | IN      | gold   | active-entitlements | 4000
            cloud-productivity        | FR      | silver | people              | 1
            cloud-productivity        | FR      | gold   | people              | 2
            small-and-midmarket-cloud | FR      | silver | new-customers       | 4
            small-and-midmarket-cloud | FR      | gold   | new-customers       | 25
            small-and-midmarket-cloud | FR      | gold   | people              | 2
            """)
    void whatComesWithEspaceAsksForWhatItsSourceSays(
            String competency, String country, String level, String goal, BigDecimal asked) {
        var levels = ((ByGoals) ScoreTest.shipped(competency).ways()).levels();
        assertThat(levels.stream()
                        .filter(one -> level.equals(one.code()))
                        .flatMap(one -> one.goals().stream())
                        .filter(one -> one.figure().equals(goal))
                        .map(one -> one.atLeast(country)))
                .singleElement()
                .satisfies(atLeast -> assertThat(atLeast).isEqualByComparingTo(asked));
    }

    @Test
    void aNewCompetencyIsTextAndNoCode() {
        var definition = DefinitionReader.read(GOOD);
        var facts = new Facts(
                List.of(new Facts.Measured(
                        "data-platform", "customers", LocalDate.of(2026, 1, 1), BigDecimal.valueOf(5))),
                List.of(new Facts.Proved(7, "data-engineer", "advanced", LocalDate.of(2026, 2, 1), null)));
        assertThat(Progress.of(definition, facts, "FR", Set.of(), LocalDate.of(2026, 1, 31))
                        .open())
                .isEmpty();
        assertThat(Progress.of(definition, facts, "FR", Set.of(), LocalDate.of(2026, 2, 1))
                        .open())
                .containsExactly("silver");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            written                        | instead                                    | line | wrong
            kind: competency               | kind: badge                                |    1 | UNKNOWN_WORD
            code: data-platform            | code: Data Platform                        |    2 | WRITE_CODE
            effective: 2021-10-01          | effective: October                         |    5 | NO_DAY
            attained-for: 12 months        | attained-for: a year                       |    6 | WRITE_MONTHS
            attained-for: 12 months        | attained-for: 12 months, colour: blue      |    6 | NOT_YAML
            version: FY22                  | vershun: FY22                              |    4 | UNKNOWN_KEY
            level: advanced                | level: godlike                             |    9 | UNKNOWN_VALUE
            id: people,                    | id: customers,                             |    9 | ID_TWICE
            {figure: customers, at-least: 4} | {figure: customs, at-least: 4}           |   12 | UNKNOWN_WORD
            {figure: customers, at-least: 4} | {figure: customers, at-least: four}      |   12 | NO_NUMBER
            {figure: customers, at-least: 4} | {figure: customers, at-least: 0}         |   12 | AMOUNT_NOT_ABOVE_ZERO
            {figure: customers, at-least: 4} | {figure: customers}                      |   12 | MISSING
            levels:                        | score:                                     |   11 | NO_SECTION
            """)
    void whatIsWrittenWronglyIsRefusedWithItsLine(String written, String instead, int line, Wrong wrong) {
        assertThat(GOOD).contains(written);
        assertThatThrownBy(() -> DefinitionReader.read(GOOD.replace(written, instead)))
                .isInstanceOfSatisfying(
                        TermsInvalid.class,
                        invalid -> assertThat(invalid.problems()).anySatisfy(problem -> {
                            assertThat(problem.wrong()).isEqualTo(wrong);
                            assertThat(problem.line()).isEqualTo(line);
                        }));
    }

    @Test
    void eitherGoalsOrPointsAreAskedFor() {
        var neither = GOOD.substring(0, GOOD.indexOf("levels:"));
        assertThatThrownBy(() -> DefinitionReader.read(neither))
                .isInstanceOfSatisfying(
                        TermsInvalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(TermsInvalid.Problem::wrong)
                                .containsExactly(Wrong.EITHER));
    }
}
