package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/** Users of a partner who hold the same roles. */
@Controller
@Needs(Right.MANAGE_USERS)
class GroupsController {

    private static final String ALL = "/partners/{partner}/users/groups";
    private static final String ONE = ALL + "/{group}";

    private final UserPages pages;
    private final Administration administration;
    private final Groups groups;
    private final Directory directory;

    GroupsController(UserPages pages, Administration administration, Groups groups, Directory directory) {
        this.pages = pages;
        this.administration = administration;
        this.groups = groups;
        this.directory = directory;
    }

    @GetMapping(ALL)
    @Needs(Right.SEE_USERS)
    ModelAndView all(@PathVariable PartnerId partner, Locale locale) {
        return all(partner, Typed.NOTHING, Map.of(), locale);
    }

    @PostMapping(ALL)
    ModelAndView create(
            @PathVariable PartnerId partner,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var typed = Typed.of(form);
        if (PersonName.find(typed.text("name"), "")
                .filter(name -> name.value().length() <= 100)
                .isEmpty()) {
            return all(partner, typed, Map.of("name", "groups.fault.name"), locale);
        }
        try {
            var group = groups.create(partner, typed.text("name"), by(request).email());
            return back(partner, group);
        } catch (GroupExists e) {
            return all(partner, typed, Map.of("name", "groups.fault.taken"), locale);
        }
    }

    @GetMapping(ONE)
    @Needs(Right.SEE_USERS)
    ModelAndView one(
            @PathVariable PartnerId partner, @PathVariable int group, HttpServletRequest request, Locale locale) {
        return one(groups.group(partner, group), Typed.NOTHING, Map.of(), by(request), locale);
    }

    /** A page that answers a form can be asked for again, for another language. */
    @GetMapping({ONE + "/roles", ONE + "/members"})
    @Needs(Right.SEE_USERS)
    String afterForm(@PathVariable PartnerId partner, @PathVariable int group) {
        return "redirect:" + Desk.of(partner).path() + "/groups/" + group;
    }

    @PostMapping(ONE + "/roles")
    ModelAndView grant(
            @PathVariable PartnerId partner,
            @PathVariable int group,
            @RequestParam MultiValueMap<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        var found = groups.group(partner, group);
        var typed = Typed.of(asked);
        var form = new UserForm(typed);
        var wanted = form.roles(pages.places(partner, locale), true);
        if (wanted.roles().contains(Role.GLOBAL_ADMINISTRATOR)) {
            form.fault("roles", "groups.fault.global");
        }
        if (form.isFaulty()) {
            return one(found, typed, form.faults(), by(request), locale);
        }
        administration.grant(found, wanted.grants(partner), by(request));
        return back(partner, found);
    }

    @PostMapping(ONE + "/roles/removal")
    ModelAndView revoke(
            @PathVariable PartnerId partner,
            @PathVariable int group,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request) {
        var found = groups.group(partner, group);
        UserPages.grant(found.grants(), Typed.of(form))
                .ifPresent(grant -> administration.revoke(found, grant, by(request)));
        return back(partner, found);
    }

    @PostMapping(ONE + "/members")
    ModelAndView add(
            @PathVariable PartnerId partner,
            @PathVariable int group,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var found = groups.group(partner, group);
        var typed = Typed.of(form);
        var user = user(partner, typed.text("email"));
        if (user.isEmpty()) {
            return one(found, typed, Map.of("email", "groups.fault.nobody"), by(request), locale);
        }
        administration.add(found, user.get(), by(request));
        return back(partner, found);
    }

    @PostMapping(ONE + "/members/removal")
    ModelAndView remove(
            @PathVariable PartnerId partner,
            @PathVariable int group,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request) {
        var found = groups.group(partner, group);
        user(partner, email).ifPresent(user -> administration.remove(found, user, by(request)));
        return back(partner, found);
    }

    @PostMapping(ONE + "/removal")
    String delete(@PathVariable PartnerId partner, @PathVariable int group, HttpServletRequest request) {
        administration.delete(groups.group(partner, group), by(request));
        return "redirect:" + Desk.of(partner).path() + "/groups";
    }

    private Optional<User> user(PartnerId partner, String email) {
        return EmailAddress.find(email)
                .flatMap(address -> directory.find(address.value()))
                .filter(user -> Integer.valueOf(partner.value()).equals(user.organization()));
    }

    private ModelAndView all(PartnerId partner, Typed typed, Map<String, String> faults, Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("desk", Desk.of(partner));
        model.put("groups", groups.all(partner));
        model.put("places", pages.places(partner, locale));
        model.put("typed", typed);
        model.put("faults", faults);
        return UserPages.page("access/groups", model, faults);
    }

    private ModelAndView one(UserGroup group, Typed typed, Map<String, String> faults, SignedIn by, Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("desk", Desk.of(group.partner()));
        model.put("group", group);
        model.put("members", groups.members(group));
        model.put(
                "roles",
                by.grantable(group.partner()).stream()
                        .filter(role -> role != Role.GLOBAL_ADMINISTRATOR)
                        .toList());
        model.put("places", pages.places(group.partner(), locale));
        model.put("typed", typed);
        model.put("faults", faults);
        return UserPages.page("access/group", model, faults);
    }

    private static ModelAndView back(PartnerId partner, UserGroup group) {
        return new ModelAndView("redirect:" + Desk.of(partner).path() + "/groups/" + group.id());
    }

    private static SignedIn by(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
