package org.espace.signin;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.espace.access.EmailAddress;
import org.espace.signin.PasswordRule.Weakness;
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

@Controller
@Needs(Right.ENTER)
class ForgottenController {

    /** Long enough for the slower of the two ways, so that the time tells nothing. */
    private static final Duration ANSWER_AFTER = Duration.ofMillis(400);

    private final Resets resets;
    private final PasswordRule rule;

    ForgottenController(Resets resets, PasswordRule rule) {
        this.resets = resets;
        this.rule = rule;
    }

    @GetMapping("/forgotten")
    ModelAndView form() {
        return form("", false, false);
    }

    /** The same answer in the same time, whether or not the address is somebody's. */
    @PostMapping("/forgotten")
    ModelAndView ask(@RequestParam(defaultValue = "") String email) throws InterruptedException {
        var begun = System.nanoTime();
        var address = EmailAddress.find(email);
        if (address.isEmpty()) {
            var page = form(email, false, true);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        resets.ask(address.get().value());
        var rest = ANSWER_AFTER.minusNanos(System.nanoTime() - begun);
        if (rest.isPositive()) {
            Thread.sleep(rest);
        }
        return form(address.get().value(), true, false);
    }

    private static ModelAndView form(String email, boolean sent, boolean bad) {
        return new ModelAndView("signin/forgotten", Map.of("email", email, "sent", sent, "bad", bad));
    }

    @GetMapping("/forgotten/{token}")
    ModelAndView open(@PathVariable String token) {
        return choose(token, null);
    }

    @PostMapping("/forgotten/{token}")
    ModelAndView choose(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated) {
        var user = resets.find(token);
        if (user.isEmpty()) {
            return choose(token, null);
        }
        var weakness = rule.weakness(user.get(), password, repeated);
        if (weakness.isPresent()) {
            var page = choose(token, weakness.get());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        resets.choose(token, user.get(), password);
        return new ModelAndView("redirect:/login?changed");
    }

    private ModelAndView choose(String token, @Nullable Weakness weakness) {
        var user = resets.find(token);
        if (user.isEmpty()) {
            return new ModelAndView("signin/linkExpired", Map.of(), HttpStatus.GONE);
        }
        var model = new HashMap<String, Object>();
        model.put("email", user.get().email());
        model.put("action", "/forgotten/" + token);
        if (weakness != null) {
            model.put("weakness", weakness.name());
        }
        return new ModelAndView("signin/newPassword", model);
    }
}
