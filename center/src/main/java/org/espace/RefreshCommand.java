package org.espace;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.espace.earnings.Earnings;
import org.espace.earnings.RunReport;
import org.espace.earnings.SalesTotal;
import picocli.CommandLine.Command;

@Command(name = "refresh", description = "Compute what every partner has earned from all that was loaded so far.")
final class RefreshCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var earnings = center.room(Earnings.class);
            var run = refresh(earnings);
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

    private static RunReport refresh(Earnings earnings) {
        try (var bar = ProgressBar.onStandardError()) {
            return earnings.refresh("command line", bar);
        }
    }
}
