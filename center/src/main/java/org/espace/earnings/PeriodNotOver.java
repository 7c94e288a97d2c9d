package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import java.time.YearMonth;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A month can be closed once it is over. */
@ResponseStatus(CONFLICT)
public class PeriodNotOver extends RuntimeException {

    PeriodNotOver(YearMonth month) {
        super("%s is not over: it can be closed from %s on."
                .formatted(month, month.plusMonths(1).atDay(1)));
    }
}
