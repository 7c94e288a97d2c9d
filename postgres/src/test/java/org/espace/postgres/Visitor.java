package org.espace.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that uses the server of a folder until its input ends. */
class Visitor {

    public static void main(String[] arguments) throws IOException {
        try (var server = EmbeddedPostgres.open(Path.of(arguments[0]))) {
            System.out.println(server.jdbcUrl("postgres"));
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    static Process start(Path home) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Visitor.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
