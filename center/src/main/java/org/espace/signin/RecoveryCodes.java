package org.espace.signin;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ten codes to keep on paper: each opens the account once in place of the second factor. */
record RecoveryCodes(List<String> codes) {

    static final int COUNT = 10;

    /** Neither vowels nor what looks like something else. */
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";

    private static final int LENGTH = 16;

    RecoveryCodes {
        codes = List.copyOf(codes);
    }

    /** 76 bits each, as four groups of four. */
    static RecoveryCodes random() {
        var random = new SecureRandom();
        return new RecoveryCodes(Stream.generate(() -> one(random)).limit(COUNT).toList());
    }

    private static String one(SecureRandom random) {
        return random.ints(LENGTH, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining())
                .replaceAll("(.{4})(?=.)", "$1-");
    }

    /** However somebody groups it. */
    static byte[] hash(String code) {
        return Sha256.of("recovery:" + code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    static boolean looksLikeOne(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "").matches("[" + LETTERS + "]{" + LENGTH + "}");
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return codes.size() + " recovery codes";
    }
}
