package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import org.espace.access.Access;
import org.espace.access.NextStep;
import org.espace.access.SignedIn;
import org.espace.signin.PasswordRule.Weakness;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Needs(Right.CHOOSE_PASSWORD)
class PasswordController {

    private final Passwords passwords;
    private final PasswordRule rule;
    private final Steps steps;
    private final Entrance entrance;

    PasswordController(Passwords passwords, PasswordRule rule, Steps steps, Entrance entrance) {
        this.passwords = passwords;
        this.rule = rule;
        this.steps = steps;
        this.entrance = entrance;
    }

    @GetMapping("/password")
    ModelAndView form(HttpServletRequest request) {
        return mayChange(request) ? form(user(request), null) : confirmFirst();
    }

    @PostMapping("/password")
    ModelAndView choose(
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!mayChange(request)) {
            return confirmFirst();
        }
        var user = user(request);
        var weakness = rule.weakness(user, password, repeated);
        if (weakness.isPresent()) {
            var page = form(user, weakness.get());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        var next = entrance.next(request);
        var changed = passwords.choose(user, password, "password.changed");
        entrance.renew(steps.afterSecondFactor(changed), request, response);
        return new ModelAndView("redirect:" + (user.owes() == null ? "/account/security" : next.value()));
    }

    /** Somebody who finds an open session must not be able to keep its owner out. */
    private boolean mayChange(HttpServletRequest request) {
        return user(request).owes() == NextStep.CHOOSE_PASSWORD || entrance.isProved(request);
    }

    private static ModelAndView confirmFirst() {
        return new ModelAndView("redirect:/account/confirmation?next=/password");
    }

    private static ModelAndView form(SignedIn user, @Nullable Weakness weakness) {
        var model = new HashMap<String, Object>();
        model.put("email", user.email());
        model.put("temporary", user.owes() == NextStep.CHOOSE_PASSWORD);
        if (weakness != null) {
            model.put("weakness", weakness.name());
        }
        return new ModelAndView("signin/password", model);
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
