package org.espace.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.access.Access;
import org.espace.access.SignedIn;
import org.espace.dashboard.EarningsView.Breakdown;
import org.espace.dashboard.EarningsView.Earned;
import org.espace.dashboard.EarningsView.Latest;
import org.espace.dashboard.EarningsView.Row;
import org.espace.dashboard.EarningsView.Unearned;
import org.espace.dashboard.MonthChart.MonthEarned;
import org.espace.earnings.Dimension;
import org.espace.earnings.EarningTotal;
import org.espace.earnings.Earnings;
import org.espace.earnings.Overview;
import org.espace.earnings.SalesTotal;
import org.espace.earnings.Visible;
import org.espace.enrollment.Memberships;
import org.espace.money.Money;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.FrameSource;
import org.espace.web.Needs;
import org.espace.web.OneMoment;
import org.espace.web.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The incentives dashboard. */
@Controller
@Needs(Right.SEE_EARNINGS)
class EarningsController {

    private static final int ROWS = 10;
    private static final Currency WITHOUT_EARNINGS = Currency.getInstance("USD");

    private final Earnings earnings;
    private final Partners partners;
    private final Memberships memberships;
    private final Programs programs;
    private final FrameSource frame;
    private final OneMoment moment;
    private final Clock clock;

    EarningsController(
            Earnings earnings,
            Partners partners,
            Memberships memberships,
            Programs programs,
            FrameSource frame,
            OneMoment moment,
            Clock clock) {
        this.earnings = earnings;
        this.partners = partners;
        this.memberships = memberships;
        this.programs = programs;
        this.frame = frame;
        this.moment = moment;
        this.clock = clock;
    }

    @GetMapping("/partners/{partner}/earnings")
    ModelAndView earnings(
            Visible visible,
            @RequestParam(defaultValue = "") String month,
            @RequestParam(defaultValue = "") String currency,
            HttpServletRequest request,
            Locale locale) {
        var user = Access.user(request).orElseThrow();
        return moment.read(() -> {
            frame.frame(request);
            return page(visible, month, currency, user, locale);
        });
    }

    private ModelAndView page(Visible visible, String month, String currency, SignedIn user, Locale locale) {
        var partner = visible.partner();
        var query = LinesQuery.all(partner).with("month", month);
        var filter = query.filter(visible);
        var overview = earnings.overview(filter);
        var everything = overview.months();
        if (everything.isEmpty()) {
            partners.partner(partner); // Whoever has earned something is known.
        }
        var currencies = currencies(everything);
        var chosen = currencies.stream()
                .filter(one -> one.getCurrencyCode().equals(currency))
                .findFirst()
                .orElse(currencies.getFirst());
        var months = months(in(chosen, everything));
        var seen = months.stream()
                .filter(one -> filter.month() == null || one.month().equals(filter.month()))
                .toList();
        var whole = in(chosen, everything).stream()
                .filter(total -> filter.month() == null || total.key().equals(month))
                .map(EarningsController::earned)
                .reduce(nothing(chosen), Earned::plus);
        var view = new EarningsView(
                partner,
                filter.month(),
                chosen,
                currencies,
                whole,
                months,
                latest(filter.month() == null ? months : seen, months, chosen),
                List.of(MonthChart.wide(months), MonthChart.narrow(months)),
                breakdowns(query, overview, whole, ProgramNames.of(programs.all(), locale)),
                unearned(overview.sales()));
        var messages = memberships.messages(partner, user);
        return new ModelAndView("dashboard/earnings", Map.of("view", view, "messages", messages));
    }

    private static List<Breakdown> breakdowns(LinesQuery query, Overview overview, Earned whole, ProgramNames names) {
        return overview.totals().entrySet().stream()
                .map(entry -> breakdown(entry.getKey(), entry.getValue(), query, whole, names))
                .toList();
    }

    /** The door lists only the customers that earned most, so what is left is counted from the whole. */
    private static Breakdown breakdown(
            Dimension dimension, List<EarningTotal> all, LinesQuery query, Earned whole, ProgramNames names) {
        var totals = in(whole.amount().currency(), all).stream().limit(ROWS).toList();
        var longest = totals.isEmpty() ? whole.amount() : totals.getFirst().amount();
        var rows = totals.stream()
                .map(total -> row(dimension, total, query.with("earning", "only"), longest, names))
                .toList();
        var rest = whole.minus(
                rows.stream().map(Row::earned).reduce(nothing(whole.amount().currency()), Earned::plus));
        return new Breakdown(dimension, rows, rest.lines() == 0 && rest.amount().isZero() ? null : rest);
    }

