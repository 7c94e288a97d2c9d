package org.espace.earnings;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.Progress;
import org.espace.batch.Threads;
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
    private final Clock clock;

    Closing(
            Refresh refresh,
            Periods periods,
            Statements statements,
            OneAtATime turns,
            TransactionTemplate transaction,
            Clock clock) {
        this.refresh = refresh;
        this.periods = periods;
        this.statements = statements;
        this.turns = turns;
        this.transaction = transaction;
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
                }
            });
            return List.copyOf(closed);
        });
    }
}
