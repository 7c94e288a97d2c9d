package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SealedInSessions;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The second factor: given at sign-in, and set up. */
@Controller
class SecondFactorController {

    /** A seed that no code has confirmed yet, sealed. */
    private static final String SEED = "signin.seed" + SealedInSessions.ENDING;

    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final Entrance entrance;
    private final Attempts attempts;
    private final KnownDevices devices;
    private final SignInNews news;

    SecondFactorController(
            SecondFactors factors,
            Passkeys passkeys,
            Entrance entrance,
            Attempts attempts,
            KnownDevices devices,
            SignInNews news) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.entrance = entrance;
        this.attempts = attempts;
        this.devices = devices;
        this.news = news;
    }

    @GetMapping("/second-factor")
    @Needs(Right.GIVE_SECOND_FACTOR)
    ModelAndView ask(HttpServletRequest request) {
        return ask(user(request), "", Duration.ZERO);
    }

    @PostMapping("/second-factor")
    @Needs(Right.GIVE_SECOND_FACTOR)
    ModelAndView give(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        var user = user(request);
        var account = "second-factor:" + user.id();
        var origin = devices.origin(request, user.email());
        var wait = attempts.begin(account, origin, Patience.WITH_CODES);
        if (!wait.isZero()) {
            return refused(ask(user, "wait", wait), HttpStatus.TOO_MANY_REQUESTS);
        }
        if (code.length() > 100 || !factors.isGiven(user, code)) {
            news.refused(user.email());
            return refused(ask(user, "wrong", Duration.ZERO), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        attempts.succeeded(account, origin);
        return new ModelAndView(
                "redirect:" + entrance.pass(user, "code", request, response).value());
    }

    private ModelAndView ask(SignedIn user, String problem, Duration wait) {
        var model = new HashMap<String, Object>();
        model.put("authenticator", factors.authenticatorSince(user.id()).isPresent());
        model.put("passkeys", !passkeys.of(user.id()).isEmpty());
        model.put("problem", problem);
        model.put("minutes", MustWait.minutes(wait));
        return new ModelAndView("signin/secondFactor", model);
    }

    @GetMapping("/second-factor/set-up")
    @Needs(Right.SET_UP_SECOND_FACTOR)
    ModelAndView setUp(HttpServletRequest request) {
        return entrance.isProved(request)
                ? setUp(user(request), seed(request), false)
                : new ModelAndView("redirect:/account/confirmation?next=/second-factor/set-up");
    }

    @PostMapping("/second-factor/set-up")
    @Needs(Right.SET_UP_SECOND_FACTOR)
    ModelAndView confirm(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        var user = user(request);
        if (!entrance.isProved(request)) {
            return new ModelAndView("redirect:/account/confirmation?next=/second-factor/set-up");
        }
        var seed = seed(request);
        var codes = factors.setUpAuthenticator(user, seed, code);
        if (codes.isEmpty()) {
            return refused(setUp(user, seed, true), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        request.getSession().removeAttribute(SEED);
        var next = user.owes() == null
                ? "/account/security"
                : entrance.next(request).value();
        if (user.owes() != null) {
            entrance.renew(user.owing(null), request, response);
        }
        return RecoveryCodesController.page(codes.get(), next);
    }

    private ModelAndView setUp(SignedIn user, Seed seed, boolean wrong) {
        var model = new HashMap<String, Object>();
        model.put("owed", user.owes() != null);
        model.put("authenticator", factors.authenticatorSince(user.id()).isPresent());
        model.put("qr", QrPicture.of(seed.address(user.email())));
        model.put("seed", seed.grouped());
        model.put("wrong", wrong);
        return new ModelAndView("signin/setUp", model);
    }

    /** The same one until a code confirms it, so that a wrong code does not ask for another scan. */
    private Seed seed(HttpServletRequest request) {
        var user = user(request);
        HttpSession session = request.getSession();
        return Optional.ofNullable((String) session.getAttribute(SEED))
                .flatMap(kept -> factors.pending(user, kept))
                .orElseGet(() -> {
                    var seed = Seed.random();
                    session.setAttribute(SEED, factors.seal(user, seed));
                    return seed;
                });
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
