package org.espace.partners;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.Map;
import org.espace.documents.Documents;
import org.espace.web.Form;
import org.espace.web.FormRefused;
import org.espace.web.Needs;
import org.espace.web.Right;
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

/** What the vendor asks about a partner, as the partner sees it: how it stands, why, and how to appeal. */
@Controller
@Needs(Right.SEE_ORGANIZATION)
class VerificationController {

    private static final String PAGE = "/partners/{partner}/organization/verification";

    private final Partners partners;
    private final Locations locations;
    private final Verifications verifications;
    private final Documents documents;

    VerificationController(Partners partners, Locations locations, Verifications verifications, Documents documents) {
        this.partners = partners;
        this.locations = locations;
        this.verifications = verifications;
        this.documents = documents;
    }

    @GetMapping(PAGE)
    ModelAndView verification(@PathVariable PartnerId partner) {
        return new ModelAndView(
                "partners/verifications",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "standing",
                        verifications.standing(partner),
                        "asked",
                        AskedLocation.of(partner, locations, verifications)));
    }

    @GetMapping(PAGE + "/{verification}")
    ModelAndView one(@PathVariable PartnerId partner, @PathVariable int verification) {
        return one(partner, verification, Form.EMPTY);
    }

    @PostMapping(PAGE + "/{verification}/appeals")
    @Needs(Right.MANAGE_ORGANIZATION)
    ModelAndView appeal(
            @PathVariable PartnerId partner,
            @PathVariable int verification,
            @RequestParam Map<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile document,
            Principal user)
            throws IOException {
        try (var content = content(document)) {
            verifications.appeal(partner, verification, typed, content, user.getName());
            return new ModelAndView("redirect:/partners/" + partner + "/organization/verification/" + verification);
        } catch (FormRefused refused) {
            return one(partner, verification, Form.refused(typed, refused));
        }
    }

    private static InputStream content(@Nullable MultipartFile document) throws IOException {
        return document == null ? new ByteArrayInputStream(new byte[0]) : document.getInputStream();
    }

    /** What was handed in is for those who manage the organization. */
    @GetMapping(PAGE + "/{verification}/documents/{appeal}")
    @Needs(Right.MANAGE_ORGANIZATION)
    ResponseEntity<Resource> document(
            @PathVariable PartnerId partner, @PathVariable int verification, @PathVariable int appeal) {
        var found = Verifications.appeal(verifications.verification(partner, verification), appeal);
        return documents.attachment(found.document(), "appeal-" + appeal);
    }

    private ModelAndView one(PartnerId partner, int id, Form form) {
        var verification = verifications.verification(partner, id);
        return form.on(
                "partners/verification",
                Map.of(
                        "partner",
                        partners.partner(partner),
                        "verification",
                        verification,
                        "application",
                        locations.application(verification)));
    }
}
