package org.espace.eligibility;

import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A server looks every other second whether something was learned, by itself or by a command beside it. What was learned
 * while no server ran is looked at when one starts; what a killed one had begun is begun again.
 */
@Configuration(proxyBeanMethods = false)
class Looking {

    @Bean
    @ConditionalOnProperty("db-scheduler.enabled")
    Rounds eligibilityRounds(Evaluation evaluation, ImpactsAtWork impacts, Clock clock) {
        return new Rounds(evaluation, impacts, clock);
    }

    static class Rounds implements SmartLifecycle {

        private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
        private static final int SECONDS = 2;

        private final Evaluation evaluation;
        private final ImpactsAtWork impacts;
        private final Clock clock;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("eligibility").factory());
        private volatile @Nullable Future<?> rounds;

        Rounds(Evaluation evaluation, ImpactsAtWork impacts, Clock clock) {
            this.evaluation = evaluation;
            this.impacts = impacts;
            this.clock = clock;
        }

        /** What fails is tried again by the next round; here it is only told. */
        private void round() {
            try {
                impacts.takeUpWhatIsLeft();
                if (evaluation.isWanting()) {
                    evaluation.ofTouched(LocalDate.now(clock));
                }
            } catch (RuntimeException e) {
                LOG.warn("eligibility could not be looked at", e);
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
