package org.espace;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.espace.earnings.ClosedPeriod;
import org.espace.earnings.Earnings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "close")
final class CloseCommand extends InstanceCommand {

    @Parameters(paramLabel = "PERIOD", arity = "0..1")
    private @Nullable YearMonth month;

    @Option(
            names = "--business-date",
            paramLabel = "DATE")
    private LocalDate today = LocalDate.now(ZoneId.systemDefault());

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var earnings = center.room(Earnings.class);
            if (month == null) {
                list(earnings);
            } else {
                close(earnings, month);
            }
        }
    }

    private void close(Earnings earnings, YearMonth month) {
        List<ClosedPeriod> closed;
        try (var bar = ProgressBar.onStandardError()) {
            closed = earnings.close(month, today, "command line", bar);
        }
        if (json()) {
            answer(closed);
        }
        if (closed.isEmpty()) {
            say(month + " was closed before: nothing has changed.");
        }
        closed.forEach(this::print);
    }

    private void list(Earnings earnings) {
        var periods = earnings.closedPeriods().stream()
                .map(period -> new Checked(period, earnings.isUnchanged(period)))
                .toList();
        if (json()) {
            answer(periods);
        }
        if (periods.isEmpty()) {
            say("No month is closed.");
        }
        periods.forEach(checked -> print(checked.period()));
        var changed = periods.stream().filter(checked -> !checked.unchanged()).toList();
        if (!changed.isEmpty()) {
            throw new Refusal(
                    "changed-lake",
                    "months",
                    String.join(
                            ", ",
                            changed.stream()
                                    .map(checked -> checked.period().month().toString())
                                    .toList()));
        }
    }

    private record Checked(ClosedPeriod period, boolean unchanged) {}

    private void print(ClosedPeriod period) {
        say(String.format(
                Locale.ROOT,
                "%s  closed by %s, %,d lines, sha256 %s",
                period.month(),
                period.closedBy(),
                period.lines(),
                period.sha256()));
        period.totals()
                .forEach(total -> say(String.format(
                        Locale.ROOT,
                        "  earned %s, rebate %s, co-op %s",
                        total.amount(),
                        total.rebate(),
                        total.coop())));
    }
}
