package org.espace.earnings;

import org.espace.engine.Reason;
import org.espace.sales.Disposition;

/** A reason by its code, and the bucket that it puts a sale into. */
record Why(String code, Reason.Bucket bucket) {

    static Reason.Bucket bucket(Disposition disposition) {
        return switch (disposition.outcome()) {
            case ELIGIBLE -> Reason.Bucket.ELIGIBLE;
            case INELIGIBLE -> Reason.Bucket.INELIGIBLE;
            case PENDING -> Reason.Bucket.PENDING;
        };
    }
}
