package org.espace.payees;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espace.access.Proof;
import org.espace.documents.Documents;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.Profile.Reason;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What waits for the vendor's verdict before anything is paid to it. */
@Controller
@Needs(Right.VALIDATE_PAYMENT_PROFILES)
class ValidationController {

    private static final String PAGE = QueueQuery.PATH;
    private static final String ONE = PAGE + "/{version}";
    private static final int PAGE_SIZE = 50;

    private final Profiles profiles;
    private final Partners partners;
    private final Documents documents;
    private final Clock clock;

    ValidationController(Profiles profiles, Partners partners, Documents documents, Clock clock) {
        this.profiles = profiles;
        this.partners = partners;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    ModelAndView queue(@RequestParam Map<String, String> asked) {
        var query = QueueQuery.of(asked);
        var queue = profiles.queue(query, PAGE_SIZE);
        var found = queue.counts().getOrDefault(query.state(), 0);
        var pages = Math.max(1, (found + PAGE_SIZE - 1) / PAGE_SIZE);
        if (query.page() >= pages) {
            return new ModelAndView("redirect:" + query.href(pages - 1));
        }
        return new ModelAndView(
                "console/payments",
                Map.of(
                        "query",
                        query,
                        "rows",
                        queue.rows(),
                        "counts",
                        queue.counts(),
                        "pages",
                        pages,
                        "names",
                        names(queue.rows().stream()),
                        "places",
                        places(queue.rows()),
                        "now",
                        clock.instant(),
                        "today",
                        LocalDate.now(clock)));
    }

    /** Says what would be approved, and what not and why, before it is done. */
    @PostMapping(PAGE + "/approvals/trial")
    ModelAndView tryApproval(
            @RequestParam(defaultValue = "") List<Integer> version,
            @RequestParam Map<String, String> asked,
            Principal user) {
        var bulk = profiles.approve(version, true, user.getName());
        return new ModelAndView(
                "console/paymentTrial",
                Map.of(
                        "query",
                        QueueQuery.of(asked),
                        "approved",
                        bulk.approved(),
                        "left",
                        bulk.left(),
                        "names",
                        names(Stream.concat(bulk.approved().stream(), bulk.left().keySet().stream()))));
    }

    @PostMapping(PAGE + "/approvals")
    String approve(
            @RequestParam(defaultValue = "") List<Integer> version,
            @RequestParam Map<String, String> asked,
            Principal user) {
        profiles.approve(version, false, user.getName());
        return "redirect:" + QueueQuery.of(asked).href(0);
    }

    private Map<PartnerId, String> names(Stream<Profile> shown) {
        return partners.partners(shown.map(Profile::partner).collect(toSet())).stream()
                .collect(toMap(Partner::id, Partner::name));
    }

    private Map<LocationId, String> places(List<Profile> shown) {
        return partners
                .locations(shown.stream()
                        .flatMap(profile -> Optional.ofNullable(profile.location()).stream())
                        .collect(toSet()))
                .stream()
                .collect(toMap(Location::id, Location::name));
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable int version, Locale locale) {
        return one(version, Map.of(), Form.EMPTY, locale);
    }

    @PostMapping(ONE + "/approval")
    ModelAndView approve(
            @PathVariable int version, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            profiles.approve(version, typed, user.getName());
            return new ModelAndView("redirect:" + PAGE);
        } catch (FormRefused refused) {
            return one(version, Map.of(), Form.refused(typed, refused), locale);
        }
    }

    @PostMapping(ONE + "/return")
    ModelAndView sendBack(
            @PathVariable int version, @RequestParam Map<String, String> typed, Principal user, Locale locale) {
        try {
            profiles.sendBack(version, typed, user.getName());
            return new ModelAndView("redirect:" + PAGE);
        } catch (FormRefused refused) {
            return one(version, Map.of(), Form.refused(typed, refused), locale);
        }
    }

    /** Asks who they are once more, unless they have said so lately. */
    @PostMapping(ONE + "/numbers")
    ModelAndView reveal(@PathVariable int version, HttpServletRequest request, Principal user, Locale locale) {
        var profile = profiles.ofVersion(version);
        if (!Proof.isFresh(request, clock.instant())) {
            return new ModelAndView("redirect:" + Proof.path(PAGE + "/" + version));
        }
        return one(version, profiles.reveal(profile, user.getName()), Form.EMPTY, locale);
    }

    /** A page that answers a form can be asked for again, for another language. */
    @GetMapping({ONE + "/approval", ONE + "/return", ONE + "/numbers"})
    String afterForm(@PathVariable int version) {
        return "redirect:" + PAGE + "/" + version;
    }

    @GetMapping(PAGE + "/approvals/trial")
    String afterTrial() {
        return "redirect:" + PAGE;
    }

    @GetMapping(ONE + "/document")
    ResponseEntity<Resource> document(@PathVariable int version) {
        return documents.attachment(profiles.ofVersion(version).document(version), "tax-" + version);
    }

    private ModelAndView one(int version, Map<String, String> numbers, Form form, Locale locale) {
        var profile = profiles.ofVersion(version);
        var location = profile.location();
        var words = Messages.in(locale);
        var reasons = new LinkedHashMap<String, String>();
        Arrays.stream(Reason.values())
                .filter(reason -> reason.isFor(profile.kind()))
                .forEach(reason -> reasons.put(reason.code(), words.text("payment.reason." + reason.code())));
        return form.on(
                "console/payment",
                Map.of(
                        "profile",
                        profile,
                        "title",
                        location == null
                                ? profile.subject()
                                : partners.location(location).name(),
                        "partner",
                        partners.partner(profile.partner()),
                        "legalName",
                        profiles.legalName(profile.partner()),
                        "isCurrent",
                        profile.current().id() == version,
                        "numbers",
                        numbers,
                        "reasons",
                        reasons,
                        "now",
                        clock.instant(),
                        "today",
                        LocalDate.now(clock)));
    }
}
