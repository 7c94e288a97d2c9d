package org.espace.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
         exchange: daily             | exchange: hourly                    | hourly is not known; known are daily, monthly
         countries: [FR, DE]         | countries: [FR, XX]                 | countries: XX is not known
         partner-types: [indirect-   | partner-types: [reseller, indirect- | partner-types: reseller is not known
         co-op: 40%                  | co-op: 41%                          | split: 60% and 41% are not 100%
         rate: 3.75%                 | rate: 3.75555%                      | levers.rate: 3.75555% has more decimals than are kept
         rate: 3.75%                 | rate: 3.75                          | levers.rate: write a share as 3.75%
         rate: 3.75%                 | rate: -3%                           | a rate must not be below zero
         rate: 3.75%                 | rat: 3.75%                          | levers.rat is not known here
         rate: 3.75%                 | per-unit: 3 EUR                     | EUR is not the program’s currency, USD
         amount: 93750 USD           | amount: 93750.001 USD               | levers.cap.amount: 93750.001 USD has more decimals than are kept
         amount: 93750 USD           | amount: 0 USD                       | an amount must be above zero
         per: customer               | per: nobody                         | nobody is not known; known are line, order, customer, partner
         id: core                    | id: =cmd()                          | levers.id: write 2 to 60
         solution-area: modern-work  | solution: modern-work               | levers.of.solution is not known here
         id: core                    | id: core, growth: {over: fixed}     | not YAML
         exchange: daily             | rounding: down                      | rounding: down is not known; known are half-up, half-even
         exchange: daily             | counts-from: week                   | counts-from: write day or first-of-month
         exchange: daily             | markets: {A: [FR]}                  | no lever is for market A
         exchange: daily             | requires: [{badge: gold}]           | a condition names one of agreement, competency, specialization, co-sell, designation
         exchange: daily             | requires: [{agreement: {any-of: [a1], level: gold}}] | agreement has no levels
         exchange: daily             | ceilings: [{id: all, per: partner, period: term}] | a ceiling has exactly one of amount, rate and plan
         exchange: daily             | ceilings: [{id: all, levers: [cor], rate: 9%, per: partner, period: term}] | there is no lever cor
         exchange: daily             | ceilings: [{id: all, plan: true, per: partner, period: term}] | a plan has its own location and days
         exchange: daily             | ceilings: [{id: core, plan: true}]  | core stands twice
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
         keys of the lever, beside its id and what it is for                        | problem
         rate: 1%, fixed: 5 USD                                                      | write exactly one of rate, per-unit, fixed, tiers
         fixed: 5 USD                                                                | per is missing
         rate: 1%, period: month                                                     | a line by itself has no period
         rate: 1%, per: partner                                                      | period is missing
         per: line, tiers: {kind: marginal}                                          | tiers need steps
         per: line, tiers: {kind: marginal, steps: [{from: 0, per-unit: 1 USD}]}     | marginal tiers measured in revenue pay no per-unit
         per: line, tiers: {kind: marginal, measure: quantity, steps: [{from: 0, rate: 1%}]} | marginal tiers measured in quantity pay no rate
         per: line, tiers: {kind: marginal, steps: [{from: 0, rate: 1%}, {from: 0, rate: 2%}]} | a step must begin above the step before it
         per: line, tiers: {kind: retroactive, steps: [{from: 0, rate: 1%, fixed: 1 USD}]} | a step pays exactly one of rate, per-unit and fixed
         per: line, smallest-of: [{rate: 1%}]                                        | smallest-of needs two formulas or more
         per: line, smallest-of: [{rate: 1%}, {largest-of: [{rate: 2%}, {smallest-of: [{rate: 3%}, {rate: 4%}]}]}] | formulas are nested too deeply
         rate: 1%, growth: {over: previous-period}                                   | growth compares periods of a customer or a partner
         rate: 1%, per: partner, period: term, growth: {over: previous-period}       | there is no term before the terms
         rate: 1%, per: partner, period: month, growth: {over: fixed}                | a baseline is written for growth over fixed
         per-unit: 1 USD, per: partner, period: month, growth: {over: fixed, baseline: 5 USD} | growth over a fixed amount is measured in revenue
         rate: 1%, per: customer, period: month, high-water: {look-back: 12 months}  | high-water counts a quantity
         per-unit: 1 USD, per: customer, period: month, high-water: {look-back: 12}  | write a number of months
         rate: 1%, per: customer, period: term, customer-add: {threshold: 5 USD, look-back: 8 months, annualized: 12} | leave out per and period
         rate: 1%, customer-add: {threshold: 5 USD, look-back: 8 months}             | write either annualized: 12 or months
         per-unit: 1 USD, customer-add: {threshold: 5 USD, look-back: 8 months, annualized: 12} | customer-add counts revenue
         fixed: 1 USD, per: partner, period: term, higher-of: [users]                | higher-of names two units
         rate: 1%, per: partner, period: term, higher-of: [users, desktops]          | higher-of counts a quantity
         per-unit: 1 USD, higher-of: [users, desktops]                               | higher-of compares sums
         rate: 1%, growth: {over: fixed, baseline: 1 USD}, high-water: {look-back: 1 month} | write at most one of growth
         rate: 1%, trigger: shipped                                                  | shipped is not known; known are invoiced, paid, consumed
         rate: 1%, customers: {new-for: 12 months, older-than: 12 months}            | write either new-for or older-than
         rate: 1%, per: partner, period: term, customers: {without: all}             | levers.customers.look-back is missing
         rate: 1%, customers: {new-for: 12 months, look-back: 12 months}             | levers.customers.look-back is not known here
         rate: 1%, per: partner, period: term, customers: {without: {}, look-back: 1 month} | without names nothing
         rate: 1%, per: partner, period: term, customers: {without: all, look-back: 1 month, asked-of: {}} | asked-of names nothing
         rate: 1%, customers: {without: all, look-back: 1 month}                     | write per customer or partner, and a period
         rate: 1%, per: order, period: term, customers: {without: all, look-back: 1 month} | write per customer or partner, and a period
         rate: 1%, growth: {over: previous-period}, per: partner, period: month, customers: {without: all, look-back: 1 month} | does not go with growth
         per: partner, period: term, customers: {without: all, look-back: 1 month}, smallest-of: [{rate: 1%}, {fixed: 5 USD}] | only revenue or only a quantity
         per: partner, period: term, customers: {without: all, look-back: 1 month}, tiers: {kind: retroactive, measure: quantity, steps: [{from: 0, rate: 1%}]} | only revenue or only a quantity
         rate: 1%, stacks-on: tested                                                 | a lever does not name itself
         rate: 1%, yields-to: other                                                  | there is no lever other
         rate: 1%, stacks-on: other, yields-to: other                                | it cannot both stack on and yield to other
         rate: 1%, split: {rebate: 60%, co-op: 60%}                                  | are not 100%
         rate: 1%, cap: {per: partner, amount: 1 USD}                                | period is missing
         rate: 1%, cap: {amount: 1 USD}                                              | levers.cap.per is missing
         rate: 1%, cap: [{per: partner, period: term, amount: 1 USD}, {per: partner, period: term, amount: 2 USD}] | one scope has one cap
         rate: 1%, cap: {per: partner, period: term, amount: 1 USD}, floor: {per: partner, period: term, amount: 2 USD} | a floor above the cap
        """)
    void whatCouldNotMeanAnythingIsRefused(String keys, String problem) {
        assertThatThrownBy(() -> TermsReader.read(GOOD + "  - {id: tested, of: {billing: annual}, " + keys + "}\n"))
                .isInstanceOf(TermsInvalid.class)
                .hasMessageContaining(problem);
    }

    /** A limit on part of what a lever adds up, or a ceiling on part of what a limit does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
         per: partner, period: quarter, rate: 1%, cap: {per: customer, period: quarter, amount: 5 USD}   | a cap must add up at least what
         per: partner, period: quarter, rate: 1%, floor: {per: partner, period: month, amount: 5 USD}    | a floor must add up at least what
         rate: 1%, cap: [{per: customer, period: term, amount: 5 USD}, {per: partner, period: month, amount: 9 USD}] | a cap must add up at least what
         rate: 1%, cap: {per: partner, period: term, amount: 5 USD}   | a ceiling must add up at least what lever tested
        """)
    void whatWouldPayByWhoCameFirstIsRefused(String keys, String problem) {
        var text = GOOD + "  - {id: tested, of: all, " + keys + "}\n"
                + "ceilings: [{id: all, per: partner, period: fiscal-year, amount: 100 USD}]\n";
        assertThatThrownBy(() -> TermsReader.read(text))
                .isInstanceOfSatisfying(
                        TermsInvalid.class,
                        invalid -> assertThat(invalid.problems())
                                .anyMatch(found -> found.text().contains(problem)
                                        && found.code().equals("order-of-arrival")));
    }

    @Test
    void everyKindOfConditionIsReadAndWritten() {
        var conditions = TermsReader.read(EveryKind.TEXT).conditions();
        assertThat(conditions)
                .contains(
                        new Condition.Designation(Set.of("azure", "modern-work")),
                        new Condition.AnyOf(List.of(
                                new Condition.Designation(Set.of("modern-work")),
                                new Condition.Points("modern-work", new BigDecimal("25.0")),
                                new Requirement(Requirement.Kind.COMPETENCY, Set.of("security"), null))),
                        new Condition.FirstSale(),
                        new Condition.ActivelyReselling(90),
                        new Condition.TrailingRevenue(365, Money.of("25000", "USD"), Condition.Of.LOCATION, true),
                        new Condition.TrailingRevenue(365, Money.of("1000000", "EUR"), Condition.Of.PARTNER, false),
                        new Condition.Measure("sales-productivity", new BigDecimal("1000.50")));
        var openTo = new Condition.OpenTo(Set.of("indirect-reseller"), Set.of("FR", "NO"));
        assertThat(Stream.concat(conditions.stream(), Stream.of(openTo)))
                .allSatisfy(condition ->
                        assertThat(Condition.read(Condition.written(condition))).isEqualTo(condition));
    }

    @Test
    void whatTheDayOfASaleAsksForIsApartFromWhatJoiningDoes() {
        var terms = TermsReader.read(EveryKind.TEXT);
        assertThat(terms.requires()).hasSize(2);
        assertThat(terms.toJoin().getFirst()).isInstanceOf(Condition.OpenTo.class);
        assertThat(terms.toJoin()).containsAll(terms.conditions());
    }

    @Test
    void everyKindOfLeverIsRead() {
        var terms = TermsReader.read(EveryKind.TEXT);
        assertThat(terms.rounding()).isEqualTo(Terms.Rounding.HALF_EVEN);
        assertThat(terms.wholeMonths()).isTrue();
        assertThat(terms.requires())
                .containsExactly(
                        new Requirement(Requirement.Kind.AGREEMENT, Set.of("network-membership"), null),
                        new Requirement(
                                Requirement.Kind.COMPETENCY, Set.of("cloud-platform", "data-platform"), "silver"));
        var growth = terms.lever("growth");
        assertThat(growth.basis()).isEqualTo(new Lever.Growth(Lever.Over.SAME_PERIOD_LAST_YEAR, null));
        assertThat(growth.trigger()).isEqualTo(Lever.Trigger.CONSUMED);
        assertThat(growth.stacksOn()).containsExactly("core");
        assertThat(terms.lever("fixed-baseline").basis())
                .isEqualTo(new Lever.Growth(Lever.Over.FIXED, Money.of("1000", "USD")));
        assertThat(terms.lever("seats").basis()).isEqualTo(new Lever.HighWater(12, 50_000_000));
        assertThat(terms.lever("new-customers").basis())
                .isEqualTo(new Lever.CustomerAdd(Money.of("1000", "USD"), 1, 12, 0));
        assertThat(terms.lever("new-customers").scope())
                .isEqualTo(new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.TERM));
        assertThat(terms.lever("new-monthly").basis())
                .isEqualTo(new Lever.CustomerAdd(Money.of("250", "USD"), 1, 0, 12));
        assertThat(terms.lever("bands").basis()).isEqualTo(new Lever.HigherOf("desktops", "users"));
        assertThat(terms.lever("workshop-a").formula())
                .isEqualTo(new Lever.Smallest(List.of(
                        new Lever.Flat(Rate.percent("7.5%")),
                        new Lever.PerUnit(Money.of("150", "USD")),
                        new Lever.Fixed(Money.of("6000", "USD")))));
        assertThat(terms.lever("workshop-a").of().only().get(Selection.Attribute.CUSTOMER_COUNTRY))
                .containsExactlyInAnyOrder("US", "CH");
        assertThat(terms.lever("fresh").customerAge()).isEqualTo(new Lever.CustomerAge(true, 12));
        assertThat(terms.lever("annual").without())
                .isEqualTo(new Lever.Without(
                        new Selection(
                                Map.of(Selection.Attribute.BILLING, Set.of("monthly")),
                                List.of(Map.of(Selection.Attribute.TRIAL, Set.of("true")))),
                        12,
                        Map.of(Selection.Attribute.BILLING, Set.of("annual"))));
        assertThat(terms.lever("back").without()).isEqualTo(new Lever.Without(Selection.ALL, 1, Map.of()));
        assertThat(terms.lever("back").customerAge()).isEqualTo(new Lever.CustomerAge(true, 24));
        assertThat(terms.lever("fresh").limits())
                .containsExactly(
                        new Lever.Floor(new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM), Money.of("200", "USD")),
                        new Lever.Cap(new Lever.Scope(Lever.Per.PARTNER, Lever.Span.TERM), Money.of("12000", "USD")));
        assertThat(terms.ceilings())
                .extracting(Ceiling::most)
                .containsExactly(
                        new Ceiling.OfRevenue(Rate.percent("19.5%")),
                        new Ceiling.OfPlan(),
                        new Ceiling.Amount(Money.of("90000", "USD")));
    }

    @Test
    void theOrderInWhichLimitsAreWrittenMakesNoDifference() {
        var floor = "    floor: {per: customer, period: term, amount: 5 USD}\n";
        var cap = "    cap: {per: customer, period: term, amount: 9 USD}\n";
        var lever = GOOD.substring(0, GOOD.indexOf("    cap:"));
        assertThat(TermsReader.read(lever + cap + floor)).isEqualTo(TermsReader.read(lever + floor + cap));
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
