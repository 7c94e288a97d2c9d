package org.espace.dashboard;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espace.earnings.Adjustment;
import org.espace.earnings.AdjustmentRefused;
import org.espace.earnings.Earnings;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.programs.PublishedTerms;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Amounts that one operator proposes and another approves. */
@Controller
@Needs(Right.SEE_CONSOLE)
class AdjustmentsController {

    private static final String PAGE = "/console/adjustments";

    private final Earnings earnings;
    private final Partners partners;
    private final Programs programs;

    AdjustmentsController(Earnings earnings, Partners partners, Programs programs) {
        this.earnings = earnings;
        this.partners = partners;
        this.programs = programs;
    }

    @GetMapping(PAGE)
    ModelAndView all(@RequestParam(defaultValue = "") String line, Principal user, Locale locale) {
        return page(Map.of("line", line), null, user, locale);
    }

    /** What was typed comes back with what is wrong with it. */
    @PostMapping(PAGE)
    @Needs(Right.PROPOSE_ADJUSTMENTS)
    ModelAndView propose(@RequestParam Map<String, String> typed, Principal user, Locale locale) {
        var location = location(typed.getOrDefault("location", ""));
        var program = program(typed.getOrDefault("program", ""));
        var fault = location.isEmpty()
                ? "location"
                : program.isEmpty()
                        ? "program"
                        : typed.getOrDefault("cause", "").isBlank() ? "cause" : null;
        if (fault == null) {
            try {
                var proposal = new Adjustment.Proposal(
                        location.orElseThrow(),
                        program.orElseThrow().terms().program(),
                        Adjustment.Type.valueOf(typed.getOrDefault("type", "")),
                        YearMonth.parse(typed.getOrDefault("month", "")),
                        new Money(
                                new BigDecimal(typed.getOrDefault("amount", "").strip()),
                                program.orElseThrow().terms().currency()),
                        Adjustment.Reason.valueOf(typed.getOrDefault("reason", "")),
                        typed.getOrDefault("cause", "").strip(),
                        typed.getOrDefault("line", "").isBlank() ? null : typed.get("line"));
                earnings.propose(proposal, user.getName());
                return new ModelAndView("redirect:" + PAGE);
            } catch (DateTimeException _) {
                fault = "month";
            } catch (IllegalArgumentException | ArithmeticException _) {
                fault = "amount";
            } catch (AdjustmentRefused _) {
                fault = "program";
            }
        }
        var page = page(typed, fault, user, locale);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    @PostMapping(PAGE + "/{adjustment}/approval")
    @Needs(Right.DECIDE_ADJUSTMENTS)
    String approve(@PathVariable int adjustment, Principal user) {
        earnings.approve(adjustment, user.getName());
        return "redirect:" + PAGE;
    }

    @PostMapping(PAGE + "/{adjustment}/rejection")
    @Needs(Right.DECIDE_ADJUSTMENTS)
    String reject(@PathVariable int adjustment, Principal user) {
        earnings.reject(adjustment, user.getName());
        return "redirect:" + PAGE;
    }

    private ModelAndView page(Map<String, String> typed, @Nullable String fault, Principal user, Locale locale) {
        var model = new HashMap<String, Object>();
        var adjustments = earnings.adjustments();
        model.put("adjustments", adjustments);
        model.put(
                "locations",
                partners
                        .locations(adjustments.stream()
                                .map(Adjustment::location)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(toMap(Location::id, Location::name)));
        model.put("programs", ProgramsView.names(programs.all(), locale));
        model.put("typed", typed);
        model.put("user", user.getName());
        if (fault != null) {
            model.put("fault", fault);
        }
        return new ModelAndView("console/adjustments", model);
    }

    private Optional<LocationId> location(String number) {
        return partners.findLocation(number.strip()).map(Location::id);
    }

    private Optional<PublishedTerms> program(String code) {
        return programs.all().stream()
                .filter(published -> published.terms().program().equals(code))
                .findFirst();
    }
}
