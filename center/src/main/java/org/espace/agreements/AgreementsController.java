package org.espace.agreements;

import java.security.Principal;
import java.util.Map;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
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

/** What a partner has signed, and what it can sign. */
@Controller
@Needs(Right.SEE_ORGANIZATION)
class AgreementsController {

    private static final String PAGE = "/partners/{partner}/organization/agreements";
    private static final String TEXT = PAGE + "/{kind}/{version}";

    private final Agreements agreements;
    private final Partners partners;

    AgreementsController(Agreements agreements, Partners partners) {
        this.agreements = agreements;
        this.partners = partners;
    }

    @GetMapping(PAGE)
    ModelAndView all(@PathVariable PartnerId partner) {
        var inForce = agreements.inForce(partner, agreements.today());
        return new ModelAndView(
                "agreements/agreements",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "signed",
                        agreements.of(partner),
                        "today",
                        agreements.today(),
                        "open",
                        agreements.offered(partner).stream()
                                .filter(text -> inForce.stream()
                                        .noneMatch(agreement -> agreement.kind() == text.kind()
                                                && agreement.version().equals(text.version())))
                                .toList()));
    }

    @GetMapping(TEXT)
    ModelAndView one(@PathVariable PartnerId partner, @PathVariable String kind, @PathVariable String version) {
        return one(partner, kind(kind), version, Form.EMPTY);
    }

    @PostMapping(TEXT + "/signatures")
    @Needs(Right.SIGN_AGREEMENTS)
    ModelAndView sign(
            @PathVariable PartnerId partner,
            @PathVariable String kind,
            @PathVariable String version,
            @RequestParam Map<String, String> typed,
            Principal user) {
        try {
            agreements.sign(partner, kind(kind), version, typed, user.getName());
            return new ModelAndView("redirect:/partners/" + partner + "/organization/agreements");
        } catch (FormRefused refused) {
            return one(partner, kind(kind), version, Form.refused(typed, refused));
        }
    }

    private ModelAndView one(PartnerId partner, AgreementKind kind, String version, Form form) {
        var text = agreements.text(kind, version);
        var signed = agreements.of(partner).stream()
                .filter(agreement ->
                        agreement.kind() == kind && agreement.version().equals(version))
                .toList();
        return form.on(
                "agreements/agreement",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "text",
                        text,
                        "signed",
                        signed,
                        "open",
                        agreements.offered(partner).contains(text)
                                && signed.stream().noneMatch(agreement -> agreement.isInForceOn(agreements.today()))));
    }

    static AgreementKind kind(String code) {
        return AgreementKind.of(code).orElseThrow(() -> new AgreementNotFound(code));
    }
}
