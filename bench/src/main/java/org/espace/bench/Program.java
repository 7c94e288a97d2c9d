package org.espace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The program as anybody starts it, on an instance of its own.
 *
 * @param home the folder of the instance, which no other one uses
 * @param start what starts the program, before its own words
 */
record Program(Path home, List<String> start) {

    static Program launched(Path home) {
        return new Program(home, List.of("./espace"));
    }

    ProcessBuilder command(String... words) {
        var builder = new ProcessBuilder().redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(start);
        builder.command().addAll(List.of(words));
        builder.environment().put("ESPACE_HOME", home.toString());
        return builder;
    }

    /** What a command has said, when it has come to its end. */
    String run(String... words) throws IOException, InterruptedException {
        var process = command(words).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }
}
