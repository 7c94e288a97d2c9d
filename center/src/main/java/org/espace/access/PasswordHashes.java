package org.espace.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Passwords that people choose are hashed slowly. A temporary one is 76 random bits that open an account once within a
 * week: nobody guesses these, however fast the hash, so a salted SHA-256 does, and ten thousand of them take no time.
 */
final class PasswordHashes implements PasswordEncoder {

    private static final String TEMPORARY = "{tmp}";
    private static final int SALT_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PasswordEncoder slow;

    /** Made meanwhile: it is slow, and whoever starts a server need not wait for it. */
    private final CompletableFuture<String> nobodysHash;

    PasswordHashes(PasswordEncoder slow) {
        this.slow = slow;
        this.nobodysHash = CompletableFuture.supplyAsync(() -> hash(slow, "nobody has this password"));
    }

    /** Only for what {@link TemporaryPassword} has made. */
    static String ofTemporary(String password) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return TEMPORARY + HEX.formatHex(salt) + HEX.formatHex(digest(salt, password));
    }

    @Override
    public String encode(@Nullable CharSequence chosen) {
        return hash(slow, chosen == null ? "" : chosen);
    }

    /**
     * Takes the same time for either kind and for none, so that the answer tells neither who still has a temporary password
     * nor who has no account.
     */
    @Override
    public boolean matches(@Nullable CharSequence given, @Nullable String hash) {
        if (hash != null && !hash.startsWith(TEMPORARY)) {
            return slow.matches(given, hash);
        }
        var unused = slow.matches(given, nobodysHash.join());
        if (hash == null) {
            return false;
        }
        var stored = HEX.parseHex(hash.substring(TEMPORARY.length()));
        var salt = Arrays.copyOf(stored, SALT_BYTES);
        var expected = Arrays.copyOfRange(stored, SALT_BYTES, stored.length);
        return MessageDigest.isEqual(expected, digest(salt, String.valueOf(given))) && !unused;
    }

    private static String hash(PasswordEncoder encoder, CharSequence password) {
        return Objects.requireNonNull(encoder.encode(password));
    }

    private static byte[] digest(byte[] salt, String password) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(password.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
