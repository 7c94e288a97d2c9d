package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import java.time.YearMonth;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A month can be closed once it is over. */
@ResponseStatus(CONFLICT)
public class PeriodNotOver extends Worded {

    PeriodNotOver(YearMonth month) {
        super("command.period-not-over", "month", month, "day", month.plusMonths(1).atDay(1));
    }
}
