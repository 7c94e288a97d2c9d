package org.espace.agreements;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of an agreement, never changed once published.
 *
 * @param effective the first day that a signature of it can hold
 * @param months how long a signature holds; null until somebody ends it
 */
public record AgreementText(
        AgreementKind kind,
        String version,
        LocalDate effective,
        @Nullable Integer months,
        String english,
        String french,
        Instant publishedAt,
        String publishedBy) {

    static final int LONGEST = 200_000;
    static final int MOST_MONTHS = 120;

    public String in(String language) {
        return language.equals(Locale.FRENCH.getLanguage()) ? french : english;
    }

    /** The fingerprint of both languages, the English text first, with a zero byte between. */
    public String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(english.getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(french.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean saysTheSameAs(AgreementText other) {
        return kind == other.kind
                && version.equals(other.version)
                && effective.equals(other.effective)
                && Objects.equals(months, other.months)
                && english.equals(other.english)
                && french.equals(other.french);
    }
}
