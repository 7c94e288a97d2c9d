package org.espace.notices;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * When the postman goes: in a server, right after a mail was kept, and every few seconds for what failed before or was kept
 * by another process. A thread of its own, since the scheduler's may be busy with a refresh.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Smtp.class)
class Rounds {

    @Bean
    @ConditionalOnProperty("db-scheduler.enabled")
    Walking walking(Postman postman) {
        return new Walking(postman);
    }

    static class Walking implements SmartLifecycle {

        private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
        private static final int SECONDS = 10;

        private final Postman postman;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("postman").factory());
        private volatile @Nullable Future<?> rounds;

        Walking(Postman postman) {
            this.postman = postman;
        }

        @TransactionalEventListener
        void on(MailKept kept) {
            thread.execute(this::round);
        }

        private void round() {
            try {
                postman.round();
            } catch (RuntimeException e) {
                LOG.warn("mail could not be looked after: {}", e.getMessage());
            }
        }

        @Override
        public void start() {
            rounds = thread.scheduleWithFixedDelay(this::round, SECONDS, SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void stop() {
            rounds = null;
            thread.shutdown();
        }

        @Override
        public boolean isRunning() {
            return rounds != null;
        }
    }
}
