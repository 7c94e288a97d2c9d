package org.espace.paper;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import org.espace.engine.Reason;

/**
 * One sale, or one use of what was sold, with the ids that its attributes have in the facts.
 *
 * @param row the line of its file, the header being 1
 * @param customer 0 when none is named
 * @param order 0 when none is named
 * @param disposition 0 when it may earn
 */
record PaperSale(
        String file,
        long row,
        int location,
        LocalDate day,
        int customer,
        int product,
        BigDecimal quantity,
        BigDecimal amount,
        Currency currency,
        int order,
        int kind,
        int disposition) {

    /** Why a sale does not earn whatever the terms say, as the vendor has decided. */
    record Disposition(Reason.Bucket bucket, String code) {}
}
