package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that a vendor sends makes us stop, and nothing is lost without being told. */
class BadInputTest {

    private static final String GOOD = "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n";

    @TempDir
    Path folder;

    private Vendor vendor;

    @BeforeEach
    void openLake() {
        vendor = new Vendor(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
            row                                                        | column   | code
            ,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,                 | id       | MISSING
            A2,,2026-01-31,C1,Contoso,P1,3,120.50,EUR,                 | dealer   | MISSING
            A2,L1,,C1,Contoso,P1,3,120.50,EUR,                         | day      | MISSING
            A2,L1,2026-01-31,C1,Contoso,,3,120.50,EUR,                 | product  | MISSING
            A2,L1,2026-01-31,C1,Contoso,P1,3,,EUR,                     | amount   | MISSING
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,,                  | currency | MISSING
            A2,L9,2026-01-31,C1,Contoso,P1,3,120.50,EUR,               | dealer   | UNKNOWN_LOCATION
            A2,L1,2026-01-31,C1,Contoso,P9,3,120.50,EUR,               | product  | UNKNOWN_PRODUCT
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,EURO,              | currency | UNKNOWN_CURRENCY
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,eur,               | currency | UNKNOWN_CURRENCY
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,maybe          | status   | UNKNOWN_STATUS
            A2,L1,31/01/2026,C1,Contoso,P1,3,120.50,EUR,               | day      | BAD_DATE
            A2,L1,2026-02-29,C1,Contoso,P1,3,120.50,EUR,               | day      | BAD_DATE
            A2,L1,2026-1-31,C1,Contoso,P1,3,120.50,EUR,                | day      | BAD_DATE
            A2,L1,26-01-31,C1,Contoso,P1,3,120.50,EUR,                 | day      | BAD_DATE
            A2,L1,2026-01-31T00:00,C1,Contoso,P1,3,120.50,EUR,         | day      | BAD_DATE
            A2,L1,1899-12-31,C1,Contoso,P1,3,120.50,EUR,               | day      | DATE_OUT_OF_RANGE
            A2,L1,9999-12-31,C1,Contoso,P1,3,120.50,EUR,               | day      | DATE_OUT_OF_RANGE
            A2,L1,=TODAY(),C1,Contoso,P1,3,120.50,EUR,                 | day      | FORMULA
            A2,L1,2026-01-31,C1,Contoso,P1,3,"120,50",EUR,             | amount   | WRONG_DECIMAL_SEPARATOR
            A2,L1,2026-01-31,C1,Contoso,P1,3,"1,120.50",EUR,           | amount   | WRONG_DECIMAL_SEPARATOR
            A2,L1,2026-01-31,C1,Contoso,P1,3,twelve,EUR,               | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,NaN,EUR,                  | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,0x10,EUR,                 | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,1e,EUR,                   | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,-,EUR,                    | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,$120.50,EUR,              | amount   | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,3,=1+1,EUR,                 | amount   | FORMULA
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.505,EUR,              | amount   | TOO_PRECISE
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.5,JPY,                | amount   | TOO_PRECISE
            A2,L1,2026-01-31,C1,Contoso,P1,3,1e-300,EUR,               | amount   | TOO_PRECISE
            A2,L1,2026-01-31,C1,Contoso,P1,3,1e40,EUR,                 | amount   | TOO_LARGE
            A2,L1,2026-01-31,C1,Contoso,P1,3,1e999999,EUR,             | amount   | TOO_LARGE
            A2,L1,2026-01-31,C1,Contoso,P1,3,92233720368547758.08,EUR, | amount   | TOO_LARGE
            A2,L1,2026-01-31,C1,Contoso,P1,some,120.50,EUR,            | quantity | NOT_A_NUMBER
            A2,L1,2026-01-31,C1,Contoso,P1,0.0000001,120.50,EUR,       | quantity | TOO_PRECISE
            A2,=cmd(),2026-01-31,C1,Contoso,P1,3,120.50,EUR,           | dealer   | FORMULA
            =cmd(),L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,           | id       | FORMULA
            A2,L1,2026-01-31,=cmd(),Contoso,P1,3,120.50,EUR,           | customer | FORMULA
            A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR                | ''       | WRONG_FIELD_COUNT
            A2,L1,2026-01-31,C1,Contoso,P1,3,120,50,EUR,               | ''       | WRONG_FIELD_COUNT
            A2,L1,2026-01-31,C1,"Contoso,P1,3,120.50,EUR,              | ''       | UNCLOSED_QUOTE
            A2,L1,2026-01-31,C1,"Contoso"x,P1,3,120.50,EUR,            | ''       | UNCLOSED_QUOTE
            """)
    void aBadRowIsRefusedAndTheOthersStay(String row, String column, String code) {
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + GOOD + row + "\n" + GOOD.replace("A1", "A3"));

        assertThat(Vendor.counts(intake)).isEqualTo("3 2 0 0 1");
        assertThat(vendor.refusal()).startsWith("2 " + ("''".equals(column) ? "" : column) + " " + code);
    }

    @Test
    void tenToTheFortyIsTooLargeHoweverItIsWritten() {
        var large = "1" + "0".repeat(40);
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + GOOD.replace("120.50", large));

        assertThat(Vendor.counts(intake)).isEqualTo("1 0 0 0 1");
        assertThat(vendor.refusal()).isEqualTo("1 amount TOO_LARGE " + large);
    }

    @Test
    void textThatIsTooLongIsRefusedAndCut() {
        vendor.load(
                Vendor.MAPPING,
                Vendor.HEADER
                        + GOOD.replace("Contoso", "n".repeat(201))
                        + GOOD.replace("A1", "i".repeat(201))
                        + GOOD.replace("L1", "l".repeat(121))
                        + GOOD.replace("120.50", "1".repeat(101)));

        assertThat(vendor.refusals())
                .map(refusal -> refusal.substring(0, refusal.lastIndexOf(' ')))
                .containsExactly("1 name TOO_LONG", "2 id TOO_LONG", "3 dealer TOO_LONG", "4 amount TOO_LONG");
        assertThat(vendor.refusals()).allMatch(refusal -> refusal.length() < 230);
    }

    @Test
    void aFormulaInANameIsText() {
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + GOOD.replace("Contoso", "=cmd()"));

        assertThat(intake.registered().customers())
                .singleElement()
                .satisfies(customer -> assertThat(customer.name()).isEqualTo("=cmd()"));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        var damaged =
                (Vendor.HEADER + GOOD.replace("Contoso", "Café") + GOOD.replace("Contoso", "Caf#")).getBytes(UTF_8);
        for (int at = 0; at < damaged.length; at++) {
            damaged[at] = damaged[at] == '#' ? (byte) 0xe9 : damaged[at];
        }
        vendor.load(Vendor.MAPPING, damaged);

        assertThat(vendor.refusal()).startsWith("2 name WRONG_ENCODING");
    }

    @Test
    void controlCharactersAreRefused() {
        vendor.load(Vendor.MAPPING, Vendor.HEADER + GOOD.replace("Contoso", "Con\u0007toso"));

        assertThat(vendor.refusal()).isEqualTo("1 name CONTROL_CHARACTER Con\u2407toso");
    }

    @Test
    void anUnclosedQuoteSpoilsOnlyItsOwnLine() {
        var intake = vendor.load(
                Vendor.MAPPING,
                Vendor.HEADER
                        + GOOD
                        + GOOD.replace("Contoso", "\"Contoso").replace("A1", "A2")
                        + GOOD.replace("Contoso", "\"Fabrikam, Inc.\"").replace("A1", "A3")
                        + GOOD.replace("A1", "A4"));

        assertThat(Vendor.counts(intake)).isEqualTo("4 3 0 0 1");
        assertThat(vendor.refusal()).startsWith("2  UNCLOSED_QUOTE A2,L1,");
    }

    @Test
    void aLineOfTwoGigabytesTakesNoMemory() throws IOException {
        var file = folder.resolve("long");
        var block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (var output = Files.newOutputStream(file)) {
            output.write((Vendor.HEADER + GOOD).getBytes(UTF_8));
            for (int megabyte = 0; megabyte < 2048; megabyte++) {
                output.write(block);
            }
            output.write(("\n" + GOOD.replace("A1", "A3")).getBytes(UTF_8));
        }
        System.gc();
        var before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        var intake = vendor.load(Vendor.MAPPING, file);
        System.gc();
        var after = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        Files.delete(file);

        assertThat(Vendor.counts(intake)).isEqualTo("3 2 0 0 1");
        assertThat(vendor.refusal()).startsWith("2  LINE_TOO_LONG xxxx");
        assertThat(after - before).isLessThan(64 << 20);
    }

    @Test
    void aWholeFileIsRefusedWhenNoneOfItCanBeRead() throws IOException {
        var random = new byte[100_000];
        new Random(7).nextBytes(random);
        var truncated = gzip((Vendor.HEADER + GOOD.repeat(10_000)).getBytes(UTF_8));

        assertThat(refused(new byte[0])).isEqualTo(Code.EMPTY_FILE);
        assertThat(refused("\n\n".getBytes(UTF_8))).isEqualTo(Code.EMPTY_FILE);
        assertThat(refused(random)).isEqualTo(Code.BINARY_FILE);
        assertThat(refused(new byte[] {'P', 'K', 3, 4, 0, 0})).isEqualTo(Code.BINARY_FILE);
        assertThat(refused(Arrays.copyOf(truncated, truncated.length / 2))).isEqualTo(Code.TRUNCATED_FILE);
        assertThat(refused(Arrays.copyOf(truncated, 5))).isEqualTo(Code.TRUNCATED_FILE);
        assertThat(refused(damaged(truncated))).isEqualTo(Code.DAMAGED_FILE);
        assertThat(refused("PAR1 and then nothing".getBytes(UTF_8))).isEqualTo(Code.DAMAGED_FILE);
        assertThat(refused(GOOD.getBytes(UTF_8))).isEqualTo(Code.MISSING_COLUMN);
        assertThat(refused(Vendor.HEADER.replace("status", "day").getBytes(UTF_8)))
                .isEqualTo(Code.AMBIGUOUS_COLUMN);
        assertThat(refused((Vendor.HEADER.strip() + ",x".repeat(5_000)).getBytes(UTF_8)))
                .isEqualTo(Code.TOO_MANY_COLUMNS);
        assertThat(Files.exists(folder.resolve("sales"))).isFalse();
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aBombIsStopped() throws IOException {
        var line = GOOD.replace("Contoso", "n".repeat(60)).getBytes(UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Vendor.HEADER.getBytes(UTF_8));
            var block = new byte[line.length * 10_000];
            for (int at = 0; at < block.length; at++) {
                block[at] = line[at % line.length];
            }
            for (int written = 0; written < 400; written++) {
                gzip.write(block);
            }
        }

        assertThat(refused(bytes.toByteArray())).isEqualTo(Code.DECOMPRESSES_TOO_FAR);
    }

    @Test
    void aHeaderAloneIsAFeedWithoutRows() {
        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, Vendor.HEADER))).isEqualTo("0 0 0 0 0");
    }

    @Test
    void refusedRowsKeepWhatCouldBeReadOfThem() {
        var intake = vendor.load(
                Vendor.MAPPING, Vendor.HEADER + GOOD + GOOD.replace("A1", "A2").replace("P1", "P9"));

        assertThat(intake.refusedTotals()).singleElement().satisfies(total -> {
            assertThat(total.location()).isEqualTo(1);
            assertThat(total.month()).hasToString("2026-01-01");
            assertThat(total.currency()).isEqualTo("EUR");
            assertThat(total.amount()).isEqualByComparingTo("120.50");
        });
        assertThat(intake.totals())
                .extracting(total -> total.bucket() + " " + total.amount())
                .containsExactly("RECEIVED 241.00", "ACCEPTED 120.50", "REFUSED 120.50");
    }

    private Code refused(byte[] content) {
        var refusal = new Code[1];
        assertThatThrownBy(() -> vendor.load(Vendor.MAPPING, content))
                .isInstanceOfSatisfying(FileRefused.class, e -> refusal[0] = e.code());
        return refusal[0];
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] damaged(byte[] gzip) {
        var damaged = gzip.clone();
        damaged[damaged.length - 6] ^= 0x55;
        return damaged;
    }
}
