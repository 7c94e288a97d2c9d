package org.espace.partners;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.espace.partners.Verification.Step;
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

/** What the vendor knows of a partner and decides about it. */
@Controller
@Needs(Right.SEE_CONSOLE)
class PartnerConsoleController {

    private static final String PAGE = "/console/partners/{partner}";
    private static final String LOCATION = PAGE + "/locations/{location}";

    private final Partners partners;
    private final Organizations organizations;
    private final Locations locations;
    private final Verifications verifications;

    PartnerConsoleController(
            Partners partners, Organizations organizations, Locations locations, Verifications verifications) {
        this.partners = partners;
        this.organizations = organizations;
        this.locations = locations;
        this.verifications = verifications;
    }

    @GetMapping(PAGE)
    ModelAndView partner(@PathVariable PartnerId partner, Locale locale) {
        var words = Messages.in(locale);
        var steps = new LinkedHashMap<String, String>();
        Step.ofPartners().forEach(step -> steps.put(step.code(), words.text("verification." + step.code())));
        return Form.EMPTY.on(
                "console/partner",
                Map.of(
                        "organization",
                        organizations.organization(partner),
                        "locations",
                        LocationView.of(partner, partners, locations),
                        "asked",
                        AskedLocation.of(partner, locations, verifications),
                        "ties",
                        locations.ties(partner),
                        "standing",
                        verifications.standing(partner),
                        "steps",
                        steps));
    }

    /** Asks about the partner; while the same question is pending, nothing changes. */
    @PostMapping(PAGE + "/verification")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView ask(@PathVariable PartnerId partner, @RequestParam(defaultValue = "") String step, Principal user) {
        partners.partner(partner);
        Step.of(step)
                .filter(Step.ofPartners()::contains)
                .ifPresent(known -> organizations.ask(partner, known, user.getName()));
        return home(partner);
    }

    @GetMapping(LOCATION)
    ModelAndView location(@PathVariable PartnerId partner, @PathVariable LocationId location) {
        var found = found(partner, location);
        return new ModelAndView(
                "console/location",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "found",
                        found,
                        "ties",
                        locations.ties(partner).stream()
                                .filter(tie -> tie.reseller().location().equals(location)
                                        || tie.provider().location().equals(location))
                                .toList()));
    }

    @GetMapping(LOCATION + "/ids")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView transactingId(@PathVariable PartnerId partner, @PathVariable LocationId location) {
        return form("console/transactingIdForm", partner, location, Form.EMPTY);
    }

    @PostMapping(LOCATION + "/ids")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView addTransactingId(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @RequestParam Map<String, String> typed,
            Principal user) {
        return handedIn(
                "console/transactingIdForm",
                partner,
                location,
                typed,
                () -> locations.addTransactingId(location, typed, user.getName()));
    }

    @PostMapping(LOCATION + "/ids/{id}/end")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView endTransactingId(
            @PathVariable PartnerId partner, @PathVariable LocationId location, @PathVariable int id, Principal user) {
        locations.endTransactingId(partner, id, user.getName());
        return home(partner, location);
    }

    @GetMapping(LOCATION + "/ties")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView tie(@PathVariable PartnerId partner, @PathVariable LocationId location) {
        return form("console/tieForm", partner, location, Form.EMPTY);
    }

    @PostMapping(LOCATION + "/ties")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView makeTie(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @RequestParam Map<String, String> typed,
            Principal user) {
        return handedIn(
                "console/tieForm", partner, location, typed, () -> locations.tie(location, typed, user.getName()));
    }

    @PostMapping(LOCATION + "/ties/{tie}/end")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView endTie(
            @PathVariable PartnerId partner, @PathVariable LocationId location, @PathVariable int tie, Principal user) {
        locations.endTie(partner, tie, user.getName());
        return home(partner, location);
    }

    @GetMapping(LOCATION + "/closure")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView closure(@PathVariable PartnerId partner, @PathVariable LocationId location) {
        return form("console/closureForm", partner, location, Form.EMPTY);
    }

    @PostMapping(LOCATION + "/closure")
    @Needs(Right.MANAGE_PARTNERS)
    ModelAndView close(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @RequestParam Map<String, String> typed,
            Principal user) {
        return handedIn(
                "console/closureForm",
                partner,
                location,
                typed,
                () -> locations.close(location, typed, user.getName()));
    }

    /** The location's page once it is done, or the form again with what was wrong. */
    private ModelAndView handedIn(
            String view, PartnerId partner, LocationId location, Map<String, String> typed, Runnable action) {
        found(partner, location);
        try {
            action.run();
            return home(partner, location);
        } catch (FormRefused refused) {
            return form(view, partner, location, Form.refused(typed, refused));
        }
    }

    private ModelAndView form(String view, PartnerId partner, LocationId location, Form form) {
        var found = found(partner, location);
        if (found.closure() != null) {
            throw new LocationIsClosed(location);
        }
        return form.on(view, Map.of("partner", partners.partner(partner), "location", found.location()));
    }

    /** Under another partner's address there is no such location. */
    private LocationView found(PartnerId partner, LocationId location) {
        return LocationView.of(partner, partners, locations).stream()
                .filter(view -> view.location().id().equals(location))
                .findFirst()
                .orElseThrow(() -> new PartnerNotFound(location));
    }

    private static ModelAndView home(PartnerId partner) {
        return new ModelAndView("redirect:/console/partners/" + partner);
    }

    private static ModelAndView home(PartnerId partner, LocationId location) {
        return new ModelAndView("redirect:/console/partners/" + partner + "/locations/" + location);
    }
}
