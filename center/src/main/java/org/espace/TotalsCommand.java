package org.espace;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.earnings.Earnings;
import org.espace.earnings.TotalsRow;
import org.espace.partners.Location;
import org.espace.partners.Partner;
import org.espace.partners.Partners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "totals")
final class TotalsCommand extends InstanceCommand {

    private static final List<String> TITLES = List.of(
            "partner",
            "location",
            "program",
            "period",
            "currency",
            "received",
            "eligible",
            "ineligible",
            "pending",
            "refused",
            "earned",
            "rebate",
            "co-op",
            "adjusted");
    private static final int WORDS = 5;

    @Option(
            names = "--as-known",
            paramLabel = "DATE")
    private @Nullable LocalDate asKnown;

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var partners = center.room(Partners.class);
            var numbers = partners.all().stream().collect(toMap(Partner::id, Partner::number));
            var byLocation = partners.locations().stream()
                    .collect(toMap(Location::number, location -> numbers.get(location.partner())));
            var earnings = center.room(Earnings.class);
            var totals = (asKnown == null ? earnings.totals() : earnings.totals(asKnown))
                    .stream().map(row -> Total.of(row, byLocation)).toList();
            if (json()) {
                answer(totals);
            } else {
                print(totals);
            }
        }
    }

    private static void print(List<Total> totals) {
        var rows = new ArrayList<List<String>>();
        rows.add(TITLES);
        totals.forEach(total -> rows.add(total.cells()));
        var widths = new int[TITLES.size()];
        rows.forEach(row -> {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < widths.length; i++) {
                var blank = " ".repeat(widths[i] - row.get(i).length());
                line.append(i < WORDS ? row.get(i) + blank : blank + row.get(i)).append("  ");
            }
            System.out.println(line.toString().stripTrailing());
        }
    }

    /** Amounts as text, so that no reader of JSON takes them for binary fractions. */
    private record Total(
            @Nullable String partner,
            @Nullable String location,
            @Nullable String program,
            @Nullable String period,
            @Nullable String currency,
            String received,
            String eligible,
            String ineligible,
            String pending,
            String refused,
            String earned,
            String rebate,
            @JsonProperty("co-op") String coop,
            String adjusted) {

        static Total of(TotalsRow row, Map<String, String> partners) {
            return new Total(
                    row.location() == null ? null : partners.get(row.location()),
                    row.location(),
                    row.program(),
                    row.month() == null ? null : row.month().toString(),
                    row.currency(),
                    row.received().toPlainString(),
                    row.eligible().toPlainString(),
                    row.ineligible().toPlainString(),
                    row.pending().toPlainString(),
                    row.refused().toPlainString(),
                    row.earned().toPlainString(),
                    row.rebate().toPlainString(),
                    row.coop().toPlainString(),
                    row.adjusted().toPlainString());
        }

        List<String> cells() {
            return List.of(
                    Objects.toString(partner, "-"),
                    Objects.toString(location, "-"),
                    Objects.toString(program, "-"),
                    Objects.toString(period, "-"),
                    Objects.toString(currency, "-"),
                    received,
                    eligible,
                    ineligible,
                    pending,
                    refused,
                    earned,
                    rebate,
                    coop,
                    adjusted);
        }
    }
}
