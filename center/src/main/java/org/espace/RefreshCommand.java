package org.espace;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.espace.batch.Runner;
import org.espace.batch.RunnerProcess;
import org.espace.batch.Threads;
import org.espace.earnings.Difference;
import org.espace.earnings.DryRun;
import org.espace.earnings.Earnings;
import org.espace.earnings.RunReport;
import org.espace.earnings.SalesTotal;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "refresh")
final class RefreshCommand extends InstanceCommand {

    private static final Pattern MASTER = Pattern.compile("spark://[^:/,\\s]+:\\d+|local\\[[1-9]\\d*]");

    @Option(
            names = "--on",
            paramLabel = "MASTER")
    private @Nullable String master;

    @Option(names = "--full")
    private boolean full;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Override
    void run(Home home) {
        if (dryRun && !full) {
            throw new Refusal("dry-run-full");
        }
        if (dryRun && master != null) {
            throw new Refusal("dry-run-here");
        }
        try (var runner = runner(home);
                var center = Center.open(home)) {
            var earnings = center.room(Earnings.class);
            if (dryRun) {
                dryRun(center, earnings);
                return;
            }
            var run = refresh(earnings, runner.use());
            var counted = earnings.outcomes(run);
            if (json()) {
                answer(new Report(run, counted));
            }
            say(String.format(
                    Locale.ROOT,
                    "Run %d: %,d sales lines of %d new loads, %d locations rated anew; %,d earning lines, %,d of them"
                            + " corrections; %,d amounts posted.",
                    run.id(),
                    run.salesLines(),
                    run.loads().size(),
                    run.replayed(),
                    run.earningLines(),
                    run.correctionLines(),
                    run.posted()));
            counted.forEach(outcome -> say(String.format(
                    Locale.ROOT,
                    "  %-24s %-10s %-24s %,12d lines %,20.2f %s",
                    Objects.requireNonNullElse(outcome.program(), "no program"),
                    outcome.bucket().name().toLowerCase(Locale.ROOT),
                    outcome.reason(),
                    outcome.lines(),
                    outcome.amount(),
                    outcome.currency())));
        }
    }

    /** What the run did, and what it counted and skipped, with the reasons. */
    private record Report(RunReport run, List<SalesTotal> counted) {}

    private RunReport refresh(Earnings earnings, Runner runner) {
        try (var bar = ProgressBar.onStandardError()) {
            return full
                    ? earnings.refreshInFull("command line", runner, bar)
                    : earnings.refresh("command line", runner, bar);
        }
    }

    private void dryRun(Center center, Earnings earnings) {
        DryRun foreseen;
        try (var bar = ProgressBar.onStandardError()) {
            foreseen = earnings.dryRun(bar);
        }
        var locations = center.room(Partners.class).locations().stream().collect(toMap(Location::id, Location::number));
        var changes = foreseen.differences().stream()
                .map(difference -> Foreseen.of(difference, locations))
                .toList();
        if (json()) {
            answer(new Changes(changes, foreseen.lines()));
        }
        changes.forEach(change -> say(String.format(
                Locale.ROOT,
                "%-16s %-24s %s %18s → %18s  %+,.2f %s",
                change.location(),
                change.program(),
                change.month(),
                change.before().toPlainString(),
                change.after().toPlainString(),
                change.difference(),
                change.currency())));
        say(
                changes.isEmpty() && foreseen.lines() == 0
                        ? "Nothing would change."
                        : String.format(
                                Locale.ROOT,
                                "%,d amounts would change, by %,d earning lines. Nothing was posted.",
                                changes.size(),
                                foreseen.lines()));
    }

    private record Changes(List<Foreseen> changes, long lines) {}

    /** What one location's earnings of one month would change by, under one program. */
    private record Foreseen(
            String location,
            String program,
            String month,
            String currency,
            BigDecimal before,
            BigDecimal after,
            BigDecimal difference,
            BigDecimal rebate,
            @JsonProperty("co-op") BigDecimal coop) {

        static Foreseen of(Difference difference, Map<LocationId, String> locations) {
            return new Foreseen(
                    locations.getOrDefault(
                            difference.location(), difference.location().toString()),
                    difference.program(),
                    difference.month().toString(),
                    difference.before().currency().getCurrencyCode(),
                    difference.before().amount(),
                    difference.after().amount(),
                    difference.amount().amount(),
                    difference.rebate().amount(),
                    difference.coop().amount());
        }
    }

    /** Spark stays in a process of its own: its jars are many, and do not agree with this program's. */
    private Borrowed runner(Home home) {
        if (master == null) {
            return new Borrowed(Threads.ofThisMachine(), () -> {});
        }
        if (!MASTER.matcher(master).matches()) {
            throw new Refusal("no-cluster", "name", master);
        }
        var options = Path.of(System.getProperty("espace.spark", "spark/target/java.args"));
        if (!Files.isReadable(options)) {
            throw new Refusal("no-spark");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var spark = new RunnerProcess(
                List.of(
                        java.toString(),
                        "@" + options,
                        // The first run writes down what it loaded, which spares the next ones half of Spark's start.
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + options.resolveSibling("driver.jsa"),
                        "org.espace.spark.Driver",
                        master),
                home.logs().resolve("spark.log"));
        return new Borrowed(spark, spark::close);
    }

    private record Borrowed(Runner use, Runnable giveBack) implements AutoCloseable {

        @Override
        public void close() {
            giveBack.run();
        }
    }
}
