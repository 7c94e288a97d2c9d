package org.espace.postgres;

import java.nio.file.Path;

/**
 * One user's hold on the private PostgreSQL server of a folder. The first to open it starts the server, others join it,
 * in this process or in another one, and the last to close it stops it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private final Server server;
    private boolean closed;

    private EmbeddedPostgres(Server server) {
        this.server = server;
    }

    /** Opens the server kept in this folder, creating it on first use. */
    public static EmbeddedPostgres open(Path home) {
        return new EmbeddedPostgres(Server.join(home, Durability.DURABLE));
    }

    /** For tests and for the build: nothing is flushed to disk, so it is faster and does not survive a power cut. */
    public static EmbeddedPostgres startThrowaway(Path home) {
        return new EmbeddedPostgres(Server.join(home, Durability.THROWAWAY));
    }

    /** Deletes the server kept in this folder with all its data; refused while anybody uses it. */
    public static void delete(Path home) {
        Server.delete(home);
    }

    /** For the end of the process: whatever it still holds is closed, and nothing can be opened any more. */
    public static void closeAll() {
        Server.leaveAll();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }

    public String user() {
        return Installation.USER;
    }

    public String password() {
        return server.password();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            server.leave();
        }
    }
}
