package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import org.espace.access.Access;
import org.espace.access.NextStep;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.signin.PasswordRule.Weakness;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Needs(Right.CHOOSE_PASSWORD)
class PasswordController {

    private final Users users;
    private final PasswordRule rule;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    PasswordController(Users users, PasswordRule rule) {
        this.users = users;
        this.rule = rule;
    }

    @GetMapping("/password")
    ModelAndView form(HttpServletRequest request) {
        return form(user(request), null);
    }

    @PostMapping("/password")
    ModelAndView choose(
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated,
            HttpServletRequest request,
            HttpServletResponse response) {
        var user = user(request);
        var weakness = rule.weakness(user, password, repeated);
        if (weakness.isPresent()) {
            var page = form(user, weakness.get());
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        signInAgain(users.choosePassword(user.email(), password), request, response);
        return new ModelAndView("redirect:/");
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

    /** In a new session: the old ones ended with the old password. */
    private void signInAgain(SignedIn user, HttpServletRequest request, HttpServletResponse response) {
        request.getSession().invalidate();
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
