package org.espace.dashboard;

import java.util.HashMap;
import java.util.Map;
import org.espace.earnings.Earnings;
import org.espace.web.Needs;
import org.espace.web.Right;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The months that are closed, and what their statements come to for good. */
@Controller
@Needs(Right.SEE_CONSOLE)
class PeriodsController {

    private final Earnings earnings;

    PeriodsController(Earnings earnings) {
        this.earnings = earnings;
    }

    @GetMapping("/console/periods")
    ModelAndView periods() {
        return new ModelAndView("console/periods", Map.of("periods", earnings.closedPeriods()));
    }

    /** @param check reads the lines again, which takes its time: so only when it is asked for */
    @GetMapping("/console/periods/{month}")
    ModelAndView period(@PathVariable String month, @RequestParam(defaultValue = "false") boolean check) {
        var period = earnings.closedPeriods().stream()
                .filter(one -> one.month().toString().equals(month))
                .findFirst()
                .orElseThrow(() -> new NotKept("period " + month));
        var model = new HashMap<String, Object>(Map.of("period", period));
        if (check) {
            model.put("unchanged", earnings.isUnchanged(period));
        }
        return new ModelAndView("console/period", model);
    }
}
