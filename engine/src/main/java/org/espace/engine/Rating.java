package org.espace.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.money.Rate;
import org.jspecify.annotations.Nullable;

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

    private final Rulebook rulebook;
    private final Carried carried;
    private final Totals totals;
    private final Sums sums = new Sums();
    private final Totals.ByKey sold = new Totals.ByKey();
    private final Totals.ByKey earned = new Totals.ByKey();
    private final Map<Rulebook.Version, Conversion> conversions = new HashMap<>();
    private final Map<Key, Rule[][]> cells = new HashMap<>();

    private int location = Integer.MIN_VALUE;
    private long lastSeq;
    private Joined[] joined = {};

    public Rating(Rulebook rulebook, Carried carried, Totals totals) {
        this.rulebook = rulebook;
        this.carried = carried;
        this.totals = totals;
    }

    private record Key(Rulebook.Version version, String type, String country) {}

    /** A version of a program as it is for one location. */
    private static final class Here {

        final Rulebook.Version version;
        final Conversion conversion;

        /** The rules that select a sale, by kind of sale; null where the program is not open to the location. */
        final Rule @Nullable [][] cells;

        Here(Rulebook.Version version, Conversion conversion, Rule @Nullable [][] cells) {
            this.version = version;
            this.conversion = conversion;
            this.cells = cells;
        }
    }

    /** A program that the location has joined at some time. */
    private static final class Joined {

        final short program;
        final int[] since;
        final int[] until;
        final Here[] versions;

        Joined(short program, List<Facts.Enrollment> enrollments, List<Here> versions) {
            this.program = program;
            since = enrollments.stream()
                    .mapToInt(enrollment -> (int) enrollment.since().toEpochDay())
                    .toArray();
            until = enrollments.stream()
                    .mapToInt(enrollment -> enrollment.until() == null
                            ? Integer.MAX_VALUE
                            : (int) enrollment.until().toEpochDay())
                    .toArray();
            this.versions = versions.toArray(Here[]::new);
        }

        boolean isEnrolledOn(int day) {
            for (var i = 0; i < since.length; i++) {
                if (day >= since[i] && day < until[i]) {
                    return true;
                }
            }
            return false;
        }

        @Nullable
        Here versionOn(int day) {
            for (var here : versions) {
                if (day >= here.version.from && day < here.version.until) {
                    return here;
                }
            }
            return null;
        }
    }

    /**
     * Throws {@link IllegalArgumentException} when the lines are not in order of location and posting, or when a sum
     * leaves the range of a long.
     */
    public void rate(SaleLines sales, EarningLines journal) {
        for (var i = 0; i < sales.size; i++) {
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
        var byProgram = new HashMap<Integer, List<Facts.Enrollment>>();
        for (var enrollment : known.enrollments()) {
            byProgram
                    .computeIfAbsent(enrollment.program(), _ -> new ArrayList<>())
                    .add(enrollment);
        }
        joined = byProgram.keySet().stream()
                .sorted()
                .map(program -> new Joined(
                        program.shortValue(),
                        Objects.requireNonNull(byProgram.get(program)),
                        rulebook.versions.getOrDefault(program, List.of()).stream()
                                .map(version -> here(version, known))
                                .toList()))
                .toArray(Joined[]::new);
    }

    private Here here(Rulebook.Version version, Facts.Location known) {
        var conversion =
                conversions.computeIfAbsent(version, _ -> new Conversion(version.terms, rulebook.facts.rates()));
        var rules = version.isOpenTo(known)
                ? cells.computeIfAbsent(new Key(version, known.type(), known.country()), _ -> version.cells(known))
                : null;
        return new Here(version, conversion, rules);
    }

    private void rate(SaleLines sales, int i, EarningLines journal) {
        var month = Months.of(sales.day[i]);
        if (joined.length == 0) {
            var reason = sales.disposition[i] != 0
                    ? Reason.FIRST_DISPOSITION + sales.disposition[i]
                    : Reason.NOT_ENROLLED.number();
            zero(sales, i, month, (short) 0, (short) 0, reason, journal);
            return;
        }
        for (var program : joined) {
            var here = program.versionOn(sales.day[i]);
            var terms = here == null ? 0 : here.version.id;
            if (sales.disposition[i] != 0) {
                var reason = Reason.FIRST_DISPOSITION + sales.disposition[i];
                zero(sales, i, month, program.program, terms, reason, journal);
            } else if (!program.isEnrolledOn(sales.day[i])) {
                zero(sales, i, month, program.program, terms, Reason.NOT_ENROLLED_THEN.number(), journal);
            } else if (here == null) {
                zero(sales, i, month, program.program, terms, Reason.NO_TERMS.number(), journal);
            } else if (here.cells == null) {
                zero(sales, i, month, program.program, terms, Reason.NOT_OPEN.number(), journal);
            } else {
                var rules = here.cells[here.version.cell(sales.product[i], sales.customer[i])];
                rate(sales, i, month, here, rules, journal);
            }
        }
    }

    private void rate(SaleLines sales, int i, int month, Here here, Rule[] rules, EarningLines journal) {
        var version = here.version;
        if (rules.length == 0) {
            zero(sales, i, month, version.program, version.id, Reason.NO_LEVER.number(), journal);
            return;
        }
        var basis = sales.amount[i];
        var rates = 0;
        if (sales.currency[i] != version.currency) {
            var pair = here.conversion.on(sales.day[i], sales.currency[i]);
            if (pair == null) {
                zero(sales, i, month, version.program, version.id, Reason.RATE_MISSING.number(), journal);
                return;
            }
            basis = Arithmetic.timesOver(basis, pair.numerator(), pair.denominator());
            rates = pair.rates();
        }
        sold.add(soldKey(version.program, sales.currency[i], month, 0), sales.amount[i], 0);
        for (var rule : rules) {
            earn(sales, i, month, version, rule, basis, rates, journal);
        }
    }

    private void earn(
            SaleLines sales,
            int i,
            int month,
            Rulebook.Version version,
            Rule rule,
            long basis,
            int rates,
            EarningLines journal) {
        var line = append(sales, i, version.program, version.id, journal);
        var tier = rule.hasTier() ? 1 : 0;
        var reason = Reason.EARNED;
        long uncapped;
        long earnedBefore = 0;
        if (tier == 1) {
            var group = group(version, rule, 0, month, sales.customer[i]);
            var before = sums.first(group);
            var level = sums.second(group);
            var after = Math.addExact(before, basis);
            var levelAfter = Math.addExact(level, sales.quantity[i]);
            var stepBefore = rule.step(rule.byQuantity ? level : before);
            var stepAfter = rule.step(rule.byQuantity ? levelAfter : after);
            earnedBefore = rule.inAll(before, stepBefore);
            uncapped = rule.inAll(after, stepAfter) - earnedBefore;
            sums.set(group, after, levelAfter);
            journal.before[line] = before;
            journal.level[line] = rule.byQuantity ? level : 0;
            if (stepAfter < 0) {
                reason = Reason.BELOW_FIRST_TIER;
            } else if (stepAfter != stepBefore) {
                reason = Reason.TIER_REACHED;
            }
        } else {
            uncapped = rule.kind == Rule.Kind.PER_UNIT ? rule.perUnit(sales.quantity[i]) : rule.flat(basis);
        }
        var amount = uncapped;
        for (var cap = 0; cap < rule.caps.length; cap++) {
            var group = group(version, rule, tier + cap, month, sales.customer[i]);
            var before = sums.first(group);
            var after = Math.addExact(before, amount);
            sums.set(group, after, 0);
            earnedBefore = Math.min(before, rule.caps[cap]);
            amount = Math.min(after, rule.caps[cap]) - earnedBefore;
            if (tier == 0) {
                journal.before[line] = earnedBefore;
            }
        }
        if (amount != uncapped) {
            reason = amount == 0 ? Reason.CAP_REACHED : Reason.CAP_LIMITED;
        } else if (amount == 0 && reason == Reason.EARNED) {
            reason = Reason.ROUNDS_TO_ZERO;
        }
        var share = version.rebateShare;
        var rebate = share(Math.addExact(earnedBefore, amount), share) - share(earnedBefore, share);
        journal.lever[line] = rule.number;
        journal.reason[line] = reason.number();
        journal.rates[line] = rates;
        journal.basis[line] = basis;
        journal.withheld[line] = uncapped - amount;
        journal.amount[line] = amount;
        journal.rebate[line] = rebate;
        earned.add(earnedKey(version, rule, month), amount, rebate);
    }

    private int group(Rulebook.Version version, Rule rule, int part, int month, int customer) {
        var scope = rule.scopes[part];
        var slot = (version.id << 16) | (rule.number << 8) | part;
        var span = Months.span(scope.span(), month, version.fiscalStart);
        return sums.at(
                slot,
                span,
                switch (scope.per()) {
                    case CUSTOMER -> customer;
                    case PARTNER -> 0;
                    case LINE, ORDER -> throw new IllegalStateException("no sums are kept for " + scope);
                });
    }

    private void zero(SaleLines sales, int i, int month, short program, short terms, int reason, EarningLines journal) {
        var line = append(sales, i, program, terms, journal);
        journal.lever[line] = 0;
        journal.reason[line] = (short) reason;
        journal.rates[line] = 0;
        journal.basis[line] = 0;
        journal.withheld[line] = 0;
        journal.amount[line] = 0;
        journal.rebate[line] = 0;
        sold.add(soldKey(program, sales.currency[i], month, reason), sales.amount[i], 0);
    }

    private static int append(SaleLines sales, int i, short program, short terms, EarningLines journal) {
        var line = journal.add();
        journal.location[line] = sales.location[i];
        journal.seq[line] = sales.seq[i];
        journal.day[line] = sales.day[i];
        journal.customer[line] = sales.customer[i];
        journal.product[line] = sales.product[i];
        journal.program[line] = program;
        journal.terms[line] = terms;
        journal.before[line] = 0;
        journal.level[line] = 0;
        return line;
    }

    private static long share(long amount, long partsPerMillion) {
        return Arithmetic.timesOver(amount, partsPerMillion, Rate.ALL.partsPerMillion());
    }

    private static long soldKey(short program, short currency, int month, int reason) {
        return ((long) program << 48) | ((long) currency << 32) | ((long) month << 16) | reason;
    }

    private static long earnedKey(Rulebook.Version version, Rule rule, int month) {
        return ((long) version.program << 48) | ((long) version.id << 32) | ((long) month << 16) | rule.number;
    }
}
