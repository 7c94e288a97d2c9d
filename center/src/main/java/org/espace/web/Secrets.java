package org.espace.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals what has to be read back, such as the seed of a second factor, so that a copy of the database alone reveals none
 * of it: AES-256-GCM, with keys from the file {@code secret.key} of the instance.
 *
 * <p>Each line of the file is one key: its id, a space, and 32 bytes in Base64. The first one seals, each of them opens,
 * and a sealed value begins with its key's id; so a new first line changes the key and nothing becomes unreadable. The
 * file is made when it is first needed. It belongs to the backup, and several processes on one database need the same.
 */
@Component
public class Secrets {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private Map<String, SecretKey> keys = Map.of();

    /** As the file was when its keys were read. */
    private Optional<Object> version = Optional.empty();

    Secrets(Instance instance) {
        this.file = instance.home().resolve("secret.key");
    }

    /**
     * @param purpose what the value is and whose, such as {@code totp:42}: it opens for the same purpose only, so that
     *     nothing is gained by copying it to another row
     */
    public String seal(String secret, String purpose) {
        var key = keys().entrySet().iterator().next();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, key.getValue(), nonce, purpose, secret.getBytes(StandardCharsets.UTF_8));
        return key.getKey()
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                                .put(nonce)
                                .put(sealed)
                                .array());
    }

    /** @throws SecretUnreadable when the value was sealed for another purpose, has been changed, or its key is gone */
    public String open(String sealed, String purpose) {
        var dot = sealed.indexOf('.');
        var key = key(sealed.substring(0, Math.max(0, dot)));
        var bytes = decoded(sealed.substring(dot + 1));
        if (bytes.length <= NONCE_BYTES) {
            throw new SecretUnreadable("not a sealed value");
        }
        var nonce = new byte[NONCE_BYTES];
        var content = new byte[bytes.length - NONCE_BYTES];
        ByteBuffer.wrap(bytes).get(nonce).get(content);
        return new String(run(Cipher.DECRYPT_MODE, key, nonce, purpose, content), StandardCharsets.UTF_8);
    }

    /** With which of them a value begins, an older key has sealed it. */
    List<String> olderKeys() {
        return keys().keySet().stream().skip(1).toList();
    }

    /** Puts a new key first. What older keys have sealed still opens; of two changes at once both keys stay. */
    synchronized void changeKey() {
        try (var lock = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            var lines = new ArrayList<>(List.of(newLine()));
            readLines().ifPresent(lines::addAll);
            replace(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path lockFile() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file.resolveSibling("secret.key.lock");
    }

    /**
     * Read again whenever the file has changed: another process puts a new key first, and an operator takes old ones away. A
     * file that has gone while we run is no reason to make another one, whose key would be a new one.
     */
    private synchronized Map<String, SecretKey> keys() {
        var now = versionOfFile();
        if (keys.isEmpty() || (now.isPresent() && !now.equals(version))) {
            keys = parsed(readLines().orElseGet(this::create));
            version = now.isPresent() ? now : versionOfFile();
        }
        return keys;
    }

    private Optional<Object> versionOfFile() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(List.of(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    Objects.requireNonNullElse(attributes.fileKey(), "")));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SecretKey key(String id) {
        return Optional.ofNullable(keys().get(id))
                .orElseThrow(() -> new SecretUnreadable("no key " + id.replaceAll("\\W", "?") + " in " + file));
    }

    private Optional<List<String>> readLines() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalStateException(file + " can be read by others than its owner: chmod 600 " + file);
            }
            return Optional.of(Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of two processes that start at once, the first one's key counts for both. */
    private List<String> create() {
        var lines = List.of(newLine());
        var draft = written(lines);
        try {
            Files.createLink(file, draft);
            return lines;
        } catch (FileAlreadyExistsException _) {
            return readLines().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(draft);
        }
    }

    private void replace(List<String> lines) {
        try {
            Files.move(written(lines), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path written(List<String> lines) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var attributes = isPosix()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            var draft = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".tmp", attributes);
            return Files.write(draft, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private String newLine() {
        var id = new byte[4];
        var key = new byte[KEY_BYTES];
        random.nextBytes(id);
        random.nextBytes(key);
        return HexFormat.of().formatHex(id) + " " + Base64.getEncoder().encodeToString(key);
    }

    /** In the order of the file. */
    private Map<String, SecretKey> parsed(List<String> lines) {
        var parsed = new LinkedHashMap<String, SecretKey>();
        for (var line : lines) {
            var parts = line.strip().split(" +", 3);
            if (parts.length != 2 || !parts[0].matches("[0-9A-Za-z]+") || decoded(parts[1]).length != KEY_BYTES) {
                throw new IllegalStateException("line " + (parsed.size() + 1) + " of " + file + " is not a key");
            }
            parsed.put(parts[0], new SecretKeySpec(decoded(parts[1]), "AES"));
        }
        if (parsed.isEmpty()) {
            throw new IllegalStateException(file + " holds no key");
        }
        return parsed;
    }

    /** Empty when the text is not Base64, in either alphabet. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, String purpose, byte[] content) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (AEADBadTagException _) {
            throw new SecretUnreadable("sealed otherwise, or changed");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
