package org.espace;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espace.feed.Field;
import org.espace.feed.Intake;
import org.espace.feed.Intake.Bucket;
import org.espace.sales.LoadOrder;
import org.espace.sales.LoadReport;
import org.espace.sales.Sales;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load")
final class LoadCommand extends InstanceCommand {

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "M")
    private String mapping;

    @Option(
            names = "--column",
            paramLabel = "FIELD=COLUMN")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--partner-column",
            paramLabel = "COLUMN")
    private @Nullable String partnerColumn;

    @Override
    void run(Home home) {
        var order = new LoadOrder(mapping, chosenColumns());
        try (var center = Center.open(home)) {
            var report = load(center.room(Sales.class), order);
            if (json()) {
                answer(report);
            }
            tell(report);
        }
    }

    private LoadReport load(Sales sales, LoadOrder order) {
        try (var bar = ProgressBar.onStandardError()) {
            return sales.load(file.toAbsolutePath(), order, "command line", bar);
        }
    }

    private Map<Field, String> chosenColumns() {
        var chosen = new EnumMap<Field, String>(Field.class);
        columns.forEach((name, column) -> chosen.put(
                Field.find(name).orElseThrow(() -> new Refusal("no-field", "field", name)),
                column));
        if (partnerColumn != null) {
            chosen.put(Field.LOCATION, partnerColumn);
        }
        return chosen;
    }

    private void tell(LoadReport report) {
        say(report.file() + ", read by the mapping " + report.mapping()
                + report.load().map(id -> ": load " + id).orElse(": nothing new"));
        tell("received", report.received(), report.totals(), Bucket.RECEIVED);
        tell("accepted", report.accepted(), report.totals(), Bucket.ACCEPTED);
        tell("duplicates", report.duplicates(), report.totals(), Bucket.DUPLICATE);
        tell("corrections", report.corrections(), report.totals(), Bucket.CORRECTED);
        tell("refused", report.refused(), report.totals(), Bucket.REFUSED);
        report.refusedByCode().forEach((code, rows) -> say(String.format(Locale.ROOT, "    %-24s %,10d", code, rows)));
        if (report.refusedBeside() > 0) {
            say(String.format(Locale.ROOT, "  refused in the files beside it: %,d", report.refusedBeside()));
        }
        say(String.format(
                Locale.ROOT, "  %.1f s, %,d rows/s", report.took().toMillis() / 1000.0, report.rowsPerSecond()));
    }

    private void tell(String what, long rows, List<Intake.Total> totals, Bucket bucket) {
        var amounts = totals.stream()
                .filter(total -> total.bucket() == bucket)
                .map(total -> String.format(
                        Locale.ROOT, "%,.2f %s", total.amount(), Objects.toString(total.currency(), "(no currency)")))
                .collect(Collectors.joining(", "));
        say(String.format(Locale.ROOT, "  %-12s %,12d rows   %s", what, rows, amounts)
                .stripTrailing());
    }
}
