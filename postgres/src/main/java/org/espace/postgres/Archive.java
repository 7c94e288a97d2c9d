package org.espace.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for one kind of machine, packed, on the class path. */
record Archive(URL location) {

    private static final int OWNER_EXECUTES = 0100;

    static Archive forMachine(String system, String processor) {
        var name = switch (processor) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64" -> "postgres-linux-arm_64.txz";
            default -> "";
        };
        var location = Archive.class.getClassLoader().getResource(name);
        if (!system.equals("Linux") || name.isEmpty() || location == null) {
            throw new PostgresUnavailable("This build has no PostgreSQL for " + system + " on " + processor
                    + ": name a PostgreSQL server of your own with ESPACE_DB_URL.");
        }
        return new Archive(location);
    }

    /** Unpacked under a temporary name and renamed when whole, so that a folder of that name is complete. */
    Path unpackInto(Path home) throws IOException {
        var target = home.resolve("programs-" + location.openConnection().getContentLengthLong());
        if (Files.exists(target)) {
            return target;
        }
        var partial = home.resolve("programs.partial");
        delete(partial);
        Files.createDirectory(partial);
        try (var tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(location.openStream())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, partial);
            }
        }
        return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("an entry of " + folder + " leaves it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.createDirectories(file.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, file);
                var mode = (entry.getMode() & OWNER_EXECUTES) == 0 ? "rw-r--r--" : "rwxr-xr-x";
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
