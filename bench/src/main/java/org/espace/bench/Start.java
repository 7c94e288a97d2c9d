package org.espace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espace.bench.Findings.Target;

/** From the command to the first page of an instance that there is already: by the launcher, and by a plain JVM. */
final class Start {

    private static final Path PROGRAM = Path.of("center/target/espace");

    private final Path folder;
    private final int pairs;
    private final Findings findings;

    Start(Path folder, int pairs, Findings findings) {
        this.folder = folder;
        this.pairs = pairs;
        this.findings = findings;
    }

    void measure() throws Exception {
        var home = Files.createDirectories(folder.resolve("started"));
        var plain =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString());
        firstPage(home, List.of("./espace"));
        var measured = new Pairs(new ArrayList<>(), new ArrayList<>());
        for (var i = 0; i < Math.max(3, pairs); i++) {
            measured.ours().add(firstPage(home, List.of("./espace")));
            measured.theirs().add(firstPage(home, plain));
        }
        findings.add(
                "P12",
                "time on the wall of a second start up to its first page, for each second of a plain java -jar of the same jar",
                Target.atMost(0.5, 0.5),
                measured.wall(),
                Map.of("./espace", measured.ours(), "java -jar", measured.theirs()));
        Folders.delete(home);
    }

    private static Spent firstPage(Path home, List<String> program) throws Exception {
        var began = System.nanoTime();
        try (var demo = new Served(new Program(home, program))) {
            demo.new Visitor().get("/login");
            return new Spent(0, (System.nanoTime() - began) / 1e9);
        }
    }

    private static Path jar() throws IOException {
        try (var jars = Files.newDirectoryStream(PROGRAM, "espace-center-*.jar")) {
            return jars.iterator().next();
        }
    }
}
