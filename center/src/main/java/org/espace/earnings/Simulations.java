package org.espace.earnings;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.espace.db.earnings.Tables.RUN;
import static org.espace.db.earnings.Tables.SIMULATION;
import static org.espace.db.earnings.Tables.SIMULATION_RESULT;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.batch.Progress;
import org.espace.enrollment.Enrollment;
import org.espace.money.Money;
import org.espace.partners.Location;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.PublishedTerms;
import org.espace.terms.Period;
import org.espace.terms.Terms;
import org.espace.terms.TermsReader;
import org.espace.web.Act;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries draft terms on what was really sold, and keeps the reports. */
@Component
class Simulations {

    private final Footing footing;
    private final Trial trial;
    private final OneAtATime turns;
    private final Running running;
    private final EarningsStore store;
    private final Partners partners;
    private final TransactionTemplate transaction;
    private final DSLContext sql;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Simulations(
            Footing footing,
            Trial trial,
            OneAtATime turns,
            Running running,
            EarningsStore store,
            Partners partners,
            TransactionTemplate transaction,
            DSLContext sql,
            ApplicationEventPublisher events,
            Clock clock) {
        this.footing = footing;
        this.trial = trial;
        this.turns = turns;
        this.running = running;
        this.store = store;
        this.partners = partners;
        this.transaction = transaction;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    Simulation simulate(SimulationOrder order, String by, Progress progress) {
        var draft = TermsReader.read(order.text());
        var days = days(draft, order);
        var id = turns.hold(progress, () -> {
            try (var noted = running.beginSimulation(store.nextRun(), by, progress)) {
                var imagined = footing.of(promised(draft, days), members(draft, days, order));
                var differences = trial.compare(imagined, noted).stream()
                        .filter(difference -> difference.program().equals(draft.program()))
                        .filter(difference -> overlaps(difference.month(), days) || !difference.isNothing())
                        .toList();
                return Objects.requireNonNull(transaction.execute(_ -> {
                    var made = insert(draft, days, order, by, differences);
                    events.publishEvent(Act.of("simulation.made", by, null, draft.program() + " " + draft.version())
                            .changing(Map.of(), Map.of("simulation", "" + made, "days", days.toString())));
                    return made;
                }));
            }
        });
        return simulation(id);
    }

    /** Throws what {@link #simulate} would throw about the order. */
    void check(SimulationOrder order) {
        var draft = TermsReader.read(order.text());
        members(draft, days(draft, order), order);
    }

    /** The latest first, each with its rows. */
    List<Simulation> all() {
        return simulations(noCondition());
    }

    Simulation simulation(int id) {
        return simulations(SIMULATION.ID.eq(id)).stream().findFirst().orElseThrow(() -> new SimulationNotFound(id));
    }

    private static Period days(Terms draft, SimulationOrder order) {
        var effective = draft.effective();
        var from = order.from() == null || order.from().isBefore(effective.from()) ? effective.from() : order.from();
        var until =
                order.until() == null || order.until().isAfter(effective.until()) ? effective.until() : order.until();
        if (!from.isBefore(until)) {
            throw NobodyToSimulate.onTheseDays(draft);
        }
        return new Period(from, until);
    }

    /** The draft takes the place of the versions of its program on its days; before and after, these stay in force. */
    private List<PublishedTerms> promised(Terms draft, Period days) {
        var standing = footing.promised();
        var lastId = standing.stream().mapToInt(PublishedTerms::id).max().orElse(0);
        var program = standing.stream()
                .filter(published -> published.terms().program().equals(draft.program()))
                .mapToInt(PublishedTerms::program)
                .findFirst()
                .orElseGet(() -> standing.stream()
                                .mapToInt(PublishedTerms::program)
                                .max()
                                .orElse(0)
                        + 1);
        var promised = new ArrayList<PublishedTerms>();
        promised.add(new PublishedTerms(program, ++lastId, on(draft, days), "", "", clock.instant(), ""));
        for (var published : standing) {
            var effective = published.terms().effective();
            if (published.program() != program
                    || !effective.from().isBefore(days.until())
                    || !days.from().isBefore(effective.until())) {
                promised.add(published);
                continue;
            }
            if (effective.from().isBefore(days.from())) {
                promised.add(cut(published, published.id(), new Period(effective.from(), days.from())));
            }
            if (days.until().isBefore(effective.until())) {
                promised.add(cut(published, ++lastId, new Period(days.until(), effective.until())));
            }
        }
        return promised;
    }

    private static PublishedTerms cut(PublishedTerms published, int id, Period days) {
        return new PublishedTerms(
                published.program(),
                id,
                on(published.terms(), days),
                published.text(),
                published.sha256(),
                published.publishedAt(),
                published.publishedBy());
    }

    private static Terms on(Terms terms, Period days) {
        return new Terms(
                terms.program(),
                terms.name(),
                terms.version(),
                days,
                terms.currency(),
                terms.fiscalYearStarts(),
                terms.exchange(),
                terms.rounding(),
                terms.partnerTypes(),
                terms.countries(),
                terms.conditions(),
                terms.wholeMonths(),
                terms.split(),
                terms.source(),
                terms.levers(),
                terms.ceilings());
    }

    private List<Enrollment> members(Terms draft, Period days, SimulationOrder order) {
        var joined = footing.joined();
        var members = new ArrayList<>(joined);
        switch (order.membership()) {
            case ENROLLED -> {}
            case LIKE -> {
                members.removeIf(enrollment -> enrollment.program().equals(draft.program()));
                joined.stream()
                        .filter(enrollment -> enrollment.program().equals(order.like()))
                        .map(enrollment -> new Enrollment(
                                enrollment.location(), draft.program(), enrollment.since(), enrollment.until()))
                        .forEach(members::add);
            }
            case EVERYBODY -> {
                var own = joined.stream()
                        .filter(enrollment -> enrollment.program().equals(draft.program()))
                        .collect(groupingBy(Enrollment::location));
                members.removeIf(enrollment -> enrollment.program().equals(draft.program()));
                for (var location : partners.locations()) {
                    members.addAll(
                            during(days, location.id(), draft.program(), own.getOrDefault(location.id(), List.of())));
                }
            }
        }
        if (members.stream().noneMatch(enrollment -> enrollment.program().equals(draft.program()))) {
            throw NobodyToSimulate.amongMembers(draft);
        }
        return members;
    }

    /** All of the days, and whatever more the location's own enrollments hold before and after. */
    private static List<Enrollment> during(Period days, LocationId location, String program, List<Enrollment> own) {
        var all = new ArrayList<Enrollment>();
        var since = days.from();
        @Nullable LocalDate until = days.until();
        for (var enrollment : own) {
            var touches = enrollment.since().isBefore(days.until())
                    && (enrollment.until() == null || enrollment.until().isAfter(days.from()));
            if (!touches) {
                all.add(enrollment);
                continue;
            }
            since = enrollment.since().isBefore(since) ? enrollment.since() : since;
            until = until == null || enrollment.until() == null
                    ? null
                    : enrollment.until().isAfter(until) ? enrollment.until() : until;
        }
        all.add(new Enrollment(location, program, since, until));
        return all;
    }

    private static boolean overlaps(YearMonth month, Period days) {
        return month.atDay(1).isBefore(days.until()) && !month.atEndOfMonth().isBefore(days.from());
    }

    private int insert(Terms draft, Period days, SimulationOrder order, String by, List<Difference> differences) {
        var id = sql.insertInto(SIMULATION)
                .set(SIMULATION.PROGRAM, draft.program())
                .set(SIMULATION.VERSION, draft.version())
                .set(SIMULATION.TEXT, order.text())
                .set(SIMULATION.DAYS_FROM, days.from())
                .set(SIMULATION.DAYS_UNTIL, days.until())
                .set(SIMULATION.MEMBERSHIP, order.membership().name())
                .set(SIMULATION.LIKE_PROGRAM, order.like())
                .set(SIMULATION.LAST_RUN, select(max(RUN.ID)).from(RUN))
                .set(SIMULATION.MADE_AT, clock.instant())
                .set(SIMULATION.MADE_BY, by)
                .returning(SIMULATION.ID)
                .fetchSingle(SIMULATION.ID);
        sql.batch(differences.stream()
                        .map(difference -> sql.insertInto(SIMULATION_RESULT)
                                .set(SIMULATION_RESULT.SIMULATION_ID, id)
                                .set(
                                        SIMULATION_RESULT.LOCATION_ID,
                                        difference.location().value())
                                .set(SIMULATION_RESULT.MONTH, difference.month().atDay(1))
                                .set(
                                        SIMULATION_RESULT.CURRENCY,
                                        difference.before().currency().getCurrencyCode())
                                .set(
                                        SIMULATION_RESULT.BEFORE,
                                        difference.before().amount())
                                .set(SIMULATION_RESULT.AFTER, difference.after().amount())
                                .set(
                                        SIMULATION_RESULT.REBATE_BEFORE,
                                        difference.rebateBefore().amount())
                                .set(
                                        SIMULATION_RESULT.REBATE_AFTER,
                                        difference.rebateAfter().amount()))
                        .toList())
                .execute();
        return id;
    }

    private List<Simulation> simulations(Condition condition) {
        var owners = partners.locations().stream().collect(toMap(Location::id, Location::partner));
        var results = sql.select(SIMULATION_RESULT.fields())
                .from(SIMULATION_RESULT)
                .join(SIMULATION)
                .on(SIMULATION.ID.eq(SIMULATION_RESULT.SIMULATION_ID))
                .where(condition)
                .orderBy(SIMULATION_RESULT.LOCATION_ID, SIMULATION_RESULT.MONTH, SIMULATION_RESULT.CURRENCY)
                .fetchGroups(SIMULATION_RESULT.SIMULATION_ID, row -> {
                    var found = row.into(SIMULATION_RESULT);
                    var currency = Currency.getInstance(found.getCurrency());
                    var location = new LocationId(found.getLocationId());
                    return new Simulation.Row(
                            location,
                            Objects.requireNonNull(owners.get(location)),
                            YearMonth.from(found.getMonth()),
                            new Money(found.getBefore(), currency),
                            new Money(found.getAfter(), currency),
                            new Money(found.getRebateBefore(), currency),
                            new Money(found.getRebateAfter(), currency));
                });
        return sql.selectFrom(SIMULATION)
                .where(condition)
                .orderBy(SIMULATION.ID.desc())
                .limit(100)
                .fetch(row -> new Simulation(
                        row.getId(),
                        row.getProgram(),
                        row.getVersion(),
                        row.getText(),
                        row.getDaysFrom(),
                        row.getDaysUntil(),
                        SimulationOrder.Membership.valueOf(row.getMembership()),
                        row.getMadeAt(),
                        row.getMadeBy(),
                        results.getOrDefault(row.getId(), List.of())));
    }
}
