package org.espace.onboarding;

import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.espace.access.Access;
import org.espace.access.EmailAddress;
import org.espace.access.EmailAddressRefused;
import org.espace.access.Handing;
import org.espace.access.PersonName;
import org.espace.access.Places;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.Typed;
import org.espace.access.Users;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The four steps in which an administrator sets the organization up: the list, the passwords, the users, the end. */
@Controller
@Needs(Right.MANAGE_USERS)
class WizardController {

    private static final String PAGE = "/partners/{partner}/setup";

    private final SetUps setUps;
    private final Users users;
    private final Partners partners;
    private final Programs programs;

    WizardController(SetUps setUps, Users users, Partners partners, Programs programs) {
        this.setUps = setUps;
        this.users = users;
        this.partners = partners;
        this.programs = programs;
    }

    /** Opens the step that is next. */
    @GetMapping(PAGE)
    ModelAndView list(@PathVariable PartnerId partner, HttpServletRequest request, Locale locale) {
        return setUps.setUp(partner).isConfirmed()
                ? new ModelAndView("redirect:/partners/" + partner + "/setup/users")
                : list(partner, Typed.NOTHING, Map.of(), request, locale);
    }

    /** Keeps what was corrected and added; what is wrong stands beside its row, and nothing of the form is lost. */
    @PostMapping(PAGE)
    ModelAndView correct(
            @PathVariable PartnerId partner,
            @RequestParam MultiValueMap<String, String> form,
            HttpServletRequest request,
            Locale locale) {
        var typed = Typed.of(form);
        var by = by(request);
        var faults = new LinkedHashMap<String, String>();
        var places = places(partner, locale);
        var corrected = new ArrayList<ListedUser>();
        for (var user : setUps.users(partner)) {
            if (typed.values().containsKey("role-" + user.number())) {
                corrected(user, typed, places, by, faults).ifPresent(corrected::add);
            }
        }
        var added = typed.text("email").isBlank()
                        && typed.text("first").isBlank()
                        && typed.text("last").isBlank()
                ? Optional.<ListedUser>empty()
                : added(partner, typed, places, by, faults);
        if (!faults.isEmpty()) {
            return list(partner, typed, faults, request, locale);
        }
        setUps.correct(corrected, by);
        if (added.isPresent() && !setUps.add(added.get(), by)) {
            faults.put("email", "set-up.fault.twice");
            return list(partner, typed, faults, request, locale);
        }
        return new ModelAndView(
                "redirect:/partners/" + partner + "/setup" + (typed.text("next").isEmpty() ? "" : "/passwords"));
    }

    private static Optional<ListedUser> corrected(
            ListedUser user, Typed typed, Places places, SignedIn by, Map<String, String> faults) {
        var field = "role-" + user.number();
        return chosen(user.partner(), typed, "-" + user.number(), places, by, faults)
                .flatMap(chosen -> {
                    var changed = chosen.role() != user.role()
                            || !Objects.equals(chosen.location(), user.location())
                            || !Objects.equals(chosen.program(), user.program());
                    if (changed && user.email().value().equals(by.email())) {
                        faults.put(field, "set-up.fault.self");
                        return Optional.empty();
                    }
                    return Optional.of(new ListedUser(
                            user.partner(),
                            user.number(),
                            user.email(),
                            user.firstName(),
                            user.lastName(),
                            chosen.role(),
                            chosen.location(),
                            chosen.program(),
                            user.addedBy(),
                            typed.has("drop", Integer.toString(user.number()))));
                });
    }

    private Optional<ListedUser> added(
            PartnerId partner, Typed typed, Places places, SignedIn by, Map<String, String> faults) {
        if (PersonName.find(typed.text("first"), typed.text("last")).isEmpty()) {
            faults.put("last", "users.fault.name");
        }
        Optional<EmailAddress> email;
        try {
            email = Optional.of(new EmailAddress(typed.text("email")));
        } catch (EmailAddressRefused refused) {
            email = Optional.empty();
            faults.put("email", "address." + refused.code());
        }
        if (email.isPresent() && users.exists(email.get().value())) {
            faults.put("email", "users.fault.taken");
        }
        var address = email;
        return chosen(partner, typed, "", places, by, faults)
                .filter(_ -> faults.isEmpty())
                .map(chosen -> new ListedUser(
                        partner,
                        0,
                        address.orElseThrow(),
                        typed.text("first").strip(),
                        typed.text("last").strip(),
                        chosen.role(),
                        chosen.location(),
                        chosen.program(),
                        by.email(),
                        false));
    }

