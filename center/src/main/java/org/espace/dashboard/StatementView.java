package org.espace.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espace.earnings.Adjustment;
import org.espace.earnings.Statement;
import org.espace.money.Money;
import org.espace.partners.LocationId;

/**
 * What was booked for a partner in a month.
 *
 * @param months those that have a statement, newest first
 * @param locations their names
 * @param programs their names in the reader's language, by their codes
 */
public record StatementView(
        Statement statement, List<YearMonth> months, Map<LocationId, String> locations, Map<String, String> programs) {

    /** In one currency. */
    public record Part(Currency currency, List<Statement.Part> lines, List<Adjustment> adjustments) {

        public Money rebate() {
            return sum(lines.stream().map(Statement.Part::rebate).toList(), adjusted(Adjustment.Type.REBATE));
        }

        public Money coop() {
            return sum(lines.stream().map(Statement.Part::coop).toList(), adjusted(Adjustment.Type.COOP));
        }

        public Money amount() {
            return rebate().plus(coop());
        }

        private List<Money> adjusted(Adjustment.Type type) {
            return adjustments.stream()
                    .filter(adjustment -> adjustment.type() == type)
                    .map(Adjustment::amount)
                    .toList();
        }

        private Money sum(List<Money> some, List<Money> more) {
            return some.stream()
                    .reduce(Money.zero(currency), Money::plus)
                    .plus(more.stream().reduce(Money.zero(currency), Money::plus));
        }
    }

    public List<Part> parts() {
        var lines = statement.parts().stream()
                .collect(groupingBy(part -> part.amount().currency().getCurrencyCode(), TreeMap::new, toList()));
        var adjustments = statement.adjustments().stream()
                .collect(groupingBy(one -> one.amount().currency().getCurrencyCode(), TreeMap::new, toList()));
        adjustments.keySet().forEach(currency -> lines.putIfAbsent(currency, List.of()));
        return lines.entrySet().stream()
                .map(entry -> new Part(
                        Currency.getInstance(entry.getKey()),
                        entry.getValue(),
                        adjustments.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    public String href(YearMonth month) {
        return "/partners/" + statement.partner() + "/statements/" + month;
    }

    public String location(LocationId id) {
        return locations.getOrDefault(id, id.toString());
    }

    public String program(String code) {
        return programs.getOrDefault(code, code);
    }
}
