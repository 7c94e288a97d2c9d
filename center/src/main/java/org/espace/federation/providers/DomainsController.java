package org.espace.federation.providers;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.espace.access.Access;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The domains that nobody has proved; the vendor may take one on its own word. */
@Controller
@Needs(Right.MANAGE_PARTNERS)
class DomainsController {

    private final Providers providers;
    private final Partners partners;

    DomainsController(Providers providers, Partners partners) {
        this.providers = providers;
        this.partners = partners;
    }

    @GetMapping("/console/domains")
    ModelAndView domains() {
        return page(Map.of(), HttpStatus.OK);
    }

    @PostMapping("/console/partners/{partner}/domains/{domain}/proof")
    ModelAndView confirm(
            @PathVariable PartnerId partner,
            @PathVariable String domain,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request) {
        try {
            providers.confirm(
                    partner,
                    domain,
                    reason,
                    Access.caller(request).orElseThrow().getName());
            return new ModelAndView("redirect:/console/domains");
        } catch (ProviderRefused refused) {
            return page(
                    Map.of("of", partner, "name", domain, "reason", reason, "fault", "fault." + refused.why()),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(Map<String, Object> refused, HttpStatus status) {
        var domains = providers.unprovedDomains();
        var model = new HashMap<>(refused);
        model.put("domains", domains);
        model.put(
                "names",
                domains.stream()
                        .map(Domain::partner)
                        .distinct()
                        .collect(Collectors.toMap(
                                one -> one, one -> partners.partner(one).name())));
        return new ModelAndView("federation/domains", model, status);
    }
}
