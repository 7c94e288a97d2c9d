package org.espace.earnings;

import static org.espace.db.earnings.Tables.ADJUSTMENT;
import static org.espace.db.earnings.Tables.ADJUSTMENT_DECISION;
import static org.jooq.impl.DSL.noCondition;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espace.ledger.Account;
import org.espace.ledger.Ledger;
import org.espace.ledger.Transfer;
import org.espace.money.Money;
import org.espace.partners.LocationId;
import org.espace.partners.Partners;
import org.espace.programs.Programs;
import org.espace.web.Act;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators add to earnings by hand: proposed by one, decided by another, and then as final as a posting. */
@Component
class Adjustments {

    private final Periods periods;
    private final Partners partners;
    private final Programs programs;
    private final Ledger ledger;
    private final DSLContext sql;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Adjustments(
            Periods periods,
            Partners partners,
            Programs programs,
            Ledger ledger,
            DSLContext sql,
            ApplicationEventPublisher events,
            Clock clock) {
        this.periods = periods;
        this.partners = partners;
        this.programs = programs;
        this.ledger = ledger;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Adjustment propose(Adjustment.Proposal proposal, String by) {
        partners.location(proposal.location());
        var currencies = programs.all().stream()
                .filter(published -> published.terms().program().equals(proposal.program()))
                .map(published -> published.terms().currency())
                .toList();
        if (currencies.isEmpty()) {
            throw AdjustmentRefused.noProgram(proposal.program());
        }
        if (!currencies.contains(proposal.amount().currency())) {
            throw AdjustmentRefused.otherCurrency(
                    proposal.program(), currencies.getFirst(), proposal.amount().currency());
        }
        if (proposal.line() != null
                && LineKey.of(proposal.line()).location() != proposal.location().value()) {
            throw new LineNotFound(proposal.line());
        }
        if (proposal.month().isAfter(YearMonth.now(clock.withZone(ZoneId.systemDefault())))) {
            throw AdjustmentRefused.notBegun(proposal.month());
        }
        var id = sql.insertInto(ADJUSTMENT)
                .set(ADJUSTMENT.LOCATION_ID, proposal.location().value())
                .set(ADJUSTMENT.PROGRAM, proposal.program())
                .set(ADJUSTMENT.TYPE, proposal.type().name())
                .set(ADJUSTMENT.MONTH, proposal.month().atDay(1))
                .set(ADJUSTMENT.AMOUNT, proposal.amount().amount())
                .set(ADJUSTMENT.CURRENCY, proposal.amount().currency().getCurrencyCode())
                .set(ADJUSTMENT.REASON, proposal.reason().name())
                .set(ADJUSTMENT.CAUSE, proposal.cause())
                .set(ADJUSTMENT.LINE, proposal.line())
                .set(ADJUSTMENT.PROPOSED_BY, by)
                .set(ADJUSTMENT.PROPOSED_AT, clock.instant())
                .returning(ADJUSTMENT.ID)
                .fetchSingle(ADJUSTMENT.ID);
        return told("adjustment.proposed", id, by);
    }

    @Transactional
    public Adjustment approve(int id, String by) {
        periods.lock();
        var adjustment = open(id, by);
        var openFrom = periods.openFrom();
        var month = adjustment.month().atDay(1);
        var booked = openFrom == null || openFrom.isBefore(month) ? month : openFrom;
        decide(adjustment, new Adjustment.Decision(true, YearMonth.from(booked), by, clock.instant()));
        ledger.post(List.of(transfer(adjustment)));
        return told("adjustment.approved", id, by);
    }

    @Transactional
    public Adjustment reject(int id, String by) {
        periods.lock();
        decide(open(id, by), new Adjustment.Decision(false, null, by, clock.instant()));
        return told("adjustment.rejected", id, by);
    }

    private Adjustment told(String action, int id, String by) {
        var adjustment = adjustment(id);
        var location = partners.location(adjustment.location());
        events.publishEvent(Act.of(action, by, location.partner().value(), "adjustment " + id)
                .changing(
                        Map.of(),
                        Map.of(
                                "location", location.number(),
                                "program", adjustment.program(),
                                "month", adjustment.month().toString(),
                                "amount", adjustment.amount().toString(),
                                "reason", adjustment.reason().name(),
                                "cause", adjustment.cause())));
        return adjustment;
    }

    /** The latest first. */
    List<Adjustment> all() {
        return adjustments(noCondition());
    }

    /** All that were approved before then; ever, when that is null. */
    List<Adjustment> approved(@Nullable Instant until) {
        var approved = ADJUSTMENT_DECISION.VERDICT.eq("APPROVED");
        return adjustments(until == null ? approved : approved.and(ADJUSTMENT_DECISION.DECIDED_AT.lt(until)));
    }

    /** Those that stand in the month's statement, in the order in which they were proposed. */
    List<Adjustment> booked(YearMonth month) {
        return adjustments(ADJUSTMENT_DECISION.BOOKED.eq(month.atDay(1))).reversed();
    }

    Adjustment adjustment(int id) {
        return adjustments(ADJUSTMENT.ID.eq(id)).stream().findFirst().orElseThrow(() -> new AdjustmentNotFound(id));
    }

    private Adjustment open(int id, String by) {
        var adjustment = adjustment(id);
        if (adjustment.decision() != null) {
            throw AdjustmentRefused.decided(id);
        }
        if (adjustment.proposedBy().toLowerCase(Locale.ROOT).equals(by.toLowerCase(Locale.ROOT))) {
            throw AdjustmentRefused.ownProposal(id, by);
        }
        return adjustment;
    }

    private void decide(Adjustment adjustment, Adjustment.Decision decision) {
        sql.insertInto(ADJUSTMENT_DECISION)
                .set(ADJUSTMENT_DECISION.ADJUSTMENT_ID, adjustment.id())
                .set(ADJUSTMENT_DECISION.PROPOSED_BY, adjustment.proposedBy())
                .set(ADJUSTMENT_DECISION.VERDICT, decision.approved() ? "APPROVED" : "REJECTED")
                .set(
                        ADJUSTMENT_DECISION.BOOKED,
                        decision.booked() == null ? null : decision.booked().atDay(1))
                .set(ADJUSTMENT_DECISION.DECIDED_BY, decision.by())
                .set(ADJUSTMENT_DECISION.DECIDED_AT, decision.at())
                .execute();
    }

    private static Transfer transfer(Adjustment adjustment) {
        var account = switch (adjustment.type()) {
            case REBATE -> Account.rebateAccrued(adjustment.location(), adjustment.program());
            case COOP -> Account.coopFund(adjustment.location(), adjustment.program());
        };
        var reference = "adjustment:%d".formatted(adjustment.id());
        return adjustment.amount().amount().signum() > 0
                ? new Transfer(reference, Account.INCENTIVE_EXPENSE, account, adjustment.amount())
                : new Transfer(
                        reference,
                        account,
                        Account.INCENTIVE_EXPENSE,
                        adjustment.amount().negated());
    }

    private List<Adjustment> adjustments(Condition condition) {
        return sql.select()
                .from(ADJUSTMENT)
                .leftJoin(ADJUSTMENT_DECISION)
                .on(ADJUSTMENT_DECISION.ADJUSTMENT_ID.eq(ADJUSTMENT.ID))
                .where(condition)
                .orderBy(ADJUSTMENT.ID.desc())
                .fetch(row -> {
                    var proposed = row.into(ADJUSTMENT);
                    @Nullable String verdict = row.get(ADJUSTMENT_DECISION.VERDICT);
                    var booked = row.get(ADJUSTMENT_DECISION.BOOKED);
                    return new Adjustment(
                            proposed.getId(),
                            new LocationId(proposed.getLocationId()),
                            proposed.getProgram(),
                            Adjustment.Type.valueOf(proposed.getType()),
                            YearMonth.from(proposed.getMonth()),
                            new Money(proposed.getAmount(), Currency.getInstance(proposed.getCurrency())),
                            Adjustment.Reason.valueOf(proposed.getReason()),
                            proposed.getCause(),
                            proposed.getLine(),
                            proposed.getProposedBy(),
                            proposed.getProposedAt(),
                            verdict == null
                                    ? null
                                    : new Adjustment.Decision(
                                            verdict.equals("APPROVED"),
                                            booked == null ? null : YearMonth.from(booked),
                                            row.get(ADJUSTMENT_DECISION.DECIDED_BY),
                                            row.get(ADJUSTMENT_DECISION.DECIDED_AT)));
                });
    }
}
