package org.espace.earnings;

import static org.espace.db.earnings.Tables.RUN;
import static org.jooq.impl.DSL.noCondition;

import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.espace.batch.Progress;
import org.espace.batch.Runner;
import org.espace.partners.PartnerId;
import org.springframework.stereotype.Service;

/** The door to what partners have earned, and why. */
@Service
public class Earnings {

    private final Refresh refresh;
    private final EarningsStore store;
    private final EarningTotals totals;
    private final Lines lines;
    private final Clock clock;

    Earnings(Refresh refresh, EarningsStore store, EarningTotals totals, Lines lines, Clock clock) {
        this.refresh = refresh;
        this.store = store;
        this.totals = totals;
        this.lines = lines;
        this.clock = clock;
    }

    /** Brings earnings up to date; waits while another refresh runs. */
    public RunReport refresh(String by, Progress progress) {
        return refresh.run(by, progress);
    }

    /** The same, with lines rated by the runner; everything else is done here. */
    public RunReport refresh(String by, Runner runner, Progress progress) {
        return refresh.run(by, runner, progress);
    }

    /** Empty until the first refresh. */
    public Optional<Refreshed> lastRefresh() {
        return store.runs(noCondition(), 1).stream()
                .findFirst()
                .map(run -> new Refreshed(run.finishedAt(), Nightly.next(clock.instant())));
    }

    /** Newest first. */
    public List<RunReport> runs() {
        return store.runs(noCondition(), 200);
    }

    public Optional<RunReport> run(int id) {
        return store.runs(RUN.ID.eq(id), 1).stream().findFirst();
    }

    /** What the run has counted and what it has skipped, with the reasons. */
    public List<SalesTotal> outcomes(RunReport run) {
        return totals.outcomes(run.id());
    }

    /** The months in which any of the partner's locations has earned, newest first. */
    public List<YearMonth> months(PartnerId partner) {
        return totals.months(partner);
    }

    /** Months in their order; everything else by what was earned, highest first, and of customers only the first 50. */
    public List<EarningTotal> totals(EarningsFilter filter, Dimension dimension) {
        return dimension == Dimension.CUSTOMER || filter.customer() != null
                ? lines.byCustomer(filter)
                : totals.by(filter, dimension);
    }

    /** What was sold, by what became of it; the filter's lever and customer do not count here. */
    public List<SalesTotal> sales(EarningsFilter filter) {
        return totals.sales(filter);
    }

    /** What became of all that was received, for every location, program, month and currency. */
    public List<TotalsRow> totals() {
        return totals.all();
    }

    public LinePage lines(EarningsFilter filter, LineOrder order) {
        return lines.page(filter, order);
    }

    /** Throws {@link LineNotFound} when the partner has no such line. */
    public LineExplained explain(PartnerId partner, String line) {
        return lines.explain(partner, line);
    }
}
