package org.espace.dashboard;

import static java.util.stream.Collectors.toMap;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.earnings.Earnings;
import org.espace.earnings.NobodyToSimulate;
import org.espace.earnings.SimulationOrder;
import org.espace.earnings.SimulationOrder.Membership;
import org.espace.partners.Partner;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.terms.TermsInvalid;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Drafts tried on what was really sold. */
@Controller
@Needs(Right.MANAGE_PROGRAMS)
class SimulationsController {

    static final String RUNNING = "/console/simulations/running";

    private static final String LIKE = "LIKE:";

    private final Earnings earnings;
    private final Partners partners;
    private final Programs programs;

    SimulationsController(Earnings earnings, Partners partners, Programs programs) {
        this.earnings = earnings;
        this.partners = partners;
        this.programs = programs;
    }

    @GetMapping("/console/simulations")
    @Needs(Right.SEE_CONSOLE)
    ModelAndView all() {
        return new ModelAndView("console/simulations", Map.of("simulations", earnings.simulations()));
    }

    @GetMapping("/console/simulations/{simulation}")
    @Needs(Right.SEE_CONSOLE)
    ModelAndView one(@PathVariable int simulation, Locale locale) {
        var found = earnings.simulation(simulation);
        var known = partners.all().stream().collect(toMap(Partner::id, Partner::name));
        var name = ProgramNames.of(programs.all(), locale).program(found.program());
        return new ModelAndView("console/simulation", Map.of("view", SimulationView.of(found, name, known)));
    }

    /** How far the one at work has come, or what has become of the one begun last. */
    @GetMapping(RUNNING)
    @Needs(Right.SEE_CONSOLE)
    ModelAndView running() {
        var model = new HashMap<String, Object>();
        earnings.running().ifPresent(running -> model.put("running", running));
        earnings.simulationBegun().ifPresent(begun -> model.put("begun", begun));
        return new ModelAndView("console/simulatingPage", model);
    }

    /** Of a simulation only: a refresh is the operator's to cancel. */
    @PostMapping("/console/simulations/{run}/cancellation")
    String cancel(@PathVariable int run, Principal user) {
        earnings.running()
                .filter(running -> running.isSimulation() && running.run() == run)
                .ifPresent(running -> earnings.cancel(run, user.getName()));
        return "redirect:" + RUNNING;
    }

    /**
     * Tries the draft of this session in the background.
     *
     * @param members ENROLLED, EVERYBODY, or LIKE: with the code of another program
     */
    @PostMapping("/console/simulations")
    String simulate(
            @RequestParam(defaultValue = "ENROLLED") String members,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            HttpSession session,
            Principal user) {
        var text = DraftController.kept(session).orElse("");
        var order = members.startsWith(LIKE)
                ? new SimulationOrder(text, day(from), day(until), Membership.LIKE, members.substring(LIKE.length()))
                : new SimulationOrder(text, day(from), day(until), membership(members), null);
        try {
            earnings.beginSimulation(order, user.getName());
            return "redirect:" + RUNNING;
        } catch (NobodyToSimulate | TermsInvalid _) {
            return "redirect:/console/terms/draft?nobody=true";
        }
    }

    private static Membership membership(String members) {
        return switch (members) {
            case "ENROLLED" -> Membership.ENROLLED;
            case "EVERYBODY" -> Membership.EVERYBODY;
            default -> throw new BadQuery("members");
        };
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw new BadQuery("day");
        }
    }
}
