package org.espace.certifications;

import java.security.Principal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espace.terms.Names;
import org.espace.terms.TermsInvalid;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What people can be certified in, and what companies can attain, as the vendor writes them. */
@Controller
@Needs(Right.SEE_CONSOLE)
class CatalogueController {

    private static final String ALL = "/console/certifications";
    private static final String ONE = ALL + "/{certification}";
    private static final String DEFINITIONS = "/console/competencies";

    private final Catalogue catalogue;
    private final Competencies competencies;
    private final SigningKeys keys;

    CatalogueController(Catalogue catalogue, Competencies competencies, SigningKeys keys) {
        this.catalogue = catalogue;
        this.competencies = competencies;
        this.keys = keys;
    }

    @GetMapping(ALL)
    ModelAndView all() {
        return new ModelAndView(
                "certifications/catalogue",
                Map.of(
                        "certifications",
                        catalogue.certifications(),
                        "keys",
                        keys.published().size()));
    }

    @GetMapping(ALL + "/new")
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView form(Locale locale) {
        return form(Form.EMPTY, locale);
    }

    @PostMapping(ALL)
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView add(@RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            catalogue.add(typed, user.getName());
            return new ModelAndView("redirect:" + ALL);
        } catch (FormRefused refused) {
            return form(Form.refused(typed, refused), locale);
        }
    }

    private static ModelAndView form(Form form, Locale locale) {
        return form.on("certifications/newCertification", Map.of("levels", levels(locale)));
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable String certification, Locale locale) {
        var found = catalogue.certification(certification);
        return one(found, Form.holding(values(found)), locale);
    }

    @PostMapping(ONE)
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView change(
            @PathVariable String certification,
            @RequestParam Map<String, String> typed,
            Principal user,
            Locale locale) {
        try {
            catalogue.change(certification, typed, user.getName());
            return new ModelAndView("redirect:" + ALL + "/" + certification);
        } catch (FormRefused refused) {
            return one(catalogue.certification(certification), Form.refused(typed, refused), locale);
        }
    }

    @PostMapping(ONE + "/sessions")
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView addSession(
            @PathVariable String certification,
            @RequestParam Map<String, String> typed,
            Principal user,
            Locale locale) {
        var found = catalogue.certification(certification);
        try {
            catalogue.addSession(certification, typed, user.getName());
            return new ModelAndView("redirect:" + ALL + "/" + certification);
        } catch (FormRefused refused) {
            var values = new HashMap<>(values(found));
            values.putAll(typed);
            return one(found, Form.refused(values, refused), locale);
        }
    }

    private ModelAndView one(Certification certification, Form form, Locale locale) {
        return form.on(
                "certifications/certification",
                Map.of(
                        "certification",
                        certification,
                        "sessions",
                        catalogue.sessions(certification.code()),
                        "levels",
                        levels(locale)));
    }

    private static Map<String, String> values(Certification certification) {
        return Map.of(
                "english-name",
                certification.name().en(),
                "french-name",
                certification.name().fr(),
                "certificate-level",
                certification.level(),
                "provider",
                certification.provider(),
                "good-for",
                certification.months() == null ? "" : certification.months().toString(),
                "steps-english",
                certification.steps().stream().map(Names::en).collect(Collectors.joining("\n")),
                "steps-french",
                certification.steps().stream().map(Names::fr).collect(Collectors.joining("\n")));
    }

    private static Map<String, String> levels(Locale locale) {
        var words = Messages.in(locale);
        var levels = new LinkedHashMap<String, String>();
        List.of("fundamentals", "intermediate", "advanced")
                .forEach(level -> levels.put(level, words.text("certificate.level." + level)));
        return levels;
    }

    @PostMapping("/console/certificate-keys")
    @Needs(Right.MANAGE_CATALOGUE)
    String changeKey(Principal user) {
        keys.change(user.getName());
        return "redirect:" + ALL;
    }

    @GetMapping(DEFINITIONS)
    ModelAndView definitions() {
        var today = competencies.today();
        return new ModelAndView(
                "certifications/definitions",
                Map.of(
                        "published",
                        competencies.published(),
                        "counting",
                        competencies.definitions(today).stream()
                                .map(definition -> definition.code() + " " + definition.version())
                                .collect(Collectors.toSet())));
    }

    @GetMapping(DEFINITIONS + "/{competency}/{version}")
    ModelAndView definition(@PathVariable String competency, @PathVariable String version) {
        return new ModelAndView(
                "certifications/definition", Map.of("published", competencies.published(competency, version)));
    }

    @GetMapping(DEFINITIONS + "/new")
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView newDefinition() {
        return new ModelAndView(
                "certifications/newDefinition", Map.of("text", "", "problems", List.of(), "taken", false));
    }

    @PostMapping(DEFINITIONS)
    @Needs(Right.MANAGE_CATALOGUE)
    ModelAndView publish(@RequestParam(defaultValue = "") String text, Principal user) {
        try {
            competencies.publish(text, user.getName());
            return new ModelAndView("redirect:" + DEFINITIONS);
        } catch (TermsInvalid invalid) {
            return refused(text, invalid.problems(), false, HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (DefinitionTaken _) {
            return refused(text, List.of(), true, HttpStatus.CONFLICT);
        }
    }

    private static ModelAndView refused(
            String text, List<TermsInvalid.Problem> problems, boolean taken, HttpStatus status) {
        return new ModelAndView(
                "certifications/newDefinition", Map.of("text", text, "problems", problems, "taken", taken), status);
    }
}
