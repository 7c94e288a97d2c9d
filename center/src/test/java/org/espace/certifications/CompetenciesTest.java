package org.espace.certifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.espace.db.certifications.Tables.ATTAINMENT;
import static org.espace.db.certifications.Tables.STAY;
import static org.espace.db.notices.Tables.MAIL;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.groups.Tuple;
import org.espace.RoomTest;
import org.espace.access.Closing;
import org.espace.access.PeopleFile.Row;
import org.espace.access.Role;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.partners.Partners;
import org.espace.terms.TermsInvalid;
import org.espace.web.Wall;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RoomTest
@RecordApplicationEvents
class CompetenciesTest {

    private static final String SILVER_AND_GOLD = "small-and-midmarket-cloud";
    private static final String CERTIFICATE = "modern-work-fundamentals";

    @Autowired
    Competencies competencies;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Intakes intakes;

    @Autowired
    Learners learners;

    @Autowired
    Watch.Rounds rounds;

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
        Company.offer(catalogue, CERTIFICATE, "fundamentals", "");
        Company.offer(catalogue, "modern-work-administrator", "intermediate", "12");
        Company.offer(catalogue, "modern-work-expert", "advanced", "24");
    }

    @Test
    void whatIsMissingIsSaidToTheLastPerson() {
        measured(SILVER_AND_GOLD, "new-customers", today, "20");
        passed(company.person(), CERTIFICATE, today);

        var progress = competencies.progress(company.id(), SILVER_AND_GOLD, today);
        assertThat(progress.open()).containsExactly("silver");
        assertThat(progress.levels().getLast().goals())
                .extracting(goal -> goal.figure().code(), goal -> goal.missing().intValue())
                .containsExactlyInAnyOrder(tuple("new-customers", 5), tuple("people", 1));
    }

    @Test
    void whatIsNotProvedTodayCannotBeAttained() {
        assertThatThrownBy(() -> attain("silver")).isInstanceOf(NotQualified.class);
        measured(SILVER_AND_GOLD, "new-customers", today, "4");
        assertThatThrownBy(() -> attain("gold")).isInstanceOf(NotQualified.class);
        assertThatThrownBy(() -> attain("")).isInstanceOf(NotQualified.class);
        assertThat(competencies.attained(company.id())).isEmpty();
    }

    @Test
    void whatIsAttainedHoldsUntilItsAnniversaryAndIsTold() {
        measured(SILVER_AND_GOLD, "new-customers", today, "4");
        attain("silver");

        assertThat(competencies.attained().stream().filter(one -> one.partner().equals(company.id())))
                .containsExactly(new Attained(
                        company.id(), "competency", SILVER_AND_GOLD, "silver", today, today.plusMonths(12)));
        assertThat(events.stream(CompetenciesChanged.class))
                .anySatisfy(changed -> assertThat(changed.partners()).containsExactly(company.id()));
        assertThatThrownBy(() -> attain("silver")).isInstanceOf(AttainedAlready.class);
    }

    @Test
    void anotherLevelTakesThePlaceOfThePresentOne() {
        measured(SILVER_AND_GOLD, "new-customers", today, "25");
        attain("silver");
        backdate(30);
        passed(company.person(), CERTIFICATE, today);
        passed(company.person(), CERTIFICATE, today);
        attain("gold");
        assertThat(competencies.attained(company.id()))
                .extracting(Attained::level, Attained::since, Attained::until)
                .containsExactly(
                        tuple("gold", today, today.plusMonths(12)), tuple("silver", today.minusDays(30), today));
    }

    @Test
    void nearItsEndItIsAttainedForAnotherTermThatBeginsWhereThisOneEnds() {
        measured(SILVER_AND_GOLD, "new-customers", today, "4");
        attain("silver");
        backdate(300);
        attain("silver");
        var end = today.minusDays(300).plusDays(365);
        assertThat(competencies.attained(company.id()))
                .extracting(Attained::since, Attained::until)
                .containsExactly(tuple(end, end.plusMonths(12)), tuple(today.minusDays(300), end));
        assertThatThrownBy(() -> attain("silver")).isInstanceOf(AttainedAlready.class);
    }

    /** As if it had been attained earlier, for 365 days. */
    private void backdate(int days) {
        sql.update(ATTAINMENT)
                .set(ATTAINMENT.SINCE, today.minusDays(days))
                .set(ATTAINMENT.UNTIL, today.minusDays(days).plusDays(365))
                .where(ATTAINMENT.PARTNER_ID.eq(company.id().value()))
                .execute();
    }

    @Test
    void aLeaverWhoEndangersOrBreaksWhatIsAttainedIsToldOfOnceToThoseWhoManageIt() {
        var manager = company.person(Role.MEMBERSHIP_ADMINISTRATOR);
        company.person(Role.INCENTIVES_USER);
        var people = new ArrayList<SignedIn>();
        for (var i = 0; i < 3; i++) {
            people.add(company.person());
            passed(people.getLast(), CERTIFICATE, today.minusDays(10));
        }
        since(today.minusDays(10));
        measured(SILVER_AND_GOLD, "new-customers", today.minusDays(10), "25");
        attain("gold");

        leave(people.get(0));
        assertThat(mails()).containsExactly(tuple("competency-endangered", manager.email()));
        leave(people.get(1));
        leave(people.get(2));
        assertThat(mails())
                .containsExactlyInAnyOrder(
                        tuple("competency-endangered", manager.email()), tuple("competency-broken", manager.email()));
        assertThat(competencies.attained(company.id()).getFirst().holdsOn(today))
                .isTrue();
    }

    /** As if the company's people had been there before today. */
    private void since(LocalDate day) {
        sql.update(STAY)
                .set(STAY.SINCE, day)
                .where(STAY.PARTNER_ID.eq(company.id().value()))
                .execute();
    }

    private void leave(SignedIn person) {
        users.close(users.user(company.id(), person.id()), Closing.REMOVED_FROM_ORGANIZATION, "test");
    }

    private List<Tuple> mails() {
        return sql.select(MAIL.TEMPLATE, MAIL.RECIPIENT)
                .from(MAIL)
                .where(MAIL.REFERENCE.like("competency-%:" + company.id() + ":%"))
                .fetch(row -> tuple(row.value1(), row.value2()));
    }

    @Test
    void whoseCertificateEndsSoonIsRemindedOnceForEachOfThreeDaysAndNotAfterPassingAgain() {
        var person = company.person();
        passed(person, "modern-work-administrator", today.minusMonths(12).plusDays(25));
        rounds.go();
        rounds.go();
        assertThat(reminders(person)).hasSize(1);

        var other = company.person();
        passed(other, "modern-work-administrator", today.minusMonths(12).plusDays(25));
        passed(other, "modern-work-administrator", today);
        rounds.go();
        assertThat(reminders(other)).isEmpty();
    }

    private List<String> reminders(SignedIn person) {
        return sql.select(MAIL.REFERENCE)
                .from(MAIL)
                .where(MAIL.RECIPIENT.eq(person.email()).and(MAIL.TEMPLATE.eq("certificate-ends")))
                .fetch(MAIL.REFERENCE);
    }

    @Test
    void theScoreOfEveryCompanyOnADayComesInOneGo() {
        measured("modern-work", "smb-adds", today.minusDays(40), "3");
        measured("modern-work", "smb-adds", today.minusDays(5), "8");
        measured("modern-work", "smb-growth-csp", today.minusDays(5), "1100");
        passed(company.person(), "modern-work-expert", today);
        assertThat(points(today.minusDays(6))).isEqualByComparingTo("6");
        assertThat(points(today)).isEqualByComparingTo("47.5");
    }

    private BigDecimal points(LocalDate day) {
        return competencies.points(day).stream()
                .filter(one -> one.partner().equals(company.id()) && one.area().equals("modern-work"))
                .findFirst()
                .orElseThrow()
                .points();
    }

    @Test
    void theHistoryHasTheBestDayOfEachOfSixMonths() {
        measured("modern-work", "smb-adds", today.withDayOfMonth(1).minusMonths(2), "4");
        measured(
                "modern-work",
                "smb-adds",
                today.withDayOfMonth(1).minusMonths(2).plusDays(3),
                "9");
        measured("modern-work", "smb-adds", today.withDayOfMonth(1), "1");
        var history = competencies.history(competencies.progress(company.id(), "modern-work", today));
        assertThat(history)
                .extracting(month -> month.score().points().intValue())
                .containsExactly(0, 0, 0, 18, 18, 2);
    }

    @Test
    void simulatedFiguresCountForTheMomentOnly() {
        measured("modern-work", "smb-adds", today, "3");
        var progress = competencies.progress(company.id(), "modern-work", today);
        var simulated = Competencies.simulate(progress, Map.of("smb-growth-csp", BigDecimal.valueOf(2_000)));
        assertThat(simulated.points()).isEqualByComparingTo("36");
        assertThat(Objects.requireNonNull(competencies
                                .progress(company.id(), "modern-work", today)
                                .score())
                        .points())
                .isEqualByComparingTo("6");
    }

    @Test
    void aDefinitionIsNeverChangedOncePublished() {
        var text = DefinitionReaderTest.GOOD.replace(
                "data-platform", "of-" + company.number().toLowerCase(Locale.ROOT));
        competencies.publish(text, "operator");
        competencies.publish(text, "operator");
        assertThatThrownBy(() -> competencies.publish(text.replace("at-least: 4", "at-least: 5"), "operator"))
                .isInstanceOf(DefinitionTaken.class);
        assertThatThrownBy(() -> competencies.publish("kind: badge", "operator"))
                .isInstanceOf(TermsInvalid.class);
    }

    @Test
    void behindItsWallACompanySeesItsOwnPeopleResultsAndMeasuresAlone() {
        var other = Company.of(partners, users);
        passed(company.person(), CERTIFICATE, today);
        passed(other.person(), CERTIFICATE, today);
        measured(SILVER_AND_GOLD, "new-customers", today, "4");
        Wall.within(company.id().value(), () -> {
            assertThat(learners.results(company.id())).hasSize(1);
            assertThat(learners.results(other.id())).isEmpty();
            assertThat(learners.people(other.id())).isEmpty();
            assertThat(competencies
                            .progress(company.id(), SILVER_AND_GOLD, today)
                            .open())
                    .containsExactly("silver");
            attain("silver");
            return null;
        });
        assertThat(competencies.attained(company.id())).hasSize(1);
    }

    private void attain(String level) {
        competencies.attain(
                company.id(), SILVER_AND_GOLD, Map.of("level", level, "payment", "Order 7"), "admin@example.com");
    }

    private void measured(String area, String figure, LocalDate day, String value) {
        var outcome = intakes.takeMeasures(
                List.of(new Row(
                        1,
                        true,
                        Map.of(
                                "partner", company.number(),
                                "area", area,
                                "figure", figure,
                                "day", day.toString(),
                                "value", value))),
                "test");
        assertThat(outcome.faults()).isEmpty();
    }

    private void passed(SignedIn person, String certification, LocalDate day) {
        var outcome = intakes.takeResults(
                List.of(new Row(
                        1,
                        true,
                        Map.of(
                                "person", person.email(),
                                "certification", certification,
                                "passed_on", day.toString()))),
                "test");
        assertThat(outcome.faults()).isEmpty();
    }
}
