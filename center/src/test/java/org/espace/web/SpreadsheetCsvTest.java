package org.espace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SpreadsheetCsvTest {

    @Test
    void aSpreadsheetRunsNothingOfIt() throws IOException {
        assertThat(written("=cmd()", "+1", "-1", "@sum", "\t=1", "a=b", ""))
                .isEqualTo("\ufeff\"'=cmd()\",\"'+1\",\"'-1\",\"'@sum\",\"'\t=1\",\"a=b\",\"\"\r\n");
    }

    @Test
    void quotesAndLineEndsStayInsideTheirCell() throws IOException {
        assertThat(written("a \"b\"\nc", "d")).isEqualTo("\ufeff\"a \"\"b\"\"\nc\",\"d\"\r\n");
    }

    private static String written(String... cells) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var csv = new SpreadsheetCsv(bytes);
        csv.write(cells);
        csv.flush();
        return bytes.toString(UTF_8);
    }
}
