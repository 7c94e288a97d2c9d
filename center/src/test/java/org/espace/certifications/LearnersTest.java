package org.espace.certifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.espace.db.certifications.Tables.SESSION;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.espace.RoomTest;
import org.espace.access.Closing;
import org.espace.access.PeopleFile.Row;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.UserId;
import org.espace.access.Users;
import org.espace.partners.Partners;
import org.espace.web.FormRefused;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class LearnersTest {

    private static final String CODE = "learners-test";

    @Autowired
    Learners learners;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Competencies competencies;

    @Autowired
    Intakes intakes;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    DSLContext sql;

    @Autowired
    ApplicationEvents events;

    @Autowired
    Clock clock;

    Company company;
    LocalDate today;

    @BeforeEach
    void oneCompany() {
        company = Company.of(partners, users);
        today = LocalDate.now(clock);
        Company.offer(catalogue, CODE, "intermediate", "12");
    }

    @Test
    void whoeverSignsUpCountsForTheirCompanyFromTodayOn() {
        var person = company.person();
        learners.signUp(person, CODE);
        learners.signUp(person, CODE);
        var learner = learners.find(person.id()).orElseThrow();
        assertThat(learner.partner()).isEqualTo(company.id());
        assertThat(learner.since()).isEqualTo(today);
        assertThat(learners.signedUp(learner)).containsExactly(CODE);
        assertThatThrownBy(() -> learners.signUp(person, "no-such-thing")).isInstanceOf(CertificationNotFound.class);
    }

    @Test
    void ofThirtyWhoWantOneOfThreeSeatsAtOnceThreeGetOne() throws Exception {
        var session = session("Lyon", 3);
        var wanting = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 30; i++) {
            var person = company.person();
            learners.signUp(person, CODE);
            wanting.add(() -> books(person, session));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var booked = 0;
            for (var one : threads.invokeAll(wanting)) {
                booked += one.get() ? 1 : 0;
            }
            assertThat(booked).isEqualTo(3);
        }
        assertThat(free(session)).isZero();
    }

    private boolean books(SignedIn person, int session) {
        try {
            learners.book(person, session);
            return true;
        } catch (SessionFull _) {
            return false;
        }
    }

    @Test
    void aSeatThatIsCancelledOrGivenUpIsFreeAgainAndNobodyHasTwo() {
        var session = session("Nantes", 2);
        var one = company.person();
        var other = company.person();
        assertThatThrownBy(() -> learners.book(one, session)).isInstanceOf(CertificationNotFound.class);
        learners.signUp(one, CODE);
        learners.signUp(other, CODE);
        learners.book(one, session);
        learners.book(one, session);
        learners.book(other, session);
        assertThat(free(session)).isZero();
        learners.cancel(one, session);
        learners.giveUp(other, CODE);
        assertThat(free(session)).isEqualTo(2);
    }

    @Test
    void whoeverLeavesCountsNoLongerFromTodayAndWhoeverComesBackCountsAgain() {
        var session = session("Rennes", 1);
        var person = company.person();
        var administrator = company.person(Role.GLOBAL_ADMINISTRATOR);
        passed(person, today);
        learners.signUp(person, CODE);
        learners.book(person, session);
        assertThat(counting()).isEqualTo(1);

        var user = users.user(company.id(), person.id());
        users.close(user, Closing.DEACTIVATED, administrator.email());
        assertThat(counting()).isZero();
        assertThat(free(session)).isEqualTo(1);
        assertThat(events.stream(CompetenciesChanged.class))
                .anySatisfy(changed -> assertThat(changed.partners()).containsExactly(company.id()));

        users.reopen(users.user(company.id(), person.id()), administrator.email());
        assertThat(counting()).isEqualTo(1);
    }

    @Test
    void whoeverMovesTakesAlongWhatTheyHavePassedAndCountsForOneCompanyOnly() {
        var next = Company.of(partners, users);
        var before = company.person();
        var after = next.person();
        passed(before, today);
        var number = Integer.toString(learners.find(before.id()).orElseThrow().number());

        learners.move(Map.of("learner", number, "email", after.email()), "operator");

        assertThat(counting()).isZero();
        assertThat(competencies.progress(next.id(), today)).isNotEmpty();
        assertThat(learners.results(next.id()).values())
                .singleElement()
                .satisfies(results -> assertThat(results)
                        .extracting(result -> result.certification().code(), Result::passed)
                        .containsExactly(tuple(CODE, today)));
        assertThat(learners.results(company.id())).isEmpty();
        assertThatThrownBy(() -> learners.move(Map.of("learner", "999999999", "email", "x@y.example"), "operator"))
                .isInstanceOfSatisfying(
                        FormRefused.class,
                        refused -> assertThat(refused.faults())
                                .containsEntry("learner", "no-learner")
                                .containsEntry("email", "no-account"));
    }

    @Test
    void aResultThatIsWithdrawnCountsNoLonger() {
        var person = company.person();
        passed(person, today);
        var result = learners.results(learners.find(person.id()).orElseThrow()).getFirst();
        assertThatThrownBy(() -> learners.withdraw(result.id(), Map.of("reason", "why"), "operator"))
                .isInstanceOf(FormRefused.class);
        learners.withdraw(result.id(), Map.of("reason", "Somebody else sat the exam."), "operator");
        assertThat(counting()).isZero();
        assertThat(learners.result(result.id()).orElseThrow().on(today)).isEqualTo(Result.State.WITHDRAWN);
    }

    @Test
    void theVendorsOwnPeopleHaveNoCompanyToCountFor() {
        var vendor = new SignedIn(new UserId(1), "v@example.com", "V", null, null, null, List.of());
        assertThatThrownBy(() -> learners.signUp(vendor, CODE)).isInstanceOf(OnlyForPartners.class);
    }

    /** How many people of the company have a certificate that is good today. */
    private long counting() {
        return competencies.progress(company.id(), today).getFirst().facts().proved().stream()
                .filter(proved -> proved.holdsOn(today))
                .map(Facts.Proved::learner)
                .distinct()
                .count();
    }

    private void passed(SignedIn person, LocalDate day) {
        var outcome = intakes.takeResults(
                List.of(new Row(
                        1, true, Map.of("person", person.email(), "certification", CODE, "passed_on", day.toString()))),
                "test");
        assertThat(outcome.faults()).isEmpty();
    }

    private int session(String place, int seats) {
        catalogue.addSession(
                CODE,
                Map.of(
                        "session-place",
                        place + " " + company.number(),
                        "session-day",
                        today.plusDays(30).toString(),
                        "session-time",
                        "09:30",
                        "seats",
                        Integer.toString(seats)),
                "test");
        return sql.select(SESSION.ID)
                .from(SESSION)
                .where(SESSION.PLACE.eq(place + " " + company.number()))
                .fetchSingle()
                .value1();
    }

    private int free(int session) {
        return catalogue.sessions(CODE).stream()
                .filter(one -> one.id() == session)
                .findFirst()
                .orElseThrow()
                .free();
    }
}
