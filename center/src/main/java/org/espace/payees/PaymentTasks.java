package org.espace.payees;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.LocalTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What time alone brings: documents that end. */
@Configuration(proxyBeanMethods = false)
class PaymentTasks {

    private static final LocalTime BEFORE_THE_REFRESH = LocalTime.of(1, 0);

    @Bean
    RecurringTask<Void> paymentReminders(Profiles profiles) {
        return Tasks.recurring("payment-reminders", Schedules.daily(BEFORE_THE_REFRESH))
                .execute((instance, context) -> profiles.remind());
    }
}
