package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.espace.RoomTest;
import org.espace.eligibility.Verdict;
import org.espace.web.FormRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class DecisionsTest {

    private static final String BY = "manager@vendor.example";

    @Autowired
    Reseller.World world;

    @Autowired
    Decisions decisions;

    @Autowired
    DecisionStore store;

    @Autowired
    Memberships memberships;

    @Autowired
    Enrollments enrollments;

    @Autowired
    Clock clock;

    Reseller reseller;
    LocalDate today;

    @BeforeEach
    void oneReseller() {
        today = LocalDate.now(clock);
        reseller = world.reseller();
    }

    @Test
    void lookingSaysWhatWouldChangeAndWhyNotAndChangesNothing() {
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.lyon().id());
        var decision = look(
                "withdraw",
                "numbers",
                reseller.lyon().number() + "; " + reseller.namur().number() + "\nNOBODY");

        assertThat(decision.counts()).isEqualTo(new Decision.Counts(1, 2, 0, 0));
        assertThat(decisions.items(decision, true, 0, 10))
                .extracting(DecisionItem::named)
                .containsExactly(reseller.lyon().number());
        assertThat(decisions.items(decision, false, 0, 10))
                .extracting(DecisionItem::named, DecisionItem::obstacle)
                .containsExactly(tuple(reseller.namur().number(), "not-invited"), tuple("NOBODY", "unknown"));
        assertThat(stage(reseller.lyon().number())).isEqualTo(Stage.INVITED);
    }

    @Test
    void theSameIsThenCarriedOutOnceHoweverOftenItIsStarted() {
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.lyon().id());
        var decision = look("withdraw", "status", "INVITED");
        carryOut(decision);
        carryOut(decision);

        assertThat(decisions.decision(decision.id()))
                .satisfies(done -> assertThat(done.counts()).isEqualTo(new Decision.Counts(1, 0, 1, 0)))
                .satisfies(done -> assertThat(done.isRunning()).isFalse());
        assertThat(stage(reseller.lyon().number())).isEqualTo(Stage.WITHDRAWN);
        assertThat(memberships.history(reseller.lyon().id(), reseller.program()))
                .extracting(Step::kind, Step::note)
                .startsWith(tuple(Step.Kind.WITHDRAWN, "As announced."));
    }

    @Test
    void whatCannotBeDoneAnyMoreWhenItsTurnComesIsLeftAndSaid() {
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.lyon().id());
        var decision = look("withdraw", "status", "INVITED");
        memberships.accept(reseller.partner(), reseller.lyon().id(), reseller.program(), reseller.administrator());
        carryOut(decision);
        assertThat(decisions.decision(decision.id()).counts()).isEqualTo(new Decision.Counts(1, 0, 0, 1));
        assertThat(stage(reseller.lyon().number())).isEqualTo(Stage.ACCEPTED);
    }

    @Test
    void whatIsCancelledDoesNotGoOn() {
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.lyon().id());
        var decision = look("withdraw", "status", "INVITED");
        world.transaction.executeWithoutResult(_ -> store.start(decision.id(), BY, clock.instant()));
        decisions.cancel(decisions.decision(decision.id()), BY);
        decisions.finishAll();
        assertThat(stage(reseller.lyon().number())).isEqualTo(Stage.INVITED);
        assertThat(decisions.decision(decision.id()).cancelled()).isTrue();
    }

    /** As if the process that has started it had been killed before it did anything. */
    @Test
    void whatAKilledProcessHasLeftIsFinishedByTheNextOne() {
        var decision = look("enroll", "day", today.minusMonths(2).toString());
        world.transaction.executeWithoutResult(_ -> store.start(decision.id(), BY, clock.instant()));
        decisions.finishAll();
        decisions.finishAll();
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::since)
                .containsOnly(today.minusMonths(2).withDayOfMonth(1))
                .hasSize(2);
    }

    @Test
    void manyLocationsAreInvitedRemindedProlongedEnrolledAndEnded() {
        world.say(
                reseller,
                Verdict.ELIGIBLE,
                true,
                today,
                reseller.lyon().id(),
                reseller.namur().id());
        assertThat(look("invite").counts().possible())
                .as("invited by themselves")
                .isZero();
        carryOut(look("remind"));
        carryOut(look("extend", "day", today.plusDays(120).toString()));
        assertThat(reseller.locations())
                .extracting(location ->
                        memberships.history(location, reseller.program()).getFirst())
                .extracting(Step::kind, Step::day)
                .containsOnly(tuple(Step.Kind.PROLONGED, today.plusDays(120)));
        assertThat(world.mailTo(reseller.administrator()))
                .containsExactlyInAnyOrder(
                        "enrollment-invitation",
                        "enrollment-invitation",
                        "enrollment-reminder",
                        "enrollment-reminder",
                        "enrollment-invitation",
                        "enrollment-invitation");
        carryOut(look("enroll"));
        carryOut(look("end"));
        assertThat(stage(reseller.lyon().number())).isEqualTo(Stage.ENDED);
    }

    @Test
    void aFormAtFaultSaysWhatIsWrong() {
        assertThatThrownBy(() -> decisions.look(
                        Map.of("kind", "annoy", "program", "none", "day", "tomorrow", "status", "HAPPY"), BY))
                .isInstanceOfSatisfying(
                        FormRefused.class,
                        refused -> assertThat(refused.faults())
                                .isEqualTo(Map.of(
                                        "kind", "choice", "program", "choice", "day", "day", "status", "choice",
                                        "reason", "missing")));
        assertThatThrownBy(() -> look("invite", "day", today.toString()))
                .isInstanceOfSatisfying(
                        FormRefused.class,
                        refused -> assertThat(refused.faults()).isEqualTo(Map.of("day", "future")));
        assertThatThrownBy(() -> look("end", "numbers", "x".repeat(121)))
                .isInstanceOfSatisfying(
                        FormRefused.class,
                        refused -> assertThat(refused.faults()).isEqualTo(Map.of("numbers", "numbers")));
    }

    private Decision look(String kind, String... more) {
        var typed = new HashMap<>(Map.of("kind", kind, "program", reseller.program(), "reason", "As announced."));
        for (var i = 0; i < more.length; i += 2) {
            typed.put(more[i], more[i + 1]);
        }
        return decisions.look(typed, BY);
    }

    private void carryOut(Decision decision) {
        world.transaction.executeWithoutResult(_ -> store.start(decision.id(), BY, clock.instant()));
        decisions.work(decision.id());
    }

    private Stage stage(String number) {
        return memberships.of(reseller.partner()).stream()
                .filter(candidate -> candidate.location().number().equals(number)
                        && candidate.offer().program().equals(reseller.program()))
                .findFirst()
                .orElseThrow()
                .stage();
    }
}
