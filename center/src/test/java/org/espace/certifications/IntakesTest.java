package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.time.LocalDate;
import org.espace.RoomTest;
import org.espace.access.RosterFileRefused;
import org.espace.access.SignedIn;
import org.espace.access.Users;
import org.espace.certifications.IntakeFault.Code;
import org.espace.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@RoomTest
class IntakesTest {

    private static final String CODE = "intakes-test";

    @Autowired
    Intakes intakes;

    @Autowired
    Learners learners;

    @Autowired
    Competencies competencies;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Partners partners;

    @Autowired
    Users users;

    @Autowired
    Clock clock;

    Company company;
    SignedIn person;

    @BeforeEach
    void oneCompany() {
        company = Company.of(partners, users);
        person = company.person();
        Company.offer(catalogue, CODE, "intermediate", "12");
    }

    @Test
    void aFileCountsOnceItIsSavedAndIsKnownWhenItComesAgain() {
        var file = results("%s,%s,2026-03-14".formatted(person.email(), CODE));
        var intake = intakes.validate(Intake.Kind.RESULTS, "march.csv", file, "operator");
        assertThat(intake.good()).isEqualTo(1);
        assertThat(learners.find(person.id())).isEmpty();

        intakes.save(intake.id(), "operator");
        intakes.save(intake.id(), "operator");
        assertThat(intakes.intake(intake.id()))
                .extracting(Intake::added, Intake::known)
                .containsExactly(1, 0);
        assertThat(learners.results(learners.find(person.id()).orElseThrow()))
                .extracting(Result::passed, Result::expires)
                .containsExactly(tuple(LocalDate.of(2026, 3, 14), LocalDate.of(2027, 3, 14)));

        var again = intakes.validate(Intake.Kind.RESULTS, "again.csv", file, "operator");
        intakes.save(again.id(), "operator");
        assertThat(intakes.intake(again.id()))
                .extracting(Intake::added, Intake::known)
                .containsExactly(0, 1);
    }

    @Test
    void goodRowsAreTakenAndEachBadOneIsToldWithItsPlace() {
        var file = results(
                "%s,%s,2026-03-14".formatted(person.email(), CODE),
                "nobody@nowhere.example,%s,14.3.2026".formatted(CODE));
        var intake = intakes.validate(Intake.Kind.RESULTS, "mixed.csv", file, "operator");
        assertThat(intake).extracting(Intake::good, Intake::refused).containsExactly(1, 1);
        assertThat(intakes.faults(intake))
                .extracting(IntakeFault::number, IntakeFault::field, IntakeFault::value, IntakeFault::code)
                .containsExactly(
                        tuple(3, "passed_on", "14.3.2026", Code.NO_DAY),
                        tuple(3, "person", "nobody@nowhere.example", Code.UNKNOWN_PERSON));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            row                                                | field         | code
            nobody@nowhere.example,intakes-test,2026-03-14,,    | person        | UNKNOWN_PERSON
            PERSON,no-such-thing,2026-03-14,,                   | certification | UNKNOWN_CERTIFICATION
            PERSON,intakes-test,14 March,,                      | passed_on     | NO_DAY
            PERSON,intakes-test,2999-01-01,,                    | passed_on     | FUTURE
            PERSON,intakes-test,2026-03-14,failed,              | outcome       | UNKNOWN_OUTCOME
            PERSON,intakes-test,2026-03-14,withdrawn,Somebody else sat the exam | passed_on | NOTHING_TO_WITHDRAW
            PERSON,intakes-test                                 |               | WRONG_WIDTH
            """)
    void whatCannotBeTakenSaysWhere(String row, @Nullable String field, Code code) {
        var file = ("person,certification,passed_on,outcome,reason\n" + row.replace("PERSON", person.email()) + "\n")
                .getBytes(UTF_8);
        var intake = intakes.validate(Intake.Kind.RESULTS, "bad.csv", file, "operator");
        assertThat(intakes.faults(intake)).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.field()).isEqualTo(field == null ? "" : field);
        });
    }

    @Test
    void aFileWithdrawsWhatAnEarlierOneTold() {
        save(results("%s,%s,2026-03-14".formatted(person.email(), CODE)));
        var number = learners.find(person.id()).orElseThrow().number();
        var withdrawn =
                "person,certification,passed_on,outcome,reason\n%d,%s,2026-03-14,withdrawn,Somebody else sat it\n"
                        .formatted(number, CODE);
        assertThat(save(withdrawn.getBytes(UTF_8)).added()).isEqualTo(1);
        assertThat(save(withdrawn.getBytes(UTF_8)).added()).isZero();
        assertThat(learners.results(learners.find(person.id()).orElseThrow())
                        .getFirst()
                        .on(LocalDate.now(clock)))
                .isEqualTo(Result.State.WITHDRAWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            row                                        | field   | code
            NOBODY,modern-work,smb-adds,2026-03-31,4   | partner | UNKNOWN_PARTNER
            NUMBER,no-such-area,smb-adds,2026-03-31,4  | area    | UNKNOWN_AREA
            NUMBER,modern-work,advanced-people,2026-03-31,4 | figure | UNKNOWN_FIGURE
            NUMBER,modern-work,smb-adds,2026-03,4      | day     | NO_DAY
            NUMBER,modern-work,smb-adds,2026-03-31,1e9 | value   | NO_NUMBER
            NUMBER,modern-work,smb-adds,2026-03-31,"4,5" | value | NO_NUMBER
            """)
    void aMeasureThatCannotBeTakenSaysWhere(String row, String field, Code code) {
        var intake = intakes.validate(
                Intake.Kind.MEASURES, "bad.csv", measures(row.replace("NUMBER", company.number())), "operator");
        assertThat(intakes.faults(intake))
                .singleElement()
                .extracting(IntakeFault::field, IntakeFault::code)
                .containsExactly(field, code);
    }

    @Test
    void aMeasureThatIsCorrectedCountsAsItWasSaidLast() {
        var row = company.number() + ",modern-work,smb-adds,2026-03-31,";
        assertThat(save(Intake.Kind.MEASURES, measures(row + "4")).added()).isEqualTo(1);
        assertThat(save(Intake.Kind.MEASURES, measures(row + "4.0")).added()).isZero();
        assertThat(save(Intake.Kind.MEASURES, measures(row + "6")).added()).isEqualTo(1);
        var progress = competencies.progress(company.id(), "modern-work", LocalDate.now(clock));
        assertThat(progress.figures().get("smb-adds")).isEqualByComparingTo("6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "person\nx\n",
                "person,certification,passed_on,colour\na,b,c,d\n",
                "\"",
                "person,certification,passed_on\n"
            })
    void whatIsNoSuchFileIsRefusedWhole(String text) {
        assertThatThrownBy(() -> intakes.validate(Intake.Kind.RESULTS, "x.csv", text.getBytes(UTF_8), "operator"))
                .isInstanceOf(RosterFileRefused.class);
    }

    private Intake save(byte[] results) {
        return save(Intake.Kind.RESULTS, results);
    }

    private Intake save(Intake.Kind kind, byte[] file) {
        var intake = intakes.validate(kind, "file.csv", file, "operator");
        assertThat(intakes.faults(intake)).isEmpty();
        intakes.save(intake.id(), "operator");
        return intakes.intake(intake.id());
    }

    private static byte[] results(String... rows) {
        return ("person,certification,passed_on\n" + String.join("\n", rows) + "\n").getBytes(UTF_8);
    }

    private static byte[] measures(String row) {
        return ("partner,area,figure,day,value\n" + row + "\n").getBytes(UTF_8);
    }
}
