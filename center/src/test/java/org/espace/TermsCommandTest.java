package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The commands about terms that need no instance. */
class TermsCommandTest {

    private static final String TEXT = """
            program: paper
            version: V1
            effective: 2026-01-01/2027-01-01
            currency: EUR
            levers:
              - {id: core, of: {product-family: azure}, rate: 4%}
            """;

    @TempDir
    Path folder;

    private record Answer(int exitCode, String out, String err) {}

    @Test
    void goodTermsEndWellAndSaySo() throws IOException {
        var answer = run("lint", file("good.yaml", TEXT), "--lang", "EN");
        assertThat(answer).isEqualTo(new Answer(0, "Nothing was found.\n", ""));
    }

    @Test
    void anErrorEndsWithOneAndNamesItsLine() throws IOException {
        var file = file("bad.yaml", TEXT.replace("4%", "400%"));
        var answer = run("lint", file, "--lang", "EN");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.out)
                .contains(file + ":6: error: core pays more than everything that is sold [pays-more-than-sold]");
        assertThat(run("lint", file, "--lang", "FR").out).contains("core paie plus que tout ce qui est vendu");
        var found = JsonMapper.shared()
                .readTree(run("lint", file, "--json").out)
                .get("findings")
                .get(0);
        assertThat(found.get("code").asString()).isEqualTo("pays-more-than-sold");
        assertThat(found.get("line").asInt()).isEqualTo(6);
    }

    @Test
    void aWarningAloneEndsWell() throws IOException {
        var answer = run("lint", file("warned.yaml", TEXT.replace("4%", "0%")), "--lang", "EN");
        assertThat(answer.exitCode).isZero();
        assertThat(answer.out).contains("warning: core never pays anything");
    }

    @Test
    void versionsInSeveralFilesAreCheckedBesideEachOther() throws IOException {
        var second = TEXT.replace("V1", "V2").replace("2026-01-01/", "2026-06-01/");
        var answer = run("lint", file("one.yaml", TEXT), file("two.yaml", second), "--lang", "EN");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.out).contains("version V1 is in force, too", "version V2 is in force, too");
    }

    @Test
    void aFolderOfFactsIsACatalogue() throws IOException {
        var facts = Files.createDirectory(folder.resolve("facts"));
        Files.writeString(facts.resolve("sales.csv"), "location,day,amount,product\nLYON,2026-02-01,1,OFFICE\n");
        Files.writeString(facts.resolve("products.csv"), "number,family\nOFFICE,m365-core\n");
        var answer = run("lint", file("good.yaml", TEXT), "--catalogue", facts.toString(), "--lang", "EN");
        assertThat(answer.out).contains("core: the catalogue has no product family azure", "core selects nothing");
    }

    @Test
    void aFolderThatIsNotThereIsSaidInTheLanguageOfTheWords() throws IOException {
        var good = file("good.yaml", TEXT);
        var nowhere = folder.resolve("nowhere").toString();
        assertThat(run("lint", good, "--catalogue", nowhere, "--lang", "FR").err)
                .contains("Ce dossier n’existe pas");
        assertThat(run("lint", good, "--catalogue", nowhere, "--lang", "EN").err)
                .contains("There is no such folder");
    }

    @Test
    void whatDiffersIsSaidByPath() throws IOException {
        var before = file("before.yaml", TEXT);
        var after = file("after.yaml", TEXT.replace("4%", "5%"));
        assertThat(run("diff", before, after, "--lang", "EN"))
                .isEqualTo(new Answer(0, "levers › core › rate: 4% → 5%\n", ""));
        assertThat(run("diff", before, before, "--lang", "EN").out).isEqualTo("Both promise the same.\n");
        assertThat(JsonMapper.shared()
                        .readTree(run("diff", before, after, "--json").out)
                        .get("changes")
                        .get(0)
                        .get("kind")
                        .asString())
                .isEqualTo("changed");
    }

    @Test
    void whatIsShownCanBeReadAgainAndShowsTheSame() throws IOException {
        var shown = run("show", file("terms.yaml", TEXT)).out;
        assertThat(shown).startsWith("# sha256 ").contains("exchange: monthly");
        assertThat(run("show", file("again.yaml", shown)).out).isEqualTo(shown);
        assertThat(run("show", file("written.yaml", TEXT), "--as-written").out).isEqualTo(TEXT);
    }

    @Test
    void textsThatAreNoTermsAreRefusedInTheCallersLanguage() throws IOException {
        var file = file("none.yaml", TEXT.replace("rate: 4%", "rate: much"));
        assertThat(run("show", file, "--lang", "FR").err).startsWith("ligne");
        assertThat(run("diff", file, file, "--lang", "EN").err).startsWith("line 6: ");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        var answer = run("show", folder.resolve("none.yaml").toString());
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.err)
                .isEqualTo("There is no file " + folder.resolve("none.yaml")
                        + "; published terms are named PROGRAM/VERSION.\n");
        assertThat(run().err).startsWith("Say what to do: lint, diff, show, publish.");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Answer run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var standardOut = System.out;
        var standardErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            var all = new ArrayList<>(List.of("terms"));
            all.addAll(List.of(words));
            var exitCode = CommandLines.execute(all.toArray(String[]::new));
            return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }
}
