package org.espace.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espace.batch.SalesFile;
import org.espace.engine.Rulebook;

/** One refresh or one load in a process of its own, start of the JVM included. */
final class Child {

    /** Besides what the process took: the most memory that it held, in bytes. */
    record Ended(double wall, long peak) {}

    private Child() {}

    /** Starts this program's own classes again, and waits. */
    static Ended run(List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(words);
        var began = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("a measured process ended with " + process.exitValue());
        }
        return new Ended((System.nanoTime() - began) / 1e9, Long.parseLong(printed));
    }

    public static void main(String[] words) throws Exception {
        var vendor = Vendor.of(Long.parseLong(words[1]), Long.parseLong(words[2]));
        var in = Path.of(words[3]);
        var out = Path.of(words[4]);
        switch (words[0]) {
            case "refresh" -> {
                var sales = new SalesFile(1, in, 0, 0, 1, vendor.locations());
                var refresh = new Refresh(new Rulebook(vendor.facts(), 0), Bench.THREADS);
                refresh.full(List.of(sales), out);
            }
            case "load" -> new OwnLoad(vendor, Path.of(words[5])).run(in, out);
            default -> throw new IllegalArgumentException(words[0]);
        }
        System.out.println(peak());
    }

    private static long peak() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
