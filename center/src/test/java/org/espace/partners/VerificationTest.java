package org.espace.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.espace.documents.Document;
import org.espace.documents.DocumentType;
import org.espace.partners.Verification.Appeal;
import org.espace.partners.Verification.State;
import org.espace.partners.Verification.Step;
import org.espace.partners.Verification.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {

    private static final Instant FRIDAY = Instant.parse("2026-11-27T10:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-12-02T09:00:00Z");
    private static final Verdict REJECTED = new Verdict(1, false, "no such company", WEDNESDAY, "operator");
    private static final Appeal APPEALED = new Appeal(
            1, "there is", new Document("0".repeat(64), DocumentType.PDF, 10), WEDNESDAY.plusSeconds(60), "partner");

    private final Verification asked =
            new Verification(1, new PartnerId(1), Step.BUSINESS, null, FRIDAY, "partner", List.of());

    @Test
    void aQuestionIsPendingUntilAVerdictAndAgainAfterAnAppeal() {
        assertThat(asked.state()).isEqualTo(State.PENDING);
        assertThat(with(REJECTED).state()).isEqualTo(State.REJECTED);
        assertThat(with(REJECTED).reason()).contains("no such company");
        assertThat(with(REJECTED, APPEALED).state()).isEqualTo(State.PENDING);
        assertThat(with(REJECTED, APPEALED).reason()).isEmpty();
        assertThat(with(REJECTED, APPEALED, new Verdict(2, true, null, WEDNESDAY, "operator"))
                        .state())
                .isEqualTo(State.ACCEPTED);
    }

    @Test
    void verdictsAndAppealsTakeTurns() {
        assertThatThrownBy(() -> with(APPEALED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(REJECTED, REJECTED)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            asked      | days | answer
            2026-11-27 | 3    | 2026-12-02
            2026-11-27 | 5    | 2026-12-04
            2026-11-28 | 3    | 2026-12-02
            2026-11-30 | 5    | 2026-12-07
            """)
    void saturdaysAndSundaysDoNotCount(LocalDate asked, int days, LocalDate answer) {
        assertThat(Verification.businessDaysAfter(asked, days)).isEqualTo(answer);
    }

    @Test
    void theClockStartsAnewWithAnAppeal() {
        assertThat(asked.answerBy(ZoneOffset.UTC)).isEqualTo("2026-12-04");
        assertThat(with(REJECTED, APPEALED).answerFrom(ZoneOffset.UTC)).isEqualTo("2026-12-07");
        assertThat(with(REJECTED, APPEALED).answerBy(ZoneOffset.UTC)).isEqualTo("2026-12-09");
    }

    private Verification with(Verification.Event... history) {
        return new Verification(1, new PartnerId(1), Step.BUSINESS, null, FRIDAY, "partner", List.of(history));
    }
}
