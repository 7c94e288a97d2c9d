package org.espace.dashboard;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.earnings.SoldCatalogue;
import org.espace.enrollment.Enrollment;
import org.espace.enrollment.Enrollments;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Finding;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** What was promised, for whoever wants to check a line against it. */
@Controller
class TermsController {

    private static final String CONSOLE = "/console/terms";

    private final Programs programs;
    private final Partners partners;
    private final Enrollments enrollments;
    private final SoldCatalogue catalogue;
    private final Clock clock;

    TermsController(
            Programs programs, Partners partners, Enrollments enrollments, SoldCatalogue catalogue, Clock clock) {
        this.programs = programs;
        this.partners = partners;
        this.enrollments = enrollments;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @GetMapping(CONSOLE)
    @Needs(Right.SEE_CONSOLE)
    ModelAndView all(Locale locale) {
        var view = ProgramsView.of(CONSOLE, programs.all(), _ -> 0, today(), locale);
        return new ModelAndView("dashboard/programs", Map.of("view", view));
    }

    @GetMapping("/partners/{partner}/terms")
    @Needs(Right.SEE_PROGRAMS)
    ModelAndView all(@PathVariable PartnerId partner, Locale locale) {
        var locations = partners.locations(partners.partner(partner).id()).stream()
                .map(Location::id)
                .toList();
        var joined = enrollments.of(locations).stream()
                .filter(this::holds)
                .collect(groupingBy(Enrollment::program, counting()));
        var view = ProgramsView.of(
                path(partner),
                programs.all(),
                program -> joined.getOrDefault(program, 0L).intValue(),
                today(),
                locale);
        return new ModelAndView("dashboard/programs", Map.of("view", view));
    }

    private boolean holds(Enrollment enrollment) {
        var until = enrollment.until();
        return !today().isBefore(enrollment.since()) && (until == null || today().isBefore(until));
    }

    @GetMapping(CONSOLE + "/{program}/{version}")
    @Needs(Right.SEE_CONSOLE)
    ModelAndView version(@PathVariable String program, @PathVariable String version) {
        var text = programs.terms(program, version).text();
        return version(CONSOLE, program, version, programs.findings(text, Optional.of(catalogue.now())));
    }

    @GetMapping("/partners/{partner}/terms/{program}/{version}")
    @Needs(Right.SEE_PROGRAMS)
    ModelAndView version(@PathVariable PartnerId partner, @PathVariable String program, @PathVariable String version) {
        return version(path(partner), program, version, List.of());
    }

    private ModelAndView version(String path, String program, String version, List<Finding> findings) {
        var published = programs.terms(program, version);
        var versions = programs.all().stream()
                .filter(other -> other.program() == published.program())
                .sorted(Comparator.comparing((PublishedTerms other) ->
                                other.terms().effective().from())
                        .reversed())
                .toList();
        var standing = ProgramsView.Standing.of(published.terms().effective(), today());
        return new ModelAndView(
                "dashboard/terms", Map.of("view", new TermsView(path, published, standing, versions, findings)));
    }

    @GetMapping(CONSOLE + "/{program}/{version}/differences/{before}")
    @Needs(Right.SEE_CONSOLE)
    ModelAndView differences(
            @PathVariable String program, @PathVariable String version, @PathVariable String before, Locale locale) {
        return differences(CONSOLE, program, before, version, locale);
    }

    @GetMapping("/partners/{partner}/terms/{program}/{version}/differences/{before}")
    @Needs(Right.SEE_PROGRAMS)
    ModelAndView differences(
            @PathVariable PartnerId partner,
            @PathVariable String program,
            @PathVariable String version,
            @PathVariable String before,
            Locale locale) {
        return differences(path(partner), program, before, version, locale);
    }

    private ModelAndView differences(String path, String program, String before, String after, Locale locale) {
        var view = DifferencesView.of(path, programs.terms(program, before), programs.terms(program, after), locale);
        return new ModelAndView("dashboard/differences", Map.of("view", view));
    }

    private static String path(PartnerId partner) {
        return "/partners/" + partner + "/terms";
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
