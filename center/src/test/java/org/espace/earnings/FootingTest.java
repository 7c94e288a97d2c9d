package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.customers.Customers;
import org.espace.engine.Facts;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.LoadReport;
import org.espace.sales.Sales;
import org.espace.terms.Lever.Trigger;
import org.espace.terms.Requirement;
import org.espace.terms.Selection.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What a feed says of customers, locations and lines is what earnings rest on. */
@RoomTest
class FootingTest {

    private static final String HEADER =
            "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,"
                    + "currency,status,order,event,unit\n";

    @Autowired
    Footing footing;

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Customers customers;

    @Autowired
    Sales sales;

    @TempDir
    Path folder;

    @Test
    void holdsWhatAFeedSays() throws IOException {
        publish("foot-holds");
        Vendor.of("FTH", folder, sales);
        beside("customers.csv", "customer,since\nFTH-A,2019-05-01\n");
        beside("lists.csv", "location,list\nFTH-1,spring\nFTH-1,autumn\nFTH-2,spring\n");
        beside("holdings.csv", "location,kind,code,level,since,until\nFTH-1,competency,cloud,gold,2026-01-01,\n");
        beside("plans.csv", """
                location,program,since,until,amount
                FTH-1,foot-holds,2026-01-01,2026-07-01,2500.509
                FTH-1,nobody-knows,2026-01-01,2026-07-01,1
                """);
        load("sales.csv", "FTH-S1,FTH-1,2026-02-03,FTH-A,A,FR,,FTH-SUITE,1,100.00,USD,,PO-1,paid,fth-seats\n");
        var facts = footing.now().facts();
        var here = of(facts, "FTH-1");

        assertThat(here.lists()).containsExactly("autumn", "spring");
        assertThat(here.holdings())
                .containsExactly(new Facts.Holding(
                        Requirement.Kind.COMPETENCY, "cloud", "gold", LocalDate.of(2026, 1, 1), null));
        assertThat(here.plans())
                .extracting(Facts.Plan::from, Facts.Plan::until, Facts.Plan::minor)
                .containsExactly(tuple(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1), 250_050L));
        assertThat(of(facts, "FTH-2").lists()).containsExactly("spring");
        assertThat(facts.customers())
                .filteredOn(customer -> customer.number().equals("FTH-A"))
                .singleElement()
                .satisfies(customer -> assertThat(customer.since()).isEqualTo("2019-05-01"));
        assertThat(facts.lineKinds())
                .filteredOn(kind -> "fth-seats".equals(kind.attributes().get(Attribute.UNIT)))
                .singleElement()
                .satisfies(kind -> {
                    assertThat(kind.happened()).isEqualTo(Trigger.PAID);
                    assertThat(kind.attributes()).isEqualTo(Map.of(Attribute.UNIT, "fth-seats"));
                });
    }

    @Test
    void aHoldingThatEndsEarlierIsSeenByTheNextRefreshForItsLocationAlone() throws IOException {
        publish("foot-ends");
        Vendor.of("FTE", folder, sales).enrolled("foot-ends", "2026-01-01");
        beside("lists.csv", "location,list\nFTE-1,spring\nFTE-2,spring\n");
        beside("holdings.csv", "location,kind,code,level,since,until\nFTE-1,agreement,network,,2026-01-01,\n");
        var line = "FTE-S%1$d,FTE-%1$d,2026-02-03,FTE-A,A,FR,,FTE-SUITE,1,100.00,USD,,,,\n";
        load("sales.csv", line.formatted(1) + line.formatted(2));
        earnings.refresh("test", Progress.SILENT);
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isZero();

        beside(
                "holdings.csv",
                "location,kind,code,level,since,until\nFTE-1,agreement,network,,2026-01-01,2026-02-01\n");
        load("sales.csv", line.formatted(1) + line.formatted(2));
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isEqualTo(1);

        beside("lists.csv", "location,list,listed\nFTE-1,spring,\nFTE-2,spring,false\n");
        load("sales.csv", line.formatted(1) + line.formatted(2));
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isEqualTo(1);
        assertThat(of(footing.now().facts(), "FTE-2").lists()).isEmpty();
    }

    @Test
    void newKindsOfLinesReplayNobody() throws IOException {
        publish("foot-kinds");
        Vendor.of("FTK", folder, sales).enrolled("foot-kinds", "2026-01-01");
        load("one.csv", "FTK-S1,FTK-1,2026-02-03,FTK-A,A,FR,,FTK-SUITE,1,100.00,USD,,,,\n");
        earnings.refresh("test", Progress.SILENT);

        load("two.csv", "FTK-S2,FTK-1,2026-02-03,FTK-A,A,FR,,FTK-SUITE,1,100.00,USD,,,paid,ftk-seats\n");
        var run = earnings.refresh("test", Progress.SILENT);
        assertThat(List.of(run.replayed(), (int) run.salesLines())).containsExactly(0, 1);
    }

    @Test
    void aCustomersCampaignListsAreKeptUntilTheyAreWithdrawn() throws IOException {
        publish("foot-listed");
        Vendor.of("FTL", folder, sales).enrolled("foot-listed", "2026-01-01");
        var line = "FTL-S1,FTL-1,2026-02-03,FTL-A,Anna,FR,,FTL-SUITE,1,100.00,USD,,,,\n";
        load("sales.csv", line);
        earnings.refresh("test", Progress.SILENT);
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isZero();

        beside("customer-lists.csv", """
                customer,list,listed
                FTL-A,spring,
                FTL-A,autumn,false
                FTL-A,autumn,true
                FTL-NOBODY,spring,
                """);
        assertThat(load("sales.csv", line).refusedBeside()).isEqualTo(1);
        assertThat(listed("FTL-A")).containsExactly("autumn", "spring");
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isPositive();

        beside("customer-lists.csv", "customer,list,listed\nFTL-A,spring,false\nFTL-A,spring,false\n");
        load("sales.csv", line);
        assertThat(listed("FTL-A")).containsExactly("autumn");
    }

    private Set<String> listed(String number) {
        return footing.now().facts().customers().stream()
                .filter(customer -> customer.number().equals(number))
                .findFirst()
                .orElseThrow()
                .lists();
    }

    /** Customers are what holds for everybody: whoever sold to one may have sold to a new customer. */
    @Test
    void aCustomerThatIsOneSinceAnotherDayIsSeen() throws IOException {
        publish("foot-since");
        Vendor.of("FTS", folder, sales).enrolled("foot-since", "2026-01-01");
        var line = "FTS-S1,FTS-1,2026-02-03,FTS-A,Anna,FR,public,FTS-SUITE,1,100.00,USD,,,,\n";
        load("sales.csv", line);
        earnings.refresh("test", Progress.SILENT);

        beside("customers.csv", "customer,since\nFTS-A,2026-01-15\n");
        load("sales.csv", line);
        assertThat(earnings.refresh("test", Progress.SILENT).replayed()).isPositive();
        assertThat(customers.all())
                .filteredOn(customer -> customer.number().equals("FTS-A"))
                .singleElement()
                .satisfies(customer -> assertThat(List.of(
                                customer.name(),
                                String.valueOf(customer.country()),
                                String.valueOf(customer.segment()),
                                String.valueOf(customer.since())))
                        .containsExactly("Anna", "FR", "public", "2026-01-15"));
    }

    private void publish(String program) {
        programs.publish("""
                program: %s
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers:
                  - {id: core, of: all, rate: 5%%}
                """.formatted(program), "test");
    }

    private Facts.Location of(Facts facts, String number) {
        var id = partners.locationNumbers().getOrDefault(number, 0);
        return facts.locations().stream()
                .filter(location -> location.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private void beside(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private LoadReport load(String file, String rows) throws IOException {
        var feed = Files.writeString(folder.resolve(file), HEADER + rows);
        return sales.load(feed, new LoadOrder("espace"), "test", Progress.SILENT);
    }
}
