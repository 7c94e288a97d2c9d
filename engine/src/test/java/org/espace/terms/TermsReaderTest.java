package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.espace.money.Money;
import org.espace.money.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsReaderTest {

    private static final String GOOD = """
            program: csp-reseller
            name: {en: CSP reseller, fr: Revendeur CSP}
            version: FY26
            effective: 2025-07-01/2026-07-01
            currency: USD
            fiscal-year-starts: 07-01
            exchange: daily
            open-to: {partner-types: [indirect-reseller], countries: [FR, DE]}
            split: {rebate: 60%, co-op: 40%}
            source: a guide
            levers:
              - id: core
                name: {en: Core, fr: Socle}
                of: {solution-area: modern-work, except: {product-family: [pstn]}}
                rate: 3.75%
                cap: {per: customer, period: fiscal-year, amount: 93750 USD}
            """;

    @Test
    void everythingThatIsWrittenIsRead() {
        var terms = TermsReader.read(GOOD);
        assertThat(terms.program()).isEqualTo("csp-reseller");
        assertThat(terms.name().fr()).isEqualTo("Revendeur CSP");
        assertThat(terms.effective().contains(LocalDate.of(2026, 6, 30))).isTrue();
        assertThat(terms.effective().contains(LocalDate.of(2026, 7, 1))).isFalse();
        assertThat(terms.exchange()).isEqualTo(Terms.Exchange.DAILY);
        assertThat(terms.partnerTypes()).containsExactly("indirect-reseller");
        assertThat(terms.countries()).containsExactlyInAnyOrder("DE", "FR");
        assertThat(terms.split().coop()).isEqualTo(Rate.percent("40%"));
        var core = terms.lever("core");
        assertThat(core.formula()).isEqualTo(new Lever.Flat(Rate.percent("3.75")));
        assertThat(core.limits())
                .containsExactly(new Lever.Cap(
                        new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.FISCAL_YEAR), Money.of("93750.00", "USD")));
        assertThat(core.of().except()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
         written                     | instead                             | problem
         program: csp-reseller       | program: CSP!                       | line 1: program: write 2 to 60 small letters, digits and hyphens
         version: FY26               |                                     | version is missing
         2025-07-01/2026-07-01       | 2026-07-01/2025-07-01               | a period must begin before it ends
         2025-07-01/2026-07-01       | 2025-07-01                          | write two days as
         currency: USD               | currency: EURO                      | EURO is no ISO 4217 currency
         fiscal-year-starts: 07-01   | fiscal-year-starts: 07-02           | a fiscal year starts on the first day of a month
         exchange: daily             | exchange: hourly                    | hourly is not known; known are [daily, monthly]
         countries: [FR, DE]         | countries: [FR, XX]                 | countries: XX is not known
         partner-types: [indirect-   | partner-types: [reseller, indirect- | partner-types: reseller is not known
         co-op: 40%                  | co-op: 41%                          | split: 60% and 41% are not 100%
         rate: 3.75%                 | rate: 3.75555%                      | levers.rate: Rounding necessary
         rate: 3.75%                 | rat: 3.75%                          | levers.rat is not known here
         rate: 3.75%                 | per-unit: 3 EUR                     | EUR is not the program's currency, USD
         amount: 93750 USD           | amount: 93750.001 USD               | levers.cap.amount: Rounding necessary
         amount: 93750 USD           | amount: 0 USD                       | a cap must be above zero
         per: customer               | per: nobody                         | nobody is not known; known are [customer, partner]
         id: core                    | id: =cmd()                          | levers.id: write 2 to 60
         solution-area: modern-work  | solution: modern-work               | levers.of.solution is not known here
        """)
    void whatIsWrongIsNamedWithItsLine(String written, String instead, String problem) {
        assertThat(GOOD).contains(written);
        assertThatThrownBy(() -> TermsReader.read(GOOD.replace(written, instead == null ? "" : instead)))
                .isInstanceOf(TermsInvalid.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("line ");
    }

    @Test
    void allProblemsAreListedAtOnce() {
        assertThatThrownBy(() -> TermsReader.read(GOOD.replace("USD", "EURO").replace("version: FY26", "vers: FY26")))
                .isInstanceOfSatisfying(
                        TermsInvalid.class,
                        invalid -> assertThat(invalid.problems()).hasSizeGreaterThan(1));
    }

    @Test
    void aCapThatWouldPayByWhoCameFirstIsRefused() {
        var tiers = "    tiers: {kind: marginal, per: partner, period: quarter, steps: [{from: 0, rate: 1%}]}\n";
        assertThatThrownBy(() -> TermsReader.read(GOOD.replace("    rate: 3.75%\n", tiers)))
                .isInstanceOf(TermsInvalid.class)
                .hasMessageContaining("a cap must add up at least what the tiers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                    | nothing in the text
        '{'                   | not YAML
        '- a\\n- b'           | must be a list of keys and values
        'a: &x [1]\\nb: *x'   | not YAML
        """)
    void whatIsNoTermsAtAllIsRefused(String text, String problem) {
        assertThatThrownBy(() -> TermsReader.read(text.replace("\\n", "\n")))
                .isInstanceOf(TermsInvalid.class)
                .hasMessageContaining(problem);
    }
}
