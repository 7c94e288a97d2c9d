package org.espace.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

/** People who are asked to make themselves users. */
@Controller
@Needs(Right.MANAGE_USERS)
class InvitationsController {

    private static final String FORM = "/partners/{partner}/users/invitations";
    private static final int MOST = 10;

    private final UserPages pages;
    private final Administration administration;
    private final Invitations invitations;
    private final Users users;

    InvitationsController(UserPages pages, Administration administration, Invitations invitations, Users users) {
        this.pages = pages;
        this.administration = administration;
        this.invitations = invitations;
        this.users = users;
    }

    @GetMapping(FORM)
    ModelAndView form(@PathVariable PartnerId partner, HttpServletRequest request, Locale locale) {
        return form(partner, Typed.NOTHING, Map.of(), "", request, locale);
    }

    /** All of them or none: the addresses that cannot be invited are named. */
    @PostMapping(FORM)
    ModelAndView invite(
            @PathVariable PartnerId partner,
            @RequestParam MultiValueMap<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        var typed = Typed.of(asked);
        var form = new UserForm(typed);
        var wrong = new LinkedHashSet<String>();
        var emails = addresses(typed.text("emails"), form, wrong);
        var wanted = form.roles(pages.places(partner, locale), true);
        if (form.isFaulty()) {
            return form(partner, typed, form.faults(), String.join(", ", wrong), request, locale);
        }
        administration.invite(partner, emails, wanted.grants(partner), by(request));
        return new ModelAndView("redirect:" + Desk.of(partner).path() + "#invitations");
    }

    @PostMapping(FORM + "/{invitation}/resending")
    String resend(@PathVariable PartnerId partner, @PathVariable int invitation, HttpServletRequest request) {
        administration.resend(invitations.pending(partner, invitation), by(request));
        return "redirect:" + Desk.of(partner).path() + "#invitations";
    }

    @PostMapping(FORM + "/{invitation}/withdrawal")
    String withdraw(@PathVariable PartnerId partner, @PathVariable int invitation, HttpServletRequest request) {
        administration.withdraw(invitations.pending(partner, invitation), by(request));
        return "redirect:" + Desk.of(partner).path() + "#invitations";
    }

    /** Separated by commas, semicolons or line ends. */
    private Set<EmailAddress> addresses(String text, UserForm form, Set<String> wrong) {
        var addresses = new LinkedHashSet<EmailAddress>();
        for (var part : text.split("[,;\\r\\n]+", -1)) {
            if (!part.isBlank()) {
                var address = EmailAddress.find(part);
                address.ifPresentOrElse(addresses::add, () -> wrong.add(part.strip()));
            }
        }
        if (!wrong.isEmpty()) {
            form.fault("emails", "invitations.fault.no-address");
        } else if (addresses.isEmpty()) {
            form.fault("emails", "invitations.fault.none");
        } else if (addresses.size() > MOST) {
            form.fault("emails", "invitations.fault.many");
        } else {
            addresses.stream().map(EmailAddress::value).filter(users::exists).forEach(wrong::add);
            if (!wrong.isEmpty()) {
                form.fault("emails", "invitations.fault.taken");
            }
        }
        return addresses;
    }

    private ModelAndView form(
            PartnerId partner,
            Typed typed,
            Map<String, String> faults,
            String wrong,
            HttpServletRequest request,
            Locale locale) {
        var model = new HashMap<String, Object>();
        model.put("desk", Desk.of(partner));
        model.put("typed", typed);
        model.put("faults", faults);
        model.put("wrong", wrong);
        model.put("roles", by(request).grantable(partner));
        model.put("places", pages.places(partner, locale));
        return UserPages.page("access/invite", model, faults);
    }

    private static SignedIn by(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
