package org.espace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.engine.Ledgerless.CLOUD;
import static org.espace.engine.Ledgerless.DESKTOPS;
import static org.espace.engine.Ledgerless.REIMS;
import static org.espace.engine.Ledgerless.USERS;
import static org.espace.engine.Ledgerless.sale;
import static org.espace.engine.Levers.fixed;
import static org.espace.engine.Levers.flat;
import static org.espace.engine.Levers.lever;
import static org.espace.engine.Levers.retroactive;
import static org.espace.engine.Levers.step;
import static org.espace.engine.Levers.terms;
import static org.espace.engine.Levers.usd;
import static org.espace.engine.Levers.withCeilings;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.espace.engine.Ledgerless.Line;
import org.espace.engine.Ledgerless.Sale;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Lever.Measure;
import org.espace.terms.Lever.Per;
import org.espace.terms.Lever.Span;
import org.espace.terms.Names;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked examples that vendors and distributors have published of incentive programs like ours. */
class PublishedExamplesTest {

    /**
     * @param sales as {@link Ledgerless} rates them, one after the other
     * @param earned in US cents, all lines together
     */
    record Example(String id, String says, Facts facts, List<Sale> sales, long earned, long rebate) {

        @Override
        public String toString() {
            return id + ": " + says;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isRatedAsPublished(Example example) {
        var lines = new Ledgerless(example.facts, 0).rate(1, example.sales);
        assertThat(lines.stream().mapToLong(Line::amount).sum()).isEqualTo(example.earned);
        assertThat(lines.stream().mapToLong(Line::rebate).sum()).isEqualTo(example.rebate);
    }

    static Stream<Example> isRatedAsPublished() {
        return Stream.of(rates(), customerAdds(), growth(), usage(), plans(), wholeMonths(), bands(), engagements(), campaigns())
                .flatMap(examples -> examples);
    }

    private static Stream<Example> rates() {
        var nonprofit = terms(lever("nonprofit", flat("12%")));
        var twoRates = terms(lever("growth", flat("12.5%")), lever("tier-2", flat("7%")));
        var stacked = terms(
                lever("core", flat("8%")).split("100%"),
                lever("strategic", flat("2%")).stacksOn("core").split("100%"),
                lever("new-customer", flat("2%"))
                        .stacksOn("core")
                        .forCustomers(true, 12)
                        .split("100%"));
        return Stream.of(
                example("A1", "10,000 at 12%, split 60 to 40", nonprofit, 1200_00, 720_00, sale("2026-02-01", "10000")),
                example(
                        "A2",
                        "100 seats at 21 a month for a year, 12.5% and 7%",
                        twoRates,
                        4914_00,
                        2948_40,
                        sale("2026-02-01", "25200").units(100)),
                example(
                        "A5",
                        "a strategic product for a new customer: 8% + 2% + 2%, all rebate",
                        stacked,
                        120_00,
                        120_00,
                        sale("2026-02-20", "1000").of(2)));
    }

    private static Stream<Example> customerAdds() {
        var threshold = lever("add", flat("20%"))
                .on(new Lever.CustomerAdd(usd("1000"), 1, 12, 0))
                .cap(Per.CUSTOMER, Span.TERM, "100000")
                .split("100%");
        var oneOff = terms("V1", "2025-10-01/2026-10-01", threshold);
        var monthly = terms(
                "V1",
                "2025-10-01/2026-10-01",
                lever("add", flat("5%"))
                        .on(new Lever.CustomerAdd(usd("250"), 1, 0, 12))
                        .split("100%"));
        var september = sale("2025-09-20", "999.99");
        var october = sale("2026-02-20", "1000");
        return Stream.of(
                example(
                        "A7",
                        "a bill of 1,000 after 999.99: 20% of a year of it",
                        oneOff,
                        2400_00,
                        2400_00,
                        september,
                        october),
                example(
                        "A7",
                        "500 more in a later month: 20% of that",
                        oneOff,
                        2500_00,
                        2500_00,
                        september,
                        october,
                        sale("2026-03-20", "1500")),
                example(
                        "A7",
                        "a bill of 1,000 in September: no new customer",
                        oneOff,
                        0,
                        0,
                        sale("2025-09-20", "1000"),
                        october),
                example(
                        "A7",
                        "never more than 100,000 for a customer",
                        oneOff,
                        100_000_00,
                        100_000_00,
                        sale("2026-02-20", "90000")),
                example(
                        "A8",
                        "5% of a month's bill of 250",
                        monthly,
                        12_50,
                        12_50,
                        sale("2025-09-20", "249"),
                        sale("2026-02-20", "250")));
    }

    private static Stream<Example> growth() {
        var growth = terms(lever("azure", flat("7.5%"))
                .of(Attribute.PRODUCT_FAMILY, "cloud")
                .per(Per.PARTNER, Span.QUARTER)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))
                .split("100%"));
        var before = sale("2026-02-01", "100000").product(CLOUD);
        var third = terms(lever("growth", flat("100%"))
                .per(Per.PARTNER, Span.QUARTER)
                .on(new Lever.Growth(Lever.Over.PREVIOUS_PERIOD, null))
                .split("100%"));
        return Stream.of(
                example(
                        "A10",
                        "130,000 after 100,000 earns on 30,000",
                        growth,
                        2250_00,
                        2250_00,
                        q1(before),
                        before,
                        sale("2026-05-01", "130000").product(CLOUD)),
                example(
                        "A10",
                        "100,000 after 100,000 earns nothing",
                        growth,
                        0,
                        0,
                        q1(before),
                        before,
                        sale("2026-05-01", "100000").product(CLOUD)),
                example(
                        "A10",
                        "90,000 after 100,000 takes nothing back",
                        growth,
                        0,
                        0,
                        q1(before),
                        before,
                        sale("2026-05-01", "90000").product(CLOUD)),
                example(
                        "A11",
                        "three sales grow by 500 together: 500, not three times 500",
                        third,
                        500_00,
                        500_00,
                        sale("2025-12-01", "1000"),
                        sale("2026-01-05", "500"),
                        sale("2026-01-06", "500"),
                        sale("2026-01-07", "500")));
    }

