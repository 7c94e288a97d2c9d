package org.espace.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.enrollment.Enrollments;
import org.espace.partners.Location;
import org.espace.partners.Locations;
import org.espace.partners.Partners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A location that sells under several numbers is one location: it sells, is enrolled, earns and closes as one. */
@RoomTest
class TransactingIdsTest {

    @Autowired
    Sales sales;

    @Autowired
    Partners partners;

    @Autowired
    Locations locations;

    @Autowired
    Enrollments enrollments;

    @Autowired
    Earnings earnings;

    @Autowired
    Clock clock;

    @TempDir
    Path folder;

    @Test
    void salesUnderASecondNumberAreSalesOfTheLocationAndAClosedLocationLeavesItsPrograms() throws IOException {
        write("partners.csv", """
                partner,partner_name,partner_country,location,location_name,location_country,type
                TWOIDS,Two Numbers,FR,TWOIDS-1,Two Numbers Lyon,FR,direct-reseller
                """);
        write("products.csv", """
                product,name,family,solution_area
                TWOIDS-M365,Business Premium,m365,modern-work
                """);
        write("enrollments.csv", """
                location,program,since,until
                TWOIDS-1,csp-direct-bill,2025-07-01,
                """);
        assertThat(load("first.csv", "T-1,TWOIDS-1,2025-09-10,100.00").accepted())
                .isEqualTo(1);
        var location = partners.findLocation("TWOIDS-1").orElseThrow();
        locations.addTransactingId(location.id(), Map.of("number", "TWOIDS-B", "since", "2025-10-01"), "test");

        write("partners.csv", """
                partner,partner_name,partner_country,location,location_name,location_country,type
                TWOIDS,Two Numbers,FR,TWOIDS-1,Two Numbers Lyon,FR,direct-reseller
                TWOIDS,Two Numbers,FR,TWOIDS-B,Written by another system,BE,indirect-reseller
                """);
        assertThat(load("second.csv", "T-2,TWOIDS-B,2025-10-11,2000.00").accepted())
                .isEqualTo(1);
        earnings.refresh("test", Progress.SILENT);

        assertThat(partners.locations(location.partner())).containsExactly(location);
        assertThat(earnings.totals())
                .filteredOn(row -> "TWOIDS-1".equals(row.location()) && "csp-direct-bill".equals(row.program()))
                .extracting(row ->
                        row.month() + " " + row.received().stripTrailingZeros().toPlainString())
                .containsExactlyInAnyOrder("2025-09 100", "2025-10 2000");

        close(location);
        assertThat(enrollments.of(List.of(location.id())))
                .singleElement()
                .satisfies(enrollment -> assertThat(enrollment.until()).isEqualTo(LocalDate.now(clock)));
    }

    private void close(Location location) {
        locations.close(
                location.id(),
                Map.of(
                        "number",
                        location.number(),
                        "statement",
                        "Letter of 20 Nov 2026: close it, we know that it cannot be restored."),
                "test");
    }

    private LoadReport load(String name, String line) throws IOException {
        var cells = line.split(",", -1);
        write(name, """
                line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status
                %s,%s,%s,TWOIDS-C,Atelier,FR,corporate,TWOIDS-M365,10,%s,USD,invoiced
                """.formatted(cells[0], cells[1], cells[2], cells[3]));
        return sales.load(folder.resolve(name), new LoadOrder("espace"), "test", Progress.SILENT);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
