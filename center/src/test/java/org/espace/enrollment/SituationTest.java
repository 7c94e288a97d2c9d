package org.espace.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espace.eligibility.Verdict;
import org.espace.payees.PayeeStanding;
import org.junit.jupiter.api.Test;

/** What a program shows a location as, in every combination of what decides it. The first row that fits says it. */
class SituationTest {

    private static final String TABLE = """
            offer         | asks | verdict      | stage    | joined | payees                  | administrator                      | others
            DISCONTINUED  | *    | *            | *        | *      | *                       | DISCONTINUED NONE                  | DISCONTINUED NONE
            NOT_OPEN      | *    | *            | *        | *      | *                       | INACTIVE WAIT_FOR_OPENING          | INACTIVE WAIT_FOR_OPENING
            *             | *    | *            | ENROLLED | yes    | MISSING,ACTION_REQUIRED | ACTION_REQUIRED COMPLETE_PAYMENT   | ENROLLING ASK_TO_COMPLETE
            *             | *    | *            | ENROLLED | yes    | PENDING_VALIDATION      | VALIDATING WAIT                    | ENROLLING WAIT
            *             | *    | *            | *        | yes    | *                       | ENROLLED NONE                      | ENROLLED NONE
            *             | *    | NOT_ELIGIBLE | *        | no     | *                       | INELIGIBLE SEE_REQUIREMENTS        | INELIGIBLE SEE_REQUIREMENTS
            *             | *    | NOT_YET_KNOWN| *        | no     | *                       | INELIGIBLE SEE_REQUIREMENTS        | INELIGIBLE SEE_REQUIREMENTS
            *             | *    | ELIGIBLE     | ACCEPTED | no     | MISSING,ACTION_REQUIRED | ACTION_REQUIRED COMPLETE_PAYMENT   | ENROLLING ASK_TO_COMPLETE
            *             | *    | ELIGIBLE     | ACCEPTED | no     | *                       | VALIDATING WAIT                    | ENROLLING WAIT
            *             | *    | ELIGIBLE     | INVITED  | no     | *                       | INVITED ENROLL                     | INVITED ASK_TO_ENROLL
            *             | no   | ELIGIBLE     | *        | no     | *                       | INVITED ENROLL                     | INVITED ASK_TO_ENROLL
            *             | yes  | ELIGIBLE     | *        | no     | *                       | INACTIVE ASK_FOR_INVITATION        | INACTIVE ASK_TO_ENROLL
            """;

    private record Row(List<String> cells) {

        boolean fits(Situation situation) {
            return has(0, situation.offer().name())
                    && has(1, situation.conditional() ? "yes" : "no")
                    && has(2, situation.verdict().name())
                    && has(3, situation.stage().name())
                    && has(4, situation.joined() ? "yes" : "no")
                    && has(5, situation.payees().name());
        }

        private boolean has(int column, String value) {
            var cell = cells.get(column);
            return cell.equals("*") || Set.of(cell.split(",", -1)).contains(value);
        }

        Position position(boolean administrator) {
            var words = cells.get(administrator ? 6 : 7).split(" ", -1);
            return new Position(Status.valueOf(words[0]), Position.Next.valueOf(words[1]));
        }
    }

    private static List<Row> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line -> new Row(
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList()))
                .toList();
    }

    private static List<Situation> everySituation() {
        var all = new ArrayList<Situation>();
        for (var offer : Offer.State.values()) {
            for (var conditional : List.of(true, false)) {
                for (var verdict : Verdict.values()) {
                    for (var stage : Stage.values()) {
                        for (var joined : List.of(true, false)) {
                            for (var payees : PayeeStanding.values()) {
                                all.add(new Situation(offer, conditional, verdict, stage, joined, payees));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    @Test
    void theTableSaysWhatEachCombinationIsShownAs() {
        var rows = rows();
        var used = new HashSet<Row>();
        for (var situation : everySituation()) {
            var row =
                    rows.stream().filter(one -> one.fits(situation)).findFirst().orElseThrow();
            used.add(row);
            assertThat(situation.position(true)).as("%s", situation).isEqualTo(row.position(true));
            assertThat(situation.position(false)).as("%s", situation).isEqualTo(row.position(false));
        }
        assertThat(used).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void eachOfTheEightStatesIsShownToSomebody() {
        var shown = EnumSet.noneOf(Status.class);
        everySituation().forEach(situation -> {
            shown.add(situation.position(true).status());
            shown.add(situation.position(false).status());
        });
        assertThat(shown).containsExactly(Status.values());
    }

    @Test
    void whoeverCannotEnrollIsNeverShownWhatOnlyAnAdministratorCanDoAndViceVersa() {
        assertThat(everySituation())
                .extracting(situation -> situation.position(false).status())
                .doesNotContain(Status.ACTION_REQUIRED, Status.VALIDATING);
        assertThat(everySituation())
                .extracting(situation -> situation.position(true).status())
                .doesNotContain(Status.ENROLLING);
    }
}
