package org.espace.certifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A definition as it was written, and by whom it was published. */
public record PublishedDefinition(Definition definition, String source, String sha256, Instant at, String by) {

    static PublishedDefinition of(String yaml, Instant now, String by) {
        return new PublishedDefinition(DefinitionReader.read(yaml), yaml, sha256(yaml.getBytes(UTF_8)), now, by);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
