package org.espace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The demo's temporary passwords that nobody has used yet, in a file that only its owner may read: the database keeps
 * hashes, and the next start is to show them again.
 */
final class TemporaryPasswords {

    private final Path file;
    private final Map<String, String> byEmail = new TreeMap<>();

    TemporaryPasswords(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (var line : Files.readAllLines(file)) {
                    var words = line.split(" ", 2);
                    if (words.length == 2) {
                        byEmail.put(words[0], words[1]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> of(String email) {
        return Optional.ofNullable(byEmail.get(email));
    }

    void keep(String email, String password) {
        byEmail.put(email, password);
        write();
    }

    void forget(String email) {
        if (byEmail.remove(email) != null) {
            write();
        }
    }

    private void write() {
        var text = byEmail.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var whole = Files.createTempFile(file.toAbsolutePath().getParent(), "passwords", ".tmp", onlyOurs);
            Files.writeString(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
