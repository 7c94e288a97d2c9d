package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
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

/** Asks for the password once more before something that would let somebody else in. */
@Controller
@Needs(Right.SET_UP_SECOND_FACTOR)
class ConfirmationController {

    private final Users users;
    private final Entrance entrance;
    private final Attempts attempts;
    private final KnownDevices devices;

    ConfirmationController(Users users, Entrance entrance, Attempts attempts, KnownDevices devices) {
        this.users = users;
        this.entrance = entrance;
        this.attempts = attempts;
        this.devices = devices;
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

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    private static ModelAndView page(HttpServletRequest request, String next, String problem, Duration wait) {
        return new ModelAndView(
                "signin/confirmation",
                Map.of(
                        "email",
                        Access.user(request).orElseThrow().email(),
                        "next",
                        new LocalPath(next).value(),
                        "problem",
                        problem,
                        "minutes",
                        MustWait.minutes(wait)));
    }
}
