package org.espace;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import org.espace.eligibility.Eligibilities;
import org.espace.enrollment.Memberships;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "round")
final class RoundCommand extends InstanceCommand {

    @Option(names = "--learned")
    private boolean learned;

    @Override
    void run(Home home) {
        try (var center = Center.open(home)) {
            var today = LocalDate.now(center.room(Clock.class));
            var eligibilities = center.room(Eligibilities.class);
            var memberships = center.room(Memberships.class);
            var began = System.nanoTime();
            if (learned) {
                eligibilities.evaluateTouched(today);
            } else {
                eligibilities.evaluate(today);
            }
            var looked = System.nanoTime();
            var steps = memberships.keep();
            var kept = System.nanoTime();
            var taken = new Taken(today, seconds(looked - began), seconds(kept - looked), steps);
            if (json()) {
                answer(taken);
            }
            say(String.format(
                    Locale.ROOT,
                    "Who may join on %s was looked at in %.1f s; %,d steps of enrollment were taken in %.1f s.",
                    taken.day(),
                    taken.eligibilitySeconds(),
                    taken.steps(),
                    taken.enrollmentSeconds()));
        }
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1e3;
    }

    /**
     * @param eligibilitySeconds what follows at once from a verdict included, such as an invitation
     * @param steps reminders, expiries, roll-overs, ends, and invitations that were still owed
     */
    private record Taken(LocalDate day, double eligibilitySeconds, double enrollmentSeconds, int steps) {}
}
