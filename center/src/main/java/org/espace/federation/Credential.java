package org.espace.federation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a machine shows to say which one it is: 256 random bits, behind a prefix by which a leaked one is recognized. So
 * there is nothing to guess, and its SHA-256, which alone is kept, needs no slow hash.
 */
public record Credential(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static Credential random(String prefix) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Credential(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "a credential";
    }
}
