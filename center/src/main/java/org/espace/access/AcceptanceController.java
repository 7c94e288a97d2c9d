package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.CacheControl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where the link of an invitation leads: first a name, then the form that chooses a password. */
@Controller
@Needs(Right.ENTER)
class AcceptanceController {

    private final Invitations invitations;
    private final Partners partners;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    AcceptanceController(Invitations invitations, Partners partners) {
        this.invitations = invitations;
        this.partners = partners;
    }

    @GetMapping("/invitations/{token}")
    ModelAndView form(@PathVariable String token, HttpServletResponse response) {
        return form(token, Typed.NOTHING, Map.of(), response);
    }

    @PostMapping("/invitations/{token}")
    ModelAndView accept(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String last,
            HttpServletRequest request,
            HttpServletResponse response) {
        var typed = new Typed(Map.of("first", List.of(first), "last", List.of(last)));
        var form = new UserForm(typed);
        var name = form.name();
        if (form.isFaulty()) {
            return form(token, typed, form.faults(), response);
        }
        signIn(invitations.accept(token, name.orElseThrow().value()), request, response);
        return new ModelAndView("redirect:/password");
    }

    /** The link is a secret: it is not kept by the browser, nor told to the next page. */
    private ModelAndView form(String token, Typed typed, Map<String, String> faults, HttpServletResponse response) {
        var invitation = invitations.open(token);
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        response.setHeader("Referrer-Policy", "no-referrer");
        return UserPages.page(
                "access/invitation",
                Map.of(
                        "token", token,
                        "invitation", invitation,
                        "organization", partners.partner(invitation.partner()).name(),
                        "typed", typed,
                        "faults", faults),
                faults);
    }

    /** In a session of its own, which opens nothing but the choice of a password. */
    private void signIn(SignedIn user, HttpServletRequest request, HttpServletResponse response) {
        var old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
