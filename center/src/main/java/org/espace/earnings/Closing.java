package org.espace.earnings;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
import org.espace.web.Act;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Closes months: computes all that is known first, and then lets their statements stand for good. */
@Component
class Closing {

    private final Refresh refresh;
    private final Periods periods;
    private final Statements statements;
    private final OneAtATime turns;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Closing(
            Refresh refresh,
            Periods periods,
            Statements statements,
            OneAtATime turns,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.refresh = refresh;
        this.periods = periods;
        this.statements = statements;
        this.turns = turns;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    List<ClosedPeriod> close(YearMonth month, LocalDate today, String by, Progress progress) {
        if (today.isBefore(month.plusMonths(1).atDay(1))) {
            throw new PeriodNotOver(month);
        }
        return turns.hold(progress, () -> {
            refresh.refresh(by, false, Threads.ofThisMachine(), progress);
            var closed = new ArrayList<ClosedPeriod>();
            transaction.executeWithoutResult(_ -> {
                periods.lock();
                for (var open : periods.openUntil(month)) {
                    progress.at("close.hashing", closed.size(), 0);
                    var digest = statements.digest(open);
                    var period = new ClosedPeriod(
                            open, clock.instant(), by, digest.lines(), digest.sha256(), digest.totals());
                    periods.insert(period);
                    closed.add(period);
                    events.publishEvent(Act.of("month.closed", by, null, open.toString())
                            .changing(Map.of(), Map.of("sha256", digest.sha256(), "lines", "" + digest.lines())));
                }
            });
            return List.copyOf(closed);
        });
    }
}
