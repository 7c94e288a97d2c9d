package org.espace.certifications;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.web.Instance;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What I learn, what I have passed, and to whom I show it. */
@Controller
@Needs(Right.GO_HOME)
class MyCertificationsController {

    private static final String ALL = "/certifications";
    private static final String ONE = ALL + "/{certification}";
    private static final String SESSION = ALL + "/sessions/{session}";
    private static final String RESULT = ALL + "/results/{result}";

    private final Learners learners;
    private final Catalogue catalogue;
    private final Badges badges;
    private final String url;

    MyCertificationsController(Learners learners, Catalogue catalogue, Badges badges, Instance instance) {
        this.learners = learners;
        this.catalogue = catalogue;
        this.badges = badges;
        this.url = instance.url();
    }

    @GetMapping(ALL)
    ModelAndView all(HttpServletRequest request) {
        var user = user(request);
        if (user.partner().isEmpty()) {
            return new ModelAndView("certifications/forPartners");
        }
        var learner = learners.find(user.id());
        var model = new HashMap<String, Object>();
        model.put("partner", user.partner().get());
        model.put("certifications", catalogue.certifications());
        model.put("signedUp", learner.map(learners::signedUp).orElse(Set.of()));
        model.put("results", learner.map(learners::results).orElse(List.of()));
        model.put("today", learners.today());
        model.put("url", url);
        learner.ifPresent(known -> model.put("learner", known));
        return new ModelAndView("certifications/mine", model);
    }

    @GetMapping(ONE)
    ModelAndView one(@PathVariable String certification, HttpServletRequest request) {
        return one(catalogue.certification(certification), user(request), false);
    }

    private ModelAndView one(Certification certification, SignedIn user, boolean full) {
        if (user.partner().isEmpty()) {
            return new ModelAndView("certifications/forPartners");
        }
        var learner = learners.find(user.id());
        return new ModelAndView(
                "certifications/way",
                Map.of(
                        "certification",
                        certification,
                        "sessions",
                        catalogue.sessions(certification.code()),
                        "signedUp",
                        learner.map(learners::signedUp).orElse(Set.of()).contains(certification.code()),
                        "booked",
                        learner.map(learners::booked).orElse(Set.of()),
                        "results",
                        learner.map(learners::results).orElse(List.of()).stream()
                                .filter(result -> result.certification().equals(certification))
                                .toList(),
                        "today",
                        learners.today(),
                        "full",
                        full),
                full ? HttpStatus.CONFLICT : HttpStatus.OK);
    }

    @PostMapping(ONE + "/sign-up")
    String signUp(@PathVariable String certification, HttpServletRequest request) {
        learners.signUp(user(request), certification);
        return to(certification);
    }

    @PostMapping(ONE + "/giving-up")
    String giveUp(@PathVariable String certification, HttpServletRequest request) {
        learners.giveUp(user(request), certification);
        return to(catalogue.certification(certification).code());
    }

    @PostMapping(SESSION + "/booking")
    ModelAndView book(@PathVariable int session, HttpServletRequest request) {
        var certification = catalogue.certificationOf(session);
        try {
            learners.book(user(request), session);
            return new ModelAndView(to(certification.code()));
        } catch (SessionFull _) {
            return one(certification, user(request), true);
        }
    }

    @PostMapping(SESSION + "/cancellation")
    String cancel(@PathVariable int session, HttpServletRequest request) {
        learners.cancel(user(request), session);
        return to(catalogue.certificationOf(session).code());
    }

    /** Signed anew each time, so that the holder decides each time whether it says their name. */
    @GetMapping(RESULT + "/certificate")
    ResponseEntity<String> certificate(
            @PathVariable int result, @RequestParam Map<String, String> asked, HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/vc+jwt"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"certificate-" + result + ".jwt\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(badges.certificate(user(request), result, asked.containsKey("named")));
    }

    @PostMapping(RESULT + "/share")
    String share(@PathVariable int result, @RequestParam Map<String, String> typed, HttpServletRequest request) {
        learners.share(user(request), result, typed.containsKey("named"));
        return "redirect:" + ALL;
    }

    @PostMapping(RESULT + "/share/revocation")
    String revokeShare(@PathVariable int result, HttpServletRequest request) {
        learners.revokeShare(user(request), result);
        return "redirect:" + ALL;
    }

    private static String to(String certification) {
        return "redirect:" + ALL + "/" + certification;
    }

    private static SignedIn user(HttpServletRequest request) {
        return Access.user(request).orElseThrow();
    }
}
