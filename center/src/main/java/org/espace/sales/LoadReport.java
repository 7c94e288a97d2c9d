package org.espace.sales;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.feed.Code;
import org.espace.feed.Intake;

/**
 * What became of a file.
 *
 * @param load empty when the file brought nothing new, and nothing was kept
 * @param refusedBeside refused rows of the files beside the feed, which are not among those received
 */
public record LoadReport(
        Optional<Integer> load,
        String file,
        String mapping,
        long received,
        long accepted,
        long duplicates,
        long corrections,
        long refused,
        long refusedBeside,
        List<Intake.Total> totals,
        Map<Code, Long> refusedByCode,
        Duration took) {

    public long rowsPerSecond() {
        return received * 1000 / Math.max(1, took.toMillis());
    }
}
