package org.espace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** {@code ./espace} in a process of its own, on the database of the test. */
public final class EspaceProcess {

    private EspaceProcess() {}

    /** What it says comes by its output; what it complains about, too. */
    public static Process start(Environment database, Path home, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Espace.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("ESPACE_HOME", home.toString());
        process.environment().put("ESPACE_DB_URL", url(database));
        return process.start();
    }

    private static String url(Environment database) {
        var url = database.getRequiredProperty("spring.datasource.url");
        return url + (url.contains("?") ? "&" : "?")
                + "user=" + database.getRequiredProperty("spring.datasource.username")
                + "&password=" + database.getRequiredProperty("spring.datasource.password");
    }
}