    private static Row row(
            Dimension dimension, EarningTotal total, LinesQuery query, Money longest, ProgramNames names) {
        var share = longest.amount().signum() <= 0
                ? 0
                : total.amount()
                        .amount()
                        .max(BigDecimal.ZERO)
                        .movePointRight(2)
                        .divide(longest.amount(), 0, RoundingMode.HALF_UP)
                        .intValueExact();
        return switch (dimension) {
            case MONTH -> throw new IllegalArgumentException("months are drawn, not listed");
            case PROGRAM -> row(names.program(total.key()), null, query.with("program", total.key()), total, share);
            case LEVER -> {
                var parts = total.key().split("/", 2);
                yield row(
                        names.lever(parts[0], parts[1]),
                        names.program(parts[0]),
                        query.with("program", parts[0]).with("lever", parts[1]),
                        total,
                        share);
            }
            case LOCATION -> row(total.name(), null, query.with("location", total.key()), total, share);
            case CUSTOMER -> row(total.name(), null, query.with("customer", total.key()), total, share);
        };
    }

    private static Row row(String name, @Nullable String detail, LinesQuery query, EarningTotal total, int share) {
        return new Row(name, detail, query.href(), earned(total), share);
    }

    private static List<Unearned> unearned(List<SalesTotal> sales) {
        var sums = new LinkedHashMap<List<Object>, Unearned>();
        for (var sold : sales) {
            if (!"ELIGIBLE".equals(sold.reason())) {
                sums.merge(
                        List.of(sold.reason(), sold.currency()),
                        new Unearned(sold.reason(), sold.bucket(), sold.currency(), sold.amount(), sold.lines()),
                        (one, other) -> new Unearned(
                                one.reason(),
                                one.bucket(),
                                one.currency(),
                                one.amount().add(other.amount()),
                                one.lines() + other.lines()));
            }
        }
        return sums.values().stream()
                .sorted(Comparator.comparing(Unearned::currency)
                        .thenComparing(Unearned::amount, Comparator.reverseOrder()))
                .toList();
    }

    /** A month that still runs would always look like a fall. */
    private @Nullable Latest latest(List<MonthEarned> candidates, List<MonthEarned> months, Currency currency) {
        var running = YearMonth.now(clock);
        return candidates.stream()
                .filter(one -> one.month().isBefore(running))
                .max(Comparator.comparing(MonthEarned::month))
                .map(one -> new Latest(
                        one.month(),
                        one.amount(),
                        one.amount().minus(amount(months, one.month().minusMonths(1), currency))))
                .orElse(null);
    }

    private static Money amount(List<MonthEarned> months, YearMonth month, Currency currency) {
        return months.stream()
                .filter(one -> one.month().equals(month))
                .map(MonthEarned::amount)
                .findFirst()
                .orElse(Money.zero(currency));
    }

    /** Without holes: a month in which nothing was earned stands between its neighbours. */
    private static List<MonthEarned> months(List<EarningTotal> totals) {
        if (totals.isEmpty()) {
            return List.of();
        }
        var byMonth = new LinkedHashMap<YearMonth, EarningTotal>();
        totals.forEach(total -> byMonth.put(YearMonth.parse(total.key()), total));
        var first = byMonth.keySet().stream().min(Comparator.naturalOrder()).orElseThrow();
        var last = byMonth.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
        var none = Money.zero(totals.getFirst().amount().currency());
        var months = new ArrayList<MonthEarned>();
        for (var month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            var total = byMonth.get(month);
            months.add(
                    total == null
                            ? new MonthEarned(month, none, none, none)
                            : new MonthEarned(month, total.amount(), total.rebate(), total.coop()));
        }
        return months;
    }

    /** The one with the most lines first. */
    private static List<Currency> currencies(List<EarningTotal> totals) {
        var lines = new LinkedHashMap<Currency, Long>();
        totals.forEach(total -> lines.merge(total.amount().currency(), total.lines(), Long::sum));
        var currencies = lines.entrySet().stream()
                .sorted(Map.Entry.<Currency, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
        return currencies.isEmpty() ? List.of(WITHOUT_EARNINGS) : currencies;
    }

    private static List<EarningTotal> in(Currency currency, List<EarningTotal> totals) {
        return totals.stream()
                .filter(total -> total.amount().currency().equals(currency))
                .toList();
    }

    private static Earned earned(EarningTotal total) {
        return new Earned(total.amount(), total.rebate(), total.coop(), total.lines());
    }

    private static Earned nothing(Currency currency) {
        return new Earned(Money.zero(currency), Money.zero(currency), Money.zero(currency), 0);
    }
}
