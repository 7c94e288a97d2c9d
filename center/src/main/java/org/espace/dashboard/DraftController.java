package org.espace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.earnings.SoldCatalogue;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Terms;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Where the vendor writes the next version: checked as often as one likes, then published for good. */
@Controller
@Needs(Right.MANAGE_PROGRAMS)
class DraftController {

    /** The draft lives as long as the session, so that it outlasts a change of language and a look elsewhere. */
    private static final String DRAFT = "terms.draft";

    private static final int LONGEST = 200_000;
    private static final String PAGE = "/console/terms/draft";

    private final Programs programs;
    private final SoldCatalogue catalogue;

    DraftController(Programs programs, SoldCatalogue catalogue) {
        this.programs = programs;
        this.catalogue = catalogue;
    }

    @GetMapping(PAGE)
    ModelAndView draft(
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "false") boolean nobody,
            HttpSession session,
            Locale locale) {
        var view = programs.find(program, version)
                .map(from -> new DraftView(from.text(), null, null, "", null))
                .orElseGet(() -> kept(session).map(this::checked).orElse(DraftView.EMPTY));
        return new ModelAndView(
                "console/draft",
                Map.of("view", view, "nobody", nobody, "programs", ProgramsView.names(programs.all(), locale)));
    }

    @PostMapping(PAGE)
    String check(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            HttpSession session)
            throws IOException {
        var given = file == null || file.isEmpty() ? text : new String(file.getBytes(), UTF_8);
        if (given.length() > LONGEST) {
            throw new BadQuery("text");
        }
        session.setAttribute(DRAFT, given.replace("\r\n", "\n"));
        return "redirect:" + PAGE;
    }

    /** What was checked is published, not what was typed afterwards. */
    @PostMapping("/console/terms")
    String publish(@RequestParam(defaultValue = "") String fingerprint, HttpSession session, Principal user) {
        var text = kept(session)
                .filter(kept -> fingerprint(kept).equals(fingerprint))
                .orElse(null);
        if (text == null || !checked(text).mayBePublished()) {
            return "redirect:" + PAGE;
        }
        var terms = TermsReader.read(text);
        programs.publish(text, user.getName());
        session.removeAttribute(DRAFT);
        return "redirect:" + TermsView.href("/console/terms", terms.program(), terms.version());
    }

    private DraftView checked(String text) {
        var findings = programs.findings(text, Optional.of(catalogue.now()));
        Terms terms;
        try {
            terms = TermsReader.read(text);
        } catch (TermsInvalid e) {
            return DraftView.of(text, findings, null, fingerprint(text), null);
        }
        return DraftView.of(
                text, findings, terms, fingerprint(text), inTheWay(terms).orElse(null));
    }

    private Optional<PublishedTerms> inTheWay(Terms terms) {
        return programs.all().stream()
                .filter(other -> other.terms().program().equals(terms.program()))
                .filter(other -> other.terms().version().equals(terms.version())
                        || (other.terms()
                                        .effective()
                                        .from()
                                        .isBefore(terms.effective().until())
                                && terms.effective()
                                        .from()
                                        .isBefore(other.terms().effective().until())))
                .min((one, other) -> Boolean.compare(
                        !one.terms().version().equals(terms.version()),
                        !other.terms().version().equals(terms.version())));
    }

    static Optional<String> kept(HttpSession session) {
        return Optional.ofNullable((String) session.getAttribute(DRAFT));
    }

    private static String fingerprint(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
