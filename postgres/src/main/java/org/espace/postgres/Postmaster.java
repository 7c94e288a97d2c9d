package org.espace.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The server process that runs on a data folder, as its postmaster.pid tells. */
record Postmaster(long pid, int port, boolean ready) {

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** Empty when no server runs there; after a crash the file may still be there and its number be another program's. */
    static Optional<Postmaster> on(Path data) throws IOException {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            var pid = Long.parseLong(lines.getFirst().strip());
            if (!runs(pid, data)) {
                return Optional.empty();
            }
            var ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new Postmaster(
                    pid, ready ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0, ready));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The server's working folder is its data folder, which tells it from a stranger with the same number. */
    private static boolean runs(long pid, Path data) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .equals(data.toRealPath());
        } catch (IOException e) {
            // Another user's process may not be looked into: believe the file.
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }
    }
}
