package org.espace.feed;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file: every row is accepted, a duplicate, a correction or refused. Its files are in the lake, but
 * count only once the manifest names them.
 *
 * @param refusedBeside refused rows of the files beside the feed, which are not among those received
 */
public record Intake(
        long received,
        long accepted,
        long duplicates,
        long corrections,
        long refused,
        long refusedBeside,
        List<Total> totals,
        List<RefusedTotal> refusedTotals,
        Map<Code, Long> refusedByCode,
        Optional<SalesLines> lines,
        Optional<Quarantine> quarantine,
        Registered registered) {

    public enum Bucket {
        RECEIVED,
        ACCEPTED,
        DUPLICATE,
        CORRECTED,
        REFUSED
    }

    /** A control total. The currency is null where the rows' could not be read. */
    public record Total(Bucket bucket, @Nullable String currency, BigDecimal amount, long rows) {}

    /** Refused rows by what could be read of them. */
    public record RefusedTotal(
            Code code,
            @Nullable Integer location,
            @Nullable LocalDate month,
            @Nullable String currency,
            BigDecimal amount,
            long rows) {}

    /** @param path relative to the lake */
    public record SalesLines(
            String path,
            long lines,
            int fractionDigits,
            int firstLocation,
            int lastLocation,
            LocalDate firstDay,
            LocalDate lastDay) {}

    /** @param path relative to the lake */
    public record Quarantine(String path, long rows) {}
}
