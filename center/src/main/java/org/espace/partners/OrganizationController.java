package org.espace.partners;

import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Formats;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What a partner says of itself: its legal business, whom to ask, under which numbers countries know it. */
@Controller
@Needs(Right.SEE_ORGANIZATION)
class OrganizationController {

    private static final String PAGE = "/partners/{partner}/organization";

    private final Organizations organizations;
    private final Verifications verifications;

    OrganizationController(Organizations organizations, Verifications verifications) {
        this.organizations = organizations;
        this.verifications = verifications;
    }

    @GetMapping(PAGE)
    ModelAndView organization(@PathVariable PartnerId partner) {
        return new ModelAndView(
                "partners/organization",
                Map.of(
                        "organization",
                        organizations.organization(partner),
                        "standing",
                        verifications.standing(partner)));
    }

    @GetMapping(PAGE + "/profile")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView profile(@PathVariable PartnerId partner, Locale locale) {
        var organization = organizations.organization(partner);
        var stated = organization.profile();
        var values = stated == null
                ? Map.of(
                        "legal-name",
                        organization.partner().name(),
                        "country",
                        organization.partner().country())
                : stated.described();
        return profile(organization, Form.holding(values), locale);
    }

    @PostMapping(PAGE + "/profile")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView state(
            @PathVariable PartnerId partner, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            organizations.state(partner, typed, user.getName());
            return home(partner);
        } catch (FormRefused refused) {
            return profile(organizations.organization(partner), Form.refused(typed, refused), locale);
        }
    }

    private static ModelAndView profile(Organization organization, Form form, Locale locale) {
        return form.on(
                "partners/profileForm", Map.of("partner", organization.partner(), "countries", countries(locale)));
    }

    @GetMapping(PAGE + "/contacts")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView contact(@PathVariable PartnerId partner, Locale locale) {
        return contact(partner, Form.EMPTY, locale);
    }

    @PostMapping(PAGE + "/contacts")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView addContact(
            @PathVariable PartnerId partner, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            organizations.addContact(partner, typed, user.getName());
            return home(partner);
        } catch (FormRefused refused) {
            return contact(partner, Form.refused(typed, refused), locale);
        }
    }

    private ModelAndView contact(PartnerId partner, Form form, Locale locale) {
        var words = Messages.in(locale);
        var purposes = new LinkedHashMap<String, String>();
        Arrays.stream(Contact.Purpose.values())
                .forEach(purpose -> purposes.put(purpose.code(), words.text("contact.purpose." + purpose.code())));
        return form.on(
                "partners/contactForm",
                Map.of("partner", organizations.organization(partner).partner(), "purposes", purposes));
    }

    @PostMapping(PAGE + "/contacts/{contact}/removal")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView removeContact(@PathVariable PartnerId partner, @PathVariable int contact, Principal user) {
        organizations.removeContact(partner, contact, user.getName());
        return home(partner);
    }

    @GetMapping(PAGE + "/registrations")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView registration(@PathVariable PartnerId partner, Locale locale) {
        var country = organizations.organization(partner).country();
        return registration(partner, Form.holding(Map.of("country", country)), locale);
    }

    @PostMapping(PAGE + "/registrations")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView register(
            @PathVariable PartnerId partner, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            organizations.register(partner, typed, user.getName());
            return home(partner);
        } catch (FormRefused refused) {
            return registration(partner, Form.refused(typed, refused), locale);
        }
    }

    private ModelAndView registration(PartnerId partner, Form form, Locale locale) {
        var words = Messages.in(locale);
        var kinds = new LinkedHashMap<String, String>();
        Arrays.stream(Registration.Kind.values())
                .forEach(kind -> kinds.put(kind.code(), words.text("registration." + kind.code())));
        return form.on(
                "partners/registrationForm",
                Map.of(
                        "partner",
                        organizations.organization(partner).partner(),
                        "kinds",
                        kinds,
                        "countries",
                        countries(locale),
                        "needing",
                        Countries.withCompanyNumber()));
    }

    @PostMapping(PAGE + "/registrations/{country}/{kind}/removal")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView deregister(
            @PathVariable PartnerId partner, @PathVariable String country, @PathVariable String kind, Principal user) {
        Registration.Kind.of(kind)
                .ifPresent(known -> organizations.deregister(partner, country, known, user.getName()));
        return home(partner);
    }

    /** Code to name, in the order of the names. */
    static Map<String, String> countries(Locale locale) {
        var formats = Formats.in(locale);
        var countries = new LinkedHashMap<String, String>();
        Countries.sorted(locale).forEach(country -> countries.put(country, formats.country(country)));
        return countries;
    }

    private static ModelAndView home(PartnerId partner) {
        return new ModelAndView("redirect:/partners/" + partner + "/organization");
    }
}
