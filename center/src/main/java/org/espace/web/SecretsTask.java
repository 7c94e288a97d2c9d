package org.espace.web;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.LocalTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finishes at night what an interrupted change of the key has left, if nobody has called it again. */
@Configuration(proxyBeanMethods = false)
class SecretsTask {

    private static final LocalTime BEFORE_THE_REFRESH = LocalTime.of(1, 0);

    @Bean
    RecurringTask<Void> secretsSealedAgain(SecretsRotation rotation) {
        return Tasks.recurring("secrets-sealed-again", Schedules.daily(BEFORE_THE_REFRESH))
                .execute((instance, context) -> rotation.finish());
    }
}
