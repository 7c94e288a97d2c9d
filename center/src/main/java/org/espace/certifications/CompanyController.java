package org.espace.certifications;

import java.math.BigDecimal;
import java.security.Principal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espace.access.Provisioning.Person;
import org.espace.certifications.Alerts.Standing;
import org.espace.certifications.Definition.ByPoints;
import org.espace.certifications.Definition.Figure;
import org.espace.partners.PartnerId;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What a company has attained, how far it is with the rest, and whom that rests on. */
@Controller
@Needs(Right.SEE_CERTIFICATIONS)
class CompanyController {

    private static final String ALL = "/partners/{partner}/certifications";
    private static final String ONE = ALL + "/{competency}";
    private static final String NUMBER = "[0-9]{1,12}(\\.[0-9]{1,6})?";

    private final Competencies competencies;
    private final Learners learners;

    CompanyController(Competencies competencies, Learners learners) {
        this.competencies = competencies;
        this.learners = learners;
    }

    @GetMapping(ALL)
    ModelAndView all(@PathVariable PartnerId partner) {
        var today = competencies.today();
        var progress = competencies.progress(partner, today);
        var attained = competencies.attained(partner);
        return new ModelAndView(
                "certifications/company",
                Map.of(
                        "partner",
                        partner,
                        "progress",
                        progress,
                        "held",
                        progress.stream()
                                .flatMap(one -> attained.stream()
                                        .filter(held -> held.code()
                                                        .equals(one.definition().code())
                                                && held.holdsOn(today))
                                        .map(held -> held(held, one)))
                                .toList(),
                        "people",
                        learners.people(partner),
                        "results",
                        learners.results(partner),
                        "today",
                        today));
    }

    private static Held held(Attained attained, Progress progress) {
        return new Held(
                attained,
                progress,
                Standing.of(progress, attained.level()).code(),
                Competencies.canBeRenewed(attained, progress.day()));
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable PartnerId partner, @PathVariable String competency) {
        var today = competencies.today();
        var progress = competencies.progress(partner, competency, today);
        var attained = competencies.attained(partner).stream()
                .filter(one -> one.code().equals(competency))
                .toList();
        var history = competencies.history(progress);
        var model = new HashMap<String, Object>();
        model.put("partner", partner);
        model.put("progress", progress);
        model.put("attained", attained);
        model.put(
                "held",
                attained.stream()
                        .filter(one -> one.holdsOn(today))
                        .map(one -> held(one, progress))
                        .toList());
        model.put("people", behind(progress, learners.people(partner)));
        model.put("history", history);
        if (progress.definition().ways() instanceof ByPoints points) {
            model.put("charts", ScoreChart.of(history, points.atLeast()));
        }
        return new ModelAndView("certifications/competency", model);
    }

    /** Who counts for each figure that counts people, by name. */
    private static Map<Figure, List<String>> behind(Progress progress, Map<Integer, Person> people) {
        var behind = new LinkedHashMap<Figure, List<String>>();
        progress.definition()
                .peopleFigures()
                .sorted(Comparator.comparing(Figure::code))
                .forEach(figure -> behind.put(
                        figure,
                        progress.facts().people(figure, progress.day()).stream()
                                .flatMap(learner -> Stream.ofNullable(people.get(learner)))
                                .map(Person::name)
                                .sorted()
                                .toList()));
        return behind;
    }

    @PostMapping(ONE + "/attainments")
    @Needs(Right.MANAGE_CERTIFICATIONS)
    String attain(
            @PathVariable PartnerId partner,
            @PathVariable String competency,
            @RequestParam Map<String, String> typed,
            Principal user) {
        competencies.attain(partner, competency, typed, user.getName());
        return "redirect:/partners/" + partner + "/certifications/" + competency;
    }

    /** What other figures would be worth. Nothing is kept. */
    @GetMapping(ONE + "/simulation")
    ModelAndView simulate(
            @PathVariable PartnerId partner, @PathVariable String competency, @RequestParam Map<String, String> typed) {
        var progress = competencies.progress(partner, competency, competencies.today());
        if (progress.score() == null) {
            throw new CertificationNotFound("score " + competency);
        }
        var figures = new HashMap<String, BigDecimal>();
        var faults = new HashMap<String, String>();
        for (var code : progress.definition().figures().keySet()) {
            var text = typed.getOrDefault(code, "").strip().replace(',', '.');
            if (text.matches(NUMBER)) {
                figures.put(code, new BigDecimal(text));
            } else if (!text.isEmpty()) {
                faults.put(code, "figure");
            }
        }
        var form = faults.isEmpty() ? Form.holding(typed) : Form.refused(typed, new FormRefused(faults));
        return form.on(
                "certifications/simulation",
                Map.of(
                        "partner",
                        partner,
                        "progress",
                        progress,
                        "simulated",
                        Competencies.simulate(progress, figures)));
    }
}
