package org.espace.partners;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountriesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            country | kind    | number                | taken
            FR      | VAT     | FR11123456782         | true
            FR      | VAT     | FR 11 123 456 782     | true
            FR      | VAT     | 11123456782           | true
            FR      | VAT     | FR12123456782         | false
            DE      | VAT     | DE136695976           | true
            DE      | VAT     | DE136695977           | false
            GR      | VAT     | EL094259216           | true
            GR      | VAT     | EL094259217           | false
            CH      | VAT     | CHE-123.456.788 MWST  | true
            CH      | VAT     | CH-1                  | false
            ZA      | VAT     | 4123456789            | true
            NZ      | VAT     | 123-456-789           | true
            FR      | COMPANY | 123 456 782           | true
            FR      | COMPANY | 123 456               | false
            BR      | COMPANY | 12.345.678/0001-95    | true
            BR      | COMPANY | 12.345.678            | false
            IN      | COMPANY | U72200KA2013PTC097389 | true
            TR      | COMPANY | 123456789             | false
            NZ      | COMPANY | 9429040000000         | true
            NZ      | COMPANY | =cmd()                | false
            """)
    void aNumberIsCheckedAsItsCountryWritesIt(String country, Registration.Kind kind, String number, boolean taken) {
        assertThat(Countries.acceptsNumber(country, kind, number)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            country | code     | taken
            FR      | 69004    | true
            FR      | 6900     | false
            FR      |          | false
            GB      | BS1 4ZZ  | true
            CA      | K1A 0B1  | true
            NL      | 1012 LG  | true
            HK      |          | true
            HK      | 999077   | false
            GH      |          | true
            GH      | GA-184   | true
            """)
    void aPostalCodeIsCheckedAsItsCountryWritesIt(String country, String code, boolean taken) {
        assertThat(Countries.acceptsPostalCode(country, code)).isEqualTo(taken);
    }

    @Test
    void companiesOfTwentyFourCountriesHaveToStateTheirNumber() {
        assertThat(Countries.withCompanyNumber())
                .hasSize(24)
                .contains("AE", "BR", "IN", "PL", "TR", "VN", "ZA")
                .doesNotContain("FR", "US");
    }

    @Test
    void countriesStandInTheOrderOfTheReadersLanguage() {
        assertThat(Countries.sorted(Locale.ENGLISH).indexOf("DE"))
                .isGreaterThan(Countries.sorted(Locale.ENGLISH).indexOf("FR"));
        assertThat(Countries.sorted(Locale.FRENCH).indexOf("DE"))
                .isLessThan(Countries.sorted(Locale.FRENCH).indexOf("FR"));
    }
}
