package org.espace.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A private server as this process sees it. Every process that uses it holds a shared lock on {@code users.lock}, which
 * the operating system releases however that process ends; whoever starts or stops the server holds {@code gate.lock}
 * meanwhile.
 */
final class Server {

    /** A file lock belongs to the whole process, so the users within this one are counted. */
    private static final Map<Path, Server> JOINED = new HashMap<>();

    private static boolean ended;

    private final Installation installation;
    private final FileChannel users;
    private final FileLock use;
    private final String password;
    private final int port;
    private int usersHere;

    private Server(Installation installation, FileChannel users, FileLock use, String password, int port) {
        this.installation = installation;
        this.users = users;
        this.use = use;
        this.password = password;
        this.port = port;
    }

    static Server join(Path folder, Durability durability) {
        synchronized (JOINED) {
            if (ended) {
                throw new PostgresUnavailable("The process is ending.");
            }
            var home = folder.toAbsolutePath().normalize();
            var server = JOINED.get(home);
            if (server == null) {
                server = open(home, durability);
                JOINED.put(home, server);
            }
            server.usersHere++;
            return server;
        }
    }

    void leave() {
        synchronized (JOINED) {
            usersHere--;
            if (usersHere == 0 && JOINED.remove(installation.home(), this)) {
                stopIfLast();
            }
        }
    }

    static void leaveAll() {
        synchronized (JOINED) {
            ended = true;
            for (var server : List.copyOf(JOINED.values())) {
                JOINED.remove(server.installation.home());
                server.stopIfLast();
            }
        }
    }

    static void delete(Path folder) {
        synchronized (JOINED) {
            var home = folder.toAbsolutePath().normalize();
            if (!Files.exists(home)) {
                return;
            }
            try (var gate = lockFile(home, "gate.lock");
                    var _ = gate.lock();
                    var users = lockFile(home, "users.lock");
                    var alone = JOINED.containsKey(home) ? null : users.tryLock()) {
                if (alone == null) {
                    throw new PostgresUnavailable(
                            "The database in " + home + " is being used by another command: let it end first.");
                }
                Installation.in(home, Durability.DURABLE).stop();
                Archive.delete(home);
            } catch (IOException e) {
                throw PostgresUnavailable.because(home, e);
            }
        }
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    private static Server open(Path home, Durability durability) {
        try {
            Files.createDirectories(home);
            try (var gate = lockFile(home, "gate.lock");
                    var _ = gate.lock()) {
                var users = lockFile(home, "users.lock");
                try {
                    var use = users.lock(0, Long.MAX_VALUE, true);
                    var installation = Installation.in(home, durability);
                    var port = installation.run().port();
                    return new Server(installation, users, use, installation.password(), port);
                } catch (IOException | RuntimeException e) {
                    users.close();
                    throw e;
                }
            }
        } catch (IOException e) {
            throw PostgresUnavailable.because(home, e);
        }
    }

    private void stopIfLast() {
        var home = installation.home();
        try (users;
                var gate = lockFile(home, "gate.lock");
                var _ = gate.lock()) {
            use.release();
            try (var alone = users.tryLock()) {
                if (alone != null) {
                    installation.stop();
                }
            }
        } catch (IOException e) {
            throw PostgresUnavailable.because(home, e);
        }
    }

    private static FileChannel lockFile(Path home, String name) throws IOException {
        return FileChannel.open(
                home.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
