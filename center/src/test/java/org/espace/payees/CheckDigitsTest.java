package org.espace.payees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.iban4j.CountryCode;
import org.iban4j.IbanUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDigitsTest {

    /** The examples of SWIFT's IBAN Registry. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            iban
            AL47212110090000000235698741
            BA391290079401028494
            BE68539007547034
            CZ6508000000192000145399
            EE382200221020145685
            ES9121000418450200051332
            FI2112345600000785
            FR1420041010050500013M02606
            HR1210010051863000160
            HU42117730161111101800000000
            IT60X0542811101000000123456
            MC5811222000010123456789030
            ME25505000012345678951
            MK07250120000058984
            MR1300020001010000123456753
            NO9386011117947
            PL61109010140000071219812874
            PT50000201231234567890154
            RS35260005601001611379
            SI56263300012039086
            SK3112000000198742637541
            SM86U0322509800000000270100
            TL380080012345678910157
            TN5910006035183598478831
            XK051212012345678906
            """)
    void anAccountKeepsToItsCountrysRuleAndWithOneDigitChangedDoesNot(String iban) {
        assertThat(Check.IBAN.accepts(iban, iban.substring(0, 2))).isTrue();
        assertThat(changedInTheAccount(iban)).isNotEmpty().noneMatch(AccountNumbers::accepts);
        assertThat(changedInTheAccount(iban).map(CheckDigitsTest::withCheckDigitsOfItsOwn))
                .allSatisfy(changed -> {
                    assertThat(IbanUtil.calculateCheckDigit(changed)).isEqualTo(changed.substring(2, 4));
                    assertThat(Check.IBAN.accepts(changed, iban.substring(0, 2)))
                            .as(changed)
                            .isFalse();
                });
    }

    /** In its last five digits, and only where the rule covers them: in Poland and Albania the check is of the bank alone. */
    private static Stream<String> changedInTheAccount(String iban) {
        var bankAlone = List.of("PL", "AL").contains(iban.substring(0, 2));
        return IntStream.range(bankAlone ? 4 : iban.length() - 5, bankAlone ? 12 : iban.length())
                .filter(at -> Character.isDigit(iban.charAt(at)))
                .mapToObj(at -> changed(iban, at));
    }

    private static String changed(String number, int at) {
        var digit = (number.charAt(at) - '0' + 1) % 10;
        return number.substring(0, at) + digit + number.substring(at + 1);
    }

    private static String withCheckDigitsOfItsOwn(String iban) {
        return iban.substring(0, 2) + IbanUtil.calculateCheckDigit(iban) + iban.substring(4);
    }

    @Test
    void countriesWithoutARuleTakeEveryGoodIban() {
        for (var iban : List.of(
                "AT611904300234573201",
                "CH9300762011623852957",
                "DE89370400440532013000",
                "GB29NWBK60161331926819",
                "IS140159260076545510730339",
                "LU280019400644750000",
                "NL91ABNA0417164300",
                "SE4550000000058398257466")) {
            assertThat(Check.IBAN.accepts(iban, iban.substring(0, 2))).as(iban).isTrue();
        }
    }

    /** What is not an IBAN at all never reaches the rules of its country. */
    @Test
    void nonsenseIsRefusedAndNeverFails() {
        for (var country : CountryCode.values()) {
            for (var rest : List.of("", "00", "000000000000000", "12ABCDEFGHIJKLMNOPQRSTUVWXYZ12345")) {
                assertThat(Check.IBAN.accepts(country.getAlpha2() + rest, country.getAlpha2()))
                        .isFalse();
            }
        }
    }

    /** Examples from the documents that {@link TaxNumbers} names, and from companies' own imprints. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            country , number           , of
            AT      , 59-119/9013      , Abgabenkontonummer
            AU      , 51 824 753 556   , ABN
            BE      , 0403.019.261     , ondernemingsnummer
            BE      , 0428.759.497     , ondernemingsnummer
            BR      , 16.727.230/0001-97, CNPJ
            BR      , 12.ABC.345/01DE-35, CNPJ with letters
            CA      , 123456782        , BN
            CH      , CHE-116.281.710  , UID
            CH      , 100.155.212      , UID
            DK      , 13585628         , CVR
            ES      , 12345678Z        , DNI
            ES      , X1234567L        , NIE
            ES      , A58818501        , company
            ES      , P2807900B        , council
            FI      , 2077474-0        , Y-tunnus
            FR      , 732 829 320      , SIREN
            FR      , 732 829 320 00074, SIRET
            FR      , 356 000 000 09075, SIRET of La Poste
            FR      , 30 23 217 600 053, numéro fiscal
            GB      , 1955839661       , UTR
            IE      , 6433435F         , tax reference
            IE      , 6433435OA        , PPS
            IT      , 00743110157      , partita IVA
            IT      , RCCMNL83S18D969H , codice fiscale
            JP      , 5835678256246    , 法人番号
            KR      , 116-82-00276     , 사업자등록번호
            NL      , 1112.22.333      , RSIN
            NO      , 988 077 917      , organisasjonsnummer
            NZ      , 49-091-850       , IRD
            NZ      , 136-410-132      , IRD
            PL      , 856-734-62-15    , NIP
            PL      , 44051401359      , PESEL
            PT      , 501 964 843      , NIF
            SE      , 556016-0680      , organisationsnummer
            SE      , 16 556016-0680   , organisationsnummer with its century
            """)
    void aTaxNumberKeepsToItsCountrysRuleAndWithOneDigitChangedDoesNot(String country, String typed, String of) {
        var blank = Sheet.TAX_ID.blanks(country).getFirst();
        var number = blank.tidy(typed, Profile.Kind.TAX);
        assertThat(blank.fault(number, country)).as(of).isEmpty();

        var last = lastDigit(number);
        assertThat(blank.fault(changed(number, last), country))
                .as("%s %s", of, changed(number, last))
                .contains("not-tax-id");
        assertThat(blank.fault(changed(number, last - 1), country))
                .as("%s %s", of, changed(number, last - 1))
                .contains("not-tax-id");
        assertThat(blank.fault("0".repeat(number.length()), country)).contains("not-tax-id");
    }

    private static int lastDigit(String number) {
        return IntStream.iterate(number.length() - 1, at -> at - 1)
                .filter(at -> Character.isDigit(number.charAt(at)))
                .findFirst()
                .orElseThrow();
    }
}
