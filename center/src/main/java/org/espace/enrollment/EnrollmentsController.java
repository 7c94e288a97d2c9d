package org.espace.enrollment;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espace.access.Access;
import org.espace.access.Scope;
import org.espace.access.SignedIn;
import org.espace.partners.LocationId;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.espace.payees.PayeeStanding;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.RightMissing;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Which programs a partner's locations are in, were invited to or may not join, and what somebody does about it. */
@Controller
@Needs(Right.SEE_ENROLLMENTS)
class EnrollmentsController {

    private static final String ALL = "/partners/{partner}/enrollments";
    private static final String ONE = ALL + "/{location}/{program}";

    private final Memberships memberships;
    private final Partners partners;

    EnrollmentsController(Memberships memberships, Partners partners) {
        this.memberships = memberships;
        this.partners = partners;
    }

    /** What the reader sees of a partner, and what they may do there. */
    private record Reader(Scope sees, Scope enrolls, boolean atVendor) {

        static Reader of(SignedIn user, PartnerId partner) {
            return new Reader(
                    user.scope(Right.SEE_ENROLLMENTS, partner),
                    user.scope(Right.ENROLL, partner),
                    user.may(Right.SEE_CONSOLE));
        }

        boolean sees(Candidate candidate) {
            return sees.holds(candidate.location().id(), candidate.offer().program());
        }

        boolean enrolls(Candidate candidate) {
            return enrolls.holds(candidate.location().id(), candidate.offer().program());
        }

        /** The vendor looks at the state itself, and has nothing to do about it on the partner's pages. */
        Position position(Candidate candidate) {
            return atVendor
                    ? new Position(candidate.position(true).status(), Position.Next.NONE)
                    : candidate.position(enrolls(candidate));
        }
    }

    @GetMapping(ALL)
    ModelAndView all(
            @PathVariable PartnerId partner,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String order,
            HttpServletRequest request,
            Locale locale) {
        var reader = Reader.of(Access.user(request).orElseThrow(), partner);
        var grouped = named(EnrollmentsView.By.values(), EnrollmentsView.By::code, by);
        var rows = memberships.of(partners.partner(partner).id()).stream()
                .filter(reader::sees)
                .map(candidate -> new EnrollmentsView.Row(
                        candidate,
                        grouped == EnrollmentsView.By.PROGRAM
                                ? candidate.location().name()
                                : EnrollmentsView.program(candidate, locale),
                        reader.position(candidate),
                        reader.enrolls(candidate)))
                .toList();
        var view = EnrollmentsView.of(
                partner,
                grouped,
                named(EnrollmentsView.Sort.values(), EnrollmentsView.Sort::code, sort),
                order.equals("down"),
                rows,
                locale);
        return new ModelAndView("enrollment/enrollments", Map.of("view", view));
    }

    /** The first where the address names none of them. */
    private static <T> T named(T[] all, Function<T, String> code, String wanted) {
        return Arrays.stream(all)
                .filter(one -> code.apply(one).equals(wanted))
                .findFirst()
                .orElse(all[0]);
    }

    @GetMapping(ONE)
    ModelAndView one(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            HttpServletRequest request) {
        return one(partner, location, program, Form.EMPTY, request);
    }

    private ModelAndView one(
            PartnerId partner, LocationId location, String program, Form form, HttpServletRequest request) {
        var reader = Reader.of(Access.user(request).orElseThrow(), partner);
        var candidate = visible(partner, location, program, reader);
        var model = new HashMap<String, Object>();
        model.put("candidate", candidate);
        model.put("position", reader.position(candidate));
        model.put("acts", reader.enrolls(candidate));
        model.put("history", memberships.history(location, program));
        return form.on("enrollment/membership", model);
    }

    /** What the reader's role leaves out is as if it were not there. */
    private Candidate visible(PartnerId partner, LocationId location, String program, Reader reader) {
        return Stream.of(memberships.candidate(partner, location, program))
                .filter(reader::sees)
                .findFirst()
                .orElseThrow(() -> new MembershipNotFound(location, program));
    }

    @PostMapping(ONE + "/acceptance")
    @Needs(Right.ENROLL)
    ModelAndView accept(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var by = enrolling(partner, location, program, request);
        if (!typed.containsKey("accepted")) {
            var refused = new FormRefused("accepted", "not-accepted");
            return one(partner, location, program, Form.refused(typed, refused), request);
        }
        var standing = memberships.accept(partner, location, program, by);
        var complete = standing == PayeeStanding.APPROVED || standing == PayeeStanding.PENDING_VALIDATION;
        return new ModelAndView(
                "redirect:/partners/" + partner + (complete ? "/enrollments/" + location + "/" + program : "/payment"));
    }

    @PostMapping(ONE + "/refusal")
    @Needs(Right.ENROLL)
    ModelAndView decline(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var by = enrolling(partner, location, program, request);
        try {
            memberships.decline(partner, location, program, typed, by);
            return back(partner, location, program);
        } catch (FormRefused refused) {
            return one(partner, location, program, Form.refused(typed, refused), request);
        }
    }

    @PostMapping(ONE + "/departure")
    @Needs(Right.ENROLL)
    ModelAndView leave(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var by = enrolling(partner, location, program, request);
        try {
            memberships.leave(partner, location, program, typed, by);
            return back(partner, location, program);
        } catch (FormRefused refused) {
            return one(partner, location, program, Form.refused(typed, refused), request);
        }
    }

    @PostMapping(ONE + "/invitation")
    @Needs(Right.ENROLL)
    ModelAndView ask(
            @PathVariable PartnerId partner,
            @PathVariable LocationId location,
            @PathVariable String program,
            HttpServletRequest request) {
        var by = enrolling(partner, location, program, request);
        memberships.askForInvitation(partner, location, program, by);
        return back(partner, location, program);
    }

    /** Puts the messages on the home page away. */
    @PostMapping(ALL + "/messages")
    @Needs(Right.ENROLL)
    String markRead(@PathVariable PartnerId partner, HttpServletRequest request) {
        memberships.markRead(partner, Access.user(request).orElseThrow());
        return "redirect:/";
    }

    /** The route asks for the right somewhere in the partner; here it has to hold for this location and program. */
    private static String enrolling(
            PartnerId partner, LocationId location, String program, HttpServletRequest request) {
        var user = Access.user(request).orElseThrow();
        if (!user.scope(Right.ENROLL, partner).holds(location, program)) {
            throw new RightMissing(Right.ENROLL);
        }
        return user.email();
    }

    private static ModelAndView back(PartnerId partner, LocationId location, String program) {
        return new ModelAndView("redirect:/partners/" + partner + "/enrollments/" + location + "/" + program);
    }
}
