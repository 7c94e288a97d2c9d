package org.espace.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espace.db.eligibility.Tables.HOLDING;
import static org.espace.db.eligibility.Tables.LISTING;
import static org.espace.db.eligibility.Tables.PLAN;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.espace.RoomTest;
import org.espace.partners.LocationId;
import org.espace.terms.Requirement.Kind;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class StandingsTest {

    @Autowired
    Standings standings;

    @Autowired
    DSLContext sql;

    @Test
    void whatIsSaidAgainIsNotKeptAgain() {
        var here = new LocationId(910_001);
        for (int time = 0; time < 2; time++) {
            standings.register(
                    List.of(new Listing(here, "spring", true)),
                    List.of(held(here, "silver", "2026-01-01", "2026-07-01")),
                    List.of(plan(here, "2026-01-01", "2026-07-01", "100.0000")));
        }

        assertThat(sql.fetchCount(LISTING, LISTING.LOCATION_ID.eq(here.value())))
                .isEqualTo(1);
        assertThat(sql.fetchCount(HOLDING, HOLDING.LOCATION_ID.eq(here.value())))
                .isEqualTo(1);
        assertThat(sql.fetchCount(PLAN, PLAN.LOCATION_ID.eq(here.value()))).isEqualTo(1);
    }

    @Test
    void whatIsSaidLastStandsAndWhatWasSaidBeforeIsKept() {
        var here = new LocationId(910_002);
        standings.register(
                List.of(new Listing(here, "spring", true), new Listing(here, "autumn", true)),
                List.of(held(here, "silver", "2026-01-01", null), held(here, "gold", "2026-06-01", null)),
                List.of(plan(here, "2026-01-01", "2026-07-01", "100.0000")));
        standings.register(
                List.of(new Listing(here, "spring", false)),
                List.of(held(here, "silver", "2026-01-01", "2026-06-01")),
                List.of(plan(here, "2026-01-01", "2026-07-01", "120.0000")));

        assertThat(standings.listings())
                .filteredOn(listing -> listing.location().equals(here))
                .containsExactly(new Listing(here, "autumn", true));
        assertThat(standings.holdings())
                .filteredOn(holding -> holding.location().equals(here))
                .containsExactly(
                        held(here, "silver", "2026-01-01", "2026-06-01"), held(here, "gold", "2026-06-01", null));
        assertThat(standings.plans())
                .filteredOn(plan -> plan.location().equals(here))
                .containsExactly(plan(here, "2026-01-01", "2026-07-01", "120.0000"));
        assertThat(sql.fetchCount(HOLDING, HOLDING.LOCATION_ID.eq(here.value())))
                .isEqualTo(3);
    }

    @Test
    void aPeriodWithoutADayWithdrawsWhatWasSaid() {
        var here = new LocationId(910_003);
        standings.register(
                List.of(),
                List.of(held(here, "gold", "2026-01-01", null)),
                List.of(plan(here, "2026-01-01", "2026-07-01", "100.0000")));
        standings.register(
                List.of(),
                List.of(held(here, "gold", "2026-01-01", "2026-01-01")),
                List.of(plan(here, "2026-01-01", "2026-01-01", "0.0000")));

        assertThat(standings.holdings()).noneMatch(holding -> holding.location().equals(here));
        assertThat(standings.plans()).noneMatch(plan -> plan.location().equals(here));
    }

    @Test
    void ofTwoThingsSaidAtOnceTheLastStandsAndManyAreKept() {
        var here = new LocationId(910_004);
        var many = IntStream.range(0, 12_000)
                .mapToObj(number -> new Listing(here, "list " + number, true))
                .toList();
        standings.register(many, List.of(), List.of());
        standings.register(
                List.of(new Listing(here, "list 7", false), new Listing(here, "list 7", true)), List.of(), List.of());

        assertThat(standings.listings())
                .filteredOn(listing -> listing.location().equals(here))
                .hasSize(12_000);
    }

    private static Holding held(LocationId location, String level, String since, @Nullable String until) {
        return new Holding(
                location,
                Kind.COMPETENCY,
                "cloud",
                level,
                LocalDate.parse(since),
                until == null ? null : LocalDate.parse(until));
    }

    private static Plan plan(LocationId location, String since, String until, String amount) {
        return new Plan(location, "csp", LocalDate.parse(since), LocalDate.parse(until), new BigDecimal(amount));
    }
}
