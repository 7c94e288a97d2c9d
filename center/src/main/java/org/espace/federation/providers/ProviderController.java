package org.espace.federation.providers;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espace.access.Access;
import org.espace.access.UserId;
import org.espace.federation.providers.Providers.Order;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** An organization's identity provider, set up by its global administrator. */
@Controller
@Needs(Right.MANAGE_SIGN_IN)
public class ProviderController {

    private final Providers providers;
    private final Registrations registrations;
    private final Partners partners;

    ProviderController(Providers providers, Registrations registrations, Partners partners) {
        this.providers = providers;
        this.registrations = registrations;
        this.partners = partners;
    }

    /** What stands in the form; the secret never does. */
    public record Typed(
            String issuer,
            String client,
            String domains,
            boolean enforced,
            @Nullable String emergency,
            boolean creates) {

        static Typed of(Optional<Provider> provider) {
            return provider.map(one -> new Typed(
                            one.issuer(),
                            one.clientId(),
                            String.join(", ", one.domains()),
                            one.enforced(),
                            one.emergency() == null ? null : one.emergency().toString(),
                            one.createsUsers()))
                    .orElse(new Typed("", "", "", false, null, false));
        }

        Order order(String secret) {
            return new Order(
                    issuer,
                    client,
                    secret.isBlank() ? null : secret,
                    domains,
                    enforced,
                    emergency == null || !emergency.matches("\\d{1,9}") ? null : UserId.of(emergency),
                    creates);
        }
    }

    @GetMapping("/partners/{partner}/sign-in/provider")
    ModelAndView page(@PathVariable PartnerId partner, @RequestParam @Nullable String saved) {
        var model = saved == null ? Map.<String, Object>of() : Map.<String, Object>of("said", "saved");
        return page(partner, Typed.of(providers.find(partner)), model, HttpStatus.OK);
    }

    @PostMapping("/partners/{partner}/sign-in/provider")
    ModelAndView save(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "") String issuer,
            @RequestParam(defaultValue = "") String client,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String domains,
            @RequestParam(defaultValue = "false") boolean enforced,
            @RequestParam @Nullable String emergency,
            @RequestParam(defaultValue = "false") boolean creates,
            @RequestParam(defaultValue = "save") String action,
            HttpServletRequest request) {
        var typed = new Typed(issuer, client, domains, enforced, emergency, creates);
        try {
            if (action.equals("test")) {
                providers.test(issuer);
                return page(partner, typed, Map.of("said", "tested"), HttpStatus.OK);
            }
            providers.save(partner, typed.order(secret), by(request));
            return new ModelAndView("redirect:/partners/" + partner + "/sign-in/provider?saved");
        } catch (ProviderRefused refused) {
            return refused(partner, typed, refused.why().field(), "fault." + refused.why());
        } catch (NotReachable unreachable) {
            return refused(partner, typed, "issuer", "unreachable." + unreachable.why());
        }
    }

    @PostMapping("/partners/{partner}/sign-in/provider/removal")
    String remove(@PathVariable PartnerId partner, HttpServletRequest request) {
        providers.remove(partner, by(request));
        return "redirect:/partners/" + partner + "/sign-in/provider";
    }

    @PostMapping("/partners/{partner}/sign-in/provider/domains/{domain}/proof")
    ModelAndView prove(@PathVariable PartnerId partner, @PathVariable String domain, HttpServletRequest request) {
        try {
            providers.prove(partner, domain, by(request));
            return new ModelAndView("redirect:/partners/" + partner + "/sign-in/provider?saved");
        } catch (ProviderRefused refused) {
            var fault = Map.<String, Object>of("unproved", domain, "fault", "fault." + refused.why());
            return page(partner, Typed.of(providers.find(partner)), fault, HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView refused(PartnerId partner, Typed typed, String field, String fault) {
        return page(partner, typed, Map.of("field", field, "fault", fault), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ModelAndView page(PartnerId partner, Typed typed, Map<String, Object> more, HttpStatus status) {
        var model = new HashMap<>(more);
        model.put("partner", partners.partner(partner).id());
        model.put("typed", typed);
        model.put("there", providers.find(partner).isPresent());
        model.put("domains", providers.domains(partner));
        model.put("administrators", providers.administrators(partner));
        model.put("returnAddress", registrations.returnAddress(partner));
        return new ModelAndView("federation/provider", model, status);
    }

    private static String by(HttpServletRequest request) {
        return Access.caller(request).orElseThrow().getName();
    }
}
