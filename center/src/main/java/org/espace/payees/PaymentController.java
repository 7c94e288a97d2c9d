package org.espace.payees;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.access.Access;
import org.espace.access.Proof;
import org.espace.access.Scope;
import org.espace.documents.Documents;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Profile.Kind;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where a partner says whom to pay. Bank profiles are the whole organization's, so that a role that holds for some locations
 * alone neither changes nor reveals them; it looks after the taxes and programs of its own locations.
 */
@Controller
@Needs(Right.MANAGE_PAYMENT_PROFILES)
class PaymentController {

    private static final String PAGE = "/partners/{partner}/payment";
    private static final String BANKS = PAGE + "/bank";
    private static final String TAX = PAGE + "/tax/{location}";
    private static final String PROFILE = PAGE + "/profiles/{profile}";
    private static final String ASSIGNMENT = PAGE + "/assignments/{location}/{program}";

    private final PaymentPages pages;
    private final Profiles profiles;
    private final Payees payees;
    private final Partners partners;
    private final Documents documents;
    private final Clock clock;

    PaymentController(
            PaymentPages pages, Profiles profiles, Payees payees, Partners partners, Documents documents, Clock clock) {
        this.pages = pages;
        this.profiles = profiles;
        this.payees = payees;
        this.partners = partners;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    @Needs(Right.SEE_PAYMENT_PROFILES)
    ModelAndView overview(
            @PathVariable PartnerId partner,
            @RequestParam Map<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        return pages.overview(
                PaymentQuery.of(partner, asked),
                scope(request, Right.SEE_PAYMENT_PROFILES, partner),
                scope(request, Right.MANAGE_PAYMENT_PROFILES, partner),
                locale);
    }

    @GetMapping(PROFILE)
    @Needs(Right.SEE_PAYMENT_PROFILES)
    ModelAndView profile(@PathVariable PartnerId partner, @PathVariable int profile, HttpServletRequest request) {
        return profile(partner, profile, request, Map.of(), Form.EMPTY);
    }

    private ModelAndView profile(
            PartnerId partner, int profile, HttpServletRequest request, Map<String, String> numbers, Form form) {
        return pages.profile(
                partner,
                profile,
                scope(request, Right.SEE_PAYMENT_PROFILES, partner),
                scope(request, Right.MANAGE_PAYMENT_PROFILES, partner),
                numbers,
                form);
    }

    /** First the country and the method, then their fields. */
    @GetMapping(BANKS)
    ModelAndView bankForm(
            @PathVariable PartnerId partner,
            @RequestParam Map<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        requireWhole(request, partner);
        var action = "/partners/" + partner + "/payment/bank";
        return asked(Kind.BANK, asked)
                .map(sheet -> pages.sheet(
                        partner,
                        action,
                        sheet,
                        asked.getOrDefault("country", ""),
                        null,
                        null,
                        pages.prefilled(partner, asked.getOrDefault("country", ""), sheet, null),
                        locale))
                .orElseGet(
                        () -> pages.choice(partner, Kind.BANK, action, null, unanswered(partner, asked, null), locale));
    }

    @PostMapping(BANKS)
    ModelAndView handIn(
            @PathVariable PartnerId partner,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            Principal user,
            Locale locale) {
        requireWhole(request, partner);
        try {
            profiles.handInBank(partner, typed, user.getName());
            return overview(partner);
        } catch (FormRefused refused) {
            return again(
                    partner, Kind.BANK, "/partners/" + partner + "/payment/bank", null, null, typed, refused, locale);
        }
    }

    @GetMapping(PROFILE + "/change")
    ModelAndView changeForm(
            @PathVariable PartnerId partner,
            @PathVariable int profile,
            @RequestParam Map<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        requireWhole(request, partner);
        var before = profiles.profile(partner, profile);
        var country = asked.getOrDefault("country", before.current().country());
        var sheet = asked(Kind.BANK, asked).orElse(before.current().sheet());
        return pages.sheet(
                partner,
                change(partner, profile),
                sheet,
                country,
                before,
                null,
                pages.prefilled(partner, country, sheet, before),
                locale);
    }

    @PostMapping(PROFILE + "/change")
    ModelAndView change(
            @PathVariable PartnerId partner,
            @PathVariable int profile,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            Principal user,
            Locale locale) {
        requireWhole(request, partner);
        try {
            profiles.changeBank(partner, profile, typed, user.getName());
            return new ModelAndView("redirect:/partners/" + partner + "/payment/profiles/" + profile);
        } catch (FormRefused refused) {
            var before = profiles.profile(partner, profile);
            return again(partner, Kind.BANK, change(partner, profile), before, null, typed, refused, locale);
        }
    }

    private static String change(PartnerId partner, int profile) {
        return "/partners/" + partner + "/payment/profiles/" + profile + "/change";
    }

    @GetMapping(TAX)
    ModelAndView taxForm(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @RequestParam Map<String, String> asked,
            HttpServletRequest request,
            Locale locale) {
        var place = ownLocation(request, partner, location);
        var before = profiles.taxProfile(location).orElse(null);
        var action = "/partners/" + partner + "/payment/tax/" + location;
        var country = asked.getOrDefault("country", "");
        return asked(Kind.TAX, asked)
                .map(sheet -> pages.sheet(
                        partner,
                        action,
                        sheet,
                        country,
                        before,
                        place,
                        pages.prefilled(partner, country, sheet, before),
                        locale))
                .orElseGet(() ->
                        pages.choice(partner, Kind.TAX, action, place, unanswered(partner, asked, place), locale));
    }

    @PostMapping(TAX)
    ModelAndView handInTax(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile document,
            HttpServletRequest request,
            Principal user,
            Locale locale)
            throws IOException {
        var place = ownLocation(request, partner, location);
        try (var content = content(document)) {
            profiles.handInTax(partner, location, typed, content, user.getName());
            return overview(partner);
        } catch (FormRefused refused) {
            var before = profiles.taxProfile(location).orElse(null);
            var action = "/partners/" + partner + "/payment/tax/" + location;
            return again(partner, Kind.TAX, action, before, place, typed, refused, locale);
        }
    }

    private static InputStream content(@Nullable MultipartFile document) throws IOException {
        return document == null ? new ByteArrayInputStream(new byte[0]) : document.getInputStream();
    }

    /** The form as it was filled in; where not even its sheet is known, the question before it. */
    private ModelAndView again(
            PartnerId partner,
            Kind kind,
            String action,
            @Nullable Profile before,
            @Nullable Location location,
            Map<String, String> typed,
            FormRefused refused,
            Locale locale) {
        var form = PaymentPages.refused(typed, refused.faults());
        return asked(kind, typed)
                .map(sheet -> pages.sheet(
                        partner, action, sheet, typed.getOrDefault("country", ""), before, location, form, locale))
                .orElseGet(() -> pages.choice(partner, kind, action, location, form, locale));
    }

    private static Optional<Sheet> asked(Kind kind, Map<String, String> asked) {
        return Sheet.find(asked.getOrDefault("sheet", ""))
                .filter(sheet -> sheet.kind() == kind && sheet.isFor(asked.getOrDefault("country", "")));
    }

    /** New, or a pair of country and sheet that does not go together. */
    private Form unanswered(PartnerId partner, Map<String, String> asked, @Nullable Location location) {
        if (asked.containsKey("sheet")) {
            return new Form(asked, Map.of("sheet", "sheet-country"));
        }
        var country = location == null ? partners.partner(partner).country() : location.country();
        return Form.holding(Map.of("country", country));
    }

    /** Asks who they are once more, unless they have said so lately. */
    @PostMapping(PROFILE + "/numbers")
    ModelAndView reveal(
            @PathVariable PartnerId partner, @PathVariable int profile, HttpServletRequest request, Principal user) {
        var found = profiles.profile(partner, profile);
        requireFor(request, found);
        if (!Proof.isFresh(request, clock.instant())) {
            return new ModelAndView("redirect:" + Proof.path("/partners/" + partner + "/payment/profiles/" + profile));
        }
        return profile(partner, profile, request, profiles.reveal(found, user.getName()), Form.EMPTY);
    }

    @GetMapping(PROFILE + "/versions/{version}/document")
    ResponseEntity<Resource> document(
            @PathVariable PartnerId partner,
            @PathVariable int profile,
            @PathVariable int version,
            HttpServletRequest request) {
        var found = profiles.profile(partner, profile);
        requireFor(request, found);
        return documents.attachment(found.document(version), "tax-" + version);
    }

    @PostMapping(PROFILE + "/defaults")
    ModelAndView setDefault(
            @PathVariable PartnerId partner,
            @PathVariable int profile,
            @RequestParam(defaultValue = "") List<LocationId> location,
            HttpServletRequest request,
            Principal user) {
        location.forEach(one -> ownLocation(request, partner, one));
        try {
            payees.setDefault(partner, profile, location, user.getName());
            return new ModelAndView("redirect:/partners/" + partner + "/payment/profiles/" + profile);
        } catch (FormRefused refused) {
            return profile(partner, profile, request, Map.of(), Form.refused(Map.of(), refused));
        }
    }

    @PostMapping(PROFILE + "/defaults/{location}/removal")
    String removeDefault(
            @PathVariable PartnerId partner,
            @PathVariable int profile,
            @PathVariable LocationId location,
            HttpServletRequest request,
            Principal user) {
        ownLocation(request, partner, location);
        payees.removeDefault(partner, profile, location, user.getName());
        return "redirect:/partners/" + partner + "/payment/profiles/" + profile;
    }

    /** A page that answers a form can be asked for again, for another language. */
    @GetMapping({PROFILE + "/numbers", PROFILE + "/defaults"})
    @Needs(Right.SEE_PAYMENT_PROFILES)
    String afterForm(@PathVariable PartnerId partner, @PathVariable int profile) {
        return "redirect:/partners/" + partner + "/payment/profiles/" + profile;
    }

    @GetMapping(ASSIGNMENT)
    ModelAndView assignment(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            HttpServletRequest request,
            Locale locale) {
        require(request, partner, location, program);
        return pages.assignment(partner, location, program, pages.assigned(location, program), locale);
    }

    @PostMapping(ASSIGNMENT)
    ModelAndView assign(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            Principal user,
            Locale locale) {
        require(request, partner, location, program);
        try {
            payees.assign(partner, location, program, typed, user.getName());
            return overview(partner);
        } catch (FormRefused refused) {
            return pages.assignment(partner, location, program, Form.refused(typed, refused), locale);
        }
    }

    private static ModelAndView overview(PartnerId partner) {
        return new ModelAndView("redirect:/partners/" + partner + "/payment");
    }

    private static Scope scope(HttpServletRequest request, Right right, PartnerId partner) {
        return Access.caller(request).orElseThrow().scope(right, partner);
    }

    private static void requireWhole(HttpServletRequest request, PartnerId partner) {
        require(scope(request, Right.MANAGE_PAYMENT_PROFILES, partner).isEverything());
    }

    private void require(HttpServletRequest request, PartnerId partner, LocationId location, String program) {
        require(scope(request, Right.MANAGE_PAYMENT_PROFILES, partner).holds(location, program));
        profiles.requireOwn(partner, location);
    }

    private Location ownLocation(HttpServletRequest request, PartnerId partner, LocationId location) {
        require(scope(request, Right.MANAGE_PAYMENT_PROFILES, partner).holds(location));
        profiles.requireOwn(partner, location);
        return partners.location(location);
    }

    private static void requireFor(HttpServletRequest request, Profile profile) {
        require(PaymentPages.isManaged(profile, scope(request, Right.MANAGE_PAYMENT_PROFILES, profile.partner())));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new RightMissing(Right.MANAGE_PAYMENT_PROFILES);
        }
    }
}
