package org.espace.agreements;

import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The texts that the vendor publishes, and what a partner has signed of them. */
@Controller
@Needs(Right.SEE_CONSOLE)
class AgreementsConsoleController {

    private static final String TEXTS = "/console/agreements";
    private static final String PARTNER = "/console/partners/{partner}/agreements";

    private final Agreements agreements;
    private final Partners partners;

    AgreementsConsoleController(Agreements agreements, Partners partners) {
        this.agreements = agreements;
        this.partners = partners;
    }

    @GetMapping(TEXTS)
    ModelAndView texts() {
        return new ModelAndView("console/agreements", Map.of("texts", agreements.texts(), "today", agreements.today()));
    }

    @GetMapping(TEXTS + "/new")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView form(Locale locale) {
        return form(Form.EMPTY, locale);
    }

    @PostMapping(TEXTS)
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView publish(@RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            agreements.publish(typed, user.getName());
            return new ModelAndView("redirect:" + TEXTS);
        } catch (FormRefused refused) {
            return form(Form.refused(typed, refused), locale);
        }
    }

    private static ModelAndView form(Form form, Locale locale) {
        var words = Messages.in(locale);
        var kinds = new LinkedHashMap<String, String>();
        Arrays.stream(AgreementKind.values())
                .forEach(kind -> kinds.put(kind.code(), words.text("agreement." + kind.code())));
        return form.on("console/agreementForm", Map.of("kinds", kinds));
    }

    @GetMapping(TEXTS + "/{kind}/{version}")
    ModelAndView text(@PathVariable String kind, @PathVariable String version) {
        return new ModelAndView(
                "console/agreementText", Map.of("text", agreements.text(AgreementsController.kind(kind), version)));
    }

    @GetMapping(PARTNER)
    ModelAndView signed(@PathVariable PartnerId partner) {
        return new ModelAndView(
                "console/partnerAgreements",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "signed",
                        agreements.of(partner),
                        "today",
                        agreements.today()));
    }

    @PostMapping(PARTNER + "/{agreement}/end")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView end(
            @PathVariable PartnerId partner,
            @PathVariable int agreement,
            @RequestParam Map<String, String> typed,
            Principal user) {
        try {
            agreements.end(partner, agreement, typed, user.getName());
            return new ModelAndView("redirect:/console/partners/" + partner + "/agreements");
        } catch (FormRefused refused) {
            return end(partner, agreement, Form.refused(typed, refused));
        }
    }

    @GetMapping(PARTNER + "/{agreement}/end")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView end(@PathVariable PartnerId partner, @PathVariable int agreement) {
        return end(partner, agreement, Form.EMPTY);
    }

    private ModelAndView end(PartnerId partner, int agreement, Form form) {
        var ending = agreements.of(partner).stream()
                .filter(known -> known.id() == agreement)
                .findFirst()
                .orElseThrow(() -> new AgreementNotFound(Integer.toString(agreement)));
        return form.on("console/agreementEnd", Map.of("partner", partners.partner(partner), "agreement", ending));
    }
}
