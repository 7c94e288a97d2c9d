package org.espace.earnings;

import static org.espace.db.earnings.Tables.RUN;
import static org.jooq.impl.DSL.noCondition;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espace.batch.Progress;
import org.espace.batch.Runner;
import org.espace.partners.Location;
import org.espace.partners.PartnerId;
import org.espace.web.OneMoment;
import org.springframework.stereotype.Service;

/** The door to what partners have earned, and why. */
@Service
public class Earnings {

    /** Of a lever that adds up each customer's sales: those with the highest sums. */
    private static final int MOST_CUSTOMERS = 50;

    private final Refresh refresh;
    private final Running running;
    private final Closing closing;
    private final Periods periods;
    private final Adjustments adjustments;
    private final Trial trial;
    private final Simulations simulations;
    private final SimulationsAtWork simulationsAtWork;
    private final Statements statements;
    private final EarningsStore store;
    private final RunFiles files;
    private final EarningTotals totals;
    private final CustomerTotals byCustomer;
    private final Lines lines;
    private final NextSteps nextSteps;
    private final OneMoment moment;
    private final Clock clock;

    Earnings(
            Refresh refresh,
            Running running,
            Closing closing,
            Periods periods,
            Adjustments adjustments,
            Trial trial,
            Simulations simulations,
            SimulationsAtWork simulationsAtWork,
            Statements statements,
            EarningsStore store,
            RunFiles files,
            EarningTotals totals,
            CustomerTotals byCustomer,
            Lines lines,
            NextSteps nextSteps,
            OneMoment moment,
            Clock clock) {
        this.refresh = refresh;
        this.running = running;
        this.closing = closing;
        this.periods = periods;
        this.adjustments = adjustments;
        this.trial = trial;
        this.simulations = simulations;
        this.simulationsAtWork = simulationsAtWork;
        this.statements = statements;
        this.store = store;
        this.files = files;
        this.totals = totals;
        this.byCustomer = byCustomer;
        this.lines = lines;
        this.nextSteps = nextSteps;
        this.moment = moment;
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

    /** Rates everything anew, and posts whatever differs; waits while another refresh runs. */
    public RunReport refreshInFull(String by, Runner runner, Progress progress) {
        return refresh.runInFull(by, runner, progress);
    }

    /** What {@link #refreshInFull} would change, without changing it. */
    public DryRun dryRun(Progress progress) {
        return trial.dryRun(progress);
    }

    /**
     * Tries draft terms on the sales that were counted so far; nothing is posted, and the report is kept.
     *
     * @throws org.espace.terms.TermsInvalid when the draft is no valid terms
     * @throws NobodyToSimulate when it counts for no day or for nobody
     */
    public Simulation simulate(SimulationOrder order, String by, Progress progress) {
        return simulations.simulate(order, by, progress);
    }

    /**
     * Begins to try draft terms in the background, unless a page of this process has begun another one that is not done.
     *
     * @throws org.espace.terms.TermsInvalid when the draft is no valid terms
     * @throws NobodyToSimulate when it counts for no day or for nobody
     */
    public void beginSimulation(SimulationOrder order, String by) {
        simulationsAtWork.begin(order, by);
    }

    /** What has become of the simulation that was begun last in this process; empty when none was. */
    public Optional<SimulationAtWork> simulationBegun() {
        return simulationsAtWork.latest();
    }

    /** Latest first. */
    public List<Simulation> simulations() {
        return simulations.all();
    }

    /** Throws {@link SimulationNotFound}. */
    public Simulation simulation(int id) {
        return simulations.simulation(id);
    }

    /** The refresh or the simulation that is at work, in whatever process. */
    public Optional<RunningRun> running() {
        return running.find();
    }

    /** Asks the run to stop: it then throws {@link RunCancelled}, and has changed nothing. What is being posted is posted. */
    public void cancel(int run, String by) {
        running.cancel(run, by);
    }

    /**
     * Computes what is known, and closes the month with all open ones before it; what is closed already stays as it is.
     *
     * @param today the business date: a month that is not over then is refused with {@link PeriodNotOver}
     * @return the months that were closed, oldest first
     */
    public List<ClosedPeriod> close(YearMonth month, LocalDate today, String by, Progress progress) {
        return closing.close(month, today, by, progress);
    }

    /** Latest first. */
    public List<ClosedPeriod> closedPeriods() {
        return periods.all();
    }

    /** Reads the closed month's lines again: whether they are, byte by byte, those that were closed. */
    public boolean isUnchanged(ClosedPeriod period) {
        return statements.digest(period.month()).sha256().equals(period.sha256());
    }

    /** What was booked for the partner in the month, whatever month it applies to. */
    public Statement statement(PartnerId partner, YearMonth month) {
        return statement(Visible.all(partner), month);
    }

    /** The visible part of it. */
    public Statement statement(Visible visible, YearMonth month) {
        return statements.of(visible, month);
    }

    /** Throws {@link AdjustmentRefused} when the program is not known, or pays in another currency. */
    public Adjustment propose(Adjustment.Proposal proposal, String by) {
        return adjustments.propose(proposal, by);
    }

    /**
     * Posts the adjustment, and books it in the month that it applies to, or in the first open one.
     *
     * @throws AdjustmentRefused when it is decided already, or was proposed by the same person
     */
    public Adjustment approve(int adjustment, String by) {
        return adjustments.approve(adjustment, by);
    }

    /** Throws {@link AdjustmentRefused} when it is decided already, or was proposed by the same person. */
    public Adjustment reject(int adjustment, String by) {
        return adjustments.reject(adjustment, by);
    }

    /** Latest first. */
    public List<Adjustment> adjustments() {
        return adjustments.all();
    }

    /** Throws {@link AdjustmentNotFound}. */
    public Adjustment adjustment(int id) {
        return adjustments.adjustment(id);
    }

    /** Empty until the first refresh. */
    public Optional<Refreshed> lastRefresh() {
        return store.lastFinished().map(ended -> new Refreshed(ended, Nightly.next(clock.instant())));
    }

    /** Newest first. */
    public List<RunReport> runs() {
        return runs(200);
    }

    public List<RunReport> runs(int latest) {
        return store.runs(noCondition(), latest);
    }

    public Optional<RunReport> run(int id) {
        return store.runs(RUN.ID.eq(id), 1).stream().findFirst();
    }

    /** What the run has counted and what it has skipped, with the reasons. */
    public List<SalesTotal> outcomes(RunReport run) {
        return totals.outcomes(run.id());
    }

    /** How many locations the run has rated anew for each cause: one that had several counts under each. */
    public Map<Cause, Integer> causes(RunReport run) {
        return store.locationsByCause(run.id());
    }

    /** What the run has read in the lake, and then what it has written. */
    public List<RunFile> files(RunReport run) {
        return files.of(run);
    }

    /** The months in which something visible was earned, newest first. */
    public List<YearMonth> months(Visible visible) {
        return totals.months(visible);
    }

    /** Months in their order; everything else by what was earned, highest first, and of customers only the first 50. */
    public List<EarningTotal> totals(EarningsFilter filter, Dimension dimension) {
        return dimension == Dimension.CUSTOMER || filter.customer() != null
                ? moment.read(() -> byCustomer.highest(filter))
                : EarningTotals.by(dimension, totals.earned(filter));
    }

    /** What one page tells, read at once. */
    public Overview overview(EarningsFilter filter) {
        return moment.read(() -> overview(filter, totals.locations(filter)));
    }

    private Overview overview(EarningsFilter filter, List<Location> locations) {
        var months = totals.earned(filter.ofAllMonths(), locations);
        var here = months.stream()
                .filter(one -> filter.month() == null || filter.month().equals(one.month()))
                .toList();
        var by = new EnumMap<Dimension, List<EarningTotal>>(Dimension.class);
        for (var dimension : List.of(Dimension.PROGRAM, Dimension.LEVER, Dimension.LOCATION)) {
            by.put(dimension, EarningTotals.by(dimension, here));
        }
        by.put(Dimension.CUSTOMER, byCustomer.highest(filter, locations));
        return new Overview(EarningTotals.by(Dimension.MONTH, months), by, totals.sales(filter, locations));
    }

    /** What was sold, by what became of it; the filter's lever and customer do not count here. */
    public List<SalesTotal> sales(EarningsFilter filter) {
        return totals.sales(filter);
    }

    /** What became of all that was received, for every location, program, month and currency. */
    public List<TotalsRow> totals() {
        return totals.all(null);
    }

    /** The same as it was known at the end of the day: what later runs and loads have brought does not count. */
    public List<TotalsRow> totals(LocalDate asKnown) {
        return totals.all(asKnown);
    }

    public LinePage lines(EarningsFilter filter, LineOrder order) {
        return lines.page(filter, order);
    }

    /**
     * All lines that fit, as a CSV file in UTF-8 with a heading, in the order in which they were posted; the caller
     * deletes it. Columns: line, location_number, location, program, version, lever, day (ISO), customer, product,
     * reason (code), currency (ISO 4217), basis, rebate, coop, amount (decimal point, minor units of the currency),
     * correction (true or false).
     */
    public Path export(EarningsFilter filter, LineOrder order) {
        return lines.export(filter, order);
    }

    /** Throws {@link LineNotFound} when the partner has no such line. */
    public LineExplained explain(PartnerId partner, String line) {
        return explain(Visible.all(partner), line);
    }

    /** Throws {@link LineNotFound} when there is no such line, or none that is visible. */
    public LineExplained explain(Visible visible, String line) {
        return lines.explain(visible, line);
    }

    /**
     * Under each lever of the line's program, why its sale earned nothing, and the smallest change with which it would
     * have. Throws {@link LineNotFound} when the partner has no such line.
     */
    public List<Zero> whyNot(PartnerId partner, String line) {
        return whyNot(Visible.all(partner), line);
    }

    /** Of the visible programs. */
    public List<Zero> whyNot(Visible visible, String line) {
        return nextSteps.whyNot(visible, line);
    }

    /** For each location, and each lever that can pay for its sales today, what the next ones would earn. */
    public List<NextStep> whatNext(PartnerId partner) {
        return whatNext(partner, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** The same on another day, on the sums as they are now. */
    public List<NextStep> whatNext(PartnerId partner, LocalDate day) {
        return whatNext(Visible.all(partner), day);
    }

    /** For the visible locations and programs. */
    public List<NextStep> whatNext(Visible visible, LocalDate day) {
        return nextSteps.whatNext(visible, day, MOST_CUSTOMERS);
    }
}
