package org.espace.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.Collectors;

/** Opens an account once, to choose a password. It is kept nowhere in readable form: whoever made it sees it now or never. */
public record TemporaryPassword(String email, String password, Instant expires) {

    /** No vowels and nothing that looks like something else, so it spells no word and can be read out. */
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";

    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;

    /** 76 bits, as four groups of four: k7dm-x2wq-9fhc-tz4p. */
    static TemporaryPassword random(String email, Instant expires) {
        var random = new SecureRandom();
        var letters = random.ints(GROUPS * GROUP_LENGTH, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
        return new TemporaryPassword(email, letters.replaceAll("(.{4})(?=.)", "$1-"), expires);
    }
}
