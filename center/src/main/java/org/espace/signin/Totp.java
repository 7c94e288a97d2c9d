package org.espace.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of RFC 6238: SHA-1, six digits, thirty seconds, and clocks that differ by up to one step. */
final class Totp {

    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;
    private static final int SKEW = 1;

    private Totp() {}

    /**
     * The step that the code belongs to; empty when it is no code of now.
     *
     * @param after the step of the last code that counted: neither that one nor an earlier one counts again
     */
    static OptionalLong step(Seed seed, String code, Instant now, long after) {
        var current = stepAt(now);
        var matched = OptionalLong.empty();
        for (var step = current - SKEW; step <= current + SKEW; step++) {
            var same = MessageDigest.isEqual(code(seed, step, DIGITS).getBytes(US_ASCII), code.getBytes(US_ASCII));
            if (same && step > after) {
                matched = OptionalLong.of(step);
            }
        }
        return matched;
    }

    static long stepAt(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    }

    static String code(Seed seed, long step, int digits) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed.bytes(), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            var offset = hash[hash.length - 1] & 0xf;
            var number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
            var whole = String.format(Locale.ROOT, "%0" + digits + "d", number);
            return whole.substring(whole.length() - digits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
