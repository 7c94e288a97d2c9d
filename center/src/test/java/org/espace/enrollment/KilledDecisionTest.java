package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espace.EspaceProcess;
import org.espace.RoomTest;
import org.espace.audit.Entries;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.LocationType;
import org.espace.partners.Partners;
import org.espace.web.Instance;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Servers that are killed while they carry a decision out leave the rest to the next one, and nothing is done twice. */
@RoomTest
class KilledDecisionTest {

    private static final int LOCATIONS = 6_000;
    private static final int KILLS = 2;
    private static final int LATEST_MILLIS = 400;

    @Autowired
    Reseller.World world;

    @Autowired
    Decisions decisions;

    @Autowired
    DecisionStore store;

    @Autowired
    Enrollments enrollments;

    @Autowired
    Entries entries;

    @Autowired
    Partners partners;

    @Autowired
    Instance instance;

    @Autowired
    Environment environment;

    @Autowired
    DSLContext sql;

    @Autowired
    Clock clock;

    @Test
    void everyLocationIsDecidedOnceAndToldOnceAndTheBookIsWhole() throws Exception {
        var reseller = world.reseller();
        var locations = manyOf(reseller);
        var decision = decisions
                .look(
                        Map.of(
                                "kind",
                                "enroll",
                                "program",
                                reseller.program(),
                                "reason",
                                "As announced.",
                                "numbers",
                                String.join(
                                        " ",
                                        locations.stream().map(Location::number).toList())),
                        "manager@vendor.example")
                .id();
        assertThat(decisions.decision(decision).counts().possible()).isEqualTo(LOCATIONS);
        world.transaction.executeWithoutResult(_ -> store.start(decision, "manager@vendor.example", clock.instant()));

        var chance = new SplittableRandom();
        var done = 0;
        for (var kill = 1; kill <= KILLS; kill++) {
            var server = EspaceProcess.start(environment, instance.home(), "serve", "--port", "0");
            try {
                awaitMoreThan(decision, done);
                Thread.sleep(chance.nextInt(LATEST_MILLIS));
            } finally {
                server.destroyForcibly().waitFor();
            }
            assertThat(done(decision))
                    .as("done before kill %d", kill)
                    .isGreaterThan(done)
                    .isLessThan(LOCATIONS);
            done = done(decision);
        }
        var server = EspaceProcess.start(environment, instance.home(), "serve", "--port", "0");
        try {
            awaitMoreThan(decision, LOCATIONS - 1);
        } finally {
            server.destroy();
            server.waitFor();
        }
        decisions.finishAll();

        assertThat(decisions.decision(decision))
                .satisfies(ended -> assertThat(ended.isRunning()).isFalse())
                .satisfies(
                        ended -> assertThat(ended.counts()).isEqualTo(new Decision.Counts(LOCATIONS, 0, LOCATIONS, 0)));
        assertThat(enrollments.of(locations.stream().map(Location::id).toList()))
                .hasSize(LOCATIONS)
                .extracting(Enrollment::since)
                .containsOnly(LocalDate.now(clock).withDayOfMonth(1));
        var program = val(reseller.program());
        assertThat(pair(
                        "select count(*), count(distinct location_id) from enrollment.step where program = {0}",
                        program))
                .as("steps")
                .containsExactly(LOCATIONS, LOCATIONS);
        assertThat(pair(
                        "select count(*), count(distinct arguments ->> 'location') from notices.mail where recipient = {0}",
                        val(reseller.administrator())))
                .as("mails")
                .containsExactly(LOCATIONS, LOCATIONS);
        assertThat(entries.verify(Optional.empty()).isSound()).isTrue();
    }

    private List<Location> manyOf(Reseller reseller) {
        var locations = new ArrayList<Location>();
        var ids = partners.newLocationIds();
        for (var i = 0; i < LOCATIONS; i++) {
            var id = ids.getAsInt();
            locations.add(new Location(
                    new LocationId(id),
                    reseller.partner(),
                    "KILLED-" + id,
                    "Site " + id,
                    "FR",
                    LocationType.INDIRECT_RESELLER.code()));
        }
        partners.register(List.of(), locations);
        return locations;
    }

    private void awaitMoreThan(int decision, int done) throws InterruptedException {
        var limit = Instant.now().plus(Duration.ofMinutes(2));
        while (done(decision) <= done && Instant.now().isBefore(limit)) {
            Thread.sleep(5);
        }
    }

    private int done(int decision) {
        return sql.fetchSingle(
                        "select count(*) from enrollment.decision_outcome where decision_id = {0}", val(decision))
                .get(0, int.class);
    }

    private List<Integer> pair(String query, Field<String> of) {
        var row = sql.fetchSingle(query, of);
        return List.of(row.get(0, int.class), row.get(1, int.class));
    }
}
