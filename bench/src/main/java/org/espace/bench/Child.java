package org.espace.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espace.batch.SalesFile;
import org.espace.engine.Rulebook;

/** One refresh or one load in a process of its own, start of the JVM included. */
final class Child {

    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xmx1g", "--enable-native-access=ALL-UNNAMED");

    /** @param peak the most memory that it held, in bytes */
    record Ended(Spent spent, long peak) {

        double gibibytes() {
            return peak / (double) (1L << 30);
        }
    }

    private Child() {}

    /** Starts this program's own classes again, and waits. */
    static Ended run(List<String> words) throws IOException, InterruptedException {
        return run(List.of(), words);
    }

    static Ended run(List<String> options, List<String> words) throws IOException, InterruptedException {
        var own = new ArrayList<>(OPTIONS);
        own.addAll(options);
        own.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        own.addAll(words);
        return java(own);
    }

    /** Starts a program that prints its processor seconds and the most bytes that it held, and waits. */
    static Ended java(List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words);
        var log = Files.createTempFile("espace-bench", ".log");
        var began = System.nanoTime();
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var printed = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("a measured process ended with %d: %s".formatted(process.exitValue(), log));
        }
        var wall = (System.nanoTime() - began) / 1e9;
        Files.delete(log);
        // Whoever writes a start-up cache tells of it at the end.
        var figures = printed.lines().findFirst().orElse("").split(" ", 2);
        return new Ended(new Spent(Double.parseDouble(figures[0]), wall), Long.parseLong(figures[1]));
    }

    /** Practises for quick starts, as {@code ./espace} does for the program; nothing where classes are not in jars. */
    static List<String> quickStart(Path cache, List<String> words) throws IOException, InterruptedException {
        if (Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(entry -> Files.isDirectory(Path.of(entry)))) {
            return List.of();
        }
        run(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable"), words);
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    static List<String> refresh(Vendor vendor, long lines, Path sales, Path target) {
        return List.of(
                "refresh",
                Long.toString(vendor.seed()),
                Long.toString(lines),
                sales.toString(),
                target.toString(),
                Boolean.toString(vendor.giant()));
    }

    public static void main(String[] words) throws Exception {
        var vendor = Vendor.of(Long.parseLong(words[1]), Long.parseLong(words[2]));
        var in = Path.of(words[3]);
        var out = Path.of(words[4]);
        switch (words[0]) {
            case "refresh" -> {
                var here = Boolean.parseBoolean(words[5]) ? vendor.withGiant() : vendor;
                var sales = new SalesFile(1, in, 0, 0, 1, here.locations());
                new Refresh(new Rulebook(here.facts(), 0), Bench.THREADS).full(List.of(sales), out);
            }
            case "load" -> new OwnLoad(vendor, Path.of(words[5])).run(in, out);
            default -> throw new IllegalArgumentException(words[0]);
        }
        System.out.printf("%.2f %d%n", cpuSeconds(), peak());
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
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
