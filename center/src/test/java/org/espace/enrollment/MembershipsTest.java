package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.espace.RoomTest;
import org.espace.access.Grant;
import org.espace.access.Role;
import org.espace.eligibility.Verdict;
import org.espace.partners.LocationClosed;
import org.espace.payees.PayeeStanding;
import org.espace.web.Act;
import org.espace.web.FormRefused;
import org.espace.web.Wall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class MembershipsTest {

    private static final String VENDOR = "manager@vendor.example";
    private static final Map<String, String> REASON = Map.of("reason", "We sell something else now.");

    @Autowired
    Reseller.World world;

    @Autowired
    Memberships memberships;

    @Autowired
    Enrollments enrollments;

    @Autowired
    Offers offers;

    @Autowired
    ApplicationEvents events;

    @Autowired
    Clock clock;

    Reseller reseller;
    String administrator;
    LocalDate today;

    @BeforeEach
    void oneReseller() {
        today = LocalDate.now(clock);
        reseller = world.reseller();
        administrator = reseller.administrator();
    }

    @Test
    void whoeverBecomesEligibleIsInvitedOnceAndItsAdministratorsAreTold() {
        becomesEligible();
        becomesEligible();

        assertThat(lyon().stage()).isEqualTo(Stage.INVITED);
        assertThat(lastStep().day()).isEqualTo(today.plusDays(90));
        assertThat(memberships.history(reseller.lyon().id(), reseller.program()))
                .extracting(Step::kind)
                .containsExactly(Step.Kind.INVITED);
        assertThat(world.mailTo(administrator)).containsExactly("enrollment-invitation");
        assertThat(acts()).containsExactly("enrollment.invited");
        assertThat(namur().stage()).isEqualTo(Stage.NONE);
    }

    @Test
    void onlyTheAdministratorsOfTheLocationAndTheProgramAreTold() {
        world.grant(
                reseller,
                "lyon-" + administrator,
                Role.INCENTIVES_ADMINISTRATOR,
                reseller.lyon().id(),
                null);
        world.grant(
                reseller,
                "namur-" + administrator,
                Role.INCENTIVES_ADMINISTRATOR,
                reseller.namur().id(),
                null);
        world.grant(reseller, "other-" + administrator, Role.INCENTIVES_ADMINISTRATOR, null, "another");
        world.grant(reseller, "user-" + administrator, Role.INCENTIVES_USER, null, null);
        world.grant(reseller, "global-" + administrator, Role.GLOBAL_ADMINISTRATOR, null, null);
        becomesEligible();

        assertThat(world.mailTo("lyon-" + administrator)).containsExactly("enrollment-invitation");
        assertThat(List.of("namur-", "other-", "user-", "global-"))
                .allSatisfy(who -> assertThat(world.mailTo(who + administrator)).isEmpty());
    }

    @Test
    void whereNobodyMayEnrollTheGlobalAdministratorsLearnThatTheRoleHasToBeGiven() {
        world.grant(reseller, "global-" + administrator, Role.GLOBAL_ADMINISTRATOR, null, null);
        world.users.revoke(administrator, Grant.at(reseller.partner(), Role.INCENTIVES_ADMINISTRATOR), "test");
        becomesEligible();
        assertThat(world.mailTo("global-" + administrator)).containsExactly("enrollment-nobody");
        assertThat(world.mailTo(administrator)).isEmpty();
    }

    @Test
    void whoIsNoLongerEligibleCannotAcceptAnyMore() {
        becomesEligible();
        world.say(reseller, Verdict.NOT_ELIGIBLE, true, today, reseller.lyon().id());
        assertThat(lyon().stage()).isEqualTo(Stage.WITHDRAWN);
        assertThat(lyon().position(true).status()).isEqualTo(Status.INELIGIBLE);
        assertThatThrownBy(this::accept).isInstanceOf(NotPossibleNow.class);
        assertThat(world.mailTo(administrator)).containsExactly("enrollment-invitation", "enrollment-withdrawn");
    }

    @Test
    void acceptanceWaitsForBankAndTaxAndThenEarnsFromTheFirstOfTheMonth() {
        becomesEligible();
        assertThat(accept()).isEqualTo(PayeeStanding.MISSING);
        assertThat(lyon().position(true).status()).isEqualTo(Status.ACTION_REQUIRED);
        assertThat(lyon().position(false).status()).isEqualTo(Status.ENROLLING);

        var handedIn = world.handIn(reseller, reseller.lyon().id());
        assertThat(lyon().position(true).status()).isEqualTo(Status.VALIDATING);
        assertThat(enrollments.of(reseller.locations())).isEmpty();

        world.approve(handedIn);
        assertThat(lyon().position(true).status()).isEqualTo(Status.ENROLLED);
        assertThat(enrollments.of(reseller.locations()))
                .containsExactly(new Enrollment(reseller.lyon().id(), reseller.program(), firstOfMonth(), null));
        assertThat(world.mailTo(administrator)).containsExactly("enrollment-invitation", "enrollment-complete");
        assertThat(acts()).containsExactly("enrollment.invited", "enrollment.accepted", "enrollment.enrolled");
    }

    @Test
    void whereEverythingIsApprovedAlreadyAcceptanceEnrollsAtOnceAlsoBehindThePartnersWall() {
        world.approve(world.handIn(reseller, reseller.lyon().id()));
        becomesEligible();
        var standing = Wall.within(reseller.partner().value(), this::accept);
        assertThat(standing).isEqualTo(PayeeStanding.APPROVED);
        assertThat(lyon().position(true).status()).isEqualTo(Status.ENROLLED);
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::since)
                .containsExactly(firstOfMonth());
    }

    /** DOMAIN 10.2, A16: requirements complete on 17 April 2020, earnings from 1 April, none for March. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            accepted   | eligible   | bank and tax | earns since
            2020-04-02 | 2020-03-20 | 2020-04-17   | 2020-04-01
            2020-03-30 | 2020-03-20 | 2020-04-17   | 2020-04-01
            2020-04-17 | 2020-03-20 | 2020-03-01   | 2020-04-01
            2020-03-31 | 2020-03-20 | 2020-03-31   | 2020-03-01
            2020-04-30 | 2020-05-01 | 2020-04-17   | 2020-05-01
            """)
    void earningBeginsOnTheFirstDayOfTheMonthInWhichTheLastRequirementIsComplete(
            LocalDate accepted, LocalDate eligible, LocalDate paid, LocalDate since) {
        assertThat(Memberships.earningFrom(accepted, eligible, paid)).isEqualTo(since);
    }

    @Test
    void twoAdministratorsWhoAcceptAtOnceAcceptOnce() throws Exception {
        world.approve(world.handIn(reseller, reseller.lyon().id()));
        becomesEligible();
        try (var both = Executors.newFixedThreadPool(2)) {
            for (var done : both.invokeAll(List.<Callable<PayeeStanding>>of(this::accept, this::accept))) {
                assertThat(done.get()).isEqualTo(PayeeStanding.APPROVED);
            }
        }
        accept();
        assertThat(memberships.history(reseller.lyon().id(), reseller.program()))
                .extracting(Step::kind)
                .containsExactly(Step.Kind.ENROLLED, Step.Kind.ACCEPTED, Step.Kind.INVITED);
        assertThat(enrollments.of(reseller.locations())).hasSize(1);
    }

    @Test
    void whatWasDeclinedCanBeAskedForAgain() {
        becomesEligible();
        assertThatThrownBy(() -> memberships.decline(
                        reseller.partner(), reseller.lyon().id(), reseller.program(), Map.of(), administrator))
                .isInstanceOf(FormRefused.class);
        memberships.decline(reseller.partner(), reseller.lyon().id(), reseller.program(), REASON, administrator);
        becomesEligible();
        assertThat(lyon().stage()).as("one invitation a year comes by itself").isEqualTo(Stage.DECLINED);
        assertThat(lyon().position(true).next()).isEqualTo(Position.Next.ASK_FOR_INVITATION);

        memberships.askForInvitation(reseller.partner(), reseller.lyon().id(), reseller.program(), administrator);
        memberships.askForInvitation(reseller.partner(), reseller.lyon().id(), reseller.program(), administrator);
        accept();
        assertThat(memberships.history(reseller.lyon().id(), reseller.program()))
                .extracting(Step::kind, Step::round)
                .containsExactly(
                        tuple(Step.Kind.ACCEPTED, 1),
                        tuple(Step.Kind.INVITED, 1),
                        tuple(Step.Kind.DECLINED, 0),
                        tuple(Step.Kind.INVITED, 0));
    }

    @Test
    void whoeverLeavesEarnsNoMoreAsOfToday() {
        enroll(today.minusMonths(3));
        memberships.leave(reseller.partner(), reseller.lyon().id(), reseller.program(), REASON, administrator);
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::until)
                .containsExactly(today);
        assertThatThrownBy(() -> memberships.leave(
                        reseller.partner(), reseller.namur().id(), reseller.program(), REASON, administrator))
                .isInstanceOf(NotPossibleNow.class);
    }

    /** DOMAIN 10.2, A34. */
    @Test
    void whoeverHasJoinedStaysWhenRevenueFallsAndLeavesWhenItWasNeverReached() {
        enroll(today.minusMonths(3));
        world.say(reseller, Verdict.NOT_ELIGIBLE, true, today, reseller.lyon().id());
        assertThat(lyon().stage()).isEqualTo(Stage.ENROLLED);

        world.say(reseller, Verdict.NOT_ELIGIBLE, false, today, reseller.lyon().id());
        assertThat(lyon().stage()).isEqualTo(Stage.ENDED);
        assertThat(lastStep().reason()).isEqualTo("off-boarded");
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::until)
                .containsExactly(today);
    }

    @Test
    void whomTheVendorsFeedHasEnrolledIsShownAsEnrolledAndNotInvited() {
        enrollments.register(
                List.of(new Enrollment(reseller.lyon().id(), reseller.program(), today.minusMonths(5), null)));
        becomesEligible();
        assertThat(lyon().stage()).isEqualTo(Stage.NONE);
        assertThat(lyon().isFromFeed()).isTrue();
        assertThat(lyon().position(true)).isEqualTo(new Position(Status.ENROLLED, Position.Next.NONE));
        assertThat(world.mailTo(administrator)).isEmpty();
    }

    @Test
    void aProgramThatAsksForNothingIsListedWithoutMailAndCanBeAccepted() {
        reseller = world.reseller("");
        administrator = reseller.administrator();
        becomesEligible();
        assertThat(lyon().stage()).isEqualTo(Stage.NONE);
        assertThat(lyon().position(true)).isEqualTo(new Position(Status.INVITED, Position.Next.ENROLL));
        assertThat(world.mailTo(administrator)).isEmpty();

        accept();
        assertThat(lyon().stage()).isEqualTo(Stage.ACCEPTED);
    }

    @Test
    void aLocationThatIsClosedLeavesWhatItIsIn() {
        enroll(today.minusMonths(3));
        world.transaction.executeWithoutResult(_ -> world.events.publishEvent(
                new LocationClosed(reseller.partner(), reseller.lyon().id(), today)));
        assertThat(lyon().stage()).isEqualTo(Stage.ENDED);
        assertThat(lastStep().reason()).isEqualTo("closed");
        assertThat(lyon().enrollment()).isNull();
    }

    @Test
    void aProgramThatIsDiscontinuedEndsWhatItHad() {
        enroll(today.minusMonths(3));
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.namur().id());
        offers.say(
                Map.of(
                        "program",
                        reseller.program(),
                        "kind",
                        "discontinued",
                        "day",
                        today.toString(),
                        "reason",
                        "The offer moves to another program."),
                VENDOR);
        world.say(
                reseller,
                Verdict.ELIGIBLE,
                true,
                today,
                reseller.lyon().id(),
                reseller.namur().id());
        assertThat(lyon().stage()).isEqualTo(Stage.ENDED);
        assertThat(namur().stage()).isEqualTo(Stage.WITHDRAWN);
        assertThat(namur().position(true).status()).isEqualTo(Status.DISCONTINUED);
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::until)
                .containsExactly(today);
    }

    @Test
    void aBackDatedEnrollmentKeepsTheDaysThatWereThereAlready() {
        enroll(today.minusMonths(1));
        enroll(today.minusMonths(4));
        assertThat(enrollments.of(reseller.locations()))
                .containsExactly(new Enrollment(
                        reseller.lyon().id(),
                        reseller.program(),
                        today.minusMonths(4).withDayOfMonth(1),
                        null));
        enroll(today.minusMonths(2));
        assertThat(enrollments.of(reseller.locations()))
                .extracting(Enrollment::since)
                .containsExactly(today.minusMonths(4).withDayOfMonth(1));
    }

    @Test
    void theMessageOfAnInvitationIsShownUntilTheReaderPutsItAway() {
        becomesEligible();
        var reader = world.signedIn(administrator);
        assertThat(memberships.messages(reseller.partner(), reader).invitations())
                .extracting(Candidate::location)
                .containsExactly(reseller.lyon());
        memberships.markRead(reseller.partner(), reader);
        memberships.markRead(reseller.partner(), reader);
        assertThat(memberships.messages(reseller.partner(), reader).invitations())
                .isEmpty();

        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.namur().id());
        assertThat(memberships.messages(reseller.partner(), reader).invitations())
                .extracting(Candidate::location)
                .containsExactly(reseller.namur());
    }

    private void becomesEligible() {
        world.say(reseller, Verdict.ELIGIBLE, true, today, reseller.lyon().id());
    }

    private PayeeStanding accept() {
        return memberships.accept(reseller.partner(), reseller.lyon().id(), reseller.program(), administrator);
    }

    private void enroll(LocalDate day) {
        memberships.decide(
                new Decision(
                        0,
                        Decision.Kind.ENROLL,
                        reseller.program(),
                        day,
                        "Agreed by letter.",
                        clock.instant(),
                        VENDOR,
                        null,
                        null,
                        false,
                        Decision.Counts.NONE),
                List.of(reseller.lyon()));
    }

    private Step lastStep() {
        return memberships.history(reseller.lyon().id(), reseller.program()).getFirst();
    }

    private Candidate lyon() {
        return memberships.candidate(reseller.partner(), reseller.lyon().id(), reseller.program());
    }

    private Candidate namur() {
        return memberships.candidate(reseller.partner(), reseller.namur().id(), reseller.program());
    }

    private LocalDate firstOfMonth() {
        return today.withDayOfMonth(1);
    }

    private List<String> acts() {
        return events.stream(Act.class)
                .map(Act::action)
                .filter(action -> action.startsWith("enrollment."))
                .toList();
    }
}
