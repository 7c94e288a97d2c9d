package org.espace.engine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espace.engine.Ledgerless.Sale;
import org.espace.money.Money;
import org.espace.terms.Lever;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped programs pay what was published: docs/terms.md, Published rates. */
class PublishedProgramsTest {

    private static final Path SHIPPED = Path.of("../center/src/main/resources/terms");
    private static final List<String> FAMILIES = List.of(
            "m365-core",
            "m365-strategic",
            "m365-e5",
            "pstn",
            "azure",
            "d365-core",
            "d365-finance",
            "d365-bc",
            "software");
    private static final List<String> AREAS = List.of(
            "modern-work",
            "modern-work",
            "modern-work",
            "modern-work",
            "azure",
            "business-applications",
            "business-applications",
            "business-applications",
            "software");

    private static final int OLD = 1;
    private static final int NEW = 2;
    private static final int NONPROFIT = 3;

    private static final int NO_KIND = 0;
    private static final int USED = 1;
    private static final int SEATS = 2;
    private static final int HOURS = 3;
    private static final int DESKTOPS = 4;
    private static final int USERS = 5;
    private static final int PLAN = 6;
    private static final int TRIAL = 7;
    private static final int MONTHLY = 8;
    private static final int ANNUAL = 9;

    /** One sale of 1,000 in the middle of the version. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        version                      | day        | family         | customer | earned
        csp-indirect-reseller-fy18   | 2018-01-15 | m365-core      | old      |  80.00
        csp-indirect-reseller-fy18   | 2018-01-15 | m365-e5        | old      | 110.00
        csp-indirect-reseller-fy18   | 2018-01-15 | azure          | new      | 130.00
        csp-indirect-reseller-fy19-h1| 2018-10-15 | m365-e5        | old      |  80.00
        csp-indirect-reseller-fy19-h2| 2019-03-15 | m365-core      | old      |  60.00
        csp-indirect-reseller-fy19-h2| 2019-03-15 | m365-core      | new      |  80.00
        csp-indirect-reseller-fy19-h2| 2019-03-15 | azure          | old      | 100.00
        csp-indirect-reseller-fy20-q1| 2019-08-15 | m365-core      | old      |  60.00
        csp-indirect-reseller-fy20-q1| 2019-08-15 | pstn           | old      | 200.00
        csp-indirect-reseller-fy20-q1| 2019-08-15 | software       | old      |  12.50
        csp-indirect-reseller-fy20   | 2020-02-15 | azure          | old      |  60.00
        csp-indirect-reseller-fy21   | 2021-02-15 | azure          | old      |  40.00
        csp-indirect-reseller-fy21   | 2021-02-15 | d365-core      | old      |  47.50
        csp-indirect-reseller-fy22   | 2022-02-15 | m365-core      | old      |  40.00
        csp-indirect-reseller-fy25   | 2025-02-15 | m365-core      | old      |  37.50
        csp-indirect-reseller-fy25   | 2025-02-15 | m365-strategic | old      |  87.50
        csp-indirect-reseller-fy25   | 2025-02-15 | m365-e5        | new      | 257.50
        csp-indirect-reseller-fy26   | 2026-02-15 | m365-e5        | old      | 107.50
        csp-indirect-reseller-fy27   | 2027-02-15 | azure          | old      |  30.00
        csp-direct-bill-fy25         | 2025-02-15 | m365-e5        | old      | 107.50
        csp-direct-bill-fy26         | 2026-02-15 | d365-bc        | old      | 120.00
        """)
    void aThousandEarns(String version, String day, String family, String customer, String earned) {
        var world = new World(version);
        world.sell(day, customer.equals("new") ? NEW : OLD, family, 1, "1000.00", NO_KIND);
        assertThat(world.earned()).isEqualTo(usd(earned));
    }

    @Test
    void a1TheNonprofitAcceleratorPaysTwelvePercentSixtyToForty() {
        var world = new World("csp-indirect-reseller-fy22");
        world.sell("2022-02-15", NONPROFIT, "m365-core", 1, "10000.00", NO_KIND);
        assertThat(world.earnedBy("nonprofit")).isEqualTo(usd("1200.00"));
        assertThat(world.rebateBy("nonprofit")).isEqualTo(usd("720.00"));
    }

    @Test
    void a2AHundredNewSeatsAreGrowthAndTierTwo() {
        var world = new World("csp-growth-fy27");
        world.sell("2026-07-15", NEW, "m365-e5", 100, "25200.00", NO_KIND);
        assertThat(world.earned()).isEqualTo(usd("4914.00"));
        assertThat(world.rebate()).isEqualTo(usd("2948.40"));
    }

    @Test
    void a5AStrategicProductForANewCustomerAddsUpToTwelvePercentAllRebate() {
        var world = new World("csp-indirect-reseller-fy20-q1");
        world.sell("2019-08-15", NEW, "m365-strategic", 1, "1000.00", NO_KIND);
        assertThat(world.earned()).isEqualTo(usd("120.00"));
        assertThat(world.rebate()).isEqualTo(usd("120.00"));
    }

    @Test
    void a7ADynamicsCustomerAddPaysTwentyPercentOfTheYearThenOfGrowth() {
        var world = new World("csp-indirect-reseller-fy20");
        world.sell("2019-09-15", OLD, "d365-core", 1, "999.99", NO_KIND);
        world.sell("2019-10-15", OLD, "d365-core", 1, "1000.00", NO_KIND);
        assertThat(world.earnedBy("d365-add")).isEqualTo(usd("2400.00"));
        world.sell("2019-11-15", OLD, "d365-core", 1, "1500.00", NO_KIND);
        assertThat(world.earnedBy("d365-add")).isEqualTo(usd("2500.00"));
        world.sell("2019-12-15", OLD, "d365-core", 1, "900000.00", NO_KIND);
        assertThat(world.earnedBy("d365-add")).isEqualTo(usd("100000.00"));
    }

    @Test
    void a7WhoHadAlreadyReachedTheThresholdIsNoNewCustomer() {
        var world = new World("csp-indirect-reseller-fy20");
        world.sell("2019-09-15", OLD, "d365-core", 1, "1000.00", NO_KIND);
        world.sell("2019-10-15", OLD, "d365-core", 1, "1500.00", NO_KIND);
        assertThat(world.earnedBy("d365-add")).isEqualTo(usd("0.00"));
    }

    @Test
    void a8AModernWorkplaceAddPaysFivePercentOfEachMonth() {
        var world = new World("csp-indirect-reseller-fy20");
        world.sell("2019-09-15", OLD, "m365-core", 1, "249.00", NO_KIND);
        world.sell("2019-10-15", OLD, "m365-core", 1, "250.00", NO_KIND);
        assertThat(world.earnedBy("modern-work-add")).isEqualTo(usd("12.50"));
        world.sell("2019-11-15", OLD, "m365-core", 1, "250.00", NO_KIND);
        assertThat(world.earnedBy("modern-work-add")).isEqualTo(usd("25.00"));
    }

    @Test
    void a13FiftyActiveUsersAtATenthOfTheirCard() {
        var world = new World("online-services-usage-fy16");
        world.sell("2015-09-15", OLD, "m365-core", 50, "0.00", USED);
        assertThat(world.earned()).isEqualTo(usd("100.00"));
    }

    @Test
    void a14APlanEarnsNoMoreThanWasApproved() {
        var world = new World("incentive-plan-fy24");
        world.sell("2024-04-15", OLD, "m365-core", 1, "5000.00", PLAN);
        assertThat(world.earned()).isEqualTo(usd("5000.00"));
        world.sell("2024-05-15", OLD, "m365-core", 1, "6000.00", PLAN);
        assertThat(world.earned()).isEqualTo(usd("10000.00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        desktops | users | fee
            2399 |     1 |  1000.00
            2400 |     1 |  2500.00
            5999 |  6000 |  5000.00
           14999 |     1 |  5000.00
           15000 |     1 | 10000.00
        """)
    void a27TheHigherOfDesktopsAndUsersDecidesTheBand(long desktops, long users, String fee) {
        var world = new World("enterprise-agreement-fy19");
        world.sell("2018-09-15", OLD, "m365-core", desktops, "0.00", DESKTOPS);
        world.sell("2018-09-15", OLD, "m365-core", users, "0.00", USERS);
        assertThat(world.earned()).isEqualTo(usd(fee));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        seats | earned
          399 |    0.00
          400 |  798.00
          599 |  798.00
          600 |  997.50
         1200 | 1596.00
        """)
    void theSeatTierReachedPaysOnAllAndIsNotAddedToTheOthers(long seats, String earned) {
        var world = new World("distributor-seats-2018");
        world.sell("2018-02-15", OLD, "m365-core", 399, "39900.00", NO_KIND);
        if (seats > 399) {
            world.sell("2018-03-15", OLD, "m365-core", seats - 399, "0.00", NO_KIND);
        }
        assertThat(world.earned()).isEqualTo(usd(earned));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        sold      | earned
          7999.00 |     0.00
          8000.00 |   200.00
        480000.00 | 12000.00
        900000.00 | 12000.00
        """)
    void theCampaignForfeitsBelowItsFloorAndEndsAtItsCap(String sold, String earned) {
        var world = new World("campaign-cee-2020-2");
        world.sell("2020-05-15", OLD, "azure", 1, sold, NO_KIND);
        assertThat(world.earned()).isEqualTo(usd(earned));
    }

    @Test
    void theCampaignCountsAnnualBillingOnlyWithoutMonthlyBillingInTheYearBefore() {
        var world = new World("campaign-cee-2020-2");
        world.sell("2019-05-31", OLD, "m365-core", 1, "10.00", MONTHLY);
        world.sell("2020-05-15", OLD, "azure", 1, "10000.00", ANNUAL);
        assertThat(world.earned()).isEqualTo(usd("0.00"));
        world.sell("2020-05-15", NEW, "azure", 1, "10000.00", ANNUAL);
        assertThat(world.earned()).isEqualTo(usd("250.00"));
        world.sell("2020-05-15", OLD, "azure", 1, "4000.00", MONTHLY);
        assertThat(world.earned()).isEqualTo(usd("350.00"));
    }

    @Test
    void growthFromMonthToMonthPaysAThirdAndTrialsNothing() {
        var world = new World("campaign-emea-2021");
        world.sell("2021-02-15", OLD, "azure", 1, "1000.00", NO_KIND);
        world.sell("2021-03-15", OLD, "azure", 1, "1500.00", NO_KIND);
        world.sell("2021-03-16", OLD, "azure", 1, "9000.00", TRIAL);
        assertThat(world.earned()).isEqualTo(usd("175.00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        contract  | hours | earned
         20000.00 |    40 | 1500.00
         90000.00 |    20 | 3000.00
        200000.00 |   100 | 6000.00
        """)
    void aWorkshopEarnsTheLeastOfShareHoursAndSixThousand(String contract, long hours, String earned) {
        var world = new World("workshop-fy26");
        world.sell("2025-09-15", OLD, "d365-core", hours, contract, HOURS);
        assertThat(world.earned()).isEqualTo(usd(earned));
    }

    @Test
    void seatsAboveTheHighestMonthBeforeEarn() {
        var world = new World("modern-work-usage-fy22");
        world.sell("2021-05-15", OLD, "m365-core", 100, "0.00", SEATS);
        world.sell("2021-10-15", OLD, "m365-core", 150, "0.00", SEATS);
        assertThat(world.earned()).isEqualTo(usd("0.00"));
        world.sell("2021-11-15", OLD, "m365-core", 220, "0.00", SEATS);
        assertThat(world.earned()).isEqualTo(usd("700.00"));
    }

    @Test
    void dynamicsGrowthIsOverTheSameMonthLastYear() {
        var world = new World("csp-dynamics-fy26");
        world.sell("2024-09-15", OLD, "d365-core", 1, "10000.00", NO_KIND);
        world.sell("2025-09-15", OLD, "d365-core", 1, "13000.00", NO_KIND);
        assertThat(world.earnedBy("growth")).isEqualTo(usd("240.00"));
    }

    @Test
    void theCeilingOfFy27HoldsModernWorkToNineteenAndAHalfPercent() {
        var world = new World("csp-growth-fy27");
        world.sell("2026-07-15", NEW, "m365-e5", 1, "1000.00", NO_KIND);
        world.sell("2026-08-15", NEW, "m365-strategic", 1, "1000.00", NO_KIND);
        assertThat(world.earned()).isEqualTo(usd("345.00"));
    }

    private static long usd(String amount) {
        return Money.of(amount, "USD").minor();
    }

    /** One location that has joined, holds whatever the terms require, and has a plan of 10,000. */
    private static final class World {