    /** The first quarter is measured against the one before: as much was sold there, so that only the second one counts. */
    private static Sale q1(Sale before) {
        return sale("2025-11-01", before.amount()).product(CLOUD);
    }

    private static Stream<Example> usage() {
        var fee = terms(lever("usage", new Lever.PerUnit(usd("2.00"))).when(Lever.Trigger.CONSUMED));
        return Stream.of(example(
                "A13",
                "10% of a rate card of 20 for 50 active users",
                fee,
                100_00,
                60_00,
                sale("2026-02-01", "0").units(50).kind(Ledgerless.USED)));
    }

    private static Stream<Example> plans() {
        var terms = withCeilings(
                terms(lever("plan", flat("50%"))),
                new Ceiling(
                        "approved",
                        new Names("Plan", "Plan"),
                        Set.of(),
                        new Lever.Scope(Per.PARTNER, Span.TERM),
                        new Ceiling.OfPlan()));
        var facts = Ledgerless.facts(List.of(terms));
        var reims = facts.locations().getFirst();
        var planned = Ledgerless.with(
                facts,
                new Facts.Location(
                        REIMS,
                        reims.type(),
                        reims.country(),
                        Set.of(),
                        reims.enrollments(),
                        List.of(),
                        List.of(new Facts.Plan(
                                1,
                                LocalDate.of(2026, 4, 1),
                                LocalDate.of(2026, 7, 1),
                                usd("10000").minor()))));
        return Stream.of(
                new Example(
                        "A14",
                        "5,000 earned of an approved 10,000",
                        planned,
                        List.of(sale("2026-04-10", "10000")),
                        5000_00,
                        3000_00),
                new Example(
                        "A14",
                        "12,000 earned of an approved 10,000",
                        planned,
                        List.of(sale("2026-04-10", "10000"), sale("2026-04-11", "14000")),
                        10_000_00,
                        6000_00),
                new Example("A14", "nothing without a plan", planned, List.of(sale("2026-07-10", "10000")), 0, 0));
    }

    private static Stream<Example> wholeMonths() {
        var terms = Levers.requiring(
                terms(lever("core", flat("10%"))),
                true,
                new Requirement(Requirement.Kind.COMPETENCY, Set.of("cloud"), "silver"));
        var facts = Ledgerless.facts(List.of(terms));
        var complete = Ledgerless.with(
                facts,
                new Facts.Location(
                        REIMS,
                        "indirect-reseller",
                        "FR",
                        Set.of(),
                        List.of(new Facts.Enrollment(1, LocalDate.of(2026, 4, 17), null)),
                        List.of(new Facts.Holding(
                                Requirement.Kind.COMPETENCY, "cloud", "gold", LocalDate.of(2026, 4, 12), null)),
                        List.of()));
        return Stream.of(
                new Example(
                        "A16",
                        "complete on 17 April: earns from 1 April",
                        complete,
                        List.of(sale("2026-04-01", "100")),
                        10_00,
                        6_00),
                new Example("A16", "nothing for March", complete, List.of(sale("2026-03-31", "100")), 0, 0));
    }

