package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small, so that it is the findings that are looked at, and no figure. */
class NightTest {

    private static final List<String> PROGRAM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "org.espace.Espace");

    @TempDir
    Path folder;

    @Test
    void aNightIsMeasuredFromScratchAgainAndWithInvitations() throws Exception {
        var findings = new Findings();
        findings.setting(Findings.LINES, "6000");
        var program = new Program(folder.resolve("home"), PROGRAM);
        new Night(program, folder, 120, 1, 1, findings).measure();

        assertThat(findings.all()).hasSize(6).allSatisfy(finding -> {
            assertThat(finding.goal()).isEqualTo("P13");
            assertThat(finding.measured().median()).isNotNegative();
        });
        assertThat(findings.book().markdown())
                .contains("120 locations, 1 programs of 8 conditions", "from scratch", "again, nothing new")
                .contains("after new sales of 120 locations", "nothing is due")
                .containsPattern("a first round, [1-9][0-9]* invitations and their mail")
                .containsPattern("[1-9][0-9]* reminders and their mail");
    }
}
