package org.espace.enrollment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Duration;
import java.time.LocalTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Carries decisions out, at once or by whichever server looks next, and keeps invitations and enrollments every day. */
@Configuration(proxyBeanMethods = false)
class DecisionWork {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionWork.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** After the night's refresh, which has found out who is eligible today. */
    private static final LocalTime AT = LocalTime.of(5, 0);

    @Bean
    RecurringTask<Void> finishDecisions(Decisions decisions) {
        return Tasks.recurring("finish-decisions", FixedDelay.of(EVERY))
                .execute((instance, context) -> decisions.finishAll());
    }

    @Bean
    RecurringTask<Void> keepEnrollments(Memberships memberships) {
        return Tasks.recurring("keep-enrollments", Schedules.daily(AT))
                .execute((instance, context) -> memberships.keep());
    }

    /**
     * A server that was killed in the middle still holds its task for minutes, until the others take it for dead; whoever
     * starts goes on at once.
     */
    @Component
    @ConditionalOnProperty("db-scheduler.enabled")
    static class AtStart {

        private final Decisions decisions;

        AtStart(Decisions decisions) {
            this.decisions = decisions;
        }

        @EventListener(ApplicationReadyEvent.class)
        void goOn() {
            Thread.ofVirtual().name("decisions").start(decisions::finishAll);
        }
    }

    @Component
    static class AfterStart {

        private final Decisions decisions;

        AfterStart(Decisions decisions) {
            this.decisions = decisions;
        }

        @TransactionalEventListener
        void on(DecisionStarted started) {
            Thread.ofVirtual().name("decision-" + started.decision()).start(() -> work(started.decision()));
        }

        /** What fails is tried again by the next look; here it is only told. */
        private void work(int decision) {
            try {
                decisions.work(decision);
            } catch (RuntimeException e) {
                LOG.warn("Decision {} is not finished", decision, e);
            }
        }
    }
}
