package org.espace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvRecordsTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** Well-formed text is read as an independent reader of RFC 4180 reads it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatAnotherReaderReads(long seed) throws IOException {
        var chance = new SplittableRandom(seed);
        var text = new StringBuilder("h1,h2\n");
        for (int row = 0; row < 200; row++) {
            for (int column = chance.nextInt(1, 5); column > 0; column--) {
                text.append(cell(chance)).append(column == 1 ? "" : ",");
            }
            text.append(chance.nextInt(3) == 0 ? "\r\n" : "\n");
        }
        var expected = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text.toString())
                .stream()
                .map(CsvRecord::getFields)
                .toList();

        assertThat(read(text.toString().getBytes(UTF_8), chance)).isEqualTo(expected.subList(1, expected.size()));
    }

    /** Whatever the bytes: reading ends, and every line is in a record or in a defect. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noBytesStopTheReader(long seed) throws IOException {
        var chance = new SplittableRandom(seed);
        var bytes = new byte[chance.nextInt(1, 4_000)];
        var alphabet = "\",\n\r;ab=\t|'".getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] =
                    chance.nextInt(20) == 0 ? (byte) chance.nextInt(256) : alphabet[chance.nextInt(alphabet.length)];
        }
        var text = new byte[bytes.length + 2];
        text[0] = 'h';
        text[1] = '\n';
        System.arraycopy(bytes, 0, text, 2, bytes.length);

        var cells = new Cells();
        int records = 0;
        try (var reader = new CsvRecords(dribble(text, chance), ',', text.length, () -> 0)) {
            while (reader.next(cells)) {
                records++;
                assertThat(cells.row).isEqualTo(records);
                assertThat(cells.defect == null || cells.count == 0).isTrue();
            }
        }
        assertThat(records).isLessThanOrEqualTo(bytes.length);
    }

    @Test
    void aRecordMayBeAsLongAsTheLimitAndNoLonger() throws IOException {
        var longest = "x".repeat(CsvRecords.LONGEST_RECORD);
        var cells = new Cells();
        var text = "h\n" + longest + "\n" + longest + "xyz\nlast";
        try (var reader = new CsvRecords(new ByteArrayInputStream(text.getBytes(UTF_8)), ',', text.length(), () -> 0)) {
            assertThat(reader.next(cells)).isTrue();
            assertThat(cells.text(0)).hasSize(CsvRecords.LONGEST_RECORD);
            assertThat(reader.next(cells)).isTrue();
            assertThat(cells.defect).isEqualTo(Code.LINE_TOO_LONG);
            assertThat(reader.next(cells)).isTrue();
            assertThat(cells.text(0)).isEqualTo("last");
            assertThat(reader.next(cells)).isFalse();
        }
    }

    private static String cell(SplittableRandom chance) {
        return switch (chance.nextInt(6)) {
            case 0 -> "";
            case 1 -> "\"\"";
            case 2 -> "\"a, \"\"quoted\"\"\r\ncell\"";
            case 3 -> "\"" + "é".repeat(chance.nextInt(40)) + "\"";
            case 4 -> "5\" disk";
            default -> "x".repeat(chance.nextInt(1, 300));
        };
    }

    private static List<List<String>> read(byte[] text, SplittableRandom chance) throws IOException {
        var rows = new ArrayList<List<String>>();
        var cells = new Cells();
        try (var reader = new CsvRecords(dribble(text, chance), ',', text.length, () -> 0)) {
            while (reader.next(cells)) {
                assertThat(cells.defect).isNull();
                var row = new ArrayList<String>();
                for (int column = 0; column < cells.count; column++) {
                    row.add(cells.text(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Gives a few bytes at a time, so that records are cut at every place. */
    private static InputStream dribble(byte[] text, SplittableRandom chance) {
        return new ByteArrayInputStream(text) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, chance.nextInt(1, 700)));
            }
        };
    }
}
