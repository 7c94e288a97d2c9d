package org.espace.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.espace.RoomTest;
import org.espace.batch.DuckDb;
import org.espace.batch.Progress;
import org.espace.feed.Intake.Bucket;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class SalesTest {

    private static final Path STEEL_WHEELS = Path.of("../../shared/data/steelwheels/orderfact.csv");

    @Autowired
    Sales sales;

    @Autowired
    Partners partners;

    @Autowired
    Instance instance;

    @Autowired
    ApplicationEvents events;

    @Test
    void steelWheelsIsTakenInToTheCent() throws SQLException {
        assumeTrue(Files.exists(STEEL_WHEELS), "the Steel Wheels data is not beside the repository");
        var report = sales.load(STEEL_WHEELS, new LoadOrder("steelwheels"), "test", Progress.SILENT);

        assertThat(report.received()).isEqualTo(2_996);
        assertThat(report.accepted()).isEqualTo(2_996);
        assertThat(report.totals())
                .filteredOn(total -> total.bucket() == Bucket.ACCEPTED)
                .singleElement()
                .satisfies(total -> {
                    assertThat(total.currency()).isEqualTo("USD");
                    assertThat(total.amount()).isEqualByComparingTo("10645949.18");
                });
        assertThat(partners.find("103"))
                .hasValueSatisfying(partner -> assertThat(partner.country()).isEqualTo("FR"));
        assertThat(events.stream(EnrollmentsRegistered.class))
                .singleElement()
                .satisfies(registered -> assertThat(registered.rows()).hasSize(126));
        assertThat(events.stream(SalesLoaded.class)).hasSize(1);
        assertThat(eligible(report.load().orElseThrow())).isEqualByComparingTo("9804099.74");

        var again = sales.load(STEEL_WHEELS, new LoadOrder("steelwheels"), "test", Progress.SILENT);
        assertThat(again.load()).isEmpty();
        assertThat(List.of(again.accepted(), again.duplicates())).containsExactly(0L, 2_996L);
    }

    private BigDecimal eligible(int load) throws SQLException {
        var file =
                sales.files().stream().filter(f -> f.load() == load).findFirst().orElseThrow();
        try (var duckdb = DuckDb.open(1, "256MB", instance.lake())) {
            var cents = duckdb.number("SELECT sum(amount) FROM read_parquet("
                    + DuckDb.literal(instance.lake().resolve(file.path())) + ") WHERE disposition = 0");
            return BigDecimal.valueOf(cents, 2);
        }
    }
}
