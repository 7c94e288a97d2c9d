package org.espace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.espace.eligibility.Eligibilities;
import org.espace.eligibility.Measure;
import org.espace.eligibility.Measures;
import org.espace.enrollment.Candidate;
import org.espace.enrollment.Memberships;
import org.espace.enrollment.Stage;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A program that the guided partner has not joined yet: one location is invited, one has accepted and owes its bank and tax,
 * one does not meet what is asked for. It earns nothing before somebody joins, so the figures of the demo stay.
 */
@Component
class DemoEnrollments {

    private static final String BY = "demo";
    private static final String PROGRAM = "cloud-start";
    private static final String READINESS = "cloud-readiness";
    private static final LocalDate ASSESSED = LocalDate.of(2026, 7, 1);

    /** As assessed: the program asks for 50. */
    private static final Map<String, Integer> POINTS = Map.of("6101011", 80, "6101013", 65, "6101012", 30);

    private static final String ACCEPTED = "6101013";

    private final Programs programs;
    private final Measures measures;
    private final Eligibilities eligibilities;
    private final Memberships memberships;
    private final Partners partners;
    private final Clock clock;

    DemoEnrollments(
            Programs programs,
            Measures measures,
            Eligibilities eligibilities,
            Memberships memberships,
            Partners partners,
            Clock clock) {
        this.programs = programs;
        this.measures = measures;
        this.eligibilities = eligibilities;
        this.memberships = memberships;
        this.partners = partners;
        this.clock = clock;
    }

    /** All of it or nothing; what is there already stays. */
    @Transactional
    public void prepare() {
        if (!memberships.history(location(ACCEPTED).id(), PROGRAM).isEmpty()) {
            return;
        }
        programs.publish(terms(), BY);
        measures.register(
                POINTS.entrySet().stream()
                        .map(points -> new Measure(
                                location(points.getKey()).id(),
                                READINESS,
                                ASSESSED,
                                BigDecimal.valueOf(points.getValue())))
                        .toList(),
                BY);
        eligibilities.evaluate(LocalDate.now(clock));
        accept(location(ACCEPTED));
    }

    private void accept(Location location) {
        if (candidate(location).stage() == Stage.INVITED
                && memberships.history(location.id(), PROGRAM).size() == 1) {
            memberships.accept(location.partner(), location.id(), PROGRAM, BY);
        }
    }

    private Candidate candidate(Location location) {
        return memberships.candidate(location.partner(), location.id(), PROGRAM);
    }

    private Location location(String number) {
        return partners.findLocation(number).orElseThrow();
    }

    private static String terms() {
        try (var file = Objects.requireNonNull(DemoEnrollments.class.getResourceAsStream("/demo/cloud-start.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
