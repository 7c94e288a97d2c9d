package org.espace.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.eligibility.Eligibilities;
import org.espace.eligibility.ImpactAsked;
import org.espace.eligibility.ImpactAsked.State;
import org.espace.terms.Condition;
import org.espace.terms.Terms;
import org.espace.terms.TermsInvalid;
import org.espace.terms.TermsReader;
import org.espace.web.Messages;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.espace.web.SpreadsheetCsv;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Who would come in and who would go out, were the draft in force: seen before it is published. */
@Controller
@Needs(Right.MANAGE_PROGRAMS)
class ImpactController {

    private static final String DRAFT = "/console/terms/draft";
    private static final String PAGE = DRAFT + "/impact";
    private static final int MOST_SHOWN = 200;

    private final Eligibilities eligibilities;

    ImpactController(Eligibilities eligibilities) {
        this.eligibilities = eligibilities;
    }

    /** The last one of the draft's program, and how far the one at work has come, whoever has asked for it. */
    @GetMapping(PAGE)
    ModelAndView impact(HttpSession session) {
        return draft(session)
                .map(draft ->
                        new ModelAndView("console/impact", Map.of("view", view(draft, session), "most", MOST_SHOWN)))
                .orElseGet(() -> new ModelAndView("redirect:" + DRAFT));
    }

    private ImpactView view(Terms draft, HttpSession session) {
        var asked = eligibilities.impacts(draft.program());
        var done = done(asked);
        var stopped = asked.stream()
                .findFirst()
                .filter(last -> last.state() == State.CANCELLED || last.state() == State.FAILED);
        return new ImpactView(
                draft,
                eligibilities.impactAtWork().orElse(null),
                stopped.orElse(null),
                done.orElse(null),
                done.map(eligibilities::impact).orElse(null),
                done.isPresent() && !DraftController.kept(session).equals(done.map(ImpactAsked::text)),
                asked.stream()
                        .filter(one -> one.state() == State.DONE
                                && done.filter(one::equals).isEmpty())
                        .toList());
    }

    private static Optional<ImpactAsked> done(List<ImpactAsked> asked) {
        return asked.stream().filter(one -> one.state() == State.DONE).findFirst();
    }

    @PostMapping(PAGE)
    String begin(HttpSession session, Principal user) {
        if (draft(session).isEmpty()) {
            return "redirect:" + DRAFT;
        }
        eligibilities.beginImpact(DraftController.kept(session).orElseThrow(), user.getName());
        return "redirect:" + PAGE;
    }

    @PostMapping(PAGE + "/{impact}/cancellation")
    String cancel(@PathVariable int impact, Principal user) {
        eligibilities.cancelImpact(impact, user.getName());
        return "redirect:" + PAGE;
    }

    /** One that was worked out, whatever has become of the draft. */
    @GetMapping("/console/impacts/{impact}")
    ModelAndView report(@PathVariable int impact) {
        var done = eligibilities.impactDone(impact);
        return new ModelAndView(
                "console/impactDone", Map.of("done", done, "impact", eligibilities.impact(done), "most", MOST_SHOWN));
    }

    @GetMapping("/console/impacts/{number}/locations.csv")
    void csv(@PathVariable int number, Locale locale, HttpServletResponse response) throws IOException {
        var impact = eligibilities.impact(eligibilities.impactDone(number));
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
        for (var move : impact.moves()) {
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
                            move.missing().stream().map(Condition::written).toList()));
        }
        csv.flush();
    }

    /** Empty without a draft that can be read. */
    private static Optional<Terms> draft(HttpSession session) {
        return DraftController.kept(session).flatMap(text -> {
            try {
                return Optional.of(TermsReader.read(text));
            } catch (TermsInvalid _) {
                return Optional.empty();
            }
        });
    }
}
