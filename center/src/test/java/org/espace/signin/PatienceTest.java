package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            failures | seconds
                   0 |       0
                   4 |       0
                   5 |      15
                   6 |      30
                   7 |      60
                  12 |    1920
                  13 |    3600
                 500 |    3600
            """)
    void aSourceWaitsTwiceAsLongForEachFurtherFailure(int failures, long seconds) {
        assertThat(Patience.WITH_PASSWORDS.toWait(failures, NOW, false, 0, NOW)).hasSeconds(seconds);
    }

    @Test
    void theFirstAttemptFromASourceIsNeverRefusedForWhatOthersDid() {
        assertThat(Patience.WITH_PASSWORDS.toWait(0, NOW, false, 1_000_000, NOW))
                .isZero();
    }

    @Test
    void underPressureASourceWaitsAfterItsFirstFailure() {
        assertThat(Patience.WITH_PASSWORDS.toWait(1, NOW, false, 49, NOW)).isZero();
        assertThat(Patience.WITH_PASSWORDS.toWait(1, NOW, false, 50, NOW)).hasSeconds(15);
    }

    @Test
    void aKnownDeviceFeelsNoPressure() {
        assertThat(Patience.WITH_PASSWORDS.toWait(4, NOW, true, 1_000_000, NOW)).isZero();
        assertThat(Patience.WITH_PASSWORDS.toWait(5, NOW, true, 0, NOW)).hasSeconds(15);
        assertThat(Patience.WITH_CODES.toWait(4, NOW, true, 1_000_000, NOW)).isZero();
    }

    @Test
    void underPressureCodesCountFromKnownDevicesOnly() {
        assertThat(Patience.WITH_CODES.toWait(0, NOW, false, 29, NOW)).isZero();
        assertThat(Patience.WITH_CODES.toWait(0, NOW, false, 30, NOW)).isPositive();
    }

    @Test
    void waitingEndsAndADayForgets() {
        assertThat(Patience.WITH_PASSWORDS.toWait(5, NOW.minusSeconds(10), false, 0, NOW))
                .hasSeconds(5);
        assertThat(Patience.WITH_PASSWORDS.toWait(5, NOW.minusSeconds(15), false, 0, NOW))
                .isZero();
        assertThat(Patience.WITH_PASSWORDS.toWait(500, NOW.minus(Duration.ofHours(25)), false, 0, NOW))
                .isZero();
    }
}
