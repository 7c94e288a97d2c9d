package org.espace.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why the private server cannot be used, and what to do about it, in one line. */
public final class PostgresUnavailable extends RuntimeException {

    PostgresUnavailable(String message) {
        super(message);
    }

    private PostgresUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static PostgresUnavailable because(Path home, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return new PostgresUnavailable(
                    "The folder " + home
                            + " cannot be written by this user: change its owner, or choose another folder.",
                    cause);
        }
        var reason = cause instanceof FileSystemException file && file.getReason() == null
                ? cause.getClass().getSimpleName() + " " + file.getMessage()
                : String.valueOf(cause.getMessage());
        return told(home, "The database cannot be kept in " + home + ": " + reason, cause);
    }

    /** A program of PostgreSQL failed, and these are its words. */
    static PostgresUnavailable failed(Path home, String program, String words) {
        return told(
                home, "PostgreSQL's " + program + " failed: " + words.strip().replaceAll("\\s*\\R\\s*", " · "), null);
    }

    private static PostgresUnavailable told(Path home, String message, @Nullable Throwable cause) {
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return new PostgresUnavailable(
                    "There is no space left on the disk of " + home
                            + ": free some, or choose a folder on another disk.",
                    cause);
        }
        return new PostgresUnavailable(message, cause);
    }
}
