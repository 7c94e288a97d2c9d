package org.espace.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What lies in the folder: the programs, the data, the password and the log. Used by one process at a time. */
record Installation(Path home, Path programs, Account account, Durability durability) {

    static final String USER = "espace";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FREE_PORTS_TO_TRY = 3;

    static Installation in(Path home, Durability durability) throws IOException {
        var archive = Archive.forMachine(System.getProperty("os.name"), System.getProperty("os.arch"));
        var programs = archive.unpackInto(home);
        createPassword(home.resolve("password"));
        return new Installation(home, programs, Account.forFilesIn(home, programs), durability);
    }

    String password() throws IOException {
        return Files.readString(home.resolve("password")).strip();
    }

    /** The server that runs, or else a new one. */
    Postmaster run() throws IOException {
        var survivor = settled();
        if (survivor.isPresent()) {
            return survivor.get();
        }
        if (!Files.exists(data())) {
            initialise();
        }
        Files.deleteIfExists(data().resolve("postmaster.pid"));
        return start();
    }

    void stop() throws IOException {
        if (Postmaster.on(data()).isPresent()) {
            tool("pg_ctl", "-D", data().toString(), "-m", "fast", "-w", "stop");
        }
    }

    /** Whoever started or stopped it may have been killed meanwhile: it goes on by itself until it is up or gone. */
    private Optional<Postmaster> settled() throws IOException {
        var deadline = Instant.now().plus(PATIENCE);
        var found = Postmaster.on(data());
        while (found.isPresent() && !found.get().ready()) {
            if (Instant.now().isAfter(deadline)) {
                throw PostgresUnavailable.failed(
                        home, "server", "process " + found.get().pid() + " does not answer; see " + log());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw PostgresUnavailable.failed(home, "server", "interrupted");
            }
            found = Postmaster.on(data());
        }
        return found;
    }

    /** Under a temporary name first, so that a data folder of the right name is a whole one. */
    private void initialise() throws IOException {
        var partial = home.resolve("data.partial");
        Archive.delete(partial);
        tool(
                "initdb",
                "-D",
                partial.toString(),
                "-U",
                USER,
                "--pwfile=" + home.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                durability == Durability.DURABLE ? "--data-checksums" : "--no-sync");
        Files.move(partial, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Postmaster start() throws IOException {
        for (var attempt = 1; ; attempt++) {
            var options = "-p " + freePort() + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                    + " -c max_connections=100 -c shared_buffers=64MB -c timezone=UTC -c log_timezone=UTC"
                    + durability.options;
            try {
                tool("pg_ctl", "-D", data().toString(), "-l", log().toString(), "-o", options, "-w", "start");
                return Postmaster.on(data())
                        .orElseThrow(() -> PostgresUnavailable.failed(home, "server", "gone; see " + log()));
            } catch (PostgresUnavailable e) {
                // Another program may have taken the port in between.
                if (attempt == FREE_PORTS_TO_TRY || !lastWords().contains("could not bind")) {
                    throw PostgresUnavailable.failed(home, "server", e.getMessage() + " " + lastWords());
                }
            }
        }
    }

    private void tool(String name, String... arguments) throws IOException {
        var words =
                new ArrayList<>(List.of(programs.resolve("bin").resolve(name).toString()));
        words.addAll(List.of(arguments));
        Command.run(home, name, account.before(words));
    }

    private String lastWords() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        var lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private Path data() {
        return home.resolve("data");
    }

    private Path log() {
        return home.resolve("postgres.log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void createPassword(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            Files.deleteIfExists(file);
            var bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(bytes));
        }
    }
}
