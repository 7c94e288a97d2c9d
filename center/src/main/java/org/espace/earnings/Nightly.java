package org.espace.earnings;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.espace.batch.Progress;
import org.espace.eligibility.Eligibilities;
import org.espace.sales.SalesLoaded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Refreshes every night, and after each load that no other refresh has rated by then. The tasks are rows of the database:
 * whichever server runs picks them up.
 */
@Configuration(proxyBeanMethods = false)
class Nightly {

    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);
    private static final LocalTime AT = LocalTime.of(2, 0);
    private static final TaskDescriptor<Void> AFTER_LOAD = TaskDescriptor.of("refresh-after-load");

    @Bean
    RecurringTask<Void> nightlyRefresh(Refresh refresh, Eligibilities eligibilities, Clock clock) {
        return Tasks.recurring("refresh-every-night", Schedules.daily(AT)).execute((instance, context) -> {
            eligibilities.evaluate(LocalDate.now(clock));
            unlessCancelled(() -> refresh.run("schedule", Progress.SILENT));
        });
    }

    @Bean
    OneTimeTask<Void> refreshAfterLoad(Refresh refresh) {
        return Tasks.oneTime(AFTER_LOAD)
                .execute((instance, context) ->
                        unlessCancelled(() -> refresh.runAfter(Integer.parseInt(instance.getId()), Progress.SILENT)));
    }

    /** A run that someone has cancelled is not tried again by itself: the next night's takes up what it has left. */
    private static void unlessCancelled(Runnable refresh) {
        try {
            refresh.run();
        } catch (RunCancelled e) {
            LOG.info(e.getMessage());
        }
    }

    /** When the next night's refresh begins. */
    static Instant next(Instant now) {
        var here = now.atZone(ZoneId.systemDefault());
        var today = here.with(AT);
        return (here.isBefore(today) ? today : today.plusDays(1)).toInstant();
    }

    /** Writes the task's row whether or not this process runs tasks: a command's load is followed by the server's refresh. */
    @Component
    static class AfterLoad {

        private final SchedulerClient scheduler;
        private final Clock clock;

        AfterLoad(DataSource database, OneTimeTask<Void> refreshAfterLoad, Clock clock) {
            this.scheduler = SchedulerClient.Builder.create(database, refreshAfterLoad)
                    .tableName("web.scheduled_tasks")
                    .build();
            this.clock = clock;
        }

        @TransactionalEventListener
        void on(SalesLoaded loaded) {
            var task = AFTER_LOAD.instance(Integer.toString(loaded.load())).scheduledTo(clock.instant());
            scheduler.scheduleIfNotExists(task);
        }
    }
}
