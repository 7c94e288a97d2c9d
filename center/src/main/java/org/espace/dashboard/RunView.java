package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.espace.earnings.RunReport;
import org.espace.earnings.SalesTotal;
import org.espace.engine.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh has done, and what became of the sales that it looked at.
 *
 * @param outcomes what earns first, then what waits, then what was skipped; the most lines first in each
 */
public record RunView(RunReport run, List<Outcome> outcomes) {

    /**
     * Sales with one fate under one program.
     *
     * @param program its name in the reader's language; null where the location had joined none
     */
    public record Outcome(@Nullable String program, String reason, Reason.Bucket bucket, long lines, List<Sold> sold) {}

    /** @param amount exact; it may be finer than the currency's minor unit */
    public record Sold(BigDecimal amount, String currency) {}

    /** What stands at the left of the drawn bar, how long it is, of how many sales. */
    public record Part(Reason.Bucket bucket, int from, int length, long lines) {}

    private static final List<Reason.Bucket> ORDER =
            List.of(Reason.Bucket.ELIGIBLE, Reason.Bucket.PENDING, Reason.Bucket.INELIGIBLE);

    private static final int WHOLE = 1000;

    static RunView of(RunReport run, List<SalesTotal> totals, Function<String, String> programs) {
        var together = totals.stream()
                .collect(groupingBy(
                        total -> List.of(total.program() == null ? "" : total.program(), total.reason()),
                        LinkedHashMap::new,
                        toList()));
        var outcomes = together.values().stream()
                .map(same -> outcome(same, programs))
                .sorted(Comparator.comparingInt((Outcome one) -> ORDER.indexOf(one.bucket()))
                        .thenComparing(Outcome::lines, Comparator.reverseOrder()))
                .toList();
        return new RunView(run, outcomes);
    }

    private static Outcome outcome(List<SalesTotal> same, Function<String, String> programs) {
        var first = same.getFirst();
        return new Outcome(
                first.program() == null ? null : programs.apply(first.program()),
                first.reason(),
                first.bucket(),
                same.stream().mapToLong(SalesTotal::lines).sum(),
                same.stream()
                        .map(total -> new Sold(total.amount(), total.currency()))
                        .toList());
    }

    public Duration took() {
        return Duration.between(run.startedAt(), run.finishedAt());
    }

    public long lines() {
        return outcomes.stream().mapToLong(Outcome::lines).sum();
    }

    public long lines(Reason.Bucket bucket) {
        return outcomes.stream()
                .filter(one -> one.bucket() == bucket)
                .mapToLong(Outcome::lines)
                .sum();
    }

    /** Side by side they are a thousand wide, whatever was rounded away. */
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        var from = 0;
        var before = 0L;
        for (var bucket : ORDER) {
            before += lines(bucket);
            var until = lines() == 0 ? 0 : Math.toIntExact(before * WHOLE / lines());
            parts.add(new Part(bucket, from, until - from, lines(bucket)));
            from = until;
        }
        return List.copyOf(parts);
    }
}