    private static Stream<Example> bands() {
        var bands = terms(lever(
                        "agreement",
                        retroactive(
                                Measure.QUANTITY,
                                step(Measure.QUANTITY, "0", fixed("100")),
                                step(Measure.QUANTITY, "2400", fixed("200")),
                                step(Measure.QUANTITY, "6000", fixed("300")),
                                step(Measure.QUANTITY, "15000", fixed("400"))))
                .on(new Lever.HigherOf("desktops", "users"))
                .per(Per.CUSTOMER, Span.TERM)
                .split("100%"));
        return Stream.of(
                example("A27", "2,399 desktops: band A", bands, 100_00, 100_00, counted(2399, DESKTOPS)),
                example("A27", "2,400 desktops: band B", bands, 200_00, 200_00, counted(2400, DESKTOPS)),
                example("A27", "14,999 desktops: band C", bands, 300_00, 300_00, counted(14_999, DESKTOPS)),
                example("A27", "15,000 desktops: band D", bands, 400_00, 400_00, counted(15_000, DESKTOPS)),
                example(
                        "A27",
                        "more users than desktops: the users decide",
                        bands,
                        300_00,
                        300_00,
                        counted(2399, DESKTOPS),
                        counted(6000, USERS)),
                example(
                        "A27",
                        "fewer users than desktops: the desktops decide",
                        bands,
                        200_00,
                        200_00,
                        counted(1000, USERS),
                        counted(2400, DESKTOPS)));
    }

    private static Sale counted(long number, int kind) {
        return sale("2026-03-01", "0").units(number).kind(kind);
    }

    /** One sale under two programs: what the one makes of it says nothing of the other. */
    private static Stream<Example> engagements() {
        var one = terms(lever("one", flat("10%"))
                .of(Attribute.CUSTOMER_SEGMENT, "nonprofit")
                .split("100%"));
        var two = terms(lever("two", flat("3%"))
                .of(Attribute.PRODUCT_FAMILY, "cloud")
                .split("100%"));
        var facts = Ledgerless.facts(List.of());
        var reims = facts.locations().getFirst();
        var since = LocalDate.of(2026, 1, 1);
        var both = new Facts(
                List.of(new Facts.Published(1, 1, one), new Facts.Published(2, 2, two)),
                List.of(new Facts.Location(
                        REIMS,
                        reims.type(),
                        reims.country(),
                        Set.of(),
                        List.of(new Facts.Enrollment(1, since, null), new Facts.Enrollment(2, since, null)),
                        List.of(),
                        List.of())),
                facts.products(),
                facts.customers(),
                facts.lineKinds(),
                facts.rates());
        var sold = sale("2026-02-01", "100");
        return Stream.of(
                new Example("A36", "earns in both", both, List.of(sold.product(CLOUD)), 13_00, 13_00),
                new Example("A36", "earns in the first alone", both, List.of(sold), 10_00, 10_00),
                new Example("A36", "earns in the second alone", both, List.of(sold.product(CLOUD).of(3)), 3_00, 3_00),
                new Example("A36", "earns in neither", both, List.of(sold.of(3)), 0, 0));
    }

    private static Stream<Example> campaigns() {
        var campaign = terms(lever("campaign", flat("2.5%"))
                .floor(Per.PARTNER, Span.TERM, "200")
                .cap(Per.PARTNER, Span.TERM, "12000")
                .split("100%"));
        var billed = terms(lever("campaign", flat("2.5%"))
                .per(Per.PARTNER, Span.TERM)
                .without(Attribute.BILLING, "monthly", 12, Map.of(Attribute.BILLING, Set.of("annual")))
                .floor(Per.PARTNER, Span.TERM, "200")
                .cap(Per.PARTNER, Span.TERM, "12000")
                .split("100%"));
        return Stream.of(
                example("CEE 2020", "less than 200 is forfeited", campaign, 0, 0, sale("2026-05-02", "7999.60")),
                example(
                        "CEE 2020",
                        "200 and more is paid",
                        campaign,
                        200_00,
                        200_00,
                        sale("2026-05-02", "7000"),
                        sale("2026-05-03", "1000")),
                example("CEE 2020", "at most 12,000", campaign, 12_000_00, 12_000_00, sale("2026-05-02", "500000")),
                example(
                        "CEE 2020",
                        "annual billing counts for a tenant without monthly billing in the 12 months before",
                        billed,
                        250_00,
                        250_00,
                        sale("2025-04-30", "100").kind(Ledgerless.MONTHLY),
                        sale("2026-05-02", "10000").kind(Ledgerless.ANNUAL)),
                example(
                        "CEE 2020",
                        "annual billing does not count after monthly billing, which does",
                        billed,
                        500_00,
                        500_00,
                        sale("2026-04-30", "20000").kind(Ledgerless.MONTHLY),
                        sale("2026-05-02", "10000").kind(Ledgerless.ANNUAL)));
    }

    private static Example example(String id, String says, Terms terms, long earned, long rebate, Sale... sales) {
        return new Example(id, says, Ledgerless.facts(List.of(terms)), List.of(sales), earned, rebate);
    }
}
