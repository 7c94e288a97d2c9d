package org.espace.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final Seed SEED = Seed.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                 second | code
                     59 | 94287082
             1111111109 | 07081804
             1111111111 | 14050471
             1234567890 | 89005924
             2000000000 | 69279037
            20000000000 | 65353130
            """)
    void theCodesAreThoseOfTheStandard(long second, String code) {
        assertThat(Totp.code(SEED, second / 30, 8)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            seconds | counts
                -90 | false
                -60 | false
                -30 | true
                  0 | true
                 30 | true
                 60 | false
                 90 | false
            """)
    void clocksMayDifferByOneStep(long seconds, boolean counts) {
        var code = Totp.code(SEED, Totp.stepAt(NOW.plusSeconds(seconds)), 6);

        assertThat(Totp.step(SEED, code, NOW, 0).isPresent()).isEqualTo(counts);
    }

    @Test
    void aCodeThatHasCountedAndAnyBeforeItCountNoMore() {
        var step = Totp.stepAt(NOW);

        assertThat(Totp.step(SEED, Totp.code(SEED, step, 6), NOW, step)).isEmpty();
        assertThat(Totp.step(SEED, Totp.code(SEED, step - 1, 6), NOW, step)).isEmpty();
        assertThat(Totp.step(SEED, Totp.code(SEED, step + 1, 6), NOW, step)).hasValue(step + 1);
    }

    @ParameterizedTest
    @CsvSource({"''", "12345", "1234567", "abcdef", "٠٧٠٨١٨", "-70818"})
    void whatIsNoCodeIsRefused(String code) {
        assertThat(Totp.step(SEED, code, NOW, 0)).isEmpty();
    }

    @Test
    void aSeedIsWrittenAsAuthenticatorsReadIt() {
        assertThat(SEED.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(SEED.grouped()).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assertThat(new Seed(SEED.base32()).bytes())
                .isEqualTo("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
        assertThat(SEED.address("camille+x@contoso.example"))
                .isEqualTo("otpauth://totp/Espace:camille%2Bx%40contoso.example"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Espace");
        assertThat(Seed.random()).isNotEqualTo(Seed.random());
    }
}
