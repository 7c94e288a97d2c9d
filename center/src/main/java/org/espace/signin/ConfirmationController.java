package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import org.espace.access.Access;
import org.espace.access.Users;
import org.espace.web.LocalPath;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Asks once more who is there, before something that would let somebody else in, by whatever way they have. */
@Controller
@Needs(Right.SET_UP_SECOND_FACTOR)
class ConfirmationController {

    private final Users users;
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final Entrance entrance;
    private final Attempts attempts;
    private final KnownDevices devices;
    private final SignInNews news;

    ConfirmationController(
            Users users,
            SecondFactors factors,
            Passkeys passkeys,
            Entrance entrance,
            Attempts attempts,
            KnownDevices devices,
            SignInNews news) {
        this.users = users;
        this.factors = factors;
        this.passkeys = passkeys;
        this.entrance = entrance;
        this.attempts = attempts;
        this.devices = devices;
        this.news = news;
    }

    @GetMapping("/account/confirmation")
    ModelAndView ask(@RequestParam(defaultValue = "/account") String next, HttpServletRequest request) {
        return page(request, next, "", Duration.ZERO);
    }

    @PostMapping("/account/confirmation")
    ModelAndView confirm(
            @RequestParam(defaultValue = "/account") String next,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request) {
        var user = Access.user(request).orElseThrow();
        var origin = devices.origin(request, user.email());
        var wait = attempts.begin(user.email(), origin, Patience.WITH_PASSWORDS);
        if (!wait.isZero()) {
            return refused(page(request, next, "wait", wait), HttpStatus.TOO_MANY_REQUESTS);
        }
        if (users.withPassword(user.email(), password).isEmpty()) {
            return refused(page(request, next, "wrong", Duration.ZERO), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        attempts.succeeded(user.email(), origin);
        entrance.proved(request);
        return new ModelAndView("redirect:" + new LocalPath(next).value());
    }

    /** The code of an authenticator, or one of the recovery codes, which is used up by it. */
    @PostMapping("/account/confirmation/code")
    ModelAndView confirmByCode(
            @RequestParam(defaultValue = "/account") String next,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request) {
        var user = Access.user(request).orElseThrow();
        var account = "second-factor:" + user.id();
        var origin = devices.origin(request, user.email());
        var wait = attempts.begin(account, origin, Patience.WITH_CODES);
        if (!wait.isZero()) {
            return refused(page(request, next, "wait-for-code", wait), HttpStatus.TOO_MANY_REQUESTS);
        }
        if (code.length() > 100 || !factors.isGiven(user, code)) {
            news.refused(user.email());
            return refused(page(request, next, "wrong-code", Duration.ZERO), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        attempts.succeeded(account, origin);
        entrance.proved(request);
        return new ModelAndView("redirect:" + new LocalPath(next).value());
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    private ModelAndView page(HttpServletRequest request, String asked, String problem, Duration wait) {
        var user = Access.user(request).orElseThrow();
        var next = new LocalPath(asked);
        var model = new HashMap<String, Object>();
        model.put("email", user.email());
        model.put("next", next.value());
        model.put("problem", problem);
        model.put("minutes", MustWait.minutes(wait));
        model.put("password", users.hasPassword(user));
        model.put("authenticator", factors.authenticatorSince(user.id()).isPresent());
        model.put("passkeys", !passkeys.of(user.id()).isEmpty());
        users.confirmationByProvider(user, next).ifPresent(path -> model.put("provider", path));
        return new ModelAndView("signin/confirmation", model);
    }
}