        private final Terms terms;
        private final List<Sale> sold = new ArrayList<>();

        World(String file) {
            try {
                terms = TermsReader.read(Files.readString(SHIPPED.resolve(file + ".yaml")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void sell(String day, int customer, String family, long quantity, String amount, int kind) {
            sold.add(new Sale(
                    1,
                    LocalDate.parse(day),
                    customer,
                    FAMILIES.indexOf(family) + 1,
                    quantity,
                    amount,
                    "USD",
                    77,
                    kind));
        }

        long earned() {
            return lines().stream().mapToLong(Ledgerless.Line::amount).sum();
        }

        long rebate() {
            return lines().stream().mapToLong(Ledgerless.Line::rebate).sum();
        }

        long earnedBy(String lever) {
            return byLever().getOrDefault(number(lever), 0L);
        }

        long rebateBy(String lever) {
            return lines().stream()
                    .filter(line -> line.lever() == number(lever))
                    .mapToLong(Ledgerless.Line::rebate)
                    .sum();
        }

        private Map<Integer, Long> byLever() {
            return lines().stream()
                    .collect(groupingBy(Ledgerless.Line::lever, TreeMap::new, summingLong(Ledgerless.Line::amount)));
        }

        private int number(String lever) {
            return terms.levers().indexOf(terms.lever(lever)) + 1;
        }

        private List<Ledgerless.Line> lines() {
            return new Ledgerless(facts(), 0).rate(1, sold);
        }

        private Facts facts() {
            var first = terms.effective().from();
            var joined = new Facts.Enrollment(1, first.minusYears(3), null);
            var held = terms.requires().stream()
                    .map(required -> new Facts.Holding(
                            required.kind(),
                            required.anyOf().iterator().next(),
                            Requirement.LEVELS.getLast(),
                            first.minusYears(3),
                            null))
                    .toList();
            var location = new Facts.Location(
                    1,
                    terms.partnerTypes().stream().findFirst().orElse("indirect-reseller"),
                    terms.countries().stream().findFirst().orElse("FR"),
                    Set.of(),
                    List.of(joined),
                    held,
                    List.of(new Facts.Plan(1, first, terms.effective().until(), 1_000_000)));
            return new Facts(
                    List.of(new Facts.Published(1, 1, terms)),
                    List.of(location),
                    IntStream.range(0, FAMILIES.size())
                            .mapToObj(i -> new Facts.Product(i + 1, "P" + i, FAMILIES.get(i), AREAS.get(i)))
                            .toList(),
                    List.of(
                            new Facts.Customer(OLD, "C1", "US", null, LocalDate.of(2000, 1, 1)),
                            new Facts.Customer(NEW, "C2", "US", null, first),
                            new Facts.Customer(NONPROFIT, "C3", "US", "nonprofit", LocalDate.of(2000, 1, 1))),
                    List.of(
                            kind(USED, Lever.Trigger.CONSUMED, Attribute.UNIT, "active-users"),
                            kind(SEATS, Lever.Trigger.INVOICED, Attribute.UNIT, "seats"),
                            kind(HOURS, Lever.Trigger.INVOICED, Attribute.UNIT, "hours"),
                            agreement(DESKTOPS, "desktops"),
                            agreement(USERS, "users"),
                            kind(PLAN, Lever.Trigger.INVOICED, Attribute.ORDER_TYPE, "plan"),
                            kind(TRIAL, Lever.Trigger.INVOICED, Attribute.TRIAL, "true"),
                            kind(MONTHLY, Lever.Trigger.INVOICED, Attribute.BILLING, "monthly"),
                            kind(ANNUAL, Lever.Trigger.INVOICED, Attribute.BILLING, "annual")),
                    List.of());
        }

        private static Facts.LineKind kind(int id, Lever.Trigger happened, Attribute attribute, String value) {
            return new Facts.LineKind(id, happened, Map.of(attribute, value));
        }

        private static Facts.LineKind agreement(int id, String unit) {
            return new Facts.LineKind(
                    id,
                    Lever.Trigger.INVOICED,
                    Map.of(Attribute.UNIT, unit, Attribute.ORDER_TYPE, "enterprise-agreement"));
        }
    }
}
