package org.espace.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.espace.batch.CarriedSums;
import org.espace.batch.Progress;
import org.espace.batch.Rater;
import org.espace.batch.Runner;
import org.espace.batch.SalesFile;
import org.espace.batch.Threads;
import org.espace.engine.Rulebook;

/**
 * One full refresh as a process of its own, for the benchmark: by Spark's SQL, by the engine on Spark, or by the engine
 * alone. Its input is a folder as {@code org.espace.bench.Handover} writes it. At the end it prints the processor
 * seconds that it took, its start included, and the most bytes that it held.
 */
final class SparkSide {

    private SparkSide() {}

    /** Takes {@code sql MASTER IN OUT}, {@code chunks MASTER IN OUT} or {@code embedded THREADS IN OUT}. */
    public static void main(String[] words) throws Exception {
        var in = Path.of(words[2]);
        var out = Path.of(words[3]);
        switch (words[0]) {
            case "sql" -> bySql(words[1], in, out);
            case "chunks" -> {
                try (var runner = SparkRunner.on(words[1])) {
                    rate(runner, in, out);
                }
            }
            case "embedded" -> rate(new Threads(Integer.parseInt(words[1])), in, out);
            default -> throw new IllegalArgumentException(words[0]);
        }
        System.out.printf("%.2f %d%n", cpuSeconds(), peak());
    }

    private static void rate(Runner runner, Path in, Path out) throws Exception {
        Files.createDirectories(out);
        new Rater(read(in.resolve("rulebook"), Rulebook.class), 0, CarriedSums.none(), out, runner)
                .rate(
                        "run",
                        List.of(read(in.resolve("sales"), SalesFile.class)),
                        Rater.Locations.all(),
                        Progress.SILENT);
    }

    /** Sorted and compressed as the lake keeps earning lines. */
    static void bySql(String master, Path in, Path out) throws IOException {
        try (var spark = SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "16")
                .config(
                        "spark.sql.warehouse.dir",
                        out.resolveSibling("warehouse").toString())
                .getOrCreate()) {
            try (var tables = Files.newDirectoryStream(in, "*.columns")) {
                for (var columns : tables) {
                    var name = columns.getFileName().toString().replace(".columns", "");
                    spark.read()
                            .schema(Files.readString(columns))
                            .csv(in.resolve(name + ".csv").toString())
                            .createOrReplaceTempView(name);
                }
            }
            spark.read().parquet(in.resolve("sales.parquet").toString()).createOrReplaceTempView("sale");
            spark.sql(Files.readString(in.resolve("half_up.sql")));
            spark.sql(Files.readString(in.resolve("query.sql")) + " ORDER BY location, seq")
                    .write()
                    .option("compression", "zstd")
                    .parquet(out.toString());
        }
    }

    private static <T> T read(Path file, Class<T> type) throws IOException, ClassNotFoundException {
        try (var in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return type.cast(in.readObject());
        }
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
