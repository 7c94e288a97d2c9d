package org.espace.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.eligibility.Eligibilities;
import org.espace.eligibility.Impact;
import org.espace.terms.Condition;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Who would come in and who would go out, were the draft in force: seen before it is published. */
@Controller
@Needs(Right.MANAGE_PROGRAMS)
class ImpactController {

    private static final String DRAFT = "/console/terms/draft";
    private static final int MOST_SHOWN = 200;

    private final Eligibilities eligibilities;
    private final Clock clock;

    ImpactController(Eligibilities eligibilities, Clock clock) {
        this.eligibilities = eligibilities;
        this.clock = clock;
    }

    @GetMapping(DRAFT + "/impact")
    ModelAndView impact(HttpSession session) {
        return impactOf(session)
                .map(impact -> new ModelAndView("console/impact", Map.of("impact", impact, "most", MOST_SHOWN)))
                .orElseGet(() -> new ModelAndView("redirect:" + DRAFT));
    }

    @GetMapping(DRAFT + "/impact.csv")
    void csv(HttpSession session, Locale locale, HttpServletResponse response) throws IOException {
        var impact = impactOf(session);
        if (impact.isEmpty()) {
            response.sendRedirect(DRAFT);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"impact.csv\"");
        var words = Messages.in(locale);
        var csv = new SpreadsheetCsv(response.getOutputStream());
        csv.write(
                words.text("eligibility.column.number"),
                words.text("eligibility.column.location"),
                words.text("eligibility.column.country"),
                words.text("impact.before"),
                words.text("impact.after"),
                words.text("eligibility.column.missing"));
        for (var move : impact.get().moves()) {
            csv.write(
                    move.location().number(),
                    move.location().name(),
                    move.location().country(),
                    move.change().before() == null
                            ? ""
                            : words.text("eligibility.verdict."
                                    + move.change().before().code()),
                    words.text("eligibility.verdict." + move.change().after().code()),
                    String.join(
                            "; ",
                            move.missing().stream()
                                    .map(answer -> Condition.written(answer.condition()))
                                    .toList()));
        }
        csv.flush();
    }

    /** Empty without a draft that can be read. */
    private Optional<Impact> impactOf(HttpSession session) {
        return DraftController.kept(session).flatMap(text -> {
            try {
                return Optional.of(eligibilities.impact(TermsReader.read(text), LocalDate.now(clock)));
            } catch (TermsInvalid e) {
                return Optional.empty();
            }
        });
    }
}
