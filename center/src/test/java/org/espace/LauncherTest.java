package org.espace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's own words: those that need nothing to be built. */
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("..", "espace").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void withoutAWordItListsTheCommands() throws Exception {
        var answer = launch(LAUNCHER, Map.of());
        assertThat(answer.exitCode).isZero();
        assertThat(answer.text).contains("./espace demo ", "./espace load ", "./espace test ");
    }

    @Test
    void itWorksThroughASymbolicLink() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("a link"), LAUNCHER);
        assertThat(launch(link, Map.of(), "--help").exitCode).isZero();
    }

    @Test
    void anUnknownCommandIsRefusedInOneLine() throws Exception {
        var answer = launch(LAUNCHER, Map.of(), "fly");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.text).isEqualTo("There is no command 'fly': ./espace --help lists those there are.\n");
    }

    @Test
    void withoutMavenItSaysHowToGetIt() throws Exception {
        var copy = Files.copy(LAUNCHER, folder.resolve("espace"));
        var path = Files.createDirectory(folder.resolve("bin"));
        for (var tool : new String[] {"bash", "readlink", "dirname", "sed", "grep", "find"}) {
            Files.createSymbolicLink(path.resolve(tool), Path.of("/usr/bin", tool));
        }
        var answer =
                launch(copy, Map.of("PATH", path.toString(), "JAVA_HOME", System.getProperty("java.home")), "demo");
        assertThat(answer.exitCode).isEqualTo(1);
        assertThat(answer.text)
                .isEqualTo("Espace is built by Maven, and there is no 'mvn' in the path:"
                        + " install it (Debian: apt-get install maven).\n");
    }

    private Answer launch(Path launcher, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/usr/bin/bash", launcher.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private record Answer(int exitCode, String text) {}
}
