package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espace.RoomTest;
import org.espace.partners.LocationId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who has joined, registered and ended many at a time. */
@RoomTest
class EnrollmentsTest {

    private static final AtomicInteger NEXT = new AtomicInteger(930_000);

    @Autowired
    Enrollments enrollments;

    LocationId here;
    LocationId there;

    @BeforeEach
    void twoLocations() {
        here = new LocationId(NEXT.incrementAndGet());
        there = new LocationId(NEXT.incrementAndGet());
    }

    @Test
    void whatIsRegisteredTakesThePlaceOfWhatItOverlapsAndOfSeveralTheLastCounts() {
        enrollments.register(List.of(joined(here, "2025-01-01", "2025-07-01"), joined(here, "2026-01-01", null)));
        enrollments.register(List.of(
                joined(there, "2026-02-01", null),
                joined(here, "2025-06-30", "2025-08-01"),
                joined(here, "2025-07-01", "2025-09-01"),
                joined(here, "2025-09-01", "2025-10-01")));

        assertThat(enrollments.of(List.of(here, there)))
                .containsExactly(
                        joined(here, "2025-07-01", "2025-09-01"),
                        joined(here, "2025-09-01", "2025-10-01"),
                        joined(here, "2026-01-01", null),
                        joined(there, "2026-02-01", null));
    }

    @Test
    void manyEndAtOnceEachOnItsDayAndWhatWouldHaveBegunLaterHasNeverBeen() {
        enrollments.register(List.of(
                joined(here, "2025-01-01", "2025-07-01"),
                joined(here, "2026-01-01", null),
                joined(there, "2026-01-01", null)));
        enrollments.end(List.of(
                new Enrollments.End(here, "csp", LocalDate.parse("2025-03-01")),
                new Enrollments.End(there, "csp", LocalDate.parse("2026-03-01")),
                new Enrollments.End(there, "another", LocalDate.parse("2025-03-01"))));

        assertThat(enrollments.of(List.of(here, there)))
                .containsExactly(joined(here, "2025-01-01", "2025-03-01"), joined(there, "2026-01-01", "2026-03-01"));
    }

    @Test
    void aClosedLocationLeavesEveryProgram() {
        enrollments.register(List.of(
                joined(here, "2026-01-01", null),
                new Enrollment(here, "another", LocalDate.parse("2026-01-01"), null)));
        enrollments.end(here, LocalDate.parse("2026-05-01"));
        assertThat(enrollments.of(List.of(here)))
                .extracting(Enrollment::until)
                .containsExactly(LocalDate.parse("2026-05-01"), LocalDate.parse("2026-05-01"));
    }

    private static Enrollment joined(LocationId location, String since, @Nullable String until) {
        return new Enrollment(location, "csp", LocalDate.parse(since), until == null ? null : LocalDate.parse(until));
    }
}
