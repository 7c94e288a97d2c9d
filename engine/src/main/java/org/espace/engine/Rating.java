package org.espace.engine;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rates sales, in the order in which they were accepted: each line appends what it earns under every program that its
 * location has joined, or the reason why nothing. A full replay starts from empty sums; a new day from the carried ones.
 * Whatever the order, the totals of a group come out the same; only which line is credited with them differs.
 *
 * <p>One thread works with one rating.
 */
public final class Rating {

    /** Where the sums of a location are kept between runs. */
    public interface Carried {

        /** Carries nothing over: every location starts from nothing, and is forgotten. */
        Carried NOTHING = new Carried() {
            @Override
            public void load(int location, Sums into) {}

            @Override
            public void save(int location, Sums from) {}
        };

        void load(int location, Sums into);

        void save(int location, Sums from);
    }

    /** As many sales as are best rated at once: what they earn is still near the processor when it is written. */
    public static final int AT_ONCE = 1024;

    private final Rulebook rulebook;
    private final Carried carried;
    private final Totals totals;
    private final Sums sums = new Sums();
    private final Totals.ByKey sold = new Totals.ByKey();
    private final Totals.ByKey earned = new Totals.ByKey();
    private final Map<Rulebook.Version, Conversion> conversions = new HashMap<>();
    private final Map<Rulebook.Version, Credit> credits = new HashMap<>();
    private final Map<Conditions, Matrix.Cells> cells = new HashMap<>();
    private final Map<Alike, Matrix.Cells> alike = new HashMap<>();

    private int location = Integer.MIN_VALUE;
    private long lastSeq;
    private Standing[] joined = {};

    public Rating(Rulebook rulebook, Carried carried, Totals totals) {
        this.rulebook = rulebook;
        this.carried = carried;
        this.totals = totals;
    }

    private record Conditions(Rulebook.Version version, BitSet holding) {}

    /** Locations for which the same conditions hold, as long as none is about what they hold on a day. */
    private record Alike(Rulebook.Version version, String type, String country, Set<String> lists) {}

    /**
     * Throws {@link IllegalArgumentException} when the lines are not in order of location and posting, or when a sum
     * leaves the range of a long.
     */
    public void rate(SaleLines sales, EarningLines journal) {
        rate(sales, 0, sales.size, journal);
    }

