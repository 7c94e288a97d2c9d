package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** From a feed's columns and the files beside it to what is earned. */
@RoomTest
class WiderFactsTest {

    private static final String HEADER =
            "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,"
                    + "currency,status,order,event,unit,trial\n";

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Sales sales;

    @TempDir
    Path folder;

    @Test
    void aSaleEarnsOnceItIsPaidAndLosesItWhenTheOrderWasATrial() throws IOException {
        begin("WFP", "wider-paid", """
                - {id: paid, of: {unit: seats, except: {trial: true}}, trigger: paid, rate: 10%}
                """);
        load("WFP-S1,WFP-1,2026-02-03,WFP-A,A,FR,,WFP-SUITE,5,1000.00,USD,,PO-1,invoiced,seats,\n");
        assertThat(earned("WFP-1")).isEqualByComparingTo("0");
        assertThat(row("WFP-1").pending()).isEqualByComparingTo("1000.00");

        load("WFP-S1,WFP-1,2026-02-03,WFP-A,A,FR,,WFP-SUITE,5,1000.00,USD,,PO-1,paid,seats,\n");
        assertThat(earned("WFP-1")).isEqualByComparingTo("100.00");
        assertThat(row("WFP-1").pending()).isEqualByComparingTo("0");

        load("WFP-S1,WFP-1,2026-02-03,WFP-A,A,FR,,WFP-SUITE,5,1000.00,USD,,PO-1,paid,seats,true\n");
        assertThat(earned("WFP-1")).isEqualByComparingTo("0");
    }

    @Test
    void tiersPerOrderAddUpTheLinesOfOneOrder() throws IOException {
        begin("WFO", "wider-order", """
                - {id: order, of: all, tiers: {kind: retroactive, per: order, period: term,
                   steps: [{from: 1000 USD, rate: 10%}]}}
                """);
        load("""
                WFO-S1,WFO-1,2026-02-03,WFO-A,A,FR,,WFO-SUITE,1,600.00,USD,,PO-1,,,
                WFO-S2,WFO-1,2026-02-03,WFO-A,A,FR,,WFO-SUITE,1,600.00,USD,,PO-1,,,
                WFO-S3,WFO-1,2026-02-03,WFO-A,A,FR,,WFO-SUITE,1,600.00,USD,,PO-2,,,
                WFO-S4,WFO-1,2026-02-03,WFO-A,A,FR,,WFO-SUITE,1,600.00,USD,,PO-3,,,
                """);
        assertThat(earned("WFO-1")).isEqualByComparingTo("120.00");

        load("""
                WFO-S4,WFO-1,2026-02-03,WFO-A,A,FR,,WFO-SUITE,1,600.00,USD,,PO-2,,,
                """);
        assertThat(earned("WFO-1")).isEqualByComparingTo("240.00");
    }

    @Test
    void whatALocationHoldsIsListedForAndPlansAndWhoIsANewCustomerDecide() throws IOException {
        begin("WFL", "wider-standing", """
                - {id: listed, of: {partner-list: wfl-spring}, rate: 1%}
                - {id: signed, of: all, requires: [{agreement: wfl-network}], rate: 0.1%}
                - {id: proved, of: all, requires: [{competency: {any-of: wfl-cloud, level: gold}}], rate: 0.01%}
                - {id: fresh, of: all, customers: {new-for: 12 months}, rate: 10%}
                """);
        var line = "WFL-S1,WFL-1,2026-02-03,WFL-A,A,FR,,WFL-SUITE,1,10000.00,USD,,,,,\n";
        load(line);
        assertThat(earned("WFL-1")).isEqualByComparingTo("0");

        beside("lists.csv", "location,list\nWFL-1,wfl-spring\n");
        load(line);
        assertThat(earned("WFL-1")).isEqualByComparingTo("100.00");

        beside("holdings.csv", """
                location,kind,code,level,since,until
                WFL-1,agreement,wfl-network,,2026-01-01,
                WFL-1,competency,wfl-cloud,silver,2026-01-01,
                """);
        load(line);
        assertThat(earned("WFL-1")).isEqualByComparingTo("110.00");

        beside("holdings.csv", """
                location,kind,code,level,since,until
                WFL-1,agreement,wfl-network,,2026-01-01,2026-02-03
                WFL-1,competency,wfl-cloud,gold,2026-01-01,
                """);
        load(line);
        assertThat(earned("WFL-1")).isEqualByComparingTo("101.00");

        beside("customers.csv", "customer,since\nWFL-A,2026-01-15\n");
        load(line);
        assertThat(earned("WFL-1")).isEqualByComparingTo("1101.00");
    }

    @Test
    void aPlanIsTheMostThatIsEarnedUnderIt() throws IOException {
        begin("WFC", "wider-plan", """
                - {id: all, of: all, rate: 10%}
                ceilings:
                - {id: planned, levers: all, plan: true}
                """);
        beside("plans.csv", "location,program,since,until,amount\nWFC-1,wider-plan,2026-01-01,2026-07-01,70.505\n");
        var line = "WFC-S1,WFC-1,2026-02-03,WFC-A,A,FR,,WFC-SUITE,1,1000.00,USD,,,,,\n";
        load(line);
        assertThat(earned("WFC-1")).isEqualByComparingTo("70.50");

        beside("plans.csv", "location,program,since,until,amount\nWFC-1,wider-plan,2026-01-01,2026-07-01,90\n");
        load(line);
        assertThat(earned("WFC-1")).isEqualByComparingTo("90.00");
    }

    private void begin(String prefix, String program, String levers) throws IOException {
        programs.publish("""
                program: %s
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers:
                %s""".formatted(program, levers), "test");
        Vendor.of(prefix, folder, sales).enrolled(program, "2026-01-01");
    }

    private void beside(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void load(String rows) throws IOException {
        var feed = Files.writeString(folder.resolve("sales.csv"), HEADER + rows);
        sales.load(feed, new LoadOrder("espace"), "test", Progress.SILENT);
        earnings.refresh("test", Progress.SILENT);
    }

    private BigDecimal earned(String location) {
        return row(location).earned();
    }

    private TotalsRow row(String location) {
        return earnings.totals().stream()
                .filter(row -> location.equals(row.location()) && row.program() != null)
                .findFirst()
                .orElseThrow();
    }
}
