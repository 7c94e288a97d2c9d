package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The vendor’s own users. */
@Controller
@Needs(Right.MANAGE_VENDOR_USERS)
class PeopleController {

    private static final String LIST = "/console/people";
    private static final String ONE = LIST + "/{user}";

    private final UserPages pages;
    private final Users users;

    PeopleController(UserPages pages, Users users) {
        this.pages = pages;
        this.users = users;
    }

    @GetMapping(LIST)
    ModelAndView list(@RequestParam Map<String, String> asked, Locale locale) {
        return pages.list(Desk.VENDOR, asked, locale);
    }

    @GetMapping(LIST + ".csv")
    void export(@RequestParam Map<String, String> asked, Locale locale, HttpServletResponse response)
            throws IOException {
        pages.export(Desk.VENDOR, asked, locale, response);
    }

    @GetMapping(LIST + "/new")
    ModelAndView form(HttpServletRequest request, Locale locale) {
        return pages.form(Desk.VENDOR, Typed.NOTHING, Map.of(), by(request), locale);
    }

    @PostMapping(LIST + "/new")
    ModelAndView create(
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        return pages.create(Desk.VENDOR, Typed.of(form), by(request), locale, response);
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable UserId user, HttpServletRequest request, Locale locale) {
        var desk = Desk.VENDOR;
        return pages.one(desk, user(desk, user), Typed.NOTHING, Map.of(), by(request), locale);
    }

    /** A page that answers a form can be asked for again, for another language. */
    @GetMapping({ONE + "/profile", ONE + "/roles", ONE + "/password"})
    String afterForm(@PathVariable UserId user) {
        return "redirect:" + Desk.VENDOR.path() + "/" + user;
    }

    @PostMapping(ONE + "/profile")
    ModelAndView setProfile(
            @PathVariable UserId user,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var desk = Desk.VENDOR;
        return pages.setProfile(desk, user(desk, user), Typed.of(form), by(request), locale);
    }

    @PostMapping(ONE + "/roles")
    ModelAndView grant(
            @PathVariable UserId user,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var desk = Desk.VENDOR;
        return pages.grant(desk, user(desk, user), Typed.of(form), by(request), locale);
    }

    @PostMapping(ONE + "/roles/removal")
    ModelAndView revoke(
            @PathVariable UserId user, @RequestParam MultiValueMap<String, String> form, HttpServletRequest request) {
        var desk = Desk.VENDOR;
        return pages.revoke(desk, user(desk, user), Typed.of(form), by(request));
    }

    @PostMapping(ONE + "/password")
    ModelAndView resetPassword(@PathVariable UserId user, HttpServletRequest request, HttpServletResponse response) {
        var desk = Desk.VENDOR;
        return pages.resetPassword(desk, user(desk, user), by(request), response);
    }

    @PostMapping(ONE + "/sessions")
    ModelAndView endSessions(@PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.VENDOR;
        return pages.endSessions(desk, user(desk, user), by(request));
    }

    @PostMapping(ONE + "/deactivation")
    ModelAndView deactivate(@PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.VENDOR;
        return pages.close(desk, user(desk, user), Closing.DEACTIVATED, by(request));
    }

    @PostMapping(ONE + "/reactivation")
    ModelAndView reactivate(@PathVariable UserId user, HttpServletRequest request) {
        var desk = Desk.VENDOR;
        return pages.reopen(desk, user(desk, user), by(request));
    }

    /** @param from organization for good; anything else from the center only */
    @PostMapping(ONE + "/removal")
    ModelAndView remove(
            @PathVariable UserId user, @RequestParam(defaultValue = "") String from, HttpServletRequest request) {
        var desk = Desk.VENDOR;
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
