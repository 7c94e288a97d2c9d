package org.espace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.espace.RoomTest;
import org.espace.Statements;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.batch.Progress;
import org.espace.earnings.Earnings;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.LoadOrder;
import org.espace.sales.Sales;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * What the dashboard asks the database, counted: most of a page's time goes into questions and answers. Who needs one more
 * raises the number here, and says why.
 */
@RoomTest
class DashboardStatementsTest {

    /** With the wall, the transaction and the frame. */
    private static final int REVIEWED = 14;

    private static final Path FEED = Path.of("target/room-tests/statements");

    @Autowired
    Sales sales;

    @Autowired
    Earnings earnings;

    @Autowired
    Partners partners;

    @Autowired
    Programs programs;

    @Autowired
    DataSource database;

    @Autowired
    MockMvcTester web;

    @BeforeEach
    void oneSmallPartnerAndOneWithMoreOfEverything() throws IOException {
        if (partners.find("FEW").isPresent()) {
            return;
        }
        programs.publish("""
                program: counted
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                levers:
                  - {id: core, of: all, rate: 4%}
                  - {id: more, of: all, rate: 1%}
                """, "test");
        Files.createDirectories(FEED);
        Files.writeString(FEED.resolve("partners.csv"), """
                partner,partner_name,partner_country,location,location_name,location_country,type
                FEW,Peu de Chose,FR,FEW-1,Peu de Chose Lyon,FR,indirect-reseller
                MANY,Grand Nombre,FR,MANY-1,Grand Nombre Lyon,FR,indirect-reseller
                MANY,Grand Nombre,FR,MANY-2,Grand Nombre Paris,FR,indirect-reseller
                MANY,Grand Nombre,FR,MANY-3,Grand Nombre Nantes,FR,indirect-reseller
                """);
        Files.writeString(FEED.resolve("products.csv"), """
                product,name,family,solution_area
                STM-M365,Business Premium,m365,modern-work
                """);
        Files.writeString(FEED.resolve("enrollments.csv"), """
                location,program,since,until
                FEW-1,counted,2026-01-01,
                MANY-1,counted,2026-01-01,
                MANY-2,counted,2026-01-01,
                """);
        var lines = new StringBuilder(
                "line_id,location,day,customer,customer_name,customer_country,customer_segment,product,quantity,amount,currency,status\n");
        lines.append("F-1,FEW-1,2026-02-10,STM-C0,Client 0,FR,corporate,STM-M365,1,1000.00,USD,invoiced\n");
        var states = List.of("invoiced", "cancelled", "open");
        for (var i = 1; i < 60; i++) {
            lines.append("M-%d,MANY-%d,2026-%02d-10,STM-C%d,Client %d,FR,corporate,STM-M365,1,%d.00,USD,%s\n"
                    .formatted(i, 1 + i % 3, 1 + i % 5, i, i, 1000 + i, states.get(i % 4 % 3)));
        }
        Files.writeString(FEED.resolve("sales.csv"), lines);
        sales.load(FEED.resolve("sales.csv"), new LoadOrder("espace"), "test", Progress.SILENT);
        earnings.refresh("test", Progress.SILENT);
    }

    @Test
    void theDashboardAsksNoMoreThanWasReviewed() {
        assertThat(asked("MANY", "")).hasSizeLessThanOrEqualTo(REVIEWED);
    }

    @Test
    void whoHasMoreOfEverythingAsksNoMore() {
        assertThat(asked("MANY", "")).hasSameSizeAs(asked("FEW", ""));
    }

    private List<String> asked(String number, String query) {
        var partner = partners.find(number).orElseThrow().id();
        var user = new SignedIn(
                new UserId(1),
                "statements@example.com",
                "Test",
                null,
                partner.value(),
                null,
                List.of(Grant.at(partner, Role.INCENTIVES_USER)));
        try (var statements = new Statements(database)) {
            for (var visit = 0; visit < 2; visit++) {
                statements.sent();
                assertThat(web.get()
                                .uri("/partners/" + partner + "/earnings" + query)
                                .with(authentication(
                                        UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()))))
                        .hasStatusOk();
            }
            return statements.sent();
        }
    }
}
