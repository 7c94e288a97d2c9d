package org.espace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.espace.batch.Runner;
import org.espace.batch.RunnerProcess;
import org.espace.batch.Threads;
import org.espace.earnings.Earnings;
import org.espace.earnings.RunReport;
import org.espace.earnings.SalesTotal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "refresh", description = "Compute what every partner has earned from all that was loaded so far.")
final class RefreshCommand extends InstanceCommand {

    private static final Pattern MASTER = Pattern.compile("spark://[^:/,\\s]+:\\d+|local\\[[1-9]\\d*]");

    @Option(
            names = "--on",
            paramLabel = "MASTER",
            description = "Rate on a Spark cluster, spark://HOST:PORT, whose machines see the lake under the same path;"
                    + " or by Spark on this machine, local[N] (default: by this process).")
    private @Nullable String master;

    @Override
    void run(Home home) {
        try (var runner = runner(home);
                var center = Center.open(home)) {
            var earnings = center.room(Earnings.class);
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

    private static RunReport refresh(Earnings earnings, Runner runner) {
        try (var bar = ProgressBar.onStandardError()) {
            return earnings.refresh("command line", runner, bar);
        }
    }

    /** Spark stays in a process of its own: its jars are many, and do not agree with this program's. */
    private Borrowed runner(Home home) {
        if (master == null) {
            return new Borrowed(Threads.ofThisMachine(), () -> {});
        }
        if (!MASTER.matcher(master).matches()) {
            throw new Refusal("There is no cluster '" + master + "': name it as spark://HOST:PORT, or local[N].");
        }
        var options = Path.of(System.getProperty("espace.spark", "spark/target/java.args"));
        if (!Files.isReadable(options)) {
            throw new Refusal("Spark is not built here: ./espace refresh --on builds it, when Maven can download it.");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var spark = new RunnerProcess(
                List.of(java.toString(), "@" + options, "org.espace.spark.Driver", master),
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
