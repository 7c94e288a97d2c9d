package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatsTest {

    private static final String WITHOUT_IDS = Vendor.MAPPING.replace("  line-id: id\n", "");

    @TempDir
    Path folder;

    private Vendor vendor;

    @BeforeEach
    void openLake() {
        vendor = new Vendor(folder);
    }

    @Test
    void theSameLinesAgainAreDuplicates() {
        var feed = Vendor.HEADER + line("A1", "10.00") + line("A2", "20.00");

        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, feed))).isEqualTo("2 2 0 0 0");
        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, feed + line("A3", "30.00"))))
                .isEqualTo("3 1 2 0 0");
        assertThat(vendor.lines("line_id, amount")).containsExactly("A1 1000", "A2 2000", "A3 3000");
    }

    @Test
    void aCorrectedLineIsReversedAndWrittenAnew() {
        vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "10.00") + line("A2", "20.00"));
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A2", "25.00"));

        assertThat(Vendor.counts(intake)).isEqualTo("1 0 0 1 0");
        assertThat(vendor.lines("line_id, amount, quantity, seq >> 34, (seq >> 2) & 255, seq & 3, corrects >> 34"))
                .containsExactly(
                        "A1 1000 3000000 1 1 1 0",
                        "A2 2000 3000000 1 2 1 0",
                        "A2 -2000 -3000000 2 1 0 1",
                        "A2 2500 3000000 2 1 1 1");
        assertThat(vendor.ask(
                        "SELECT count(*) FROM read_parquet('" + folder + "/sales/*.parquet') c JOIN read_parquet('"
                                + folder + "/sales/*.parquet') o ON c.corrects = o.seq WHERE o.line_id = 'A2'"))
                .containsExactly("2");
    }

    @Test
    void aNewStatusIsACorrection() {
        vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "10.00", "open"));
        var intake = vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "10.00", ""));

        assertThat(Vendor.counts(intake)).isEqualTo("1 0 0 1 0");
        assertThat(vendor.lines("amount, disposition <> 0")).containsExactly("1000 true", "-1000 true", "1000 false");
    }

    @Test
    void withinOneFileALineMayBeRepeatedCorrectedAndCorrectedBack() {
        var intake = vendor.load(
                Vendor.MAPPING,
                Vendor.HEADER
                        + line("A1", "10.00")
                        + line("A1", "10.00")
                        + line("A1", "12.00")
                        + line("A1", "12.00")
                        + line("A1", "10.00"));

        assertThat(Vendor.counts(intake)).isEqualTo("5 1 2 2 0");
        assertThat(vendor.lines("amount, corrects >> 2 & 255"))
                .containsExactly("1000 0", "-1000 1", "1200 1", "-1200 3", "1000 3");
        assertThat(intake.totals())
                .extracting(total -> total.bucket() + " " + total.amount() + " " + total.rows())
                .containsExactly("RECEIVED 54.00 5", "ACCEPTED 10.00 1", "DUPLICATE 22.00 2", "CORRECTED 22.00 2");
    }

    @Test
    void aLineIsComparedWithItsLastCorrection() {
        for (var amount : List.of("10.00", "11.00", "12.00")) {
            vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", amount));
        }

        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "12.00"))))
                .isEqualTo("1 0 1 0 0");
        assertThat(Vendor.counts(vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "10.00"))))
                .isEqualTo("1 0 0 1 0");
        assertThat(vendor.lines("amount")).containsExactly("1000", "-1000", "1100", "-1100", "1200", "-1200", "1000");
    }

    @Test
    void withoutIdsGenuineRepeatsAreKeptAndTheSameFileIsNot() {
        var twice = Vendor.HEADER + line("", "10.00") + line("", "10.00");

        assertThat(Vendor.counts(vendor.load(WITHOUT_IDS, twice))).isEqualTo("2 2 0 0 0");
        assertThat(Vendor.counts(vendor.load(WITHOUT_IDS, twice))).isEqualTo("2 0 2 0 0");
        assertThat(Vendor.counts(vendor.load(WITHOUT_IDS, twice + line("", "10.00") + line("", "11.00"))))
                .isEqualTo("4 2 2 0 0");
        assertThat(vendor.lines("amount, right(line_id, 2)"))
                .containsExactly("1000 -1", "1000 -2", "1000 -3", "1100 -1");
    }

    @Test
    void amountsOfFinerFilesAreComparedByValue() {
        var fine = Vendor.MAPPING + "formats: {extra-decimals: 3}\n";
        vendor.load(Vendor.MAPPING, Vendor.HEADER + line("A1", "10.00"));

        assertThat(Vendor.counts(vendor.load(fine, Vendor.HEADER + line("A1", "10.00000"))))
                .isEqualTo("1 0 1 0 0");
        assertThat(Vendor.counts(vendor.load(fine, Vendor.HEADER + line("A1", "10.00001"))))
                .isEqualTo("1 0 0 1 0");
        assertThat(vendor.lines("amount")).containsExactly("1000", "-1000000", "1000001");
    }

    /** Whatever a vendor sends again: what stands in the end is the last content of each line. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatStandsIsTheLastContentOfEachLine(long seed) {
        var chance = new SplittableRandom(seed);
        var last = new TreeMap<String, Integer>();
        for (int file = 0; file < 4; file++) {
            var text = new StringBuilder(Vendor.HEADER);
            var expected = new HashMap<String, Integer>();
            int duplicates = 0;
            int corrections = 0;
            var rows = chance.nextInt(1, 400);
            for (int row = 0; row < rows; row++) {
                var id = "A" + chance.nextInt(150);
                var euros = chance.nextInt(1, 4);
                text.append(line(id, euros + ".00"));
                var before = expected.getOrDefault(id, last.get(id));
                if (before != null) {
                    duplicates += before == euros ? 1 : 0;
                    corrections += before == euros ? 0 : 1;
                }
                expected.put(id, euros);
            }
            last.putAll(expected);
            var intake = vendor.load(Vendor.MAPPING, text.toString().getBytes(UTF_8));
            assertThat(List.of(intake.received(), intake.duplicates(), intake.corrections()))
                    .containsExactly((long) rows, (long) duplicates, (long) corrections);
        }
        var standing = new ArrayList<String>();
        last.forEach((id, euros) -> standing.add(id + " " + euros * 100));
        assertThat(vendor.ask("SELECT line_id || ' ' || sum(amount) FROM read_parquet('" + folder
                        + "/sales/*.parquet') GROUP BY line_id ORDER BY line_id"))
                .containsExactlyElementsOf(standing);
    }

    private static String line(String id, String amount) {
        return line(id, amount, "");
    }

    private static String line(String id, String amount, String status) {
        return "%s,L1,2026-01-31,C1,Contoso,P1,3,%s,EUR,%s\n".formatted(id, amount, status);
    }
}
