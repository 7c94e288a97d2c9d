package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.espace.engine.Ledgerless.ANNUAL;
import static org.espace.engine.Ledgerless.MONTHLY;
import static org.espace.engine.Ledgerless.OSLO;
import static org.espace.engine.Ledgerless.PAID;
import static org.espace.engine.Ledgerless.REIMS;
import static org.espace.engine.Ledgerless.TRIAL;
import static org.espace.engine.Ledgerless.USED;
import static org.espace.engine.Ledgerless.sale;
import static org.espace.engine.Levers.fixed;
import static org.espace.engine.Levers.flat;
import static org.espace.engine.Levers.lever;
import static org.espace.engine.Levers.marginal;
import static org.espace.engine.Levers.perUnit;
import static org.espace.engine.Levers.retroactive;
import static org.espace.engine.Levers.step;
import static org.espace.engine.Levers.terms;
import static org.espace.engine.Levers.usd;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.engine.Ledgerless.Line;
import org.espace.engine.Ledgerless.Sale;
import org.espace.money.Rate;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Measure;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of lever with figures: what one line after the other earns, in cents. */
class LeversTest {

    /** @param earned the amount of each line that the sales append, in order */
    record Figures(String says, Terms terms, List<Sale> sales, List<Long> earned) {

        @Override
        public String toString() {
            return says;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void earns(Figures figures) {
        assertThat(new Ledgerless(figures.terms).rate(1, figures.sales))
                .extracting(Line::amount)
                .containsExactlyElementsOf(figures.earned);
    }

    static Stream<Figures> earns() {
        return Stream.of(scopes(), formulas(), growth(), highWater(), bounds()).flatMap(figures -> figures);
    }

    private static Stream<Figures> scopes() {
        var tiers = retroactive(
                Measure.REVENUE, step(Measure.REVENUE, "0", flat("1%")), step(Measure.REVENUE, "1000", flat("2%")));
        return Stream.of(
                figures(
                        "tiers for each line by itself, a return being its mirror",
                        terms(lever("line", tiers)),
                        List.of(9_99L, 20_00L, -20_00L),
                        sale("2026-02-01", "999"),
                        sale("2026-02-01", "1000"),
                        sale("2026-02-02", "-1000")),
                figures(
                        "tiers for each order",
                        terms(lever("order", tiers).per(Per.ORDER, Span.TERM)),
                        List.of(6_00L, 6_00L, 14_00L, 6_00L),
                        sale("2026-02-01", "600").order(7),
                        sale("2026-02-01", "600").order(8),
                        sale("2026-02-05", "400").order(7),
                        sale("2026-02-05", "600")),
                figures(
                        "tiers for each customer and fiscal quarter",
                        terms(lever("quarter", tiers).per(Per.CUSTOMER, Span.QUARTER)),
                        List.of(6_00L, 6_00L, 18_00L, 6_00L),
                        sale("2026-01-01", "600"),
                        sale("2026-02-01", "600").of(2),
                        sale("2026-03-31", "600"),
                        sale("2026-04-01", "600")),
                figures(
                        "a flat rate on the sum of a month rounds the sum",
                        terms(lever("month", flat("4%")).per(Per.PARTNER, Span.MONTH)),
                        List.of(0L, 1L, 0L),
                        sale("2026-02-01", "0.12"),
                        sale("2026-02-02", "0.12"),
                        sale("2026-03-02", "0.12")));
    }

    private static Stream<Figures> formulas() {
        var workshop = new Lever.Smallest(List.of(flat("7.5%"), perUnit("180"), fixed("6000")));
        return Stream.of(
                figures(
                        "one amount for each customer",
                        terms(lever("add", fixed("1000")).per(Per.CUSTOMER, Span.TERM)),
                        List.of(1000_00L, 0L, 1000_00L),
                        sale("2026-02-01", "5"),
                        sale("2026-02-02", "5"),
                        sale("2026-02-02", "5").of(2)),
                figures(
                        "marginal steps by the number of units, the third one milestone",
                        terms(lever(
                                        "units",
                                        marginal(
                                                Measure.QUANTITY,
                                                step(Measure.QUANTITY, "0", perUnit("1")),
                                                step(Measure.QUANTITY, "10", perUnit("2.50")),
                                                step(Measure.QUANTITY, "20", fixed("50"))))
                                .per(Per.PARTNER, Span.YEAR)),
                        List.of(8_00L, 2_00L + 5_00L, 20_00L + 50_00L, 0L),
                        sale("2026-02-01", "0").units(8),
                        sale("2026-02-02", "0").units(4),
                        sale("2026-02-03", "0").units(10),
                        sale("2026-02-04", "0").units(10)),
                figures(
                        "retroactive milestones in revenue",
                        terms(lever(
                                        "milestones",
                                        retroactive(
                                                Measure.REVENUE,
                                                step(Measure.REVENUE, "100", fixed("10")),
                                                step(Measure.REVENUE, "200", fixed("30"))))
                                .per(Per.PARTNER, Span.TERM)),
                        List.of(0L, 10_00L, 20_00L),
                        sale("2026-02-01", "99"),
                        sale("2026-02-02", "1"),
                        sale("2026-02-03", "100")),
                figures(
                        "the least of a share, an amount for each hour, and a fixed one",
                        terms(lever("workshop", workshop).per(Per.CUSTOMER, Span.TERM)),
                        List.of(750_00L, 1050_00L, 4200_00L),
                        sale("2026-02-01", "10000").units(10),
                        sale("2026-02-02", "30000").units(0),
                        sale("2026-02-03", "90000").units(40)),
                figures(
                        "the most of two",
                        terms(lever("most", new Lever.Largest(List.of(flat("10%"), perUnit("5"))))
                                .per(Per.PARTNER, Span.TERM)),
                        List.of(20_00L, 0L, 30_00L),
                        sale("2026-02-01", "100").units(4),
                        sale("2026-02-02", "100").units(0),
                        sale("2026-02-03", "300").units(0)));
    }

    private static Stream<Figures> growth() {
        var overLastMonth = lever("growth", flat("10%"))
                .per(Per.PARTNER, Span.MONTH)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null));
        var overLastYear = lever("growth", flat("8%"))
                .per(Per.CUSTOMER, Span.MONTH)
                .on(new Lever.Growth(Lever.Over.SAME_PERIOD_LAST_YEAR, null));
        return Stream.of(
                figures(
                        "growth over the month before: a late sale of that month moves the baseline, on a line of its own",
                        terms(overLastMonth),
                        List.of(0L, 10_00L, 5_00L, 0L, -5_00L),
                        sale("2025-12-10", "0"),
                        sale("2026-01-10", "100"),
                        sale("2026-02-10", "150"),
                        sale("2025-12-20", "50")),
                figures(
                        "growth over the same month last year, by customer",
                        terms(overLastYear),
                        List.of(0L, 0L, 8_00L, 24_00L),
                        sale("2025-03-10", "500"),
                        sale("2026-03-10", "400"),
                        sale("2026-03-20", "200"),
                        sale("2026-03-20", "300").of(2)),
                figures(
                        "growth over a fixed baseline",
                        terms(lever("growth", flat("10%"))
                                .per(Per.PARTNER, Span.TERM)
                                .on(new Lever.Growth(Lever.Over.FIXED, usd("1000")))),
                        List.of(0L, 20_00L, 10_00L),
                        sale("2026-03-10", "900"),
                        sale("2026-05-10", "300"),
                        sale("2026-06-10", "100")),
                figures(
                        "growth in units",
                        terms(lever("growth", perUnit("20"))
                                .per(Per.PARTNER, Span.QUARTER)
                                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))),
                        List.of(0L, 100_00L),
                        sale("2026-01-10", "1").units(0),
                        sale("2026-02-10", "1").units(5)));
    }

    private static Stream<Figures> highWater() {
        var seats = lever("seats", perUnit("2")).per(Per.CUSTOMER, Span.MONTH).on(new Lever.HighWater(3, 0));
        var yearly =
                lever("seats", perUnit("2")).per(Per.CUSTOMER, Span.FISCAL_YEAR).on(new Lever.HighWater(3, 5_000_000));
        return Stream.of(
                figures(
                        "units above the highest month before",
                        terms(seats),
                        List.of(20_00L, 4_00L, 0L, 10_00L),
                        sale("2026-01-10", "1").units(10).of(3),
                        sale("2026-02-10", "1").units(12).of(3),
                        sale("2026-03-10", "1").units(11).of(3),
                        sale("2026-04-10", "1").units(17).of(3)),
                figures(
                        "a late report of an earlier month lifts the mark of later ones",
                        terms(seats),
                        List.of(24_00L, 10_00L, 6_00L, -6_00L),
                        sale("2026-02-10", "1").units(12),
                        sale("2026-04-10", "1").units(17),
                        sale("2026-03-10", "1").units(15)),
                figures(
                        "a rise of five or less is nothing",
                        terms(yearly),
                        List.of(0L, 12_00L),
                        sale("2026-02-10", "1").units(5),
                        sale("2026-03-10", "1").units(6)));
    }

    private static Stream<Figures> bounds() {
        return Stream.of(
                figures(
                        "a floor forfeits what stays below, and gives it back once it is reached",
                        terms(lever("campaign", flat("10%")).floor(Per.PARTNER, Span.QUARTER, "100")),
                        List.of(0L, 110_00L, 10_00L, -120_00L),
                        sale("2026-01-01", "900"),
                        sale("2026-01-02", "200"),
                        sale("2026-01-03", "100"),
                        sale("2026-01-04", "-300")),
                figures(
                        "a cap for the customer, then one for the partner",
                        terms(lever("core", flat("10%"))
                                .cap(Per.CUSTOMER, Span.TERM, "10")
                                .cap(Per.PARTNER, Span.TERM, "15")),
                        List.of(10_00L, 0L, 5_00L, -5_00L),
                        sale("2026-01-01", "200"),
                        sale("2026-01-02", "100"),
                        sale("2026-01-03", "90").of(2),
                        sale("2026-01-04", "-90").of(2)));
    }

    private static Figures figures(String says, Terms terms, List<Long> earned, Sale... sales) {
        return new Figures(says, terms, List.of(sales), earned);
    }

    @Test
    void aLineThatMovesABaselineAppliesToTheLaterPeriod() {
        var world = new Ledgerless(terms(lever("growth", flat("10%"))
                .per(Per.PARTNER, Span.QUARTER)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))));
        var lines = world.rate(sale("2026-04-10", "150"), sale("2026-02-10", "50"));
        assertThat(lines)
                .extracting(Line::seq, Line::appliesTo, Line::why, Line::amount)
                .containsExactly(
                        tuple(1L, LocalDate.of(2026, 4, 10), Reason.EARNED, 15_00L),
                        tuple(2L, LocalDate.of(2026, 2, 10), Reason.EARNED, 5_00L),
                        tuple(2L, LocalDate.of(2026, 4, 1), Reason.BASELINE_MOVED, -5_00L));
    }

    @Test
    void whatALocationSoldBeforeItJoinedCountsInTheBaselineOnly() {
        var facts = Ledgerless.facts(List.of(terms(lever("growth", flat("10%"))
                .per(Per.PARTNER, Span.MONTH)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null)))));
        var joinedInMay = new Facts.Location(
                REIMS,
                "indirect-reseller",
                "FR",
                Set.of(),
                List.of(new Facts.Enrollment(1, LocalDate.of(2026, 5, 1), null)),
                List.of(),
                List.of());
        var lines = new Ledgerless(Ledgerless.with(facts, joinedInMay), 0)
                .rate(sale("2026-04-10", "100"), sale("2026-05-10", "150"));
        assertThat(lines)
                .extracting(Line::why, Line::amount)
                .containsExactly(tuple(Reason.NOT_ENROLLED_THEN, 0L), tuple(Reason.EARNED, 5_00L));
    }

    @Test
    void aCeilingOverTwoLeversTakesBackOnLinesOfItsOwn() {
        var terms = Levers.withCeilings(
                terms(lever("core", flat("10%")), lever("more", flat("15%"))),
                new Ceiling(
                        "together",
                        new Names("Ceiling", "Plafond"),
                        Set.of(),
                        new Lever.Scope(Per.PARTNER, Span.YEAR),
                        new Ceiling.OfRevenue(Rate.percent("19.5%"))));
        assertThat(new Ledgerless(terms).rate(sale("2026-02-01", "1000"), sale("2026-02-02", "-1000")))
                .extracting(Line::lever, Line::why, Line::amount, Line::rebate)
                .containsExactly(
                        tuple(1, Reason.EARNED, 100_00L, 60_00L),
                        tuple(2, Reason.EARNED, 150_00L, 90_00L),
                        tuple(3, Reason.CEILING, -55_00L, -33_00L),
                        tuple(1, Reason.EARNED, -100_00L, -60_00L),
                        tuple(2, Reason.EARNED, -150_00L, -90_00L),
                        tuple(3, Reason.CEILING, 55_00L, 33_00L));
    }

    /** The quarter's ceiling of 60 comes first; the year's counts what it leaves, of both levers. */
    @Test
    void ofTwoCeilingsTheOuterOneCountsWhatTheInnerOneHasLeft() {
        var terms = Levers.withCeilings(
                terms(lever("core", flat("10%")), lever("more", flat("1%"))),
                new Ceiling(
                        "year",
                        new Names("Year", "Année"),
                        Set.of(),
                        new Lever.Scope(Per.PARTNER, Span.FISCAL_YEAR),
                        new Ceiling.Amount(Levers.usd("100"))),
                new Ceiling(
                        "quarter",
                        new Names("Quarter", "Trimestre"),
                        Set.of("core"),
                        new Lever.Scope(Per.PARTNER, Span.QUARTER),
                        new Ceiling.Amount(Levers.usd("60"))));
        assertThat(new Ledgerless(terms).rate(sale("2026-02-01", "1000"), sale("2026-05-01", "400")))
                .extracting(Line::lever, Line::amount)
                .containsExactly(
                        tuple(1, 100_00L),
                        tuple(2, 10_00L),
                        tuple(4, -40_00L),
                        tuple(1, 40_00L),
                        tuple(2, 4_00L),
                        tuple(3, -14_00L));
    }

    @Test
    void ceilingsThatShareLeversLieWithinEachOther() {
        var scope = new Lever.Scope(Per.PARTNER, Span.YEAR);
        var most = new Ceiling.Amount(Levers.usd("100"));
        var terms = Levers.withCeilings(
                terms(lever("a", flat("1%")), lever("b", flat("1%")), lever("c", flat("1%"))),
                new Ceiling("ab", new Names("ab", "ab"), Set.of("a", "b"), scope, most),
                new Ceiling("bc", new Names("bc", "bc"), Set.of("b", "c"), scope, most));
        assertThatThrownBy(() -> new Rulebook(Ledgerless.facts(List.of(terms)), 0))
                .hasMessage("ceilings ab and bc overlap");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        trigger  | line     | reason
        INVOICED | invoiced | EARNED
        INVOICED | paid     | EARNED
        INVOICED | used     | NOT_INVOICED
        PAID     | invoiced | NOT_PAID_YET
        PAID     | paid     | EARNED
        PAID     | used     | NOT_INVOICED
        CONSUMED | invoiced | NOT_CONSUMED
        CONSUMED | paid     | NOT_CONSUMED
        CONSUMED | used     | EARNED
        """)
    void aTriggerDecidesWhichLinesEarn(Lever.Trigger trigger, String line, Reason reason) {
        var kind = switch (line) {
            case "paid" -> PAID;
            case "used" -> USED;
            default -> 0;
        };
        var world = new Ledgerless(terms(lever("core", flat("10%")).when(trigger)));
        assertThat(world.rate(sale("2026-02-01", "100").kind(kind)).getFirst().why())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        customer | day        | fresh          | old
               2 | 2026-02-10 | EARNED         | CUSTOMER_TOO_NEW
               2 | 2026-08-09 | EARNED         | CUSTOMER_TOO_NEW
               2 | 2026-08-10 | CUSNOTNEW      | EARNED
               3 | 2026-02-10 | CUSNOTNEW      | EARNED
               1 | 2026-02-10 | CUSNOTNEW      | EARNED
               0 | 2026-02-10 | CUSNOTNEW      | EARNED
        """)
    void aCustomerIsNewForSoManyMonths(int customer, String day, Reason fresh, Reason old) {
        var sold = sale(day, "100").of(customer);
        assertThat(new Ledgerless(terms(lever("new", flat("10%")).forCustomers(true, 6)))
                        .rate(sold)
                        .getFirst()
                        .why())
                .isEqualTo(fresh);
        assertThat(new Ledgerless(terms(lever("old", flat("10%")).forCustomers(false, 6)))
                        .rate(sold)
                        .getFirst()
                        .why())
                .isEqualTo(old);
    }

    @Test
    void whatIsRequiredIsLookedAtOnTheDayOfTheSale() {
        var terms = Levers.requiring(
                terms(
                        lever("core", flat("4%")),
                        lever("gold", flat("2%")).requires(Requirement.Kind.COMPETENCY, "cloud", "gold")),
                false,
                new Requirement(Requirement.Kind.AGREEMENT, Set.of("mpa"), null));
        var facts = Ledgerless.with(
                Ledgerless.facts(List.of(terms)),
                new Facts.Location(
                        REIMS,
                        "indirect-reseller",
                        "FR",
                        Set.of(),
                        List.of(new Facts.Enrollment(1, LocalDate.of(2026, 1, 1), null)),
                        List.of(
                                new Facts.Holding(
                                        Requirement.Kind.AGREEMENT,
                                        "mpa",
                                        null,
                                        LocalDate.of(2026, 2, 1),
                                        LocalDate.of(2026, 6, 1)),
                                new Facts.Holding(
                                        Requirement.Kind.COMPETENCY, "cloud", "silver", LocalDate.of(2026, 2, 1), null),
                                new Facts.Holding(
                                        Requirement.Kind.COMPETENCY, "cloud", "gold", LocalDate.of(2026, 4, 1), null)),
                        List.of()));
        var lines = new Ledgerless(facts, 0)
                .rate(
                        sale("2026-01-31", "100"),
                        sale("2026-02-01", "100"),
                        sale("2026-04-01", "100"),
                        sale("2026-06-01", "100"));
        assertThat(lines)
                .extracting(Line::seq, Line::lever, Line::why, Line::amount)
                .containsExactly(
                        tuple(1L, 0, Reason.IVDMPA, 0L),
                        tuple(2L, 1, Reason.EARNED, 4_00L),
                        tuple(3L, 1, Reason.EARNED, 4_00L),
                        tuple(3L, 2, Reason.EARNED, 2_00L),
                        tuple(4L, 0, Reason.IVDMPA, 0L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        monthly    | annual     | reason
        2025-04-30 | 2026-05-01 | EARNED
        2025-05-01 | 2026-05-31 | BOUGHT_BEFORE
        2026-04-30 | 2026-05-01 | BOUGHT_BEFORE
        2026-05-01 | 2026-05-01 | EARNED
        2026-06-01 | 2026-05-01 | EARNED
        """)
    void anAnnualBillCountsForWhoHadNoMonthlyOneInTheYearBefore(String monthly, String annual, Reason reason) {
        var sold = List.of(
                sale(monthly, "10").kind(MONTHLY), sale(annual, "1000").kind(ANNUAL));
        assertThat(new Ledgerless(annualBilling()).rate(1, sold))
                .filteredOn(line -> line.seq() == 2)
                .extracting(Line::why, Line::amount)
                .containsExactly(tuple(reason, reason == Reason.EARNED ? 25_00L : 0L));
    }

    @Test
    void aBillThatIsReportedLateTakesBackWhatCountsNoLongerAndItsReturnGivesItBack() {
        var april = sale("2026-04-10", "100").kind(MONTHLY);
        var world = new Ledgerless(annualBilling());
        var lines = world.rate(
                sale("2026-05-02", "400").kind(ANNUAL),
                sale("2026-06-02", "1000").kind(ANNUAL),
                sale("2026-06-03", "800").kind(ANNUAL).of(2),
                april,
                april.returned());
        assertThat(lines)
                .extracting(Line::seq, Line::why, Line::appliesTo, Line::amount)
                .containsExactly(
                        tuple(1L, Reason.EARNED, LocalDate.of(2026, 5, 2), 10_00L),
                        tuple(2L, Reason.EARNED, LocalDate.of(2026, 6, 2), 25_00L),
                        tuple(3L, Reason.EARNED, LocalDate.of(2026, 6, 3), 20_00L),
                        tuple(4L, Reason.EARNED, LocalDate.of(2026, 4, 10), 2_50L),
                        tuple(4L, Reason.OTHERS_COUNT, LocalDate.of(2026, 5, 1), -35_00L),
                        tuple(5L, Reason.EARNED, LocalDate.of(2026, 4, 10), -2_50L),
                        tuple(5L, Reason.OTHERS_COUNT, LocalDate.of(2026, 5, 1), 35_00L));
    }

    @Test
    void billsOfTheTimeBeforeTheCampaignAndOfWhomeverHadNotJoinedCountAsBought() {
        var joined = new Facts.Location(
                REIMS,
                "indirect-reseller",
                "FR",
                Set.of(),
                List.of(new Facts.Enrollment(1, LocalDate.of(2026, 5, 20), null)),
                List.of(),
                List.of());
        var facts = Ledgerless.with(Ledgerless.facts(List.of(annualBilling())), joined);
        var lines = new Ledgerless(facts, 0)
                .rate(
                        sale("2025-12-10", "100").kind(MONTHLY),
                        sale("2026-05-10", "100").kind(MONTHLY).of(2),
                        sale("2026-06-02", "400").kind(ANNUAL),
                        sale("2026-06-02", "400").kind(ANNUAL).of(2),
                        sale("2026-06-02", "400").kind(ANNUAL).of(3));
        assertThat(lines)
                .filteredOn(line -> line.seq() > 2)
                .extracting(Line::why)
                .containsExactly(Reason.BOUGHT_BEFORE, Reason.BOUGHT_BEFORE, Reason.EARNED);
    }

    private static Terms annualBilling() {
        return terms(lever("campaign", flat("2.5%"))
                .per(Per.PARTNER, Span.TERM)
                .without(Attribute.BILLING, "monthly", 12, Map.of(Attribute.BILLING, Set.of("annual"))));
    }

    @Test
    void aLeverYieldsToAnotherOnlyWhereThatTakesTheSale() {
        var world = new Ledgerless(terms(
                lever("core", flat("4%")).yieldsTo("new"),
                lever("new", flat("10%")).forCustomers(true, 6),
                lever("top", flat("1%")).stacksOn("new")));
        assertThat(world.rate(
                        sale("2026-03-01", "100").of(2),
                        sale("2026-03-01", "100").of(3)))
                .extracting(Line::seq, Line::lever, Line::amount)
                .containsExactly(tuple(1L, 2, 10_00L), tuple(1L, 3, 1_00L), tuple(2L, 1, 4_00L));
    }

    @ParameterizedTest
    @MethodSource
    void theReasonOfAZeroIsThatOfTheNearestLever(Levers lever, Sale sold, Reason reason) {
        var terms =
                terms(lever, lever("far", flat("1%")).of(Attribute.PRODUCT, "X").of(Attribute.PARTNER_TYPE, "x"));
        assertThat(new Ledgerless(terms).rate(sold).getFirst().why()).isEqualTo(reason);
    }

    static Stream<Arguments> theReasonOfAZeroIsThatOfTheNearestLever() {
        var sold = sale("2026-02-01", "100");
        return Stream.of(
                nearest(lever("a", flat("1%")).of(Attribute.PRODUCT_FAMILY, "cloud"), sold, Reason.NO_LEVER),
                nearest(lever("a", flat("1%")).of(Attribute.PARTNER_COUNTRY, "DE"), sold, Reason.IVDGEO),
                nearest(lever("a", flat("1%")).of(Attribute.PARTNER_LIST, "LC1"), sold, Reason.NOT_ON_LIST),
                nearest(
                        lever("a", flat("1%")).of(Attribute.CUSTOMER_LIST, "LC1"), sold, Reason.CUSTOMER_NOT_ON_LIST),
                nearest(lever("a", flat("1%")).of(Attribute.PARTNER_ROLE, "dpor"), sold, Reason.IVDPTRROLE),
                nearest(lever("a", flat("1%")).of(Attribute.BILLING, "annual"), sold, Reason.KIND_NOT_COVERED),
                nearest(
                        lever("a", flat("1%")).except(Attribute.TRIAL, "true"),
                        sold.kind(TRIAL),
                        Reason.KIND_NOT_COVERED),
                nearest(lever("a", flat("1%")).requires(Requirement.Kind.COMPETENCY, "c", null), sold, Reason.IVDCOMP),
                nearest(
                        lever("a", flat("1%")).requires(Requirement.Kind.SPECIALIZATION, "c", null),
                        sold,
                        Reason.IVDADV),
                nearest(lever("a", flat("1%")).requires(Requirement.Kind.CO_SELL, "c", null), sold, Reason.IVDCOSELL),
                nearest(lever("a", flat("1%")).stacksOn("far"), sold, Reason.NOT_STACKED));
    }

    private static Arguments nearest(Levers lever, Sale sold, Reason reason) {
        return Arguments.of(lever, sold, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
          sold  | up | even
           0.10 |  1 |    0
           0.30 |  2 |    2
           0.50 |  3 |    2
          -0.10 | -1 |    0
          -0.50 | -3 |   -2
        """)
    void halfACentGoesAwayFromZeroOrToTheEvenOne(String sold, long up, long even) {
        var terms = terms(lever("core", flat("5%")));
        assertThat(new Ledgerless(terms)
                        .rate(sale("2026-02-01", sold))
                        .getFirst()
                        .amount())
                .isEqualTo(up);
        assertThat(new Ledgerless(Levers.rounding(terms, Terms.Rounding.HALF_EVEN))
                        .rate(sale("2026-02-01", sold))
                        .getFirst()
                        .amount())
                .isEqualTo(even);
    }

    @Test
    void aLeverMaySplitInAnotherWayThanTheProgram() {
        var lines = new Ledgerless(terms(
                        lever("core", flat("10%")), lever("own", flat("10%")).split("100%")))
                .rate(sale("2026-02-01", "100"));
        assertThat(lines).extracting(Line::rebate).containsExactly(6_00L, 10_00L);
    }

    @Test
    void sumsThatNoLongerFitAreRefused() {
        var half = "46116860184273879.04";
        for (var terms : List.of(
                terms(lever("a", flat("1%")).per(Per.PARTNER, Span.TERM)),
                terms(lever("a", flat("1%"))
                        .per(Per.PARTNER, Span.MONTH)
                        .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))),
                terms(lever("a", flat("100%")).cap(Per.PARTNER, Span.TERM, "1")))) {
            var world = new Ledgerless(terms);
            assertThatThrownBy(() -> world.rate(sale("2026-02-01", half), sale("2026-02-02", half)))
                    .hasMessage("sales of location 1 add up to more than can be kept exactly");
        }
    }

    @Test
    void versionsWatchSalesOfTheTimeBeforeThem() {
        var growth = lever("growth", flat("10%"))
                .per(Per.PARTNER, Span.QUARTER)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null));
        var world = new Ledgerless(
                terms("V1", "2026-01-01/2026-07-01", growth), terms("V2", "2026-07-01/2027-01-01", growth));
        var lines = world.rate(sale("2026-05-10", "100"), sale("2026-08-10", "130"), sale("2026-06-10", "20"));
        assertThat(lines)
                .extracting(Line::seq, Line::terms, Line::appliesTo, Line::amount)
                .containsExactly(
                        tuple(1L, 1, LocalDate.of(2026, 5, 10), 10_00L),
                        tuple(2L, 2, LocalDate.of(2026, 8, 10), 3_00L),
                        tuple(3L, 1, LocalDate.of(2026, 6, 10), 2_00L),
                        tuple(3L, 2, LocalDate.of(2026, 7, 1), -2_00L));
    }

    @Test
    void anotherLocationsSumsAreItsOwn() {
        var world = new Ledgerless(terms(lever("a", flat("10%")).cap(Per.PARTNER, Span.TERM, "10")));
        var oslo = new Sale(OSLO, LocalDate.of(2026, 2, 1), 1, 1, 1, "90", "USD");
        assertThat(world.rate(1, Arrays.asList(sale("2026-02-01", "90"), oslo)))
                .extracting(Line::amount)
                .containsExactly(9_00L, 9_00L);
    }
}
