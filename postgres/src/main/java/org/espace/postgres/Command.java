package org.espace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Command {

    private static final long PATIENCE_SECONDS = 120;

    private Command() {}

    /** Refused with the program's own words when it fails. They go to a file: a server it leaves behind would keep a pipe open. */
    static void run(Path home, String program, List<String> words) throws IOException {
        var output = Files.createTempFile(home, program, ".out");
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw PostgresUnavailable.failed(home, program, "no end after " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw PostgresUnavailable.failed(home, program, Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PostgresUnavailable.failed(home, program, "interrupted");
        } finally {
            Files.delete(output);
        }
    }

    static boolean succeeds(List<String> words) {
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
