package org.espace.enrollment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Decisions about many locations: looked at, then carried out. */
@Controller
@Needs(Right.DECIDE_ENROLLMENTS)
class DecisionsController {

    private static final String ALL = EnrollmentsQuery.PATH + "/decisions";
    private static final String ONE = ALL + "/{decision}";
    private static final int SHOWN = 100;

    private final Decisions decisions;
    private final Offers offers;
    private final Clock clock;

    DecisionsController(Decisions decisions, Offers offers, Clock clock) {
        this.decisions = decisions;
        this.offers = offers;
        this.clock = clock;
    }

    @GetMapping(ALL + "/new")
    ModelAndView form(@RequestParam Map<String, String> typed, Locale locale) {
        return form(Form.holding(typed), locale);
    }

    @PostMapping(ALL)
    ModelAndView look(
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile list,
            Principal user,
            Locale locale)
            throws IOException {
        var all = new HashMap<>(typed);
        if (list != null && !list.isEmpty()) {
            all.merge("numbers", new String(list.getBytes(), UTF_8), (one, other) -> one + "\n" + other);
        }
        try {
            return new ModelAndView("redirect:" + path(decisions.look(all, user.getName())));
        } catch (FormRefused refused) {
            return form(Form.refused(all, refused), locale);
        }
    }

    private ModelAndView form(Form form, Locale locale) {
        var words = Messages.in(locale);
        var kinds = new LinkedHashMap<String, String>();
        Arrays.stream(Decision.Kind.values())
                .forEach(kind -> kinds.put(kind.code(), words.text("enrollment.decision." + kind.code())));
        var programs = new LinkedHashMap<String, String>();
        offers.on(LocalDate.now(clock))
                .forEach((program, offer) ->
                        programs.put(program, offer.terms().name().in(locale)));
        var statuses = new LinkedHashMap<String, String>();
        statuses.put("", words.text("enrollment.everybody"));
        Arrays.stream(Status.values())
                .filter(status -> status != Status.ENROLLING)
                .forEach(status -> statuses.put(status.name(), words.text("enrollment.status." + status)));
        return form.on("console/decisionForm", Map.of("kinds", kinds, "programs", programs, "statuses", statuses));
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable int decision, Locale locale) {
        var found = decisions.decision(decision);
        return new ModelAndView(
                "console/decision",
                Map.of(
                        "decision",
                        found,
                        "program",
                        offers.find(found.program())
                                .map(offer -> offer.terms().name().in(locale))
                                .orElse(found.program()),
                        "possible",
                        decisions.items(found, true, 0, SHOWN),
                        "impossible",
                        decisions.items(found, false, 0, SHOWN)));
    }

    @PostMapping(ONE + "/execution")
    String start(@PathVariable int decision, Principal user) {
        var found = decisions.decision(decision);
        decisions.start(found, user.getName());
        return "redirect:" + path(found);
    }

    @PostMapping(ONE + "/cancellation")
    String cancel(@PathVariable int decision, Principal user) {
        var found = decisions.decision(decision);
        decisions.cancel(found, user.getName());
        return "redirect:" + path(found);
    }

    private static String path(Decision decision) {
        return ALL + "/" + decision.id();
    }
}
