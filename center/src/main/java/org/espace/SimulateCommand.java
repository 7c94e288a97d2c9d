package org.espace;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.earnings.Earnings;
import org.espace.earnings.Simulation;
import org.espace.earnings.SimulationOrder;
import org.espace.earnings.SimulationOrder.Membership;
import org.espace.partners.Partner;
import org.espace.partners.PartnerId;
import org.espace.partners.Partners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "simulate")
final class SimulateCommand extends InstanceCommand {

    @Parameters(paramLabel = "TERMS")
    private Path terms;

    @Option(
            names = "--from",
            paramLabel = "DATE")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE")
    private @Nullable LocalDate until;

    @Option(names = "--everybody")
    private boolean everybody;

    @Option(
            names = "--like",
            paramLabel = "PROGRAM")
    private @Nullable String like;

    @Override
    void run(Home home) throws IOException {
        if (everybody && like != null) {
            throw new Refusal("two-memberships");
        }
        if (!Files.isReadable(terms)) {
            throw new Refusal("no-file", "file", terms);
        }
        var membership = everybody ? Membership.EVERYBODY : like == null ? Membership.ENROLLED : Membership.LIKE;
        var order = new SimulationOrder(Files.readString(terms), from, until, membership, like);
        try (var center = Center.open(home)) {
            Simulation simulation;
            try (var bar = ProgressBar.onStandardError()) {
                simulation = center.room(Earnings.class).simulate(order, "command line", bar);
            }
            var numbers = center.room(Partners.class).all().stream().collect(toMap(Partner::id, Partner::number));
            var report = Report.of(simulation, numbers);
            if (json()) {
                answer(report);
            }
            print(report);
        }
    }

    private void print(Report report) {
        say("Simulation %d: %s %s, days %s to before %s."
                .formatted(report.id(), report.program(), report.version(), report.from(), report.until()));
        report.partners().forEach(this::print);
        report.budget().forEach(this::print);
        say("%d win, %d lose. Nothing was posted.".formatted(report.winners(), report.losers()));
    }

    private void print(Row row) {
        say(String.format(
                Locale.ROOT,
                "%-24s %18s → %18s  %+,.2f %s",
                row.partner() == null ? "budget" : row.partner(),
                row.before().toPlainString(),
                row.after().toPlainString(),
                row.difference(),
                row.currency()));
    }

    private record Report(
            int id,
            String program,
            String version,
            String from,
            String until,
            int winners,
            int losers,
            List<Row> budget,
            List<Row> partners) {

        static Report of(Simulation simulation, Map<PartnerId, String> numbers) {
            return new Report(
                    simulation.id(),
                    simulation.program(),
                    simulation.version(),
                    simulation.from().toString(),
                    simulation.until().toString(),
                    simulation.winners().size(),
                    simulation.losers().size(),
                    simulation.budget().stream().map(sum -> Row.of(null, sum)).toList(),
                    simulation.partners().stream()
                            .map(one -> Row.of(
                                    numbers.getOrDefault(
                                            one.partner(), one.partner().toString()),
                                    one.sum()))
                            .toList());
        }
    }

    /** @param partner null in the sum of all */
    private record Row(
            @Nullable String partner,
            String currency,
            BigDecimal before,
            BigDecimal after,
            BigDecimal difference,
            BigDecimal rebate,
            @JsonProperty("co-op") BigDecimal coop) {

        static Row of(@Nullable String partner, Simulation.Sum sum) {
            var rebate = sum.rebateAfter().minus(sum.rebateBefore());
            return new Row(
                    partner,
                    sum.before().currency().getCurrencyCode(),
                    sum.before().amount(),
                    sum.after().amount(),
                    sum.difference().amount(),
                    rebate.amount(),
                    sum.difference().minus(rebate).amount());
        }
    }
}
