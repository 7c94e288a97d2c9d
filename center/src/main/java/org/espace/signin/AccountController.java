package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What everybody sees of their own account. */
@Controller
@Needs(Right.GO_HOME)
class AccountController {

    private static final int LONGEST_NAME = 200;
    private static final String SECURITY = "redirect:/account/security";
    private static final String CONFIRM = "redirect:/account/confirmation?next=/account/security";

    private final Users users;
    private final SecondFactors factors;
    private final Passkeys passkeys;
    private final Sessions sessions;
    private final Steps steps;
    private final Entrance entrance;

    AccountController(
            Users users, SecondFactors factors, Passkeys passkeys, Sessions sessions, Steps steps, Entrance entrance) {
        this.users = users;
        this.factors = factors;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.steps = steps;
        this.entrance = entrance;
    }

    @GetMapping("/account")
    ModelAndView account(HttpServletRequest request, @RequestParam(defaultValue = "false") boolean kept) {
        var user = user(request);
        return account(user, user.name(), false, kept);
    }

    @PostMapping("/account")
    ModelAndView change(
            @RequestParam(defaultValue = "") String name, HttpServletRequest request, HttpServletResponse response) {
        var user = user(request);
        var wanted = name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME || wanted.chars().anyMatch(Character::isISOControl)) {
            var page = account(user, name, true, false);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        entrance.keep(users.rename(user, wanted), request, response);
        return new ModelAndView("redirect:/account?kept=true");
    }

    private static ModelAndView account(SignedIn user, String name, boolean bad, boolean kept) {
        return new ModelAndView(
                "signin/account", Map.of("email", user.email(), "name", name, "bad", bad, "kept", kept));
    }

    @GetMapping("/account/security")
    ModelAndView security(HttpServletRequest request, @RequestParam(defaultValue = "") String refused) {
        var user = user(request);
        var model = new HashMap<String, Object>();
        model.put("required", steps.mayNotDoWithout(user));
        model.put("refused", refused.equals("required"));
        factors.authenticatorSince(user.id()).ifPresent(since -> model.put("authenticator", since));
        model.put("passkeys", passkeys.of(user.id()));
        model.put("codes", factors.recoveryCodesLeft(user.id()));
        model.put("sessions", sessions.of(user, request.getSession().getId()));
        return new ModelAndView("signin/security", model);
    }

    @PostMapping("/account/security/authenticator/removal")
    String removeAuthenticator(HttpServletRequest request) {
        var user = user(request);
        if (!entrance.isProved(request)) {
            return CONFIRM;
        }
        if (steps.mayNotDoWithout(user) && passkeys.of(user.id()).isEmpty()) {
            return SECURITY + "?refused=required";
        }
        factors.removeAuthenticator(user);
        return SECURITY;
    }

    @PostMapping("/account/security/passkeys/{passkey}/removal")
    String removePasskey(@PathVariable String passkey, HttpServletRequest request) {
        var user = user(request);
        if (!entrance.isProved(request)) {
            return CONFIRM;
        }
        var isLast = factors.authenticatorSince(user.id()).isEmpty()
                && passkeys.of(user.id()).size() == 1;
        if (steps.mayNotDoWithout(user) && isLast) {
            return SECURITY + "?refused=required";
        }
        passkeys.remove(user, passkey);
        return SECURITY;
    }

    @PostMapping("/account/security/sessions/{session}/end")
    String endSession(@PathVariable String session, HttpServletRequest request) {
        sessions.end(user(request), session);
        return SECURITY;
    }

    @PostMapping("/account/security/sessions/others/end")
    String endOtherSessions(HttpServletRequest request) {
        sessions.endOthers(user(request), request.getSession().getId());
        return SECURITY;
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
