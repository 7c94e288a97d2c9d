package org.espace.eligibility;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.espace.access.Access;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.TermsNotFound;
import org.espace.web.Fields;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Why a location may join a program, or may not: condition by condition, on any day. */
@Controller
class EligibilityController {

    private final Checklists checklists;
    private final Programs programs;
    private final Partners partners;
    private final Clock clock;

    EligibilityController(Checklists checklists, Programs programs, Partners partners, Clock clock) {
        this.checklists = checklists;
        this.programs = programs;
        this.partners = partners;
        this.clock = clock;
    }

    /** Where no location is named the first is shown, and without a day how it stands today. */
    @GetMapping("/partners/{partner}/programs/{program}/eligibility")
    @Needs(Right.SEE_ENROLLMENTS)
    ModelAndView checklist(
            @PathVariable PartnerId partner,
            @PathVariable String program,
            @RequestParam(defaultValue = "") String location,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var scope = Access.caller(request).orElseThrow().scope(Right.SEE_ENROLLMENTS, partner);
        var own = partners.partner(partner);
        var versions = programs.versions(program);
        var places = partners.locations(partner).stream()
                .filter(place -> scope.holds(place.id(), program))
                .toList();
        if (versions.isEmpty() || places.isEmpty()) {
            throw new TermsNotFound(program);
        }
        var chosen = places.stream()
                .filter(place -> Integer.toString(place.id().value()).equals(location))
                .findFirst()
                .orElse(places.getFirst());
        var today = LocalDate.now(clock);
        var form = looking(typed, today);
        var on = form.faults().isEmpty() && !form.value("day").isEmpty() ? LocalDate.parse(form.value("day")) : today;
        return form.on(
                "eligibility/checklist",
                Map.of(
                        "view",
                        new ChecklistView(
                                own,
                                program,
                                versions.getLast().terms().name(),
                                places,
                                chosen,
                                on,
                                today,
                                checklists.now(chosen.id(), program, on).orElse(null),
                                on.equals(today)
                                        ? null
                                        : then(chosen, program, on).orElse(null))));
    }

    private Optional<ChecklistView.Checklist> then(Location place, String program, LocalDate day) {
        var end = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        return checklists.then(place.id(), program, end);
    }

    /** A day that cannot be read or is still to come is told beside its field. */
    private static Form looking(Map<String, String> typed, LocalDate today) {
        var fields = new Fields(typed);
        if (fields.day("day").filter(day -> day.isAfter(today)).isPresent()) {
            fields.fault("day", "future");
        }
        try {
            fields.refuseFaulty();
            return Form.holding(typed);
        } catch (FormRefused refused) {
            return Form.refused(typed, refused);
        }
    }
}
