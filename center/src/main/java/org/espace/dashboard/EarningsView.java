package org.espace.dashboard;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.espace.dashboard.MonthChart.MonthEarned;
import org.espace.earnings.Dimension;
import org.espace.engine.Reason;
import org.espace.money.Money;
import org.espace.partners.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * What a partner has earned in one currency: all of it, or one month's.
 *
 * @param month null when all months are looked at
 * @param months every month with earnings, oldest first
 * @param latest the last month that is over, with what it brought more than the one before; null when there is none
 * @param charts the same bars, for a wide page and for a phone
 */
public record EarningsView(
        PartnerId partner,
        @Nullable YearMonth month,
        Currency currency,
        List<Currency> currencies,
        Earned whole,
        List<MonthEarned> months,
        @Nullable Latest latest,
        List<MonthChart> charts,
        List<Breakdown> breakdowns,
        List<Unearned> unearned) {

    public record Earned(Money amount, Money rebate, Money coop, long lines) {

        Earned plus(Earned other) {
            return new Earned(
                    amount.plus(other.amount), rebate.plus(other.rebate), coop.plus(other.coop), lines + other.lines);
        }

        Earned minus(Earned other) {
            return new Earned(
                    amount.minus(other.amount),
                    rebate.minus(other.rebate),
                    coop.minus(other.coop),
                    lines - other.lines);
        }
    }

    public record Latest(YearMonth month, Money amount, Money difference) {}

    /**
     * Rows of one dimension, largest first, that add up to the whole.
     *
     * @param rest what the rows leave of the whole; null when they leave nothing
     */
    public record Breakdown(
            Dimension dimension, List<Row> rows, @Nullable Earned rest) {}

    /** @param share the length of the row's bar, out of 100 */
    public record Row(String name, @Nullable String detail, String href, Earned earned, int share) {}

    /** Sales that earned nothing, or nothing yet. */
    public record Unearned(String reason, Reason.Bucket bucket, String currency, BigDecimal amount, long lines) {}

    public boolean isEmpty() {
        return months.isEmpty();
    }

    /** Of all months, as the table beside the chart adds them up. */
    public MonthEarned everything() {
        return months.stream()
                .reduce((one, other) -> new MonthEarned(
                        other.month(),
                        one.amount().plus(other.amount()),
                        one.rebate().plus(other.rebate()),
                        one.coop().plus(other.coop())))
                .orElseThrow();
    }

    /** The lines under the figures of this page. */
    public String lines() {
        return query().href();
    }

    /** The sales behind a reason for earning nothing: most of them have no lever. */
    public String linesBecause(String reason) {
        var all = LinesQuery.all(partner).with("reason", reason);
        return (month == null ? all : all.with("month", month.toString())).href();
    }

    public String linesOf(YearMonth one) {
        return query().with("month", one.toString()).href();
    }

    /** This page for a month, or for all of them. */
    public String month(@Nullable YearMonth chosen) {
        return href(chosen, currency);
    }

    public String href(@Nullable YearMonth chosenMonth, Currency chosenCurrency) {
        var month = chosenMonth == null ? "" : "month=" + chosenMonth;
        var currency = chosenCurrency.equals(currencies.getFirst()) ? "" : "currency=" + chosenCurrency;
        var query = month + (month.isEmpty() || currency.isEmpty() ? "" : "&") + currency;
        return "/partners/" + partner + "/earnings" + (query.isEmpty() ? "" : "?" + query);
    }

    private LinesQuery query() {
        var earning = LinesQuery.all(partner).with("earning", "only");
        return month == null ? earning : earning.with("month", month.toString());
    }
}
