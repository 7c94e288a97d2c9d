package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import org.espace.terms.Terms;
import org.espace.web.Worded;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Draft terms cannot be tried when no location counts as a member of their program, or on none of its days. */
@ResponseStatus(CONFLICT)
public class NobodyToSimulate extends Worded {

    private NobodyToSimulate(String key, Object... namesAndValues) {
        super("command.simulation." + key, namesAndValues);
    }

    static NobodyToSimulate onTheseDays(Terms draft) {
        return new NobodyToSimulate(
                "other-days", "program", draft.program(), "version", draft.version(), "days", draft.effective());
    }

    static NobodyToSimulate amongMembers(Terms draft) {
        return new NobodyToSimulate("nobody", "program", draft.program());
    }
}
