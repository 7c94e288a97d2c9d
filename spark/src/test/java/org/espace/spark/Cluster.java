package org.espace.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Spark master and workers as processes of this machine, made of this program's own class path. */
final class Cluster implements AutoCloseable {

    private final Path home;
    private final int port;
    private final List<Process> workers = new ArrayList<>();
    private final List<ProcessHandle> seen = new ArrayList<>();
    private final Process master;

    Cluster(Path home, int workers) throws Exception {
        this.home = home;
        port = freePort();
        linkJars();
        master = start("master", "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0");
        await("the master to listen", this::listens);
        for (var i = 1; i <= workers; i++) {
            this.workers.add(start(
                    "worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    home.resolve("worker-" + i).toString(),
                    url()));
        }
    }

    String url() {
        return "spark://127.0.0.1:" + port;
    }

    /** As the machine's power would be cut: the worker at once, its executor as soon as it misses the worker. */
    void kill(int worker) {
        remember();
        workers.get(worker).destroyForcibly();
    }

    /** Every process that is or was part of the cluster and has not ended. */
    List<ProcessHandle> alive() {
        return seen.stream().filter(ProcessHandle::isAlive).toList();
    }

    @Override
    public void close() throws IOException {
        remember();
        seen.forEach(ProcessHandle::destroy);
        for (var process : seen) {
            var ended = process.onExit().thenApply(_ -> true).completeOnTimeout(false, 5, TimeUnit.SECONDS);
            if (!ended.join()) {
                process.destroyForcibly();
            }
        }
        try (var links = Files.newDirectoryStream(home.resolve("jars"))) {
            for (var link : links) {
                Files.delete(link);
            }
        }
    }

    private void remember() {
        var processes = new ArrayList<>(workers);
        processes.add(master);
        for (var process : processes) {
            process.descendants().filter(child -> !seen.contains(child)).forEach(seen::add);
            if (!seen.contains(process.toHandle())) {
                seen.add(process.toHandle());
            }
        }
    }

    /** What Spark's own scripts expect a home folder to look like. */
    private void linkJars() throws IOException {
        var jars = Files.createDirectories(home.resolve("jars"));
        var number = 0;
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar")) {
                Files.createSymbolicLink(jars.resolve(number++ + ".jar"), Path.of(entry));
            }
        }
    }

    private Process start(String role, String... words) throws IOException {
        var type = role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
        var command = Java.command("org.apache.spark.deploy.%s.%s".formatted(role, type), words);
        var log = home.resolve("%s-%d.log".formatted(role, workers.size())).toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static void await(String what, BooleanSupplier happened) throws InterruptedException {
        for (var i = 0; i < 600; i++) {
            if (happened.getAsBoolean()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("waited a minute in vain for " + what);
    }
}
