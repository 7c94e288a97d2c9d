package org.espace.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormatsTest {

    private static final String FEED = Vendor.HEADER
            + "A1,L1,2026-01-31,C1,Électricité de l’Ouest,P1,3,120.50,EUR,\n"
            + "A2,L2,2026-02-01,C2,\"Say \"\"hi\"\", Ltd\nParis\",P2,-1.5,-20,JPY,open\n";

    @TempDir
    Path folder;

    private Vendor vendor;

    @BeforeEach
    void openLake() {
        vendor = new Vendor(folder);
    }

    static Stream<byte[]> encodings() {
        var marked = ("\ufeff" + FEED);
        return Stream.of(
                FEED.getBytes(UTF_8),
                marked.getBytes(UTF_8),
                FEED.getBytes(UTF_16),
                marked.getBytes(UTF_16LE),
                FEED.getBytes(UTF_16LE),
                FEED.getBytes(UTF_16BE),
                FEED.getBytes(Charset.forName("windows-1252")));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void everyUsualEncodingIsFoundOut(byte[] feed) {
        var intake = vendor.load(Vendor.MAPPING, feed);

        assertThat(vendor.refusals(intake)).containsExactly("2 name CONTROL_CHARACTER Say \"hi\", Ltd\u240aParis");
        assertThat(intake.registered().customers())
                .singleElement()
                .satisfies(customer -> assertThat(customer.name()).isEqualTo("Électricité de l’Ouest"));
    }

    @Test
    void anEncodingMayBeGiven() {
        var intake = vendor.load(
                Vendor.MAPPING + "file: {encoding: iso-8859-1}\n",
                FEED.replace('’', '\'').getBytes(ISO_8859_1));

        assertThat(intake.registered().customers().getFirst().name()).isEqualTo("Électricité de l'Ouest");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`,`", "`;`", "`\t`", "`|`"})
    void everyUsualSeparatorIsFoundOut(String separator) {
        var intake = vendor.load(
                Vendor.MAPPING,
                (Vendor.HEADER + "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n").replace(",", separator));

        assertThat(Vendor.counts(intake)).isEqualTo("1 1 0 0 0");
    }

    @Test
    void everyLineEndIsFoundOut() {
        var lines = Vendor.HEADER + "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n"
                + "\n"
                + "A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,";
        for (var end : List.of("\n", "\r\n", "\r")) {
            assertThat(vendor.load(Vendor.MAPPING, lines.replace("\n", end)).received())
                    .isEqualTo(2);
        }
    }

    @Test
    void gzipIsReadWhateverTheNameAndInSeveralMembers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var part : List.of(
                Vendor.HEADER,
                "A1,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n",
                "A2,L1,2026-01-31,C1,Contoso,P1,3,120.50,EUR,\n")) {
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(part.getBytes(UTF_8));
            }
        }

        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, bytes.toByteArray())))
                .isEqualTo("2 2 0 0 0");
    }

    @Test
    void parquetIsReadAsTheTextOfItsValues() {
        var file = folder.resolve("feed.parquet");
        vendor.execute(
                "COPY (SELECT 'A' || i AS id, 'L1' AS dealer, DATE '2026-01-01' + CAST(i % 28 AS INTEGER) AS day,"
                        + " NULL AS customer, NULL AS name, 'P1' AS product, CAST(i AS INTEGER) AS quantity,"
                        + " CAST(i AS DECIMAL(18,2)) / 100 AS amount_as_double, CAST(i / 100.0 AS DECIMAL(18,2)) AS amount,"
                        + " 'EUR' AS currency, '' AS status FROM range(1, 300001) r(i)) TO '" + file
                        + "' (FORMAT parquet)");
        var intake = vendor.load(Vendor.MAPPING, file);

        assertThat(Vendor.counts(intake)).isEqualTo("300000 300000 0 0 0");
        assertThat(intake.totals().getFirst().amount()).isEqualByComparingTo("450001500.00");
        assertThat(Vendor.counts(
                        vendor.load(Vendor.MAPPING.replace("amount: amount", "amount: amount_as_double"), file)))
                .isEqualTo("300000 0 300000 0 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`', textBlock = """
            formats                            | amount           | cents
            {}                                 | 120.5            | 12050
            {}                                 | -0.05            | -5
            {}                                 | +7               | 700
            {}                                 | 5151.0E0         | 515100
            {}                                 | 1.2e2            | 12000
            {}                                 | 1e-2             | 1
            {}                                 | 0e999999         | 0
            {}                                 | 120.5000000000000000000000 | 12050
            {}                                 | 0000000000000000000000001.00 | 100
            {}                                 | 92233720368547758.07 | 9223372036854775807
            `{decimal: ",", grouping: "."}`    | `1.234.567,89`   | 123456789
            `{decimal: ",", grouping: " "}`    | `1 234,5`        | 123450
            `{grouping: ","}`                  | `1,234.50`       | 123450
            `{extra-decimals: 9}`              | 0.00000080000    | 80000
            """)
    void numbersAreExact(String formats, String amount, String cents) {
        vendor.load(
                Vendor.MAPPING + "formats: " + formats + "\n",
                Vendor.HEADER + "A1,L1,2026-01-31,C1,Contoso,P1,3,\"" + amount + "\",EUR,\n");

        assertThat(vendor.lines("amount")).containsExactly(cents);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            format     | written    | day
            M/d/yyyy   | 7/4/1996   | 1996-07-04
            M/d/yyyy   | 12/31/1999 | 1999-12-31
            dd.MM.yyyy | 29.02.2024 | 2024-02-29
            yyyyMMdd   | 20260131   | 2026-01-31
            d/M/yyyy   | 1/12/2025  | 2025-12-01
            """)
    void datesAreReadAsTheMappingSays(String format, String written, String day) {
        vendor.load(
                Vendor.MAPPING + "formats: {date: " + format + "}\n",
                Vendor.HEADER + "A1,L1," + written + ",C1,Contoso,P1,3,120.50,EUR,\n");

        assertThat(vendor.lines("day")).containsExactly(day);
    }

    @Test
    void aKnownCustomerIsNotRegisteredAgain() throws IOException {
        vendor.load(Vendor.MAPPING, FEED);
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + "A9,L1,2026-01-31,C1,Another name,P1,3,120.50,EUR,\n");

        assertThat(intake.registered().customers()).isEmpty();
    }
}
