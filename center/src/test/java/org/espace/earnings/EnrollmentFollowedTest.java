package org.espace.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.espace.RoomTest;
import org.espace.batch.Progress;
import org.espace.eligibility.Holding;
import org.espace.eligibility.Standings;
import org.espace.enrollment.Decision;
import org.espace.enrollment.Memberships;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.espace.terms.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Earnings follow who has joined and what they hold, by differences only. On an instance of its own, since it closes months. */
@RoomTest
@TestPropertySource(properties = "espace.test=enrollment followed")
class EnrollmentFollowedTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 10);
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

    @Autowired
    Earnings earnings;

    @Autowired
    Programs programs;

    @Autowired
    Partners partners;

    @Autowired
    Sales sales;

    @Autowired
    Memberships memberships;

    @Autowired
    Standings standings;

    @Autowired
    Clock clock;

    @TempDir
    Path folder;

    @Test
    void aBackDatedEnrollmentAndALapsedCompetencyBookDifferencesAndLeaveClosedPeriodsAsTheyAre() throws IOException {
        publish();
        var vendor = Vendor.of("FOL", folder, sales);
        vendor.sold("sales.csv", """
                1,1,2026-01-20,A,SUITE,100.00,USD,
                2,1,2026-03-10,A,SUITE,200.00,USD,
                3,1,2026-08-10,A,SUITE,400.00,USD,
                """);
        hold(null);
        earnings.close(YearMonth.of(2026, 8), TODAY, "test", Progress.SILENT);
        var frozen = earnings.statement(location().partner(), JANUARY);
        assertThat(earned()).isEmpty();

        enroll(LocalDate.of(2026, 1, 17));
        earnings.refresh("test", Progress.SILENT);
        assertThat(earned())
                .containsExactly(
                        tuple("2026-01", Money.of("10.00", "USD")),
                        tuple("2026-03", Money.of("20.00", "USD")),
                        tuple("2026-08", Money.of("40.00", "USD")));
        assertThat(earnings.refresh("test", Progress.SILENT).earningLines())
                .as("nothing is left to book")
                .isZero();

        hold(LocalDate.of(2026, 3, 1));
        assertThat(earnings.refresh("test", Progress.SILENT).correctionLines()).isPositive();
        assertThat(earned()).containsExactly(tuple("2026-01", Money.of("10.00", "USD")));
        assertThat(earnings.statement(location().partner(), SEPTEMBER).parts())
                .as("booked in the open month")
                .extracting(Statement.Part::appliesTo, part -> part.amount().toString())
                .contains(tuple(JANUARY, Money.of("10.00", "USD").toString()));

        assertThat(earnings.statement(location().partner(), JANUARY)).isEqualTo(frozen);
        assertThat(earnings.closedPeriods()).hasSizeGreaterThanOrEqualTo(8).allMatch(earnings::isUnchanged);
    }

    private void publish() {
        programs.publish("""
                program: followed
                name: {en: Followed, fr: Suivi}
                version: V1
                effective: 2026-01-01/2027-01-01
                currency: USD
                open-to: {partner-types: [indirect-reseller], countries: all}
                requires:
                  - competency: {any-of: [cloud-productivity], level: silver}
                split: {rebate: 60%, co-op: 40%}
                levers:
                  - id: core
                    name: {en: Core, fr: Socle}
                    of: all
                    rate: 10%
                """, "test");
    }

    private void enroll(LocalDate day) {
        var decision = new Decision(
                0,
                Decision.Kind.ENROLL,
                "followed",
                day,
                "Accepted by letter on 17 January.",
                clock.instant(),
                "manager@vendor.example",
                null,
                null,
                false,
                Decision.Counts.NONE);
        assertThat(memberships.decide(decision, List.of(location())).values()).containsExactly(Optional.empty());
        assertThat(memberships.decide(decision, List.of(location())).values()).containsExactly(Optional.of("enrolled"));
    }

    private void hold(@Nullable LocalDate until) {
        standings.register(
                List.of(),
                List.of(new Holding(
                        location().id(),
                        Requirement.Kind.COMPETENCY,
                        "cloud-productivity",
                        "gold",
                        LocalDate.of(2025, 1, 1),
                        until)),
                List.of());
    }

    private List<Tuple> earned() {
        return earnings.totals(EarningsFilter.all(location().partner()), Dimension.MONTH).stream()
                .filter(total -> !total.amount().isZero())
                .map(total -> tuple(total.key(), total.amount()))
                .toList();
    }

    private Location location() {
        return partners.findLocation("FOL-1").orElseThrow();
    }
}
