package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import java.time.YearMonth;
import java.util.Currency;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

/** An adjustment that cannot be proposed or decided so. */
@ResponseStatus(CONFLICT)
public class AdjustmentRefused extends Worded {

    private AdjustmentRefused(String key, Object... namesAndValues) {
        super("command.adjustment." + key, namesAndValues);
    }

    static AdjustmentRefused ownProposal(int id, String by) {
        return new AdjustmentRefused("own-proposal", "number", id, "by", by);
    }

    static AdjustmentRefused decided(int id) {
        return new AdjustmentRefused("decided", "number", id);
    }

    static AdjustmentRefused noProgram(String program) {
        return new AdjustmentRefused("no-program", "program", program);
    }

    static AdjustmentRefused otherCurrency(String program, Currency pays, Currency asked) {
        return new AdjustmentRefused("currency", "program", program, "currency", pays, "other", asked);
    }

    static AdjustmentRefused notBegun(YearMonth month) {
        return new AdjustmentRefused("not-begun", "month", month);
    }
}
