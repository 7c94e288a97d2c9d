package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.espace.partners.PartnerId;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A partner’s users: seen by some, changed by those who may. */
@Controller
@Needs(Right.MANAGE_USERS)
class UsersController {

    private static final String LIST = "/partners/{partner}/users";
    private static final String ONE = LIST + "/{user}";

    private final UserPages pages;
    private final Users users;

    UsersController(UserPages pages, Users users) {
        this.pages = pages;
        this.users = users;
    }

    @GetMapping(LIST)
    @Needs(Right.SEE_USERS)
    ModelAndView list(@PathVariable PartnerId partner, @RequestParam Map<String, String> asked, Locale locale) {
        return pages.list(Desk.of(partner), asked, locale);
    }

    @GetMapping(LIST + ".csv")
    @Needs(Right.SEE_USERS)
    void export(
            @PathVariable PartnerId partner,
            @RequestParam Map<String, String> asked,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        pages.export(Desk.of(partner), asked, locale, response);
    }

    @GetMapping(LIST + "/new")
    ModelAndView form(@PathVariable PartnerId partner, HttpServletRequest request, Locale locale) {
        return pages.form(Desk.of(partner), Typed.NOTHING, Map.of(), by(request), locale);
    }

    @PostMapping(LIST + "/new")
    ModelAndView create(
            @PathVariable PartnerId partner,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        return pages.create(Desk.of(partner), Typed.of(form), by(request), locale, response);
    }

    @GetMapping(LIST + "/first-administrator")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView firstForm(@PathVariable PartnerId partner) {
        return pages.firstForm(Desk.of(partner), Typed.NOTHING, Map.of());
    }

    /** Only while the partner has no global administrator who can sign in. */
    @PostMapping(LIST + "/first-administrator")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView createFirst(
            @PathVariable PartnerId partner,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            HttpServletResponse response) {
        return pages.createFirst(Desk.of(partner), Typed.of(form), by(request), response);
    }

    @GetMapping(ONE)
    @Needs(Right.SEE_USERS)
    ModelAndView one(
            @PathVariable PartnerId partner, @PathVariable UserId user, HttpServletRequest request, Locale locale) {
        var desk = Desk.of(partner);
        return pages.one(desk, user(desk, user), Typed.NOTHING, Map.of(), by(request), locale);
    }

    /** A page that answers a form can be asked for again, for another language. */
    @GetMapping({ONE + "/profile", ONE + "/roles", ONE + "/password"})
    @Needs(Right.SEE_USERS)
    String afterForm(@PathVariable PartnerId partner, @PathVariable UserId user) {
        return "redirect:" + Desk.of(partner).path() + "/" + user;
    }

    @PostMapping(ONE + "/profile")
    ModelAndView setProfile(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var desk = Desk.of(partner);
        return pages.setProfile(desk, user(desk, user), Typed.of(form), by(request), locale);
    }

    @PostMapping(ONE + "/roles")
    ModelAndView grant(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var desk = Desk.of(partner);
        return pages.grant(desk, user(desk, user), Typed.of(form), by(request), locale);
    }

    @PostMapping(ONE + "/roles/removal")
    ModelAndView revoke(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request) {
        var desk = Desk.of(partner);
        return pages.revoke(desk, user(desk, user), Typed.of(form), by(request));
    }

    @PostMapping(ONE + "/password")
    ModelAndView resetPassword(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            HttpServletRequest request,
            HttpServletResponse response) {
        var desk = Desk.of(partner);
        return pages.resetPassword(desk, user(desk, user), by(request), response);
    }

    @PostMapping(ONE + "/sessions")
    ModelAndView endSessions(@PathVariable PartnerId partner, @PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.of(partner);
        return pages.endSessions(desk, user(desk, user), by(request));
    }

    @PostMapping(ONE + "/deactivation")
    ModelAndView deactivate(@PathVariable PartnerId partner, @PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.of(partner);
        return pages.close(desk, user(desk, user), Closing.DEACTIVATED, by(request));
    }

    @PostMapping(ONE + "/reactivation")
    ModelAndView reactivate(@PathVariable PartnerId partner, @PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.of(partner);
        return pages.reopen(desk, user(desk, user), by(request));
    }

    /** @param from organization for good; anything else from the center only */
    @PostMapping(ONE + "/removal")
    ModelAndView remove(
            @PathVariable PartnerId partner,
            @PathVariable UserId user,
            @RequestParam(defaultValue = "") String from,
            HttpServletRequest request) {
        var desk = Desk.of(partner);
        var how = from.equals("organization") ? Closing.REMOVED_FROM_ORGANIZATION : Closing.REMOVED_FROM_CENTER;
        return pages.close(desk, user(desk, user), how, by(request));
    }

    private User user(Desk desk, UserId user) {
        return users.user(desk.organization(), user);
    }

    private static SignedIn by(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
