package org.espace.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A durable PostgreSQL server owned by this process: unpacked from the class path, reachable only from 127.0.0.1,
 * password protected, stopped on {@link #close()}. Works for root and for an ordinary user.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String USER = "espace";
    private static final int NOBODY = 65534;

    private final Path binaries;
    private final Path data;
    private final Path log;
    private final List<String> launcher;
    private final String password;
    private final int port;

    private EmbeddedPostgres(Path binaries, Path data, Path log, List<String> launcher, String password, int port) {
        this.binaries = binaries;
        this.data = data;
        this.log = log;
        this.launcher = launcher;
        this.password = password;
        this.port = port;
    }

    /** Starts the server kept under {@code home}, creating it on first use; port 0 picks a free one. */
    public static EmbeddedPostgres start(Path home, int port) {
        return start(home, port, true);
    }

    /** For tests: nothing is flushed to disk, so it is faster and does not survive a power cut. */
    public static EmbeddedPostgres startThrowaway(Path home) {
        return start(home, 0, false);
    }

    private static EmbeddedPostgres start(Path home, int port, boolean durable) {
        try {
            home = Files.createDirectories(home.toAbsolutePath());
            var data = home.resolve("data");
            var log = home.resolve("postgres.log");
            var binaries = unpack(home);
            var password = password(home);
            var launcher = launcherFor(home, binaries);
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialise(home, binaries, data, launcher, durable);
            }
            var chosen = port == 0 ? freePort() : port;
            var server = new EmbeddedPostgres(binaries, data, log, launcher, password, chosen);
            server.stopSurvivor();
            server.launch(durable);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() {
        run("stop", command("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop"));
    }

    private void launch(boolean durable) {
        var options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c max_connections=60 -c shared_buffers=64MB -c timezone=UTC -c log_timezone=UTC"
                + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        run("start", command("pg_ctl", "-D", data.toString(), "-l", log.toString(), "-o", options, "-w", "start"));
    }

    /** After kill -9 of the Java process its server lives on and still holds the data: stop it in good order. */
    private void stopSurvivor() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var alive = ProcessHandle.of(pid)
                .filter(p -> p.info().command().orElse("").endsWith("postgres"))
                .isPresent();
        if (alive) {
            close();
        }
    }

    private static void initialise(Path home, Path binaries, Path data, List<String> launcher, boolean durable)
            throws IOException {
        var command = new ArrayList<>(launcher);
        command.addAll(List.of(
                binaries.resolve("bin/initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        if (!durable) {
            command.add("--no-sync");
        }
        run("initdb", command);
    }

    /** PostgreSQL refuses to run as root: as root, start it in a user namespace, or else as nobody. */
    private static List<String> launcherFor(Path home, Path binaries) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        var postgres = binaries.resolve("bin/postgres").toString();
        if (succeeds(List.of("unshare", "-U", postgres, "--version"))) {
            giveTo(home, 0);
            return List.of("unshare", "-U");
        }
        var asNobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
        var probe = new ArrayList<>(asNobody);
        probe.addAll(List.of(postgres, "--version"));
        if (!succeeds(probe)) {
            throw new IllegalStateException("PostgreSQL does not run as root, and user 'nobody' cannot reach " + home
                    + ": choose a data folder outside root's home, or start this program as an ordinary user");
        }
        giveTo(home, NOBODY);
        return asNobody;
    }

    private static void giveTo(Path folder, int uid) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static Path unpack(Path home) throws IOException {
        var archive = "postgres-linux-"
                + (System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64") ? "arm_64" : "x86_64")
                + ".txz";
        var loader = EmbeddedPostgres.class.getClassLoader();
        var url = loader.getResource(archive);
        if (url == null) {
            throw new IllegalStateException("no PostgreSQL for this machine on the class path: " + archive);
        }
        var target = home.resolve("pg-" + url.openConnection().getContentLengthLong());
        try (var lock = FileChannel.open(
                        home.resolve(".unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (Files.exists(target) || !held.isValid()) {
                return target;
            }
            var staging = Files.createTempDirectory(home, "unpack");
            Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (var tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(url.openStream())))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    var file = staging.resolve(entry.getName()).normalize();
                    if (!file.startsWith(staging)) {
                        throw new IOException("entry leaves its folder: " + entry.getName());
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                    } else if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                    } else {
                        Files.createDirectories(file.getParent());
                        Files.copy(tar, file);
                        Files.setPosixFilePermissions(
                                file,
                                PosixFilePermissions.fromString(
                                        (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
                    }
                }
            }
            return Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String password(Path home) throws IOException {
        var file = home.resolve("password");
        if (!Files.exists(file)) {
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private List<String> command(String tool, String... arguments) {
        var command = new ArrayList<>(launcher);
        command.add(binaries.resolve("bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void run(String what, List<String> command) {
        try {
            // A file, not a pipe: the server inherits it and would keep a pipe open for ever.
            var output = Files.createTempFile("espace-pg-", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var ended = process.waitFor(Duration.ofSeconds(90).toSeconds(), TimeUnit.SECONDS);
            var text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("PostgreSQL " + what + " failed: " + text.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
