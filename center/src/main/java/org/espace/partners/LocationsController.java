package org.espace.partners;

import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The locations of a partner, those that it asks for, and whom they work with. */
@Controller
@Needs(Right.SEE_ORGANIZATION)
class LocationsController {

    private static final String PAGE = "/partners/{partner}/organization/locations";

    private final Partners partners;
    private final Locations locations;
    private final Verifications verifications;

    LocationsController(Partners partners, Locations locations, Verifications verifications) {
        this.partners = partners;
        this.locations = locations;
        this.verifications = verifications;
    }

    @GetMapping(PAGE)
    ModelAndView locations(@PathVariable PartnerId partner) {
        return new ModelAndView(
                "partners/locations",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "locations",
                        LocationView.of(partner, partners, locations),
                        "asked",
                        AskedLocation.of(partner, locations, verifications),
                        "ties",
                        locations.ties(partner)));
    }

    @GetMapping(PAGE + "/new")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView form(@PathVariable PartnerId partner, Locale locale) {
        var known = partners.partner(partner);
        return form(known, Form.holding(Map.of("country", known.country())), locale);
    }

    @PostMapping(PAGE)
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView apply(
            @PathVariable PartnerId partner, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            locations.apply(partner, typed, user.getName());
            return new ModelAndView("redirect:/partners/" + partner + "/organization/locations");
        } catch (FormRefused refused) {
            return form(partners.partner(partner), Form.refused(typed, refused), locale);
        }
    }

    private static ModelAndView form(Partner partner, Form form, Locale locale) {
        var words = Messages.in(locale);
        var types = new LinkedHashMap<String, String>();
        Arrays.stream(LocationType.values())
                .forEach(type -> types.put(type.code(), words.text("location.type." + type.code())));
        return form.on(
                "partners/locationForm",
                Map.of("partner", partner, "types", types, "countries", OrganizationController.countries(locale)));
    }
}
