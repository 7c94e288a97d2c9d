package org.espace.documents;

/** @param size in bytes */
public record Document(String sha256, DocumentType type, long size) {

    public Document {
        if (!sha256.matches("[0-9a-f]{64}") || size <= 0) {
            throw new IllegalArgumentException(sha256 + ", " + size + " bytes");
        }
    }
}
