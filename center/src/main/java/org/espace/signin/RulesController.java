package org.espace.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.UserNotFound;
import org.espace.access.Users;
import org.espace.partners.PartnerId;
import org.espace.signin.Rule.SecondFactorRule;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** An organization's rules of sign-in, who falls under them without a second factor yet, and help for who has lost theirs. */
@Controller
class RulesController {

    /** More names than that help nobody. */
    private static final int MOST_NAMES = 100;

    private final Rules rules;
    private final SecondFactors factors;
    private final Users users;
    private final Steps steps;
    private final Entrance entrance;

    RulesController(Rules rules, SecondFactors factors, Users users, Steps steps, Entrance entrance) {
        this.rules = rules;
        this.factors = factors;
        this.users = users;
        this.steps = steps;
        this.entrance = entrance;
    }

    @GetMapping("/partners/{partner}/sign-in")
    @Needs(Right.MANAGE_SIGN_IN)
    ModelAndView ofPartner(@PathVariable PartnerId partner, @RequestParam(defaultValue = "false") boolean kept) {
        return page(partner.value(), kept, false);
    }

    @PostMapping("/partners/{partner}/sign-in")
    @Needs(Right.MANAGE_SIGN_IN)
    ModelAndView changeOfPartner(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "") String secondFactor,
            @RequestParam(defaultValue = "false") boolean selfReset,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(partner.value(), secondFactor, selfReset, request, response);
    }

    @GetMapping("/console/sign-in")
    @Needs(Right.MANAGE_VENDOR_USERS)
    ModelAndView ofVendor(@RequestParam(defaultValue = "false") boolean kept) {
        return page(null, kept, false);
    }

    @PostMapping("/console/sign-in")
    @Needs(Right.MANAGE_VENDOR_USERS)
    ModelAndView changeOfVendor(
            @RequestParam(defaultValue = "") String secondFactor,
            @RequestParam(defaultValue = "false") boolean selfReset,
            HttpServletRequest request,
            HttpServletResponse response) {
        return change(null, secondFactor, selfReset, request, response);
    }

    @GetMapping("/partners/{partner}/users/{user}/second-factor")
    @Needs(Right.MANAGE_USERS)
    ModelAndView ofUser(@PathVariable PartnerId partner, @PathVariable UserId user) {
        return page(person(partner.value(), user), false);
    }

    @PostMapping("/partners/{partner}/users/{user}/second-factor")
    @Needs(Right.MANAGE_USERS)
    ModelAndView resetOfUser(@PathVariable PartnerId partner, @PathVariable UserId user, HttpServletRequest request) {
        return reset(person(partner.value(), user), request);
    }

    @GetMapping("/console/people/{user}/second-factor")
    @Needs(Right.MANAGE_VENDOR_USERS)
    ModelAndView ofVendorsPerson(@PathVariable UserId user) {
        return page(person(null, user), false);
    }

    @PostMapping("/console/people/{user}/second-factor")
    @Needs(Right.MANAGE_VENDOR_USERS)
    ModelAndView resetOfVendorsPerson(@PathVariable UserId user, HttpServletRequest request) {
        return reset(person(null, user), request);
    }

    private ModelAndView change(
            @Nullable Integer organization,
            String secondFactor,
            boolean selfReset,
            HttpServletRequest request,
            HttpServletResponse response) {
        SecondFactorRule wanted;
        try {
            wanted = SecondFactorRule.of(secondFactor);
        } catch (IllegalArgumentException _) {
            var page = page(organization, false, true);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        var user = Access.user(request).orElseThrow();
        rules.change(organization, new Rule(wanted, selfReset), user);
        entrance.keep(steps.afterSecondFactor(user), request, response);
        return new ModelAndView("redirect:" + path(organization) + "/sign-in?kept=true");
    }

    private ModelAndView page(@Nullable Integer organization, boolean kept, boolean bad) {
        var rule = rules.of(organization);
        var people = users.ofOrganization(organization);
        var having = factors.having(people.stream().map(SignedIn::id).toList());
        var without =
                people.stream().filter(person -> !having.contains(person.id())).toList();
        var model = new HashMap<String, Object>();
        model.put("path", path(organization));
        model.put("rule", rule);
        model.put("people", people.size());
        model.put("having", having.size());
        model.put("owing", without.stream().filter(rule::requiresSecondFactor).count());
        model.put("without", shown(without));
        model.put("kept", kept);
        model.put("bad", bad);
        return new ModelAndView("signin/rules", model);
    }

    private static List<SignedIn> shown(List<SignedIn> people) {
        return people.subList(0, Math.min(people.size(), MOST_NAMES));
    }

    private ModelAndView page(SignedIn person, boolean done) {
        var model = new HashMap<String, Object>();
        model.put("person", person);
        model.put("has", factors.has(person.id()));
        model.put("path", personsPath(person));
        model.put("done", done);
        return new ModelAndView("signin/reset", model);
    }

    private ModelAndView reset(SignedIn person, HttpServletRequest request) {
        factors.reset(person, Access.user(request).orElseThrow());
        return page(person, true);
    }

    private SignedIn person(@Nullable Integer organization, UserId user) {
        return users.signedIn(user)
                .filter(person -> Objects.equals(person.organization(), organization))
                .orElseThrow(() -> new UserNotFound(user.toString()));
    }

    private static String personsPath(SignedIn person) {
        var organization = person.organization();
        return organization == null ? "/console/people/" + person.id() : path(organization) + "/users/" + person.id();
    }

    private static String path(@Nullable Integer organization) {
        return organization == null ? "/console" : "/partners/" + organization;
    }
}
