package org.espace;

import static java.util.stream.Collectors.toMap;

import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espace.earnings.Adjustment;
import org.espace.earnings.Earnings;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "adjust",
        subcommands = {
            AdjustCommand.Propose.class,
            AdjustCommand.Approve.class,
            AdjustCommand.Reject.class,
            AdjustCommand.ListAll.class
        })
final class AdjustCommand extends InstanceCommand {

    @Override
    void run(Home home) {
        throw toChoose();
    }

    @Command(
            name = "propose")
    static final class Propose extends Action {

        @Option(names = "--location", required = true, paramLabel = "NUMBER")
        private String location = "";

        @Option(names = "--program", required = true, paramLabel = "CODE")
        private String program = "";

        @Option(names = "--period", required = true, paramLabel = "MONTH")
        private YearMonth month = YearMonth.of(1, 1);

        @Option(
                names = "--amount",
                required = true,
                paramLabel = "\"AMOUNT CUR\"")
        private String amount = "";

        @Option(
                names = "--type",
                paramLabel = "TYPE")
        private Adjustment.Type type = Adjustment.Type.REBATE;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE")
        private Adjustment.Reason reason = Adjustment.Reason.OPS_ADJUSTMENT;

        @Option(names = "--cause", required = true, paramLabel = "TEXT")
        private String cause = "";

        @Option(names = "--line", paramLabel = "ID")
        private @Nullable String line;

        @Override
        Adjustment act(Center center) {
            var here = center.room(Partners.class).locations().stream()
                    .filter(each -> each.number().equals(location))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("no-location", "number", location));
            return center.room(Earnings.class)
                    .propose(
                            new Adjustment.Proposal(here.id(), program, type, month, money(), reason, cause, line),
                            by());
        }

        private Money money() {
            var parts = List.of(amount.strip().split("\\s+", -1));
            try {
                if (parts.size() == 2) {
                    return Money.of(parts.getFirst(), parts.getLast());
                }
            } catch (IllegalArgumentException | ArithmeticException _) {
                throw new Refusal("no-amount", "amount", amount);
            }
            throw new Refusal("no-amount", "amount", amount);
        }
    }

    @Command(name = "approve")
    static final class Approve extends Action {

        @Parameters(paramLabel = "NUMBER")
        private int number;

        @Override
        Adjustment act(Center center) {
            return center.room(Earnings.class).approve(number, by());
        }
    }

    @Command(name = "reject")
    static final class Reject extends Action {

        @Parameters(paramLabel = "NUMBER")
        private int number;

        @Override
        Adjustment act(Center center) {
            return center.room(Earnings.class).reject(number, by());
        }
    }

    @Command(name = "list")
    static final class ListAll extends InstanceCommand {

        @Override
        void run(Home home) {
            try (var center = Center.open(home)) {
                var numbers = numbers(center);
                var rows = center.room(Earnings.class).adjustments().stream()
                        .map(adjustment -> Row.of(adjustment, numbers))
                        .toList();
                if (json()) {
                    answer(rows);
                }
                rows.forEach(row -> say(row.words()));
            }
        }
    }

    /** What one person does to one adjustment. */
    abstract static class Action extends InstanceCommand {

        @Option(
                names = "--by",
                required = true,
                paramLabel = "NAME")
        private String by = "";

        abstract Adjustment act(Center center);

        String by() {
            return by;
        }

        @Override
        void run(Home home) {
            try (var center = Center.open(home)) {
                var row = Row.of(act(center), numbers(center));
                if (json()) {
                    answer(row);
                }
                say(row.words());
            }
        }
    }

    private static Map<LocationId, String> numbers(Center center) {
        return center.room(Partners.class).locations().stream().collect(toMap(Location::id, Location::number));
    }

    private record Row(
            int number,
            String location,
            String program,
            String type,
            String period,
            String amount,
            String currency,
            String reason,
            String cause,
            @Nullable String line,
            String proposedBy,
            String state,
            @Nullable String decidedBy,
            @Nullable String booked) {

        static Row of(Adjustment adjustment, Map<LocationId, String> numbers) {
            var decision = adjustment.decision();
            return new Row(
                    adjustment.id(),
                    numbers.getOrDefault(
                            adjustment.location(), adjustment.location().toString()),
                    adjustment.program(),
                    adjustment.type().name(),
                    adjustment.month().toString(),
                    adjustment.amount().amount().toPlainString(),
                    adjustment.amount().currency().getCurrencyCode(),
                    adjustment.reason().name(),
                    adjustment.cause(),
                    adjustment.line(),
                    adjustment.proposedBy(),
                    decision == null ? "proposed" : decision.approved() ? "approved" : "rejected",
                    decision == null ? null : decision.by(),
                    decision == null ? null : Objects.toString(decision.booked(), null));
        }

        String words() {
            return String.format(
                            Locale.ROOT,
                            "%d  %s by %s  %s %s %s  %s %s %s  %s: %s",
                            number,
                            state,
                            Objects.requireNonNullElse(decidedBy, proposedBy),
                            location,
                            program,
                            period,
                            type,
                            amount,
                            currency,
                            reason,
                            cause)
                    + (booked == null ? "" : "  (booked in " + booked + ")");
        }
    }
}
