package org.espace.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espace.money.Money;
import org.espace.terms.Ceiling;
import org.espace.terms.Lever;
import org.espace.terms.Period;
import org.espace.terms.Requirement;
import org.espace.terms.Selection;
import org.espace.terms.Selection.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * Why a sale earned nothing under a lever, and the smallest change with which it would have earned. Every change that is
 * proposed has been tried: the sale was rated with it, on top of what the location has sold besides, and earned.
 */
public final class WhyNot {

    private static final int MOST_ROUNDS = 6;
    private static final int MOST_QUADRUPLINGS = 22;
    private static final int MOST_PERIODS = 12;
    private static final long UNIT = 1_000_000;
    private static final Lever.Scope MONTH_BY_MONTH = new Lever.Scope(Lever.Per.CUSTOMER, Lever.Span.MONTH);

    private final int fractionDigits;
    private final Held held;

    /** Of one version of a program, and of nothing that the sale does not touch. */
    private final Facts.Published published;

    private final int lever;
    private @Nullable Facts compiled;
    private @Nullable Rulebook rulebook;

    private WhyNot(int fractionDigits, Held held, Facts.Published published, int lever) {
        this.fractionDigits = fractionDigits;
        this.held = held;
        this.published = published;
        this.lever = lever;
    }

    /**
     * One condition that kept the sale from earning.
     *
     * @param code a {@link Reason}, or DISPOSITION when the vendor has decided it, with the decision's id as {@code actual}
     * @param about what was looked at: an attribute or a requirement as terms write it, or a word such as enrollment
     * @param expected what would do; empty when it is no choice of words
     * @param actual what was there; null when nothing was
     * @param since the first day on which it was so; null when the facts do not say
     * @param ceiling what is left under the ceiling that takes everything back; null when it is none that adds up
     */
    public record Failed(
            String code,
            boolean partnerCanAct,
            String about,
            Set<String> expected,
            @Nullable String actual,
            @Nullable LocalDate since,
            @Nullable CeilingBalance ceiling) {}

    /**
     * @param lever counts from 1
     * @param failed empty when the sale earned
     * @param changes all of these together; empty when it earned, or when nothing that is known would have helped
     */
    public record Verdict(int program, int terms, int lever, List<Failed> failed, List<Change> changes) {

        public boolean earned() {
            return failed.isEmpty();
        }

        /** Whether everything that failed is something about which the partner can do something. */
        public boolean partnerCanAct() {
            return !failed.isEmpty() && failed.stream().allMatch(Failed::partnerCanAct);
        }
    }

    /**
     * Of a sale that is not among what was sold before.
     *
     * @param before the sums of the location without the sale
     * @return for each lever of each version in force on its day, or of the version next to it in time
     */
    public static List<Verdict> of(Facts facts, int fractionDigits, Rating.Carried before, Sale sale) {
        var narrow = about(facts, sale);
        var held = Held.of(before, sale.location());
        var verdicts = new ArrayList<Verdict>();
        for (var program : facts.terms().stream()
                .map(Facts.Published::program)
                .distinct()
                .sorted()
                .toList()) {
            nearest(facts, program, sale.day()).ifPresent(version -> {
                var own = with(narrow, List.of(version));
                for (var lever = 1; lever <= version.terms().levers().size(); lever++) {
                    var why = new WhyNot(fractionDigits, held.about(version.id(), sale), version, lever);
                    verdicts.add(why.verdict(new Change.World(own, sale)));
                }
            });
        }
        return verdicts;
    }

    /** The sums of a location as they would be without one of its sales. */
    public static Rating.Carried without(Facts facts, int fractionDigits, Rating.Carried after, Sale sale) {
        var held = Held.of(after, sale.location());
        var rating = new Rating(new Rulebook(about(facts, sale), fractionDigits), held, new Totals());
        rating.rate(sale.returned().asLines(), new EarningLines());
        rating.finish();
        return held;
    }

