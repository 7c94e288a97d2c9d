package org.espace.e2e;

import com.microsoft.playwright.Page;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator on a phone, made by RFC 6238 and not by the code that it tries. */
final class Authenticator {

    private static final int SECONDS = 30;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] seed;

    private Authenticator(byte[] seed) {
        this.seed = seed;
    }

    /** The key that stands on the page, typed in. */
    static Authenticator set(Page page) {
        var digits = new StringBuilder();
        page.locator("code.seed")
                .textContent()
                .chars()
                .map(BASE32::indexOf)
                .filter(digit -> digit >= 0)
                .forEach(digit -> digits.append(Character.forDigit(digit, 32)));
        var bytes = new BigInteger(1 + digits.toString(), 32).toByteArray();
        return new Authenticator(Arrays.copyOfRange(bytes, bytes.length - 20, bytes.length));
    }

    String code() {
        return codeAt(Instant.now());
    }

    /** Each code counts once: this one has not been shown yet, and is taken half a minute early. */
    String nextCode() {
        return codeAt(Instant.now().plusSeconds(SECONDS));
    }

    private String codeAt(Instant time) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(time.getEpochSecond() / SECONDS)
                    .array());
            var at = hash[hash.length - 1] & 0xf;
            var number = ByteBuffer.wrap(hash, at, 4).getInt() & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
