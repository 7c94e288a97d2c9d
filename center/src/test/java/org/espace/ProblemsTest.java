package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.espace.feed.Code;
import org.espace.feed.FileRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsTest {

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void aLog() {
        log = folder.resolve("logs/espace.log");
    }

    @Test
    void aRefusalIsSaidHoweverDeepItLies() {
        var problem = new IllegalStateException("context failed", new Refusal("no-file", "file", "this\nor that"));
        assertThat(Problems.oneLine(problem, log, Locale.ENGLISH)).isEqualTo("There is no file this or that that can be read.");
        assertThat(log).doesNotExist();
    }

    @Test
    void aRoomsRefusalIsSaid() {
        var problem = new FileRefused(Code.EMPTY_FILE, Map.of());
        assertThat(Problems.oneLine(problem, log, Locale.ENGLISH)).isNotBlank().doesNotContain("FileRefused");
        assertThat(Problems.oneLine(problem, log, Locale.FRENCH)).startsWith("Le fichier est vide");
        assertThat(log).doesNotExist();
    }

    @Test
    void whatNobodyForesawIsCutShortAndKeptInTheLog() throws IOException {
        var problem = new IllegalStateException("context failed", new IOException("x".repeat(1000)));
        assertThat(Problems.oneLine(problem, log, Locale.ENGLISH))
                .startsWith("IOException: xxx")
                .endsWith("(details in " + log + ")")
                .hasSizeLessThan(500);
        assertThat(Files.readString(log)).contains("context failed", "x".repeat(1000));
    }
}
