package org.espace.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.espace.access.EmailAddressRefused.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                                 written | kept
                 Camille@Contoso.EXAMPLE | camille@contoso.example
               ' camille@contoso.example'| camille@contoso.example
                   ｃａｍｉｌｌｅ@contoso.example | camille@contoso.example
                   Jose\u0301@contoso.example | josé@contoso.example
                      JOSÉ@contoso.example | josé@contoso.example
                       anna@bücher.example | anna@xn--bcher-kva.example
                       anna@BU\u0308CHER.example | anna@xn--bcher-kva.example
                         иван@почта.example | иван@xn--80a1acny.example
            """)
    void oneAddressHasOneForm(String written, String kept) {
        assertThat(new EmailAddress(written).value()).isEqualTo(kept);
        assertThat(new EmailAddress(kept).value()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                               written | because
                               camille | NO_ADDRESS
                              @contoso | NO_ADDRESS
                              camille@ | NO_ADDRESS
                  cam ille@contoso.example | NO_ADDRESS
                  a@b@contoso.example | NO_ADDRESS
                  camille@con_toso.example | NO_ADDRESS
                  .camille@contoso.example | NO_ADDRESS
                  <camille@contoso.example | NO_ADDRESS
                  cаmille@contoso.example | MIXED_SCRIPTS
                  camille@cоntoso.example | MIXED_SCRIPTS
            """)
    void whatIsNoAddressOrPassesForAnotherOneIsRefused(String written, Code because) {
        assertThatExceptionOfType(EmailAddressRefused.class)
                .isThrownBy(() -> new EmailAddress(written))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(because));
    }

    @Test
    void anAddressOfManyPagesIsRefused() {
        assertThatExceptionOfType(EmailAddressRefused.class)
                .isThrownBy(() -> new EmailAddress("a".repeat(100_000) + "@contoso.example"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.LONG));
    }

    @Test
    void addressesThatLookAlikeHaveOneSkeleton() {
        var latin = new EmailAddress("coco@contoso.example");
        var cyrillic = new EmailAddress("сосо@contoso.example");

        assertThat(cyrillic).isNotEqualTo(latin);
        assertThat(cyrillic.skeleton()).isEqualTo(latin.skeleton());
        assertThat(cyrillic.isAscii()).isFalse();
        assertThat(latin.isAscii()).isTrue();
    }

    /** V60 computed the skeletons of the addresses that were there. */
    @Test
    void theSkeletonOfAsciiIsWhatTheMigrationComputed() {
        for (var c = '!'; c <= '~'; c++) {
            var found = EmailAddress.find("x" + c + "x@contoso.example");
            found.ifPresent(address -> assertThat(address.skeleton()).isEqualTo(migrated(address.value())));
        }
    }

    private static String migrated(String email) {
        return email.replace('0', 'O')
                .replace('1', 'l')
                .replace('|', 'l')
                .replace('`', '\'')
                .replace("m", "rn")
                .replace("%", "°/₀");
    }
}
