package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.espace.paper.Assumption;
import org.espace.paper.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RateCommandTest {

    private static final String EXAMPLE = "../docs/examples/rate";

    @TempDir
    Path folder;

    private record Answer(int exitCode, String out, String err) {}

    @Test
    void theExampleRunsAsTheDocumentationSays() {
        var document = JsonMapper.shared()
                .readTree(run("--terms", EXAMPLE + "/terms.yaml", "--facts", EXAMPLE + "/facts", "--json").out);
        assertThat(StreamSupport.stream(document.get("earned").spliterator(), false)
                        .map(row -> text(row, "location") + " " + text(row, "lever") + " " + text(row, "earned") + " "
                                + text(row, "rebate") + " " + text(row, "co-op")))
                .containsExactly(
                        "LYON cloud 100.00 60.00 40.00",
                        "LYON volume 114.00 68.40 45.60",
                        "NANTES cloud 4.00 2.40 1.60",
                        "NANTES volume 1.00 0.60 0.40");
        assertThat(StreamSupport.stream(document.get("lines").spliterator(), false)
                        .map(line -> text(line, "reason")))
                .contains(
                        "CAP_LIMITED", "CAP_REACHED", "TIER_REACHED", "NOT_ENROLLED_THEN", "IVDPOE", "ROUNDS_TO_ZERO");
        assertThat(StreamSupport.stream(document.get("received").spliterator(), false))
                .isNotEmpty()
                .allMatch(row -> row.get("agrees").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EN", "FR"})
    void peopleReadATableInTheirLanguage(String language) {
        var answer =
                run("--terms", EXAMPLE + "/terms.yaml", "--facts", EXAMPLE + "/facts", "--lang", language, "--explain");
        assertThat(answer.exitCode).isZero();
        assertThat(answer.out).contains(language.equals("FR") ? "gagné" : "earned", "NANTES", "114");
        assertThat(answer.out).doesNotContain("{").doesNotContain("null");
    }

    @Test
    void everythingThatIsWrongIsListedAndNothingIsRated() throws Exception {
        Files.writeString(folder.resolve("sales.csv"), "location,day,amount\nLYON,2026-02-30,1\nLYON,2026-02-01,=1\n");
        var answer = run("--terms", EXAMPLE + "/terms.yaml", "--facts", folder.toString(), "--lang", "EN", "--json");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(answer.out).get("problems")).hasSize(2);
        assertThat(answer.err)
                .contains(
                        "sales.csv, row 2, column day, “2026-02-30”: This is no date. Write it as 2026-03-31.",
                        "sales.csv, row 3, column amount, “=1”: A spreadsheet’s formula stands where a value belongs.");
    }

    @Test
    void termsThatAreWrongAreNamedWithTheirLine() throws Exception {
        var terms = Files.writeString(folder.resolve("terms.yaml"), "program: x1\nversion: 1\n");
        var answer = run("--terms", terms + "," + folder.resolve("none.yaml"), "--facts", EXAMPLE + "/facts");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.err).contains("terms.yaml, ", "none.yaml");
        assertThat(answer.out).isEmpty();
    }

    @Test
    void twoVersionsOnTheSameDayAreRefused() {
        var terms = EXAMPLE + "/terms.yaml";
        assertThat(run("--terms", terms + "," + terms, "--facts", EXAMPLE + "/facts").exitCode)
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void everyFaultAndAssumptionIsWorded(String language) throws Exception {
        var words = new Properties();
        try (var file = getClass().getResourceAsStream("/messages/paper_" + language + ".properties")) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        for (var fault : Fault.values()) {
            var key = "paper." + fault;
            assertThat(words).containsKeys(key, key + ".hint");
            var named = new HashSet<>(new MessageFormat(words.getProperty(key)).getArgumentNames());
            named.addAll(new MessageFormat(words.getProperty(key + ".hint")).getArgumentNames());
            assertThat(named).as(key).isEqualTo(fault.arguments());
        }
        for (var code : Assumption.Code.values()) {
            var key = "paper.assumed." + code;
            assertThat(new MessageFormat(words.getProperty(key)).getArgumentNames())
                    .as(key)
                    .isEqualTo(code.arguments());
        }
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static Answer run(String... options) {
        var words = new String[options.length + 1];
        words[0] = "rate";
        System.arraycopy(options, 0, words, 1, options.length);
        var out = System.out;
        var err = System.err;
        var printed = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            var exitCode = CommandLines.execute(words);
            return new Answer(
                    exitCode, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