    /** What one sale rests on: large catalogues would only be compiled in vain. */
    private static Facts about(Facts facts, Sale sale) {
        return new Facts(
                facts.terms(),
                facts.locations().stream()
                        .filter(one -> one.id() == sale.location())
                        .toList(),
                facts.products().stream()
                        .filter(one -> one.id() == sale.product())
                        .toList(),
                facts.customers().stream()
                        .filter(one -> one.id() == sale.customer())
                        .toList(),
                facts.lineKinds().stream()
                        .filter(one -> one.id() == sale.kind())
                        .toList(),
                facts.rates());
    }

    private static Facts with(Facts facts, List<Facts.Published> terms) {
        return new Facts(
                terms, facts.locations(), facts.products(), facts.customers(), facts.lineKinds(), facts.rates());
    }

    private static Optional<Facts.Published> nearest(Facts facts, int program, LocalDate day) {
        return facts.terms().stream()
                .filter(version -> version.program() == program)
                .min((one, other) -> Long.compare(distance(one, day), distance(other, day)));
    }

    private static long distance(Facts.Published version, LocalDate day) {
        return Math.abs(day.toEpochDay() - inForce(version, day).toEpochDay());
    }

    /** The day itself, or the nearest one on which the version is in force. */
    private static LocalDate inForce(Facts.Published version, LocalDate day) {
        var effective = version.terms().effective();
        if (day.isBefore(effective.from())) {
            return effective.from();
        }
        return day.isBefore(effective.until()) ? day : effective.until().minusDays(1);
    }

    private Verdict verdict(Change.World world) {
        var outcome = rate(world);
        var failed = new ArrayList<Failed>();
        var changes = List.<Change>of();
        if (outcome.amount <= 0) {
            if (!published.terms().effective().contains(world.sale().day())) {
                var standing = new ArrayList<Finding>();
                program(location(world), world.sale(), standing);
                standing.forEach(finding -> failed.add(finding.failed));
            }
            conditions(world).forEach(finding -> failed.add(finding.failed));
            if (failed.isEmpty()) {
                failed.add(failed(world, outcome));
            }
            changes = solve(world, false, 0).orElse(List.of());
        }
        return new Verdict(published.program(), published.id(), lever, List.copyOf(failed), changes);
    }

    private Failed failed(Change.World world, Outcome outcome) {
        var reason = outcome.reason;
        if (reason == Reason.BOUGHT_BEFORE) {
            return bought(world);
        }
        if (outcome.ceiling < 0) {
            return new Failed(reason.name(), reason.partnerCanAct(), "amount", Set.of(), null, null, null);
        }
        var sale = world.sale();
        var day = (int) sale.day().toEpochDay();
        var version = version(world);
        var ceiling = version.ceilings[outcome.ceiling];
        var location = location(world);
        if (ceiling.most() instanceof Ceiling.OfPlan && version.plan(location, day) == null) {
            var ended = location.plans().stream()
                    .filter(plan -> plan.program() == published.program())
                    .map(Facts.Plan::until)
                    .filter(until -> !until.isAfter(sale.day()))
                    .max(Comparator.naturalOrder());
            return new Failed(reason.name(), reason.partnerCanAct(), "plan", Set.of(), null, ended.orElse(null), null);
        }
        if (!CeilingBalance.addsUp(ceiling)) {
            return new Failed(reason.name(), reason.partnerCanAct(), "ceiling", Set.of(), ceiling.id(), null, null);
        }
        var sums = new Sums();
        held.load(sale.location(), sums);
        var balance = CeilingBalance.of(version, outcome.ceiling, location, sums, sale.customer(), sale.order(), day);
        return new Failed(reason.name(), reason.partnerCanAct(), "ceiling", Set.of(), ceiling.id(), null, balance);
    }

