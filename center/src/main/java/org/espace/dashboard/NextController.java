package org.espace.dashboard;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espace.earnings.Earnings;
import org.espace.earnings.NextStep;
import org.espace.earnings.Visible;
import org.espace.partners.Location;
import org.espace.partners.Partners;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What the next sales would earn. */
@Controller
@Needs(Right.SEE_EARNINGS)
class NextController {

    /** Of a lever that looks at each customer by itself, those with the highest sums. */
    private static final int CUSTOMERS = 3;

    private final Earnings earnings;
    private final Partners partners;
    private final Clock clock;

    NextController(Earnings earnings, Partners partners, Clock clock) {
        this.earnings = earnings;
        this.partners = partners;
        this.clock = clock;
    }

    @GetMapping("/partners/{partner}/next")
    ModelAndView next(Visible visible, @RequestParam(defaultValue = "") String location) {
        var partner = partners.partner(visible.partner()).id();
        var locations = partners.locations(partner).stream()
                .filter(one -> visible.holds(one.id()))
                .toList();
        var today = LocalDate.now(clock);
        var steps = earnings.whatNext(visible, today);
        var chosen = locations.stream()
                .filter(one -> one.id().toString().equals(location))
                .findFirst()
                .or(() -> locations.stream()
                        .filter(one ->
                                steps.stream().anyMatch(step -> step.location().equals(one.id())))
                        .findFirst())
                .or(() -> locations.stream().findFirst())
                .map(Location::id)
                .orElse(null);
        var told = new HashMap<List<Object>, Integer>();
        var own = steps.stream()
                .filter(step -> step.location().equals(chosen))
                .filter(step -> told.merge(List.of(step.terms(), step.lever().id()), 1, Integer::sum) <= CUSTOMERS)
                .sorted(Comparator.comparing((NextStep step) -> step.terms().program())
                        .thenComparingInt(step -> step.prospect().lever()))
                .toList();
        return new ModelAndView("dashboard/next", Map.of("view", new NextView(partner, locations, chosen, own, today)));
    }
}
