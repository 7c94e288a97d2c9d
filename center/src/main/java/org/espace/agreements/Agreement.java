package org.espace.agreements;

import java.time.Instant;
import java.time.LocalDate;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A text that somebody has signed for a partner. Half-open: {@code until} is the first day that no longer counts.
 *
 * @param signatory the natural person who has bound the partner, and {@code title} what makes them able to
 * @param signedBy the account that they were signed in with
 * @param ended why it ended before its time
 */
public record Agreement(
        int id,
        PartnerId partner,
        AgreementKind kind,
        String version,
        String signatory,
        String title,
        LocalDate signedOn,
        LocalDate since,
        @Nullable LocalDate until,
        Instant signedAt,
        String signedBy,
        @Nullable String ended) {

    public boolean isInForceOn(LocalDate day) {
        return !day.isBefore(since) && (until == null || day.isBefore(until));
    }
}
