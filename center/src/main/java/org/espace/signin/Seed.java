package org.espace.signin;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What an authenticator and we have in common: 160 bits, as RFC 4226 recommends, written in Base32. */
record Seed(String base32) {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BYTES = 20;
    private static final int BITS_A_LETTER = 5;

    Seed {
        if (!base32.matches("[A-Z2-7]{16,64}")) {
            throw new IllegalArgumentException("not a seed in Base32");
        }
    }

    static Seed random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(bytes);
    }

    /** Of whole groups of five bytes only: then there is no padding. */
    static Seed of(byte[] bytes) {
        var letters = new StringBuilder();
        long held = 0;
        var bits = 0;
        for (var one : bytes) {
            held = (held << Byte.SIZE) | (one & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS_A_LETTER) {
                bits -= BITS_A_LETTER;
                letters.append(ALPHABET.charAt((int) (held >> bits) & 0x1f));
            }
        }
        return new Seed(letters.toString());
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        long held = 0;
        var bits = 0;
        for (var letter : base32.chars().toArray()) {
            held = (held << BITS_A_LETTER) | ALPHABET.indexOf(letter);
            bits += BITS_A_LETTER;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write((int) (held >> bits) & 0xff);
            }
        }
        return bytes.toByteArray();
    }

    /** To be typed by hand: JBSW Y3DP EHPK 3PXP. */
    String grouped() {
        return base32.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** What the picture says, in the form that authenticators agree on. */
    String address(String email) {
        var name = URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Espace:" + name + "?secret=" + base32 + "&issuer=Espace";
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return "seed";
    }
}