    /** The same, of the lines from one to before another. */
    public void rate(SaleLines sales, int from, int until, EarningLines journal) {
        for (var i = from; i < until; i++) {
            if (sales.location[i] != location) {
                finish();
                begin(sales.location[i]);
            } else if (sales.seq[i] <= lastSeq) {
                throw new IllegalArgumentException("sales of location %d are not in posting order".formatted(location));
            }
            lastSeq = sales.seq[i];
            try {
                rate(sales, i, journal);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "sales of location %d add up to more than can be kept exactly".formatted(location), e);
            }
        }
    }

    /** Called after the last batch. */
    public void finish() {
        if (location != Integer.MIN_VALUE) {
            carried.save(location, sums);
            sold.drain(location, totals.sold);
            earned.drain(location, totals.earned);
        }
        sums.clear();
        location = Integer.MIN_VALUE;
    }

    private void begin(int next) {
        var known = rulebook.locations.get(next);
        if (known == null) {
            throw new IllegalArgumentException("location %d is not known".formatted(next));
        }
        location = next;
        carried.load(next, sums);
        joined = known.enrollments().stream()
                .map(Facts.Enrollment::program)
                .distinct()
                .sorted()
                .map(program -> Standing.of(
                        program,
                        known,
                        rulebook.versions.getOrDefault(program, List.of()),
                        (version, day) -> here(version, known, day)))
                .toArray(Standing[]::new);
    }

    private Standing.Here here(Rulebook.Version version, Facts.Location known, LocalDate day) {
        return new Standing.Here(
                version,
                known,
                conversions.computeIfAbsent(
                        version, _ -> new Conversion(version.terms, version.watchFrom, rulebook.facts.rates())),
                cells(version, known, day),
                credits.computeIfAbsent(version, _ -> new Credit(version, sums, earned)));
    }

    private Matrix.Cells cells(Rulebook.Version version, Facts.Location known, LocalDate day) {
        if (version.matrix.asksForHoldings()) {
            return cells(version, version.matrix.holding(known, day, version.terms.wholeMonths()));
        }
        return alike.computeIfAbsent(
                new Alike(version, known.type(), known.country(), known.lists()),
                _ -> cells(version, version.matrix.holding(known, day, false)));
    }

    private Matrix.Cells cells(Rulebook.Version version, BitSet holding) {
        return cells.computeIfAbsent(new Conditions(version, holding), _ -> version.matrix.cells(holding));
    }

    private void rate(SaleLines sales, int i, EarningLines journal) {
        var day = sales.day[i];
        var month = Months.of(day);
        var disposition = sales.disposition[i];
        if (joined.length == 0) {
            var reason = disposition != 0 ? Reason.FIRST_DISPOSITION + disposition : Reason.NOT_ENROLLED.number();
            zero(sales, i, month, (short) 0, (short) 0, reason, journal);
            return;
        }
        for (var standing : joined) {
            var stretch = standing.on(day);
            var here = stretch.here();
            if (disposition != 0) {
                zero(
                        sales,
                        i,
                        month,
                        standing.program,
                        stretch.terms(),
                        Reason.FIRST_DISPOSITION + disposition,
                        journal);
                continue;
            }
            if (here == null) {
                zero(sales, i, month, standing.program, stretch.terms(), stretch.reason(), journal);
            } else {
                earn(sales, i, month, standing, here, journal);
            }
            var watching = stretch.watching();
            for (var w = 0; w < watching.size(); w++) { // an iterator for each line costs more than most have to watch
                watch(sales, i, month, watching.get(w), journal);
            }
        }
    }

    private void earn(SaleLines sales, int i, int month, Standing standing, Standing.Here here, EarningLines journal) {
        var version = here.version();
        var cell = here.cells().of(sales.product[i], sales.customer[i], sales.kind[i], sales.day[i]);
        if (cell.paying.length == 0) {
            zero(sales, i, month, version.program, version.id, cell.reason, journal);
            if (cell.isLookedAt()) {
                watch(sales, i, month, here, journal);
            }
            return;
        }
        var basis = sales.amount[i];
        var rates = 0;
        if (sales.currency[i] != version.currency) {
            var pair = here.conversion().on(sales.day[i], sales.currency[i]);
            if (pair == null) {
                zero(sales, i, month, version.program, version.id, Reason.RATE_MISSING.number(), journal);
                return;
            }
            basis = pair.of(basis, version.toEven);
            rates = pair.rates();
        }
        var key = soldKey(version.program, sales.currency[i], month, 0);
        if (standing.soldKey != key) {
            standing.soldKey = key;
            standing.soldAt = sold.at(key);
        }
        sold.add(standing.soldAt, sales.amount[i], 0);
        here.credit().begin(sales, i, month, basis, rates, journal);
        here.credit().earn(cell, here.location());
    }

    /** A sale that cannot be converted is not counted, until it can be. */
    private void watch(SaleLines sales, int i, int month, Standing.Here here, EarningLines journal) {
        var version = here.version();
        var cell = here.cells().of(sales.product[i], sales.customer[i], sales.kind[i], sales.day[i]);
        var basis = sales.amount[i];
        var rates = 0;
        if (sales.currency[i] != version.currency) {
            var pair = here.conversion().on(sales.day[i], sales.currency[i]);
            if (pair == null) {
                return;
            }
            basis = pair.of(basis, version.toEven);
            rates = pair.rates();
        }
        here.credit().begin(sales, i, month, basis, rates, journal);
        here.credit().watch(cell, here.location());
    }

    private void zero(SaleLines sales, int i, int month, short program, short terms, int reason, EarningLines journal) {
        journal.addZero(sales, i, program, terms, (short) reason);
        sold.add(sold.at(soldKey(program, sales.currency[i], month, reason)), sales.amount[i], 0);
    }

    private static long soldKey(short program, short currency, int month, int reason) {
        return ((long) program << 48) | ((long) currency << 32) | ((long) month << 16) | reason;
    }
}
