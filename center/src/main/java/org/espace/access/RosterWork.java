package org.espace.access;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Turns saved lists into users: at once, and, where a process was killed or failed, whichever server looks next. */
@Configuration(proxyBeanMethods = false)
class RosterWork {

    private static final Logger LOG = LoggerFactory.getLogger(RosterWork.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    @Bean
    RecurringTask<Void> finishRosters(Rosters rosters) {
        return Tasks.recurring("finish-rosters", FixedDelay.of(EVERY))
                .execute((instance, context) -> rosters.finishAll());
    }

    @Component
    static class AfterSaving {

        private final Rosters rosters;

        AfterSaving(Rosters rosters) {
            this.rosters = rosters;
        }

        @TransactionalEventListener
        void on(RosterSaved saved) {
            Thread.ofVirtual().name("roster-" + saved.roster()).start(() -> work(saved.roster()));
        }

        /** What fails is tried again by the next look; here it is only told. */
        private void work(int roster) {
            try {
                rosters.work(roster);
            } catch (RuntimeException e) {
                LOG.warn("List {} is not finished", roster, e);
            }
        }
    }
}