    /** Since the last month in which the customer bought what it must be without. */
    private Failed bought(Change.World world) {
        var sale = world.sale();
        var version = version(world);
        var sums = new Sums();
        held.load(sale.location(), sums);
        var last = LookBack.lastBought(sums, version, version.rules[lever - 1], sale);
        var reason = Reason.BOUGHT_BEFORE;
        return new Failed(
                reason.name(),
                reason.partnerCanAct(),
                "bought",
                Set.of(),
                last.map(month -> YearMonth.from(month).toString()).orElse(null),
                last.orElse(null),
                null);
    }

    // --- trying ------------------------------------------------------------------------------------------------------

    /** @param ceiling that takes everything back, from 0; -1 when none does */
    private record Outcome(long amount, Reason reason, int ceiling) {

        Outcome(long amount, Reason reason) {
            this(amount, reason, -1);
        }
    }

    /** What the sale itself earns under the lever. Where a ceiling takes back all of what its levers do, it is nothing. */
    private Outcome rate(Change.World world) {
        var journal = new EarningLines();
        var rating = new Rating(compiled(world.facts()), held.untouched(), new Totals());
        try {
            rating.rate(world.sale().asLines(), journal);
        } catch (IllegalArgumentException _) {
            return new Outcome(0, Reason.NO_LEVER);
        }
        var reason = Reason.NO_LEVER;
        for (var line = 0; line < journal.size; line++) {
            if (journal.program[line] == published.program() && journal.terms[line] == published.id()) {
                if (journal.lever[line] == lever) {
                    var ceiling = journal.amount[line] > 0 ? usedUp(world, journal) : -1;
                    return ceiling < 0
                            ? new Outcome(journal.amount[line], Reason.of(journal.reason[line]))
                            : new Outcome(0, Reason.CEILING, ceiling);
                }
                if (journal.lever[line] == 0 && journal.reason[line] < Reason.FIRST_DISPOSITION) {
                    reason = Reason.of(journal.reason[line]);
                }
            }
        }
        return new Outcome(0, reason);
    }

    /** The innermost ceiling that leaves nothing of what its levers earn by the sale itself; -1 when each leaves some. */
    private int usedUp(Change.World world, EarningLines journal) {
        var version = version(world);
        var counted = new long[version.ceilings.length];
        var taken = new long[version.ceilings.length];
        for (var line = 0; line < journal.size; line++) {
            if (journal.terms[line] != version.id
                    || journal.day[line] != world.sale().day().toEpochDay()) {
                continue;
            }
            var number = journal.lever[line];
            if (number > version.rules.length) {
                var ceiling = number - version.rules.length - 1;
                taken[ceiling] = -journal.amount[line];
                for (var outer : version.outerCeilings[ceiling]) {
                    counted[outer] += journal.amount[line];
                }
            } else if (number > 0) {
                for (var ceiling : version.rules[number - 1].ceilings) {
                    counted[ceiling] += journal.amount[line];
                }
            }
        }
        return Arrays.stream(version.ceilingOrder)
                .filter(ceiling -> version.ceilings[ceiling].counts(version.rules[lever - 1].lever.id()))
                .filter(ceiling -> taken[ceiling] > 0 && taken[ceiling] >= counted[ceiling])
                .findFirst()
                .orElse(-1);
    }

    private boolean earns(Change.World world) {
        return rate(world).amount > 0;
    }

    private Rulebook compiled(Facts facts) {
        var book = rulebook;
        if (book == null || !facts.equals(compiled)) {
            book = new Rulebook(facts, fractionDigits);
            rulebook = book;
            compiled = facts;
        }
        return book;
    }

    private Change.World apply(List<Change> changes, Change.World world) {
        var changed = world;
        for (var change : changes) {
            changed = change.apply(changed, fractionDigits);
        }
        return changed;
    }

    // --- searching ---------------------------------------------------------------------------------------------------

