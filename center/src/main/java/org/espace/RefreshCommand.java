package org.espace;

import java.util.Locale;
import org.espace.earnings.Earnings;
import org.espace.earnings.RunReport;
import picocli.CommandLine.Command;

@Command(name = "refresh", description = "Compute what every partner has earned from all that was loaded so far.")
final class RefreshCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var report = refresh(center.room(Earnings.class));
            if (json()) {
                answer(report);
            }
            say(String.format(
                    Locale.ROOT,
                    "Run %d: %,d sales lines of %d new loads, %d locations rated anew; %,d earning lines, %,d of them"
                            + " corrections; %,d amounts posted.",
                    report.id(),
                    report.salesLines(),
                    report.loads().size(),
                    report.replayed(),
                    report.earningLines(),
                    report.correctionLines(),
                    report.posted()));
        }
    }

    private static RunReport refresh(Earnings earnings) {
        try (var bar = ProgressBar.onStandardError()) {
            return earnings.refresh("command line", bar);
        }
    }
}
