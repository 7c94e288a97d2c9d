package org.espace.earnings;

import java.math.BigDecimal;
import org.espace.engine.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a partner sold, by what became of it.
 *
 * @param program null when the location had joined none
 * @param reason ELIGIBLE, or why the sales earned nothing: a code of {@link Reason} or of the feed's status
 * @param amount exact, in the currency of the sales; it may be finer than the currency's minor unit
 */
public record SalesTotal(
        @Nullable String program,
        String reason,
        Reason.Bucket bucket,
        BigDecimal amount,
        String currency,
        long lines) {}
