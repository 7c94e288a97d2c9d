package org.espace.partners;

import static java.util.stream.Collectors.toMap;

import java.security.Principal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.espace.documents.Documents;
import org.espace.partners.Verification.Step;
import org.espace.web.Form;
import org.espace.web.FormRefused;
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

/** What waits for the vendor's verdict. */
@Controller
@Needs(Right.MANAGE_PARTNERS)
class VerificationConsoleController {

    private static final String PAGE = "/console/verification";

    private final Partners partners;
    private final Organizations organizations;
    private final Locations locations;
    private final Verifications verifications;
    private final Documents documents;
    private final Clock clock;

    VerificationConsoleController(
            Partners partners,
            Organizations organizations,
            Locations locations,
            Verifications verifications,
            Documents documents,
            Clock clock) {
        this.partners = partners;
        this.organizations = organizations;
        this.locations = locations;
        this.verifications = verifications;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    ModelAndView queue() {
        var pending = verifications.pending();
        var names = pending.stream()
                .map(Verification::partner)
                .distinct()
                .collect(toMap(
                        partner -> partner, partner -> partners.partner(partner).name()));
        return new ModelAndView(
                "console/verifications", Map.of("pending", pending, "names", names, "today", LocalDate.now(clock)));
    }

    @GetMapping(PAGE + "/{verification}")
    ModelAndView one(@PathVariable int verification) {
        return one(verification, Form.EMPTY);
    }

    @PostMapping(PAGE + "/{verification}/acceptance")
    ModelAndView accept(@PathVariable int verification, @RequestParam Map<String, String> typed, Principal user) {
        try {
            if (verifications.verification(verification).step() == Step.LOCATION) {
                locations.accept(verification, typed, user.getName());
            } else {
                verifications.accept(verification, user.getName());
            }
            return new ModelAndView("redirect:" + PAGE);
        } catch (FormRefused refused) {
            return one(verification, Form.refused(typed, refused));
        }
    }

    @PostMapping(PAGE + "/{verification}/rejection")
    ModelAndView reject(@PathVariable int verification, @RequestParam Map<String, String> typed, Principal user) {
        try {
            verifications.reject(verification, typed, user.getName());
            return new ModelAndView("redirect:" + PAGE);
        } catch (FormRefused refused) {
            return one(verification, Form.refused(typed, refused));
        }
    }

    @GetMapping(PAGE + "/{verification}/documents/{appeal}")
    ResponseEntity<Resource> document(@PathVariable int verification, @PathVariable int appeal) {
        var found = Verifications.appeal(verifications.verification(verification), appeal);
        return documents.attachment(found.document(), "appeal-" + appeal);
    }

    private ModelAndView one(int id, Form form) {
        var verification = verifications.verification(id);
        return form.on(
                "console/verification",
                Map.of(
                        "verification",
                        verification,
                        "organization",
                        organizations.organization(verification.partner()),
                        "application",
                        locations.application(verification)));
    }
}
