package org.espace.dashboard;

import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espace.earnings.ClosedPeriod;
import org.espace.earnings.Earnings;
import org.espace.earnings.Visible;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** What was booked month by month. */
@Controller
@Needs(Right.SEE_EARNINGS)
class StatementsController {

    private final Earnings earnings;
    private final Partners partners;
    private final Programs programs;
    private final Clock clock;

    StatementsController(Earnings earnings, Partners partners, Programs programs, Clock clock) {
        this.earnings = earnings;
        this.partners = partners;
        this.programs = programs;
        this.clock = clock;
    }

    /** The newest, when none is named. */
    @GetMapping("/partners/{partner}/statements")
    ModelAndView newest(Visible visible, Locale locale) {
        return page(visible, months(visible).first(), locale);
    }

    @GetMapping("/partners/{partner}/statements/{month}")
    ModelAndView one(Visible visible, @PathVariable String month, Locale locale) {
        try {
            return page(visible, YearMonth.parse(month), locale);
        } catch (DateTimeException _) {
            throw new NotKept("month " + month);
        }
    }

    private ModelAndView page(Visible visible, YearMonth month, Locale locale) {
        var partner = partners.partner(visible.partner()).id();
        var view = new StatementView(
                earnings.statement(visible, month),
                months(visible).stream().toList(),
                partners.locations(partner).stream().collect(toMap(Location::id, Location::name)),
                ProgramsView.names(programs.all(), locale));
        return new ModelAndView("dashboard/statement", Map.of("view", view));
    }

    /** In which something was earned, or which are closed; the running one for somebody who has neither. */
    private SortedSet<YearMonth> months(Visible visible) {
        var months = new TreeSet<YearMonth>((one, other) -> other.compareTo(one));
        months.addAll(earnings.months(visible));
        earnings.closedPeriods().stream().map(ClosedPeriod::month).forEach(months::add);
        if (months.isEmpty()) {
            months.add(YearMonth.now(clock));
        }
        return months;
    }
}
