package org.espace.eligibility;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.eligibility.ConsoleView.OfProgram;
import org.espace.eligibility.EligibilityStore.VerdictCount;
import org.espace.partners.Partner;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.TermsNotFound;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who may join which program, over all partners. */
@Controller
@Needs(Right.SEE_CONSOLE)
class EligibilityConsoleController {

    private static final String PAGE = "/console/eligibility";

    private final Rolls rolls;
    private final EligibilityStore store;
    private final Programs programs;
    private final Partners partners;

    EligibilityConsoleController(Rolls rolls, EligibilityStore store, Programs programs, Partners partners) {
        this.rolls = rolls;
        this.store = store;
        this.programs = programs;
        this.partners = partners;
    }

    @GetMapping(PAGE)
    ModelAndView programs(Locale locale) {
        var names = programs.all().stream()
                .collect(toMap(
                        one -> one.terms().program(), one -> one.terms().name().in(locale), (_, later) -> later));
        var counts = store.verdictCounts().stream().collect(groupingBy(VerdictCount::program));
        var rows = counts.entrySet().stream()
                .map(entry -> new OfProgram(
                        entry.getKey(),
                        names.getOrDefault(entry.getKey(), entry.getKey()),
                        entry.getValue().stream().collect(toMap(VerdictCount::verdict, VerdictCount::locations))))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        return new ModelAndView("eligibility/programs", Map.of("view", new ConsoleView(rows, store.lastEvaluation())));
    }

    @GetMapping(PAGE + "/{program}")
    ModelAndView program(@PathVariable String program, @RequestParam Map<String, String> typed) {
        return new ModelAndView("eligibility/roll", Map.of("view", roll(program, typed)));
    }

    @GetMapping(PAGE + "/{program}/locations.csv")
    void csv(
            @PathVariable String program,
            @RequestParam Map<String, String> typed,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var found = rolls.found(known(program), RollFilter.of(typed));
        var owners = partners.all().stream().collect(toMap(Partner::id, partner -> partner));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"eligibility.csv\"");
        var words = Messages.in(locale);
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(
                List.of("partner-number", "partner", "number", "location", "country", "verdict", "since", "missing")
                        .stream()
                        .map(column -> words.text("eligibility.column." + column))
                        .toArray(String[]::new));
        for (var row : found) {
            var owner = owners.get(row.location().partner());
            csv.write(
                    owner == null ? "" : owner.number(),
                    owner == null ? "" : owner.name(),
                    row.location().number(),
                    row.location().name(),
                    row.location().country(),
                    words.text("eligibility.verdict." + row.verdict().code()),
                    row.since().toString(),
                    rolls.missing(row));
        }
        csv.flush();
    }

    private RollView roll(String program, Map<String, String> typed) {
        return rolls.page(known(program), RollFilter.of(typed));
    }

    private String known(String program) {
        if (programs.versions(program).isEmpty()) {
            throw new TermsNotFound(program);
        }
        return program;
    }
}