    /** @param moved whether the sale is already thought of as one of another day or to another customer */
    private Optional<List<Change>> solve(Change.World world, boolean moved, int round) {
        var outcome = rate(world);
        if (outcome.amount > 0) {
            return Optional.of(List.of());
        }
        var sale = world.sale();
        if (round == MOST_ROUNDS || sale.amount() < 0 || sale.quantity() < 0) {
            return Optional.empty();
        }
        var findings = conditions(world);
        if (!findings.isEmpty()) {
            var changes = findings.stream()
                    .map(Finding::change)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            return findings.stream().allMatch(finding -> finding.change.isPresent())
                    ? solve(apply(changes, world), moved, round + 1).map(more -> joined(changes, more))
                    : Optional.empty();
        }
        var more = more(world, outcome.reason);
        if (more.isPresent()) {
            return more;
        }
        var planned = planned(world);
        if (planned.isPresent() || moved) {
            return planned;
        }
        return elsewhere(world)
                .map(change -> solve(apply(List.of(change), world), true, round + 1)
                        .map(rest -> joined(List.of(change), rest)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Change> joined(List<Change> some, List<Change> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /**
     * What would not be asked of a sale of another kind; the next periods of the lever's scope, of its limits' and of what
     * its customers must be without, the nearest first; or another customer.
     */
    private Stream<Change> elsewhere(Change.World world) {
        var terms = published.terms();
        var own = terms.levers().get(lever - 1);
        var fiscalStart = terms.fiscalYearStarts().getMonthValue() - 1;
        var month = Months.of((int) world.sale().day().toEpochDay());
        var days = new TreeSet<LocalDate>();
        Stream.of(
                        own.without() == null ? Stream.<Lever.Scope>of() : Stream.of(MONTH_BY_MONTH),
                        Stream.of(own.scope()),
                        own.limits().stream().map(Lever.Limit::scope),
                        terms.ceilings().stream()
                                .filter(ceiling -> ceiling.counts(own.id()))
                                .map(Ceiling::scope))
                .flatMap(scopes -> scopes)
                .filter(scope -> scope.per() != Lever.Per.LINE && scope.span() != Lever.Span.TERM)
                .map(Lever.Scope::span)
                .flatMapToInt(span -> IntStream.rangeClosed(1, MOST_PERIODS)
                        .map(later -> Months.first(span, Months.span(span, month, fiscalStart) + later, fiscalStart)))
                .mapToObj(Months::firstDay)
                .filter(day -> day.isBefore(terms.effective().until()))
                .forEach(days::add);
        return Stream.of(
                        unasked(own),
                        days.stream().map(Change.SellOn::new),
                        Stream.of(new Change.OtherCustomer()))
                .flatMap(changes -> changes);
    }

    private Stream<Change> unasked(Lever own) {
        var without = own.without();
        return without == null
                ? Stream.of()
                : without.askedOf().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(asked -> allowed(asked.getKey(), asked.getValue()))
                        .filter(have -> !have.oneOf().isEmpty() || !isAsked(have.attribute()))
                        .map(Change.class::cast);
    }

    /** A plan of so much, if a plan is the ceiling, and what else it takes then. */
    private Optional<List<Change>> planned(Change.World world) {
        var own = published.terms().levers().get(lever - 1).id();
        if (published.terms().ceilings().stream()
                .noneMatch(ceiling -> ceiling.most() instanceof Ceiling.OfPlan && ceiling.counts(own))) {
            return Optional.empty();
        }
        var day = world.sale().day();
        var now = version(world).plan(location(world), (int) day.toEpochDay());
        var days = now == null ? new Period(day, day.plusDays(1)) : new Period(now.from(), now.until());
        var unlimited = apply(List.of(plan(days, 1L << (2 * MOST_QUADRUPLINGS))), world);
        var rest = earns(unlimited) ? Optional.of(List.<Change>of()) : more(unlimited, rate(unlimited).reason);
        return rest.map(more -> {
            var changed = apply(more, world);
            var least = WhatNext.least(amount -> earns(apply(List.of(plan(days, amount)), changed)));
            return joined(List.of(plan(days, least)), more);
        });
    }

    private Change plan(Period days, long minor) {
        return new Change.ApprovePlan(
                published.program(),
                days,
                Money.ofMinor(minor, published.terms().currency()));
    }

    /** So much more revenue, or so many units more, that the sale earns: the least that does. */
    private Optional<List<Change>> more(Change.World world, Reason because) {
        var revenue = WhatNext.least(more -> earns(larger(world, more, 0)));
        if (revenue > 0) {
            return Optional.of(List.of(moreRevenue(world, revenue, because)));
        }
        var units = WhatNext.least(more -> earns(larger(world, 0, more)));
        if (units > 0) {
            return Optional.of(List.of(new Change.SellUnits(BigDecimal.valueOf(units))));
        }
        var much = 1L << MOST_QUADRUPLINGS;
        var needed = WhatNext.least(more -> earns(larger(world, much, more)));
        if (needed == 0) {
            return Optional.empty();
        }
        var then = WhatNext.least(more -> earns(larger(world, more, needed)));
        return Optional.of(
                List.of(new Change.SellUnits(BigDecimal.valueOf(needed)), moreRevenue(world, then, Reason.EARNED)));
    }

    private Change moreRevenue(Change.World world, long minor, Reason because) {
        var currency = world.sale().currency();
        if (because != Reason.ROUNDS_TO_ZERO) {
            return new Change.SellMore(Money.ofMinor(minor, currency));
        }
        var fraction = Math.powExact(10L, fractionDigits);
        return new Change.LargerAmount(Money.ofMinor(Math.ceilDiv(world.sale().amount(), fraction) + minor, currency));
    }

    private Change.World larger(Change.World world, long minor, long units) {
        var sale = world.sale();
        var fraction = Math.powExact(10L, fractionDigits);
        return new Change.World(
                world.facts(), sale.with(sale.quantity() + units * UNIT, sale.amount() + minor * fraction));
    }

    // --- conditions --------------------------------------------------------------------------------------------------

    private record Finding(Failed failed, Optional<Change> change) {

        static Finding of(Reason reason, String about, Set<String> expected, @Nullable String actual, Change change) {
            return new Finding(
                    new Failed(reason.name(), reason.partnerCanAct(), about, expected, actual, null, null),
                    Optional.of(change));
        }

        Finding since(Optional<LocalDate> day) {
            return day.map(since -> new Finding(
                            new Failed(
                                    failed.code,
                                    failed.partnerCanAct,
                                    failed.about,
                                    failed.expected,
                                    failed.actual,
                                    since,
                                    failed.ceiling),
                            change))
                    .orElse(this);
        }
    }

    /** Everything that keeps the lever from taking the sale; empty when it takes it. */
    private List<Finding> conditions(Change.World world) {
        var terms = published.terms();
        var sale = world.sale();
        if (!terms.effective().contains(sale.day())) {
            return List.of(Finding.of(
                            Reason.NO_TERMS,
                            "day",
                            Set.of(terms.effective().toString()),
                            sale.day().toString(),
                            new Change.SellOn(inForce(published, sale.day())))
                    .since(Optional.of(terms.effective().until()).filter(until -> !until.isAfter(sale.day()))));
        }
        var findings = new ArrayList<Finding>();
        if (sale.disposition() != 0) {
            findings.add(new Finding(
                    new Failed(
                            "DISPOSITION",
                            false,
                            "disposition",
                            Set.of(),
                            String.valueOf(sale.disposition()),
                            null,
                            null),
                    Optional.of(new Change.Clear(sale.disposition()))));
        }
        var location = location(world);
        program(location, sale, findings);
        var version = version(world);
        var here = version.matrix.holding(location, sale.day(), terms.wholeMonths());
        var rule = version.rules[lever - 1];
        taken(lever - 1, version, here, world, findings);
        for (var base : rule.stacksOn) {
            taken(base, version, here, world, findings);
        }
        for (var other : rule.yieldsTo) {
            if (missing(other, version, here, sale).isEmpty()) {
                findings.add(new Finding(
                        new Failed(
                                Reason.YIELDED.name(),
                                false,
                                "lever",
                                Set.of(),
                                terms.levers().get(other).id(),
                                null,
                                null),
                        Optional.empty()));
            }
        }
        rates(version, world, findings);
        return findings;
    }

    private Rulebook.Version version(Change.World world) {
        return Objects.requireNonNull(compiled(world.facts()).versions.get(published.program()))
                .getFirst();
    }

    private Facts.Location location(Change.World world) {
        var location = compiled(world.facts()).locations.get(world.sale().location());
        if (location == null) {
            throw new IllegalArgumentException(
                    "location %d is not known".formatted(world.sale().location()));
        }
        return location;
    }

    private void program(Facts.Location location, Sale sale, List<Finding> findings) {
        var terms = published.terms();
        var enrollments = location.enrollments();
        if (enrollments.stream()
                .noneMatch(one -> one.program() == published.program()
                        && Standing.contains(one.since(), one.until(), sale.day(), terms.wholeMonths()))) {
            findings.add(Finding.of(
                            enrollments.isEmpty() ? Reason.NOT_ENROLLED : Reason.NOT_ENROLLED_THEN,
                            "enrollment",
                            Set.of(terms.program()),
                            null,
                            new Change.EnrollBy(published.program(), latest(sale.day())))
                    .since(lastBefore(
                            sale.day(),
                            enrollments.stream()
                                    .filter(one -> one.program() == published.program())
                                    .map(Facts.Enrollment::until))));
        }
        if (!terms.partnerTypes().isEmpty() && !terms.partnerTypes().contains(location.type())) {
            open(Attribute.PARTNER_TYPE, terms.partnerTypes(), location.type(), findings);
        }
        if (!terms.countries().isEmpty() && !terms.countries().contains(location.country())) {
            open(Attribute.PARTNER_COUNTRY, terms.countries(), location.country(), findings);
        }
        for (var requirement : terms.requires()) {
            if (!Standing.holds(location, requirement, sale.day(), terms.wholeMonths())) {
                findings.add(hold(requirement, location, sale));
            }
        }
    }

    /** The last end that has come by the day; what goes on has none. */
    private static Optional<LocalDate> lastBefore(LocalDate day, Stream<@Nullable LocalDate> ends) {
        return ends.flatMap(Stream::ofNullable).filter(end -> !end.isAfter(day)).max(Comparator.naturalOrder());
    }

    private void open(Attribute attribute, Set<String> expected, String actual, List<Finding> findings) {
        findings.add(Finding.of(Reason.NOT_OPEN, attribute.key(), expected, actual, allowed(attribute, Set.of())));
    }

    /** The last day on which joining, or proving what is required, would do for a sale of this day. */
    private LocalDate latest(LocalDate day) {
        return published.terms().wholeMonths() ? day.withDayOfMonth(day.lengthOfMonth()) : day;
    }

    private Finding hold(Requirement requirement, Facts.Location location, Sale sale) {
        var held = location.holdings().stream()
                .filter(one ->
                        one.kind() == requirement.kind() && requirement.anyOf().contains(one.code()))
                .map(one -> one.level() == null ? one.code() : one.code() + " " + one.level())
                .sorted()
                .findFirst();
        return Finding.of(
                        Reason.missing(requirement.kind()),
                        requirement.kind().key(),
                        new TreeSet<>(requirement.anyOf()),
                        held.orElse(null),
                        new Change.Hold(requirement, latest(sale.day())))
                .since(lastBefore(
                        sale.day(),
                        location.holdings().stream()
                                .filter(one -> Standing.meets(one, requirement))
                                .map(Facts.Holding::until)));
    }

    private static List<Matrix.Condition> missing(int number, Rulebook.Version version, BitSet here, Sale sale) {
        return version.matrix.missing(number, here, sale.product(), sale.customer(), sale.kind(), (int)
                sale.day().toEpochDay());
    }

    private void taken(int number, Rulebook.Version version, BitSet here, Change.World world, List<Finding> findings) {
        var sale = world.sale();
        var location = location(world);
        for (var condition : missing(number, version, here, sale)) {
            var reason = version.matrix.reason(condition, here, sale.product(), sale.customer(), sale.kind());
            findings.add(
                    switch (condition) {
                        case Matrix.Has(var attribute, var oneOf) ->
                            Finding.of(
                                    reason,
                                    attribute.key(),
                                    oneOf,
                                    actual(attribute, world),
                                    allowed(attribute, Set.of()));
                        case Matrix.Holds(var requirement) -> hold(requirement, location, sale);
                        case Matrix.Happened(var trigger) ->
                            Finding.of(
                                    reason,
                                    "trigger",
                                    Set.of(word(trigger)),
                                    word(happened(world)),
                                    new Change.Happen(trigger));
                        case Matrix.Age(var age) -> age(reason, age, world);
                        case Matrix.Unlike(var exception) -> unlike(reason, exception, world);
                        case Matrix.Stacked _ ->
                            throw new IllegalStateException("nothing lacks this by itself: " + condition);
                    });
        }
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** What an attribute may be, all in all, so that the lever and those that it stacks on take the sale. */
    private Change.Have allowed(Attribute attribute, Set<String> besides) {
        var terms = published.terms();
        var own = terms.levers().get(lever - 1);
        var selections = Stream.concat(Stream.of(own), own.stacksOn().stream().map(terms::lever))
                .map(Lever::of)
                .toList();
        var oneOf = new ArrayList<Set<String>>();
        var noneOf = new HashSet<>(besides);
        for (var selection : selections) {
            oneOf.add(selection.only().getOrDefault(attribute, Set.of()));
            selection.except().stream()
                    .filter(exception -> exception.keySet().equals(Set.of(attribute)))
                    .forEach(exception -> noneOf.addAll(exception.get(attribute)));
        }
        if (attribute == Attribute.PARTNER_TYPE) {
            oneOf.add(terms.partnerTypes());
        } else if (attribute == Attribute.PARTNER_COUNTRY) {
            oneOf.add(terms.countries());
        } else if (attribute == Attribute.UNIT && own.basis() instanceof Lever.HigherOf(var unit, var other)) {
            oneOf.add(Set.of(unit, other));
        }
        var all = new TreeSet<String>();
        oneOf.stream().filter(set -> !set.isEmpty()).forEach(set -> {
            if (all.isEmpty()) {
                all.addAll(set);
            } else {
                all.retainAll(set);
            }
        });
        all.removeAll(noneOf);
        return new Change.Have(attribute, all, noneOf);
    }

    private static @Nullable String actual(Attribute attribute, Change.World world) {
        return switch (attribute.side()) {
            case PRODUCT ->
                world.facts().products().stream()
                        .filter(one -> one.id() == world.sale().product())
                        .findFirst()
                        .map(one -> Matrix.of(one, attribute))
                        .orElse(null);
            case CUSTOMER ->
                world.facts().customers().stream()
                        .filter(one -> one.id() == world.sale().customer())
                        .findFirst()
                        .map(one -> Matrix.of(one, attribute))
                        .orElse(null);
            case LOCATION ->
                world.facts().locations().stream()
                        .filter(one -> one.id() == world.sale().location())
                        .findFirst()
                        .map(one -> attribute == Attribute.PARTNER_TYPE
                                ? one.type()
                                : attribute == Attribute.PARTNER_COUNTRY
                                        ? one.country()
                                        : String.join(", ", new TreeSet<>(one.lists())))
                        .orElse(null);
            case LINE ->
                world.facts().lineKinds().stream()
                        .filter(one -> one.id() == world.sale().kind())
                        .findFirst()
                        .map(one -> one.attributes().get(attribute))
                        .orElse(null);
        };
    }

    private static Lever.Trigger happened(Change.World world) {
        return world.facts().lineKinds().stream()
                .filter(one -> one.id() == world.sale().kind())
                .findFirst()
                .map(Facts.LineKind::happened)
                .orElse(Lever.Trigger.INVOICED);
    }

    private static Finding age(Reason reason, Lever.CustomerAge age, Change.World world) {
        var day = world.sale().day();
        var turns = day.minusMonths(age.months());
        while (!turns.plusMonths(age.months()).isAfter(day)) {
            turns = turns.plusDays(1);
        }
        var since = world.facts().customers().stream()
                .filter(one -> one.id() == world.sale().customer())
                .findFirst()
                .map(Facts.Customer::since);
        return Finding.of(
                        reason,
                        "customer-age",
                        Set.of((age.fresh() ? "<" : ">=") + age.months()),
                        since.map(LocalDate::toString).orElse(null),
                        age.fresh()
                                ? new Change.CustomerSince(turns, day.plusDays(1))
                                : new Change.CustomerSince(null, turns))
                .since(since.map(first -> age.fresh() ? first.plusMonths(age.months()) : first));
    }

    /** One attribute that is different is enough to be no exception: one of the line if there is one, or the next best. */
    private Finding unlike(Reason reason, List<Matrix.Condition> exception, Change.World world) {
        var has = exception.stream()
                .map(Matrix.Has.class::cast)
                .sorted((one, other) -> Integer.compare(
                        distance(one.attribute().side()),
                        distance(other.attribute().side())))
                .toList();
        var first = has.getFirst();
        var changed = has.stream()
                .map(one -> allowed(one.attribute(), one.oneOf()))
                .filter(have -> !have.oneOf().isEmpty() || !isAsked(have.attribute()))
                .findFirst();
        return new Finding(
                new Failed(
                        reason.name(),
                        reason.partnerCanAct(),
                        first.attribute().key(),
                        Set.of(),
                        actual(first.attribute(), world),
                        null,
                        null),
                changed.map(Change.class::cast));
    }

    private boolean isAsked(Attribute attribute) {
        var terms = published.terms();
        return terms.levers().get(lever - 1).of().only().containsKey(attribute)
                || (attribute == Attribute.PARTNER_TYPE && !terms.partnerTypes().isEmpty())
                || (attribute == Attribute.PARTNER_COUNTRY && !terms.countries().isEmpty());
    }

    private static int distance(Selection.Side side) {
        return switch (side) {
            case LINE -> 0;
            case CUSTOMER -> 1;
            case PRODUCT -> 2;
            case LOCATION -> 3;
        };
    }

    private void rates(Rulebook.Version version, Change.World world, List<Finding> findings) {
        var sale = world.sale();
        var currency = published.terms().currency();
        if (sale.currency().equals(currency)) {
            return;
        }
        var conversion = new Conversion(
                published.terms(), version.watchFrom, world.facts().rates());
        if (conversion.on((int) sale.day().toEpochDay(), (short) sale.currency().getNumericCode()) == null) {
            var needed = new HashSet<>(Set.of(currency, sale.currency()));
            needed.remove(Currency.getInstance("EUR"));
            findings.add(Finding.of(
                    Reason.RATE_MISSING,
                    "exchange-rate",
                    Set.of(currency.getCurrencyCode()),
                    sale.currency().getCurrencyCode(),
                    new Change.LoadRates(Conversion.wanted(published.terms(), sale.day()), needed)));
        }
    }
}
