package org.espace.dashboard;

import java.security.Principal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.earnings.Earnings;
import org.espace.onboarding.SetUps;
import org.espace.partners.Partner;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.sales.Sales;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What the vendor watches: who takes part, what came in, what was computed, what was promised. */
@Controller
@Needs(Right.SEE_CONSOLE)
class ConsoleController {

    private static final int LATEST = 5;
    private static final int MOST = 200;

    private final Partners partners;
    private final Sales sales;
    private final Earnings earnings;
    private final Programs programs;
    private final SetUps setUps;

    ConsoleController(Partners partners, Sales sales, Earnings earnings, Programs programs, SetUps setUps) {
        this.partners = partners;
        this.sales = sales;
        this.earnings = earnings;
        this.programs = programs;
        this.setUps = setUps;
    }

    @GetMapping("/console")
    ModelAndView overview() {
        return new ModelAndView(
                "console/overview",
                Map.of(
                        "partners",
                        partners.count(),
                        "locations",
                        partners.locationCount(),
                        "loads",
                        sales.loads(LATEST),
                        "refused",
                        sales.refusedFiles(LATEST),
                        "runs",
                        earnings.runs(LATEST),
                        "terms",
                        programs.all().size()));
    }

    @GetMapping("/console/partners")
    ModelAndView partners(@RequestParam(defaultValue = "") String q) {
        var found = partners.search(q.strip(), MOST);
        return new ModelAndView(
                "console/partners",
                Map.of(
                        "partners",
                        found,
                        "text",
                        q.strip(),
                        "most",
                        MOST,
                        "states",
                        setUps.states(found.stream().map(Partner::id).toList())));
    }

    @GetMapping("/console/runs")
    ModelAndView runs() {
        var model = new HashMap<String, Object>(Map.of("runs", earnings.runs()));
        earnings.running().ifPresent(running -> model.put("running", running));
        return new ModelAndView("console/runs", model);
    }

    @GetMapping("/console/runs/running")
    ModelAndView running() {
        var model = new HashMap<String, Object>();
        earnings.running().ifPresent(running -> model.put("running", running));
        return new ModelAndView("console/runningPage", model);
    }

    @PostMapping("/console/runs/{run}/cancellation")
    @Needs(Right.OPERATE)
    String cancel(@PathVariable int run, Principal user) {
        earnings.cancel(run, user.getName());
        return "redirect:/console/runs/running";
    }

    @GetMapping("/console/runs/{run}")
    ModelAndView run(@PathVariable int run, Locale locale) {
        var report = earnings.run(run).orElseThrow(() -> new NotKept("refresh " + run));
        var names = ProgramNames.of(programs.all(), locale);
        var view = RunView.of(report, earnings.causes(report), earnings.outcomes(report), names::program);
        return new ModelAndView("console/run", Map.of("view", view, "files", RunFilesView.of(earnings.files(report))));
    }
}
