package org.espace.earnings;

import static org.springframework.http.HttpStatus.CONFLICT;

import org.springframework.web.bind.annotation.ResponseStatus;

/** An adjustment that cannot be proposed or decided so. */
@ResponseStatus(CONFLICT)
public class AdjustmentRefused extends RuntimeException {

    AdjustmentRefused(String message) {
        super(message);
    }

    static AdjustmentRefused ownProposal(int id, String by) {
        return new AdjustmentRefused(
                "Adjustment %d was proposed by %s: somebody else must decide it.".formatted(id, by));
    }

    static AdjustmentRefused decided(int id) {
        return new AdjustmentRefused("Adjustment %d is decided already.".formatted(id));
    }
}
