package org.espace.dashboard;

import java.util.Locale;
import java.util.Map;
import org.espace.partners.PartnerId;
import org.espace.programs.Programs;
import org.espace.web.Crumb;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** What was promised, for whoever wants to check a line against it. */
@Controller
@Needs(Right.SEE_EARNINGS)
class TermsController {

    private final Programs programs;

    TermsController(Programs programs) {
        this.programs = programs;
    }

    @GetMapping("/partners/{partner}/terms/{program}/{version}")
    ModelAndView terms(
            @PathVariable PartnerId partner,
            @PathVariable String program,
            @PathVariable String version,
            Locale locale) {
        var back = new Crumb(Messages.in(locale).text("earnings.title"), "/partners/" + partner + "/earnings");
        return new ModelAndView(
                "dashboard/terms", Map.of("view", new TermsView(programs.terms(program, version), back)));
    }
}
