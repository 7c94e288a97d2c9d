package org.espace.documents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What we take, told by how the bytes begin: what a file calls itself does not count. */
public enum DocumentType {
    PDF("application/pdf", '%', 'P', 'D', 'F', '-'),
    PNG("image/png", 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
    JPEG("image/jpeg", 0xff, 0xd8, 0xff);

    /** As many bytes as tell every type. */
    static final int BEGINNING = 8;

    private final String mediaType;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final int[] beginning;

    DocumentType(String mediaType, int... beginning) {
        this.mediaType = mediaType;
        this.beginning = beginning;
    }

    public String mediaType() {
        return mediaType;
    }

    /** As tables and file names write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DocumentType of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static Optional<DocumentType> ofContent(byte[] start) {
        return Arrays.stream(values()).filter(type -> type.begins(start)).findFirst();
    }

    private boolean begins(byte[] start) {
        if (start.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if ((start[i] & 0xff) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
