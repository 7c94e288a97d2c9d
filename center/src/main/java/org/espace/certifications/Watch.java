package org.espace.certifications;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espace.access.Users;
import org.espace.notices.Mail;
import org.espace.notices.Mails;
import org.espace.web.Instance;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks every morning at what time alone has changed: certificates that will end, or have ended. */
@Configuration(proxyBeanMethods = false)
class Watch {

    private static final LocalTime AT = LocalTime.of(5, 0);

    @Bean
    RecurringTask<Void> watchCertificates(Rounds rounds) {
        return Tasks.recurring("watch-certificates", Schedules.daily(AT)).execute((instance, context) -> rounds.go());
    }

    @Component("certificateRounds")
    static class Rounds {

        /** Before a certificate ends, the nearest first. */
        static final List<Integer> REMINDED_DAYS_BEFORE = List.of(7, 30, 90);

        private final LearnerStore learners;
        private final Learners people;
        private final CatalogueStore catalogue;
        private final Competencies competencies;
        private final Alerts alerts;
        private final Users users;
        private final Mails mails;
        private final Clock clock;
        private final String url;

        Rounds(
                LearnerStore learners,
                Learners people,
                CatalogueStore catalogue,
                Competencies competencies,
                Alerts alerts,
                Users users,
                Mails mails,
                Instance instance,
                Clock clock) {
            this.learners = learners;
            this.people = people;
            this.catalogue = catalogue;
            this.competencies = competencies;
            this.alerts = alerts;
            this.users = users;
            this.mails = mails;
            this.clock = clock;
            this.url = instance.url();
        }

        @Transactional
        public void go() {
            var today = LocalDate.now(clock);
            learners.partners().forEach(people::follow);
            remind(today);
            competencies.attained().stream()
                    .filter(attained -> attained.holdsOn(today))
                    .map(Attained::partner)
                    .distinct()
                    .forEach(partner -> alerts.look(partner, today));
        }

        /** The nearest of the days, once; not whoever has passed again meanwhile. */
        private void remind(LocalDate today) {
            for (var ending : learners.ending(today, today.plusDays(REMINDED_DAYS_BEFORE.getLast()))) {
                var renewed = learners.results(ending.learner()).stream()
                        .anyMatch(other -> other.certification().equals(ending.certification())
                                && other.passed().isAfter(ending.passed())
                                && other.withdrawn() == null);
                if (!renewed) {
                    REMINDED_DAYS_BEFORE.stream()
                            .filter(days -> !today.plusDays(days).isBefore(Objects.requireNonNull(ending.expires())))
                            .findFirst()
                            .ifPresent(days -> remind(ending, days));
                }
            }
        }

        private void remind(LearnerStore.Row ending, int days) {
            var holder = learners.present(ending.learner()).flatMap(learner -> users.signedIn(learner.user()));
            var certification = catalogue.certification(ending.certification()).orElseThrow();
            holder.ifPresent(user -> mails.send(new Mail(
                    "certificate-ends:" + ending.id() + ":" + days,
                    user.email(),
                    user.language(),
                    "certificate-ends",
                    Map.of(
                            "certification",
                            "fr".equals(user.language())
                                    ? certification.name().fr()
                                    : certification.name().en(),
                            "day",
                            String.valueOf(ending.expires()),
                            "url",
                            url + "/certifications"),
                    null)));
        }
    }
}
