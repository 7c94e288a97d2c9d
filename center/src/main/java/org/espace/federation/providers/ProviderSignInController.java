package org.espace.federation.providers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espace.access.EmailAddress;
import org.espace.access.Proof;
import org.espace.web.LocalPath;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** From an address to the provider that knows it. */
@Controller
@Needs(Right.ENTER)
class ProviderSignInController {

    private final Providers providers;
    private final Discovery discovery;

    ProviderSignInController(Providers providers, Discovery discovery) {
        this.providers = providers;
        this.discovery = discovery;
    }

    @GetMapping(ProviderSecurity.PAGE)
    ModelAndView form(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "/") String next,
            @RequestParam @Nullable String refused) {
        return form(email, next, why(refused).orElse(null), HttpStatus.OK);
    }

    /** Somebody is in, and the provider has not said that it is still them. */
    @GetMapping(ProviderSecurity.NOT_CONFIRMED)
    ModelAndView notConfirmed(
            @RequestParam(defaultValue = "/account") String next, @RequestParam @Nullable String refused) {
        return new ModelAndView(
                "federation/notConfirmed",
                Map.of(
                        "again",
                        Proof.path(UriUtils.encodeQueryParam(new LocalPath(next).value(), StandardCharsets.UTF_8)),
                        "refused",
                        why(refused).orElse(SignInRefused.Why.STRAY).name()));
    }

    private static Optional<SignInRefused.Why> why(@Nullable String refused) {
        return Arrays.stream(SignInRefused.Why.values())
                .filter(one -> one.name().equals(refused))
                .findFirst();
    }

    /**
     * A page that leads on by itself, since our policy lets a form lead to no other site: nobody can turn the form around.
     */
    @PostMapping(ProviderSecurity.PAGE)
    ModelAndView ask(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "/") String next,
            HttpServletResponse response) {
        var provider = EmailAddress.find(email).flatMap(providers::of);
        if (provider.isEmpty()) {
            var page = form(email, next, null, HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("unknown", true);
            return page;
        }
        if (!answers(provider.get())) {
            return form(email, next, SignInRefused.Why.DOWN, HttpStatus.SERVICE_UNAVAILABLE);
        }
        var onward = UriComponentsBuilder.fromPath(ProviderSecurity.ASK)
                .pathSegment(provider.get().partner().toString())
                .queryParam("email", "{email}")
                .queryParam("next", "{next}")
                .encode()
                .build(email.strip(), new LocalPath(next).value())
                .toString();
        response.setHeader("Refresh", "0;url=" + onward);
        var page = new ModelAndView("federation/onward");
        page.addObject("onward", onward);
        page.addObject("issuer", provider.get().issuer());
        return page;
    }

    /** Reached only when the provider could not be asked, or there is none. */
    @GetMapping(ProviderSecurity.ASK + "/{partner}")
    ModelAndView notAsked(@RequestParam(defaultValue = "/") String next, HttpServletRequest request) {
        if (Reconfirmation.isWanted(request)) {
            return new ModelAndView(
                    "redirect:" + ProviderSecurity.notConfirmed(SignInRefused.Why.DOWN, new LocalPath(next)));
        }
        return form("", next, SignInRefused.Why.DOWN, HttpStatus.SERVICE_UNAVAILABLE);
    }

    private boolean answers(Provider provider) {
        try {
            discovery.of(provider.issuer());
            return true;
        } catch (NotReachable _) {
            return false;
        }
    }

    private static ModelAndView form(
            String email, String next, SignInRefused.@Nullable Why refused, HttpStatus status) {
        var model = new HashMap<String, Object>();
        model.put("email", email);
        model.put("next", new LocalPath(next).value());
        Optional.ofNullable(refused).ifPresent(why -> model.put("refused", why.name()));
        return new ModelAndView("federation/signIn", model, status);
    }
}
