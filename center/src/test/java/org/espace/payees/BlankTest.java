package org.espace.payees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.espace.web.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlankTest {

    /** Good numbers are published examples: the register of IBANs, banks' own pages, documentation of tax offices. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "good", textBlock = """
            sheet         | country | field       | typed                              | fault
            bank-transfer | FR      | iban        | FR14 2004 1010 0505 0001 3M02 606  | good
            bank-transfer | FR      | iban        | fr1420041010050500013m02606        | good
            bank-transfer | FR      | iban        | FR15 2004 1010 0505 0001 3M02 606  | not-iban
            bank-transfer | FR      | iban        | FR14 2004 1010 0505 0001 3M02 60   | not-iban
            bank-transfer | FR      | iban        | FR14-2004-1010-0505-0001-3M02-606  | letters-digits
            bank-transfer | FR      | iban        | DE89 3704 0044 0532 0130 00        | iban-country
            bank-transfer | DE      | iban        | DE89370400440532013000             | good
            bank-transfer | DE      | iban        | DE89370400440532013001             | not-iban
            bank-transfer | CH      | iban        | CH9300762011623852957              | good
            bank-transfer | BE      | iban        | BE68539007547034                   | good
            bank-transfer | FR      | bic         | BNPAFRPP                           | good
            bank-transfer | FR      | bic         | BNPAFRPPXXX                        | good
            bank-transfer | FR      | bic         | BNPAFRP                            | not-bic
            bank-transfer | DE      | bic         | COBADEFFXXX                        | good
            bank-transfer | DE      | bic         | BNPAFRPP                           | bic-country
            bank-transfer | US      | routing     | 021000021                          | good
            bank-transfer | US      | routing     | 011401533                          | good
            bank-transfer | US      | routing     | 021000022                          | not-routing
            bank-transfer | US      | routing     | 000000000                          | not-routing
            bank-transfer | US      | routing     | 02100002                           | not-routing
            bank-transfer | US      | account     | 123456789                          | good
            bank-transfer | US      | account     | 123                                | not-account
            bank-transfer | US      | account-type | checking                          | good
            bank-transfer | US      | account-type | gold                              | choice
            bank-transfer | CA      | transit     | 00011                              | good
            bank-transfer | CA      | transit     | 0011                               | not-transit
            bank-transfer | CA      | institution | 001                                | good
            bank-transfer | CA      | institution | 1                                  | not-institution
            bank-transfer | GB      | sort-code   | 200000                             | good
            bank-transfer | GB      | sort-code   | 20-00-00                           | letters-digits
            bank-transfer | GB      | account     | 55779911                           | good
            bank-transfer | GB      | account     | 5577991                            | not-account
            bank-transfer | AU      | bsb         | 062000                             | good
            bank-transfer | AU      | bsb         | 06200                              | not-bsb
            bank-transfer | JP      | bank-code   | 0001                               | good
            bank-transfer | JP      | branch      | 01                                 | not-branch
            bank-transfer | JP      | account     | 1234567                            | good
            bank-transfer | IN      | ifsc        | HDFC0000001                        | good
            bank-transfer | IN      | ifsc        | HDFC1000001                        | not-ifsc
            bank-transfer | SG      | account     | 0123456789                         | good
            bank-transfer | SG      | bic         | DBSSSGSG                           | good
            bank-transfer | SG      | account     | 12'); drop table payees.entry; --  | letters-digits
            credit-note   | FR      | tenant      | contoso.example                    | good
            credit-note   | FR      | tenant      | <script>                           | not-tenant
            w9-ein        | US      | ein         | 12-3456789                         | good
            w9-ein        | US      | ein         | 07-3456789                         | not-ein
            w9-ein        | US      | ein         | 12-345678                          | not-ein
            w9-ssn        | US      | ssn         | 078-05-1120                        | good
            w9-ssn        | US      | ssn         | 000-12-3456                        | not-ssn
            w9-ssn        | US      | ssn         | 666-12-3456                        | not-ssn
            w9-ssn        | US      | ssn         | 900-12-3456                        | not-ssn
            w9-ssn        | US      | ssn         | 123-00-3456                        | not-ssn
            w8ben-e       | FR      | ftin        | 123456782                          | good
            w8ben-e       | FR      | ftin        | 123                                | not-ftin
            vat           | FR      | vat         | FR 11 123456782                    | good
            vat           | FR      | vat         | FR 12 123456782                    | not-vat
            vat           | DE      | vat         | DE136695976                        | good
            vat           | DE      | vat         | DE136695977                        | not-vat
            tax-id        | CA      | tax-id      | 123456782                          | good
            tax-id        | CA      | tax-id      | 123456783                          | not-tax-id
            tax-id        | AU      | tax-id      | 51 824 753 556                     | good
            tax-id        | AU      | tax-id      | 51 824 753 557                     | not-tax-id
            tax-id        | IN      | tax-id      | ABCDE1234F                         | good
            tax-id        | IN      | tax-id      | ABCD1234F                          | not-tax-id
            tax-id        | KE      | tax-id      | A001234567X                        | good
            """)
    void aFieldIsCheckedTheWayItsCountryWritesIt(
            String code, String country, String field, String typed, @Nullable String fault) {
        var sheet = Sheet.of(code);
        var blank = blank(sheet, country, field);
        assertThat(blank.fault(blank.tidy(typed, sheet.kind()), country).orElse(null))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            country | fields
            US      | routing account account-type
            CA      | institution transit account
            GB      | sort-code account
            AU      | bsb account
            JP      | bank-code branch account-type account
            FR      | iban bic
            TR      | iban bic
            SG      | account bic
            """)
    void everyCountryAsksForItsOwnFields(String country, String fields) {
        assertThat(Sheet.BANK_TRANSFER.blanks(country).stream().map(Blank::field))
                .containsExactly(fields.split(" "));
    }

    @Test
    void creditNotesAreGivenInFourteenCountries() {
        assertThat(List.of(Locale.getISOCountries()).stream().filter(Sheet.CREDIT_NOTE::isFor))
                .containsExactlyInAnyOrder(
                        "AU", "AT", "BE", "CA", "DK", "FI", "FR", "DE", "NL", "NZ", "NO", "SE", "CH", "GB");
    }

    @Test
    void everyFieldAndEveryFaultHasItsWords() {
        for (var locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            var words = Messages.in(locale);
            for (var sheet : Sheet.values()) {
                assertThat(words.has("payment.sheet." + sheet.code())).isTrue();
                assertThat(words.has("payment.sheet." + sheet.code() + ".what")).isTrue();
                for (var country : Locale.getISOCountries()) {
                    for (var blank : sheet.blanks(country)) {
                        assertThat(words.has("field." + blank.field()))
                                .as(blank.field())
                                .isTrue();
                        assertThat(blank.choices()).allMatch(choice -> words.has("payment.choice." + choice));
                        assertThat(!blank.choices().isEmpty() || words.has("fault.not-" + blank.field()))
                                .as(blank.field())
                                .isTrue();
                    }
                }
            }
            for (var reason : Profile.Reason.values()) {
                assertThat(words.has("payment.reason." + reason.code())).isTrue();
            }
            for (var standing : PayeeStanding.values()) {
                assertThat(words.has("payment.standing." + standing.code())).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            holder                             | legal name                        | same
            Brisolane Informatique S.A.S.      | Brisolane Informatique SAS        | true
            BRISOLANE INFORMATIQUE SAS         | Brisolane Informatique SAS        | true
            Société Générale d’Étude           | SOCIETE GENERALE D'ETUDE          | true
            Cedar Fork Cloud Inc               | Cedar Fork Cloud, Inc.            | true
            Großhandel Weiß GmbH & Co. KG      | GROSSHANDEL WEISS GMBH & CO KG    | true
            Smørrebrød ApS                     | Smorrebrod ApS                    | true
            Brisolane Informatique SARL        | Brisolane Informatique SAS        | false
            Brisolane                          | Brisolane Informatique SAS        | false
            """)
    void aHolderIsComparedTheWayBanksCompare(String holder, String legalName, boolean same) {
        assertThat(LegalName.isSame(holder, legalName)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"FR1420041010050500013M02606, 2606", "55779911, 9911", "1234567, 567", "12345, 45", "1, ''"})
    void neverMoreThanHalfOfANumberIsShown(String number, String tail) {
        assertThat(Profile.Entry.tail(number)).isEqualTo(tail);
    }

    private static Blank blank(Sheet sheet, String country, String field) {
        return sheet.blanks(country).stream()
                .filter(one -> one.field().equals(field))
                .findFirst()
                .orElseThrow();
    }
}
