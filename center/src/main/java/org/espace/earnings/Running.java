package org.espace.earnings;

import static org.espace.db.earnings.Tables.RUNNING;
import static org.jooq.Records.mapping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.espace.batch.Progress;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets every process see how far the one at work has come, and ask it to stop. */
@Component
class Running {

    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);

    private final DSLContext sql;
    private final OneAtATime turns;
    private final Clock clock;

    Running(DSLContext sql, OneAtATime turns, Clock clock) {
        this.sql = sql;
        this.turns = turns;
        this.clock = clock;
    }

    /** Empty when none is at work: what a killed one has left is not shown. */
    Optional<RunningRun> find() {
        return turns.isHeld()
                ? sql.select(
                                RUNNING.RUN_ID,
                                RUNNING.STARTED_AT,
                                RUNNING.STARTED_BY,
                                RUNNING.STEP,
                                RUNNING.STEP_BEGAN_AT,
                                RUNNING.DONE,
                                RUNNING.TOTAL,
                                RUNNING.HEARD_AT,
                                RUNNING.CANCELLED_BY)
                        .from(RUNNING)
                        .orderBy(RUNNING.RUN_ID.desc())
                        .limit(1)
                        .fetchOptional(mapping(RunningRun::new))
                : Optional.empty();
    }

    /** The run stops before its next step; one that is already being posted goes through. */
    void cancel(int run, String by) {
        sql.update(RUNNING)
                .set(RUNNING.CANCELLED_BY, by)
                .where(RUNNING.RUN_ID.eq(run).and(RUNNING.CANCELLED_BY.isNull()))
                .execute();
    }

    /** To be called by whoever has the turn; {@link Noted#at} throws once the run is cancelled. */
    Noted begin(int run, String by, Progress listener) {
        return begin(run, by, "refresh.", listener);
    }

    /** The same for a simulation, which has a number of its own among the runs. */
    Noted beginSimulation(int run, String by, Progress listener) {
        return begin(run, by, RunningRun.OF_A_SIMULATION, listener);
    }

    private Noted begin(int run, String by, String kind, Progress listener) {
        var now = clock.instant();
        sql.deleteFrom(RUNNING).execute();
        sql.insertInto(RUNNING)
                .set(RUNNING.RUN_ID, run)
                .set(RUNNING.STARTED_AT, now)
                .set(RUNNING.STARTED_BY, by)
                .set(RUNNING.STEP, kind + "starting")
                .set(RUNNING.STEP_BEGAN_AT, now)
                .set(RUNNING.DONE, 0L)
                .set(RUNNING.TOTAL, 0L)
                .set(RUNNING.HEARD_AT, now)
                .execute();
        return new Noted(run, kind, listener, now);
    }

    /** Passes progress on, and notes it down once a second. */
    final class Noted implements Progress, AutoCloseable {

        private final int run;

        /** What steps are called after, whoever carries them out. */
        private final String kind;

        private final Progress listener;
        private String step = "refresh.starting";
        private Instant stepBegan;
        private Instant noted;

        private Noted(int run, String kind, Progress listener, Instant now) {
            this.run = run;
            this.kind = kind;
            this.listener = listener;
            this.stepBegan = now;
            this.noted = now;
        }

        @Override
        public synchronized void at(String step, long done, long total) {
            listener.at(step, done, total);
            var now = clock.instant();
            var another = !step.equals(this.step);
            if (another) {
                this.step = step;
                stepBegan = now;
            }
            if (another || Duration.between(noted, now).compareTo(BETWEEN_NOTES) >= 0) {
                noted = now;
                stopIfCancelled(sql.update(RUNNING)
                        .set(RUNNING.STEP, kind + step.substring(step.indexOf('.') + 1))
                        .set(RUNNING.STEP_BEGAN_AT, stepBegan)
                        .set(RUNNING.DONE, done)
                        .set(RUNNING.TOTAL, total)
                        .set(RUNNING.HEARD_AT, now)
                        .where(RUNNING.RUN_ID.eq(run))
                        .returning(RUNNING.CANCELLED_BY)
                        .fetchOne(RUNNING.CANCELLED_BY));
            }
        }

        private void stopIfCancelled(@Nullable String by) {
            if (by != null) {
                throw new RunCancelled(run, by);
            }
        }

        @Override
        public void close() {
            sql.deleteFrom(RUNNING).where(RUNNING.RUN_ID.eq(run)).execute();
        }
    }
}
