package org.espace.access;

import java.text.Normalizer;
import java.util.Optional;

/** What somebody is called: one line of at most 200 characters, in Unicode form NFC, without invisible ones. */
public record PersonName(String value) {

    public static final int LONGEST = 200;

    public PersonName {
        value = Normalizer.normalize(value, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
        if (value.isEmpty() || value.length() > LONGEST || value.codePoints().anyMatch(PersonName::isInvisible)) {
            throw new IllegalArgumentException("no name");
        }
    }

    public static Optional<PersonName> find(String first, String last) {
        try {
            return Optional.of(new PersonName(first + " " + last));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Controls, and what turns the direction of the text around it; joiners belong to some scripts. */
    private static boolean isInvisible(int c) {
        var type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || (type == Character.FORMAT && c != 0x200c && c != 0x200d);
    }
}
