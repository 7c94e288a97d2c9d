package org.espace.federation.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.espace.access.Access;
import org.espace.federation.TwoAreGood;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The tokens of an organization's directory, made and revoked by its global administrator. */
@Controller
@Needs(Right.MANAGE_SIGN_IN)
class ScimTokensController {

    private final ScimTokens tokens;
    private final Partners partners;
    private final String endpoint;

    ScimTokensController(
            ScimTokens tokens, Partners partners, @Value("${espace.url:http://localhost:${server.port}}") String url) {
        this.tokens = tokens;
        this.partners = partners;
        this.endpoint = url + ScimController.BASE;
    }

    @GetMapping("/partners/{partner}/sign-in/provisioning")
    ModelAndView page(@PathVariable PartnerId partner) {
        return page(partner, Map.of(), HttpStatus.OK);
    }

    @PostMapping("/partners/{partner}/sign-in/provisioning")
    ModelAndView issue(@PathVariable PartnerId partner, HttpServletRequest request, HttpServletResponse response) {
        try {
            var token = tokens.issue(partners.partner(partner).id(), by(request));
            response.setHeader("Cache-Control", "no-store");
            return page(partner, Map.of("token", token.value()), HttpStatus.OK);
        } catch (TwoAreGood _) {
            return page(partner, Map.of("full", true), HttpStatus.CONFLICT);
        }
    }

    @PostMapping("/partners/{partner}/sign-in/provisioning/{token}/revocation")
    String revoke(@PathVariable PartnerId partner, @PathVariable int token, HttpServletRequest request) {
        tokens.revoke(partner, token, by(request));
        return "redirect:/partners/" + partner + "/sign-in/provisioning";
    }

    private ModelAndView page(PartnerId partner, Map<String, Object> more, HttpStatus status) {
        var model = new HashMap<>(more);
        model.put("partner", partners.partner(partner).id());
        model.put("endpoint", endpoint);
        model.put("tokens", tokens.of(partner));
        return new ModelAndView("federation/provisioning", model, status);
    }

    private static String by(HttpServletRequest request) {
        return Access.caller(request).orElseThrow().getName();
    }
}
