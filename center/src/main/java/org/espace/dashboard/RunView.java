package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.espace.earnings.Cause;
import org.espace.earnings.RunReport;
import org.espace.earnings.SalesTotal;
import org.espace.engine.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh has done, and what became of the sales that it looked at.
 *
 * @param causes why locations were rated anew, and how many for each cause
 * @param outcomes what earns first, then what waits, then what was skipped; the most lines first in each
 * @param sold by currency, in the order of their codes
 */
public record RunView(RunReport run, Map<Cause, Integer> causes, List<Outcome> outcomes, List<Sold> sold) {

    /** In the order in which they are told. */
    public static final List<Reason.Bucket> BUCKETS =
            List.of(Reason.Bucket.ELIGIBLE, Reason.Bucket.PENDING, Reason.Bucket.INELIGIBLE);

    /** Sales with one fate. */
    public record Outcome(String reason, Reason.Bucket bucket, long lines, List<Share> shares) {}

    /** @param program its name in the reader's language; null where the location had joined none */
    public record Share(@Nullable String program, long lines) {}

    /** @param totals exact; they may be finer than the currency's minor unit */
    public record Sold(String currency, List<SalesTotal> totals) {

        public BigDecimal amount() {
            return sum(totals);
        }

        public BigDecimal amount(Reason.Bucket bucket) {
            return sum(totals.stream().filter(total -> total.bucket() == bucket).toList());
        }

        private static BigDecimal sum(List<SalesTotal> totals) {
            return totals.stream().map(SalesTotal::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** A piece of the drawn bar, in thousandths of its length. */
    public record Part(Reason.Bucket bucket, int from, int length, long lines) {

        public String name() {
            return bucket.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int WHOLE = 1000;

    static RunView of(
            RunReport run, Map<Cause, Integer> causes, List<SalesTotal> totals, Function<String, String> programs) {
        var outcomes =
                totals.stream().collect(groupingBy(SalesTotal::reason, LinkedHashMap::new, toList())).values().stream()
                        .map(same -> outcome(same, programs))
                        .sorted(Comparator.comparingInt((Outcome one) -> BUCKETS.indexOf(one.bucket()))
                                .thenComparing(Outcome::lines, Comparator.reverseOrder()))
                        .toList();
        var sold = totals.stream().collect(groupingBy(SalesTotal::currency)).entrySet().stream()
                .map(entry -> new Sold(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Sold::currency))
                .toList();
        return new RunView(run, new TreeMap<>(causes), outcomes, sold);
    }

    private static Outcome outcome(List<SalesTotal> same, Function<String, String> programs) {
        var shares = new LinkedHashMap<String, Long>();
        for (var total : same) {
            shares.merge(total.program() == null ? "" : total.program(), total.lines(), Long::sum);
        }
        return new Outcome(
                same.getFirst().reason(),
                same.getFirst().bucket(),
                lines(same),
                shares.entrySet().stream()
                        .map(share -> new Share(
                                share.getKey().isEmpty() ? null : programs.apply(share.getKey()), share.getValue()))
                        .sorted(Comparator.comparing(Share::lines, Comparator.reverseOrder()))
                        .toList());
    }

    private static long lines(List<SalesTotal> totals) {
        return totals.stream().mapToLong(SalesTotal::lines).sum();
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

    /** Side by side they fill the bar, whatever was rounded away. */
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        var from = 0;
        var before = 0L;
        for (var bucket : BUCKETS) {
            before += lines(bucket);
            var until = lines() == 0 ? 0 : Math.toIntExact(before * WHOLE / lines());
            parts.add(new Part(bucket, from, until - from, lines(bucket)));
            from = until;
        }
        return List.copyOf(parts);
    }
}
