package org.espace.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espace.access.PeopleFile.Row;
import org.espace.certifications.Catalogue;
import org.espace.certifications.Competencies;
import org.espace.certifications.Intakes;
import org.espace.partners.Partners;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the guided partner's people have passed, and what that is worth: a competency, and a score that has grown. */
@Component
class DemoCertifications {

    private static final String BY = "demo";
    private static final String AREA = "modern-work";
    private static final List<Integer> ADDS = List.of(2, 3, 4, 6, 7, 8);
    private static final List<Integer> GROWTH = List.of(300, 450, 800, 1_000, 1_300, 1_600);
    private static final List<Integer> DEPLOYMENTS = List.of(2, 3, 4, 5, 7, 8);

    private final Catalogue catalogue;
    private final Competencies competencies;
    private final Intakes intakes;
    private final Partners partners;
    private final Clock clock;

    DemoCertifications(
            Catalogue catalogue, Competencies competencies, Intakes intakes, Partners partners, Clock clock) {
        this.catalogue = catalogue;
        this.competencies = competencies;
        this.intakes = intakes;
        this.partners = partners;
        this.clock = clock;
    }

    /** All of it or nothing, once. */
    @Transactional
    public void prepare() {
        if (!catalogue.certifications().isEmpty()) {
            return;
        }
        var today = LocalDate.now(clock);
        offer("modern-work-fundamentals", "Modern Work Fundamentals", "Fondamentaux Modern Work", "fundamentals", "");
        offer(
                "modern-work-administrator",
                "Modern Work Administrator",
                "Administrateur Modern Work",
                "intermediate",
                "12");
        offer("collaboration-engineer", "Collaboration Engineer", "Ingénieur collaboration", "intermediate", "12");
        offer("modern-work-expert", "Modern Work Expert", "Expert Modern Work", "advanced", "24");
        for (var place : List.of("Lyon", "Bruxelles")) {
            catalogue.addSession(
                    "modern-work-administrator",
                    Map.of(
                            "session-place",
                            place,
                            "session-day",
                            today.plusMonths(1).toString(),
                            "session-time",
                            "09:30",
                            "seats",
                            "12"),
                    BY);
        }
        intakes.takeResults(
                List.of(
                        passed(1, "incentives.user@example.com", "modern-work-administrator", today.minusMonths(10)),
                        passed(2, "incentives.user@example.com", "modern-work-expert", today.minusMonths(3)),
                        passed(3, "incentives.admin@example.com", "modern-work-fundamentals", today.minusMonths(8))),
                BY);
        intakes.takeMeasures(measures(today), BY);
        competencies.attain(
                partners.find(Cast.GUIDED_PARTNER).orElseThrow().id(),
                "small-and-midmarket-cloud",
                Map.of("level", "silver", "payment", "Order 2026-0142"),
                BY);
    }

    private void offer(String code, String english, String french, String level, String months) {
        catalogue.add(
                Map.of(
                        "certificate-code",
                        code,
                        "english-name",
                        english,
                        "french-name",
                        french,
                        "certificate-level",
                        level,
                        "provider",
                        "Espace Academy",
                        "good-for",
                        months,
                        "steps-english",
                        "Work through the course\nAttend a session\nPass the exam",
                        "steps-french",
                        "Suivre le cours\nParticiper à une session\nRéussir l’examen"),
                BY);
    }

    private static Row passed(int number, String person, String certification, LocalDate day) {
        return new Row(
                number, true, Map.of("person", person, "certification", certification, "passed_on", day.toString()));
    }

    /** One of each on the first day of each of the last six months. */
    private static List<Row> measures(LocalDate today) {
        var rows = new ArrayList<Row>();
        for (var month = 0; month < ADDS.size(); month++) {
            var day = today.withDayOfMonth(1).minusMonths(ADDS.size() - 1L - month);
            rows.add(measure(rows.size(), AREA, "smb-adds", day, ADDS.get(month)));
            rows.add(measure(rows.size(), AREA, "smb-growth-csp", day, GROWTH.get(month)));
            rows.add(measure(rows.size(), AREA, "smb-deployments-csp", day, DEPLOYMENTS.get(month)));
        }
        rows.add(measure(rows.size(), "small-and-midmarket-cloud", "new-customers", today.withDayOfMonth(1), 6));
        rows.add(measure(rows.size(), "cloud-productivity", "active-entitlements", today.withDayOfMonth(1), 1_640));
        return rows;
    }

    private static Row measure(int before, String area, String figure, LocalDate day, int value) {
        return new Row(
                before + 1,
                true,
                Map.of(
                        "partner",
                        Cast.GUIDED_PARTNER,
                        "area",
                        area,
                        "figure",
                        figure,
                        "day",
                        day.toString(),
                        "value",
                        Integer.toString(value)));
    }
}