    private record Chosen(
            Role role,
            @Nullable LocationId location,
            @Nullable String program) {}

    private static Optional<Chosen> chosen(
            PartnerId partner, Typed typed, String suffix, Places places, SignedIn by, Map<String, String> faults) {
        var field = "role" + suffix;
        var role = Role.find(typed.text(field));
        var location = places.locations().keySet().stream()
                .filter(id -> id.toString().equals(typed.text("location" + suffix)))
                .findFirst()
                .map(LocationId::new)
                .orElse(null);
        var program =
                places.programs().containsKey(typed.text("program" + suffix)) ? typed.text("program" + suffix) : null;
        if (role.isEmpty() || !by.mayGrant(partner, role.get())) {
            faults.put(field, "set-up.fault.role");
            return Optional.empty();
        }
        if (!role.get().canHoldFor(location, program)) {
            faults.put(field, program == null ? "users.fault.by-location" : "users.fault.by-program");
            return Optional.empty();
        }
        return Optional.of(new Chosen(role.get(), location, program));
    }

    @GetMapping(PAGE + "/passwords")
    ModelAndView passwords(@PathVariable PartnerId partner) {
        var setUp = setUps.setUp(partner);
        if (setUp.isConfirmed()) {
            return new ModelAndView("redirect:/partners/" + partner + "/setup/users");
        }
        return new ModelAndView("onboarding/passwords", Map.of("partner", partner, "setUp", setUp));
    }

    @PostMapping(PAGE + "/users")
    String create(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "FILE") Handing handing,
            HttpServletRequest request) {
        setUps.confirm(partner, handing, by(request));
        return "redirect:/partners/" + partner + "/setup/users";
    }

    @GetMapping(PAGE + "/users")
    ModelAndView progress(@PathVariable PartnerId partner) {
        var setUp = setUps.setUp(partner);
        var roster = setUps.roster(partner);
        return roster.isEmpty()
                ? new ModelAndView("redirect:/partners/" + partner + "/setup")
                : new ModelAndView(
                        "onboarding/users", Map.of("partner", partner, "setUp", setUp, "roster", roster.get()));
    }

    /** A page that answers a form can be asked for again, for another language; it has no password then. */
    @GetMapping(PAGE + "/users/passwords")
    String passwordsShown(@PathVariable PartnerId partner) {
        return "redirect:/partners/" + partner + "/setup/users";
    }

    /** On this page once. */
    @PostMapping(PAGE + "/users/passwords")
    ModelAndView show(@PathVariable PartnerId partner, HttpServletRequest request, HttpServletResponse response) {
        var handed = setUps.handOut(partner, by(request)).stream()
                .filter(one -> one.temporary() != null)
                .toList();
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        return new ModelAndView("onboarding/handed", Map.of("partner", partner, "handed", handed));
    }

    /** In this file once. */
    @PostMapping(PAGE + "/users/passwords.csv")
    void download(
            @PathVariable PartnerId partner, HttpServletRequest request, HttpServletResponse response, Locale locale)
            throws IOException {
        var words = Messages.in(locale);
        var handed = setUps.handOut(partner, by(request));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"users.csv\"");
        response.setHeader("Cache-Control", CacheControl.noStore().getHeaderValue());
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(
                words.text("users.email"),
                words.text("users.name"),
                words.text("roster.outcome"),
                words.text("users.temporary"),
                words.text("users.temporary.until"));
        for (var one : handed) {
            var temporary = one.temporary();
            csv.write(
                    one.row().email().value(),
                    one.row().name(),
                    one.outcome().isEmpty() ? "" : words.text("roster.outcome." + one.outcome()),
                    temporary == null ? "" : temporary.password(),
                    temporary == null ? "" : temporary.expires().toString());
        }
        csv.flush();
    }

    private ModelAndView list(
            PartnerId partner, Typed typed, Map<String, String> faults, HttpServletRequest request, Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("partner", partner);
        model.put("setUp", setUps.setUp(partner));
        model.put("users", setUps.users(partner));
        model.put("roles", by(request).grantable(partner));
        model.put("places", places(partner, locale));
        model.put("typed", typed);
        model.put("faults", faults);
        var page = new ModelAndView("onboarding/list", model);
        if (!faults.isEmpty()) {
            page.setStatus(UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    private Places places(PartnerId partner, Locale locale) {
        return Places.of(partner, partners, programs, locale);
    }

    private static SignedIn by(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
